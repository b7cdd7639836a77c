// Hands a result to a future. Not for direct use.
#pragma once

#include <exception>
#include <future>
#include <memory>
#include <utility>

#include "inflight/infer/detail/slot.hpp"
#include "inflight/infer/result.hpp"
#include "inflight/infer/submit.hpp"

namespace inflight::detail {

/// Lives from the submission to the result, which deletes it.
template <class Userdata, class Request>
class FutureTaker final : public ResultTaker<Userdata, Request> {
 public:
  using Result = BasicResult<Userdata, Request>;

  std::future<typename Result::Detached> get_future() { return promise_.get_future(); }

  void refuse(Submit answer) { promise_.set_exception(std::make_exception_ptr(NotAccepted(answer))); }

  void take(Result result) override {
    const std::unique_ptr<FutureTaker> self(this);
    try {
      promise_.set_value(result.detach());
    } catch (...) {
      promise_.set_exception(std::current_exception());
    }
  }

 private:
  std::promise<typename Result::Detached> promise_;
};

}  // namespace inflight::detail
