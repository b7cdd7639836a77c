// How an item ended.
#pragma once

#include <exception>
#include <stdexcept>

#include <openvino/runtime/exception.hpp>

namespace inflight {

/// How an item ended.
enum class Outcome {
  succeeded,  ///< there are outputs
  failed,     ///< the fill function, starting, or inference threw
  cancelled,  ///< `cancel`, leaving a loop over `run`, the destructor, or the watchdog ended it; its error is
              ///< ov::Cancelled
  timed_out,  ///< the watchdog or the destructor gave it up; its error is TimedOut
};

/// The error of an item that was cancelled, and did not end within the grace.
class TimedOut : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

namespace detail {

/// How an item ended that has this error, or none. Costs a throw when there is one.
inline Outcome outcome_of(const std::exception_ptr& error) noexcept {
  if (!error) return Outcome::succeeded;
  try {
    std::rethrow_exception(error);
  } catch (const ov::Cancelled&) {
    return Outcome::cancelled;
  } catch (...) {
    return Outcome::failed;
  }
}

}  // namespace detail
}  // namespace inflight
