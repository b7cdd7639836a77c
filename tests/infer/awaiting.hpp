// A coroutine for the tests.
#pragma once

#include <coroutine>
#include <exception>

namespace inflight {

/// It starts at once, and nobody waits for it.
struct Coroutine {
  struct promise_type {
    Coroutine get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

/// As Coroutine, but lets an exception out, to whoever resumed it.
struct LeakyCoroutine {
  struct promise_type : Coroutine::promise_type {
    LeakyCoroutine get_return_object() noexcept { return {}; }
    void unhandled_exception() { throw; }
  };
};

}  // namespace inflight
