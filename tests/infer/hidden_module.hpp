// What each of the two shared objects of hidden_module.cpp shows.
#pragma once

#include <functional>

namespace inflight {

struct [[gnu::visibility("default")]] FirstModule {
  static void run_as_user_code(const std::function<void()>& code);
  static bool in_user_code();
};

struct [[gnu::visibility("default")]] SecondModule {
  static void run_as_user_code(const std::function<void()>& code);
  static bool in_user_code();
};

}  // namespace inflight
