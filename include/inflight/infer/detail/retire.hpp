// The end of a queue. Not for direct use.
#pragma once

#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include "inflight/base/clock.hpp"
#include "inflight/infer/detail/user_code_scope.hpp"
#include "inflight/infer/detail/watchdog.hpp"

namespace inflight::detail {

/// Waits for the last callback, but only `grace` for the device; what that still has then is delivered as timed out,
/// and its requests are destroyed by a thread of their own once it is done with them.
template <class State>
void drain(std::shared_ptr<State> state, Clock::duration grace) {
  while (!state->board().wait_until_left(grace)) {
    for (auto& slot : state->board().slots()) {
      state->give_up(slot, state->board().lock(),
                     "AsyncInferQueue: the item did not end when its queue was destroyed and it was cancelled");
    }
    grace = std::chrono::seconds(1);  // what is left is user code, or a request that was just being started
  }
  state->drop_functions();
  if (state->board().counts().abandoned == 0) return;
  std::thread([state = std::move(state)] { state->board().wait_until_returned(); }).detach();
}

/// What the queue's destructor does: nothing new is taken, what is in flight is cancelled and delivered.
template <class State>
void retire(std::shared_ptr<State> state, std::unique_ptr<Watchdog<State>> watchdog, Clock::duration grace) {
  state->board().close();
  state->cancel_all();
  if (!UserCodeScope::on_this_thread()) {
    watchdog.reset();
    drain(std::move(state), grace);
    return;
  }
  // Perhaps in one of its own callbacks, whose end it would wait for: a thread of its own waits and destroys.
  std::thread([state = std::move(state), watchdog = std::move(watchdog), grace]() mutable {
    watchdog.reset();
    drain(std::move(state), grace);
  }).detach();
}

}  // namespace inflight::detail
