// A stand-in for ov::InferRequest that does what the test says: it finishes late, out of order, with an error, not at
// all before it is told to, or on the submitting thread. Where OpenVINO has a rule that a queue must live with, so has
// it: the request is idle *before* its callback begins, and its destructor drops a callback that has not begun and
// waits for one that has.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <openvino/runtime/exception.hpp>

namespace inflight {

/// What happens to a run. The fill function writes it into the input.
enum class Fate { succeed, fail_to_start, fail_to_infer };

struct InputData {
  long value = 0;
  Fate fate = Fate::succeed;
};

/// As ov::Tensor: a handle on memory of the request.
template <class T>
struct ScriptedTensor {
  T* data;
};

/// What the scripted model computes: a result tells which item it is of.
constexpr long output_of(long value) { return 3 * value + 1; }

/// The value of an item whose output cannot be copied, as for want of memory.
constexpr long uncopyable = -1;

struct StartError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct InferenceError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One request's memory and state, shared by the request and by the device that runs it.
class ScriptedRun {
 public:
  std::function<void(std::exception_ptr)> callback;
  InputData own_input;
  InputData* input = &own_input;
  long output = 0;

  void begin() {
    const std::lock_guard lock(mutex_);
    if (busy_) throw StartError("busy: the request was started twice");
    if (input->fate == Fate::fail_to_start) throw StartError("start");
    busy_ = true;
    cancelled_ = false;
    ++unfinished_;
  }

  /// The end of a run, on any thread. Returns: what the callback got.
  std::exception_ptr finish() {
    std::function<void(std::exception_ptr)> call;
    std::exception_ptr error;
    {
      const std::lock_guard lock(mutex_);
      if (input->fate == Fate::fail_to_infer) error = std::make_exception_ptr(InferenceError("inference"));
      if (cancelled_) error = cancelled_error();
      output = output_of(input->value);
      busy_ = false;
      call = callback;
    }
    if (call) call(error);
    call = nullptr;
    const std::lock_guard lock(mutex_);
    if (--unfinished_ == 0) over_.notify_all();
    return error;
  }

  void set_callback(std::function<void(std::exception_ptr)> next) {
    const std::lock_guard lock(mutex_);
    callback = std::move(next);
  }

  /// Takes effect when the run ends; of an idle request it is forgotten.
  void cancel() {
    const std::lock_guard lock(mutex_);
    if (busy_ && !cancelled_) cancelled_by_ = std::this_thread::get_id();
    cancelled_ = busy_;
  }
  bool cancelled() const {
    const std::lock_guard lock(mutex_);
    return cancelled_;
  }
  /// Who asked first.
  std::thread::id cancelled_by() const {
    const std::lock_guard lock(mutex_);
    return cancelled_by_;
  }

  void destroy() {
    std::unique_lock lock(mutex_);
    callback = nullptr;
    over_.wait(lock, [this] { return unfinished_ == 0; });
  }

 private:
  static std::exception_ptr cancelled_error() {
    try {
      ov::Cancelled::create("cancelled");
    } catch (...) {
      return std::current_exception();
    }
  }

  mutable std::mutex mutex_;
  std::condition_variable over_;
  bool busy_ = false;
  bool cancelled_ = false;
  std::thread::id cancelled_by_;
  int unfinished_ = 0;  // runs whose callback has not returned: a restart may come before that
};

/// Where started requests go: to its own threads, which take them in random order, or to the test.
class ScriptedDevice {
 public:
  /// `threads` 0: requests wait until the test finishes them. Room for `capacity` of them is made now, so that the
  /// device allocates nothing later.
  explicit ScriptedDevice(unsigned threads, std::size_t capacity = 64) {
    waiting_.reserve(capacity);
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }

  ~ScriptedDevice() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  // To be set while nothing is started.
  std::function<void()> on_start;  ///< runs inside start_async, before the request is busy
  bool refuses_to_cancel = false;  ///< `cancel` throws

  ScriptedDevice(const ScriptedDevice&) = delete;
  ScriptedDevice& operator=(const ScriptedDevice&) = delete;

  void start(ScriptedRun& run) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(&run);
    changed_.notify_all();
  }

  /// Finishes the started request at `index`, oldest first, on this thread, once there is one. Returns: as it does.
  std::exception_ptr finish(std::size_t index = 0) {
    ScriptedRun* run = nullptr;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return waiting_.size() > index; });
      run = take(index);
    }
    return run->finish();
  }

  /// Blocks until so many of the started requests are cancelled.
  void wait_until_cancelled(std::size_t count) {
    const auto cancelled = [&] {
      const std::lock_guard lock(mutex_);
      return static_cast<std::size_t>(
          std::count_if(waiting_.begin(), waiting_.end(), [](const ScriptedRun* run) { return run->cancelled(); }));
    };
    while (cancelled() < count) std::this_thread::yield();
  }

  /// Who first cancelled the oldest of them.
  std::thread::id cancelled_by() {
    const std::lock_guard lock(mutex_);
    return waiting_.at(0)->cancelled_by();
  }

  /// Blocks until every request is destroyed.
  void wait_until_unused() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return requests_ == 0; });
  }

  void count_requests(int more) {
    const std::lock_guard lock(mutex_);
    requests_ += more;
    changed_.notify_all();
  }

 private:
  ScriptedRun* take(std::size_t index) {
    ScriptedRun* run = waiting_[index];
    waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(index));
    return run;
  }

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      ScriptedRun* run = take(random_() % waiting_.size());
      lock.unlock();
      run->finish();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<ScriptedRun*> waiting_;
  std::minstd_rand random_{1};
  int requests_ = 0;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

class ScriptedRequest {
 public:
  /// With no device it runs inside start_async, as OpenVINO does with num_streams(0).
  explicit ScriptedRequest(ScriptedDevice* device) : device_(device), run_(std::make_unique<ScriptedRun>()) {
    if (device_ != nullptr) device_->count_requests(1);
  }
  ScriptedRequest(ScriptedRequest&& other) noexcept = default;
  ~ScriptedRequest() {
    if (!run_) return;
    run_->destroy();
    run_.reset();
    if (device_ != nullptr) device_->count_requests(-1);
  }

  void set_callback(std::function<void(std::exception_ptr)> callback) { run_->set_callback(std::move(callback)); }

  void cancel() {
    if (device_ != nullptr && device_->refuses_to_cancel) throw std::runtime_error("this device cannot cancel");
    run_->cancel();
  }

  void start_async() {
    if (device_ != nullptr && device_->on_start) device_->on_start();
    run_->begin();
    if (device_ != nullptr) {
      device_->start(*run_);
    } else {
      run_->finish();
    }
  }

  ScriptedTensor<InputData> get_input_tensor(std::size_t index) {
    check(index);
    return {run_->input};
  }
  void set_input_tensor(std::size_t index, ScriptedTensor<InputData> tensor) {
    check(index);
    if (tensor.data == nullptr) throw std::invalid_argument("the tensor does not fit");
    run_->input = tensor.data;
  }
  ScriptedTensor<const long> get_output_tensor(std::size_t index) {
    check(index);
    return {&run_->output};
  }

 private:
  static void check(std::size_t index) {
    if (index != 0) throw std::out_of_range("the scripted model has one input and one output");
  }

  ScriptedDevice* device_;
  std::unique_ptr<ScriptedRun> run_;
};

// For DetachedResult.
inline std::size_t output_count(const ScriptedRequest&) { return 1; }
inline long copy_of(ScriptedTensor<const long> tensor) {
  if (*tensor.data == output_of(uncopyable)) throw std::bad_alloc();
  return *tensor.data;
}

inline std::vector<ScriptedRequest> scripted_requests(ScriptedDevice* device, std::size_t count) {
  std::vector<ScriptedRequest> made;
  for (std::size_t i = 0; i < count; ++i) made.emplace_back(device);
  return made;
}

}  // namespace inflight
