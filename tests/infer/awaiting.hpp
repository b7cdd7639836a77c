// A coroutine for the tests.
#pragma once

#include <coroutine>
#include <exception>
#include <memory>

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

/// As Coroutine, but lets an exception out, to whoever resumed it. Such a one stays at its final suspension: the caller
/// keeps it until it is over.
struct LeakyCoroutine {
  struct promise_type : Coroutine::promise_type {
    LeakyCoroutine get_return_object() noexcept {
      return LeakyCoroutine{Frame(std::coroutine_handle<promise_type>::from_promise(*this).address())};
    }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception() { throw; }
  };
  struct Destroy {
    void operator()(void* frame) const { std::coroutine_handle<>::from_address(frame).destroy(); }
  };
  using Frame = std::unique_ptr<void, Destroy>;

  Frame frame;
};

}  // namespace inflight
