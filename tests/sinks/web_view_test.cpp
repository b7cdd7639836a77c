// The web view as a program uses it, without viewers; test_web_*.py are the viewers.
#include "inflight/sinks/web_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "inflight/base/error.hpp"

namespace inflight {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::ThrowsMessage;

std::unique_ptr<WebView> on(std::string address, std::uint16_t port = 0) {
  return make_web_view({.address = std::move(address), .port = port}, [](LiveCommand) {});
}

std::uint16_t port_of(const WebView& view) {
  const std::string url = view.url();
  return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

TEST(WebView, TellsTheAddressToOpenWithThePortItGot) {
  EXPECT_THAT(on("127.0.0.1")->url(), MatchesRegex("http://127\\.0\\.0\\.1:[1-9][0-9]+/"));
  EXPECT_THAT(on("localhost")->url(), MatchesRegex("http://127\\.0\\.0\\.1:[1-9][0-9]+/"));
}

TEST(WebView, WantsNoPictureWithoutViewers) {
  const auto view = on("127.0.0.1");
  EXPECT_FALSE(view->wants_picture());
  const Canvas picture(16, 16);
  view->show(&picture, {});
  view->show(nullptr, {});
  EXPECT_FALSE(view->wants_picture());
}

TEST(WebView, ItsPictureFitsIntoItsRoom) {
  const auto view = make_web_view({.port = 0, .picture = {640, 360}}, [](LiveCommand) {});
  EXPECT_EQ(view->picture_size(1920, 1080), (Size{640, 360}));
  EXPECT_EQ(view->picture_size(176, 144), (Size{440, 360}));
  EXPECT_EQ(view->picture_size(1080, 1920), (Size{203, 360}));
  EXPECT_EQ(view->picture_size(5000, 1), (Size{640, 1}));
}

TEST(WebView, CanEndBeforeItBegan) {
  const auto view = on("127.0.0.1");
  const std::string url = view->url();
  view->finish("no reason");
  EXPECT_FALSE(view->wants_picture());
  view->show(nullptr, {});
  view->finish("again");
  EXPECT_EQ(view->url(), url);
}

TEST(WebView, FreesItsPortAtTheEnd) {
  auto view = on("127.0.0.1");
  const std::uint16_t port = port_of(*view);
  view->finish("");
  EXPECT_EQ(port_of(*on("127.0.0.1", port)), port);
}

TEST(WebView, NamesWhoHasThePort) {
  const auto first = on("127.0.0.1");
  const std::uint16_t port = port_of(*first);
  EXPECT_THAT([&] { on("127.0.0.1", port); },
              ThrowsMessage<Error>(
                  AllOf(HasSubstr("port " + std::to_string(port) + " of 127.0.0.1 is taken by test_sinks (process "),
                        HasSubstr("--port"), Not(HasSubstr("\n")))));
}

TEST(WebView, RefusesAddressesThatAreNone) {
  for (const char* address : {"", "here", "127.0.0.1:80", "300.0.0.1", "http://127.0.0.1"}) {
    EXPECT_THAT([&] { on(address); },
                ThrowsMessage<UsageError>(
                    AllOf(HasSubstr("'" + std::string(address) + "' is no address"), HasSubstr("127.0.0.1 for"))))
        << address;
  }
}

TEST(WebView, RefusesAddressesOfOtherMachines) {
  EXPECT_THAT([] { on("192.0.2.1"); }, ThrowsMessage<Error>(AllOf(HasSubstr("192.0.2.1 is no address of this machine"),
                                                                  HasSubstr("127.0.0.1 for"))));
}

}  // namespace
}  // namespace inflight
