// The queue on each of OpenVINO's devices that a CPU has, with a model that does what its input says.
#pragma once

#include <cmath>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <openvino/runtime/core.hpp>
#include <openvino/runtime/properties.hpp>

#include "inflight/infer/async_infer_queue.hpp"
#include "scripted_op.hpp"
#include "submitted.hpp"

namespace inflight {
inline auto write(long value, ScriptedOp::Command command = ScriptedOp::answer) {
  return [=](Inputs inputs) {
    auto* row = inputs[0].data<float>();
    row[0] = static_cast<float>(value);
    row[1] = static_cast<float>(command);
  };
}

inline long answer_of(const Result<long>& result) { return std::lround(result.output(0).data<const float>()[0]); }
constexpr long expected_answer(long value) { return 3 * value + 1; }

inline std::string message_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "no std::exception";
  }
}

struct Target {
  std::string name;
  std::string device;
  ov::AnyMap properties;
};

inline void PrintTo(const Target& target, std::ostream* out) { *out << target.name; }

class QueueOn : public testing::TestWithParam<Target> {
 protected:
  ov::CompiledModel compile(std::shared_ptr<Gate> gate = std::make_shared<Gate>()) {
    return compile(scripted_model(std::move(gate)));
  }
  ov::CompiledModel compile(const std::shared_ptr<ov::Model>& model) {
    return ov::Core().compile_model(model, GetParam().device, GetParam().properties);
  }
  /// With these, start_async runs the model itself and returns when the callback has.
  bool runs_inline() const { return GetParam().name == "CpuInline"; }
  /// Of OpenVINO 2026.4, AUTO, MULTI and BATCH do not tell the device below them of a cancel.
  bool passes_cancel_on() const { return GetParam().device == "CPU" || GetParam().device == "HETERO:CPU"; }
};

inline std::vector<Target> targets() {
  return {Target{"CpuOneStream", "CPU", {ov::num_streams(1)}},
          Target{"CpuTwoStreams", "CPU", {ov::num_streams(2)}},
          Target{"CpuInline", "CPU", {ov::num_streams(0)}},
          Target{"Auto", "AUTO", {}},
          Target{"AutoCpu", "AUTO:CPU", {}},
          Target{"HeteroCpu", "HETERO:CPU", {}},
          Target{"MultiCpu", "MULTI:CPU", {}},
          Target{"BatchCpu", "BATCH:CPU", {}}};
}

inline std::string name_of(const testing::TestParamInfo<Target>& target) { return target.param.name; }

}  // namespace inflight
