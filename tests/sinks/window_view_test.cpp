// The window without a screen: what it does to the process around it. With a screen: test_window_view.py.
#include "inflight/sinks/window_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <optional>
#include <string>

#include "example_figures.hpp"
#include "inflight/base/error.hpp"
#include "inflight/sinks/dashboard.hpp"

namespace inflight {
namespace {

/// Environment variables for the time of a test; null: not set.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() { set(before_ ? before_->c_str() : nullptr); }

 private:
  void set(const char* value) {
    if (value) {
      ::setenv(name_, value, 1);
    } else {
      ::unsetenv(name_);
    }
  }

  const char* name_;
  std::optional<std::string> before_;
};

class WindowView : public testing::Test {
 protected:
  Environment x11_{"DISPLAY", nullptr}, wayland_{"WAYLAND_DISPLAY", nullptr}, driver_{"SDL_VIDEODRIVER", "dummy"};
};

std::string error_of_opening() {
  try {
    make_window_view({}, [](LiveCommand) {});
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST_F(WindowView, ShowsPicturesOfChangingSizes) {
  const auto view = make_window_view({}, [](LiveCommand) {});
  EXPECT_TRUE(view->wants_picture());
  EXPECT_EQ(view->picture_size(640, 360), picture_size_on_dashboard(1280, 720, 640, 360));
  view->show(nullptr, {});
  for (const int side : {10, 300, 20}) {
    const Canvas picture(side, side);
    view->show(&picture, test::example_figures());
    view->show(nullptr, test::example_figures());
  }
  view->finish("the end");
}

TEST_F(WindowView, OpensAgainAfterItWasClosed) {
  for (int i = 0; i < 3; ++i) make_window_view({}, [](LiveCommand) {})->show(nullptr, {});
  const auto one = make_window_view({}, [](LiveCommand) {});
  make_window_view({}, [](LiveCommand) {});
  EXPECT_NO_THROW(one->show(nullptr, {})) << "the end of another window is not its end";
}

TEST_F(WindowView, LeavesSignalsToTheProgram) {
  const auto handler_of = [](int signal) {
    struct sigaction action {};
    sigaction(signal, nullptr, &action);
    return action.sa_handler;
  };
  for (const int signal : {SIGINT, SIGTERM}) ASSERT_EQ(handler_of(signal), SIG_DFL);
  const auto view = make_window_view({}, [](LiveCommand) {});
  view->show(nullptr, {});
  for (const int signal : {SIGINT, SIGTERM}) EXPECT_EQ(handler_of(signal), SIG_DFL);
}

TEST_F(WindowView, SaysWhatToDoWithoutADisplay) {
  const Environment no_driver("SDL_VIDEODRIVER", nullptr);
  EXPECT_FALSE(has_display());
  EXPECT_THAT(error_of_opening(),
              testing::AllOf(testing::HasSubstr("DISPLAY is not set"), testing::HasSubstr("WAYLAND_DISPLAY is not set"),
                             testing::HasSubstr("--view web"), testing::HasSubstr("--view none --output FILE"),
                             testing::Not(testing::HasSubstr("\n"))));
}

TEST_F(WindowView, SaysWhatToDoWhenTheDisplayDoesNotAnswer) {
  const Environment no_driver("SDL_VIDEODRIVER", nullptr), nowhere("DISPLAY", ":12345");
  EXPECT_TRUE(has_display());
  EXPECT_THAT(error_of_opening(),
              testing::AllOf(testing::HasSubstr("DISPLAY is \":12345\""), testing::HasSubstr("--view web"),
                             testing::HasSubstr("--view none --output FILE")));
}

TEST_F(WindowView, TakesEmptyVariablesForUnset) {
  const Environment no_driver("SDL_VIDEODRIVER", nullptr), x11("DISPLAY", ""), wayland("WAYLAND_DISPLAY", "");
  EXPECT_FALSE(has_display());
  const Environment some("WAYLAND_DISPLAY", "wayland-0");
  EXPECT_TRUE(has_display());
}

}  // namespace
}  // namespace inflight
