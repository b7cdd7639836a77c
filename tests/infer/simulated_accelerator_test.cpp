// A model that waits instead of computing, in OpenVINO's own CPU device.
#include "inflight/infer/simulated_accelerator.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <openvino/runtime/core.hpp>

#include "inflight/base/error.hpp"
#include "inflight/infer/compile.hpp"
#include "inflight/measure/process_meter.hpp"
#include "model_files.hpp"

namespace inflight {
namespace {

class SimulatedAccelerator : public testing::Test {
 protected:
  /// Of a model with one output, f32, of the input's shape.
  ov::CompiledModel simulated(Milliseconds execution, const CompileOptions& options = {}) {
    return compile(core_, simulate_accelerator(*original_, execution), options);
  }

  ov::Core core_;
  std::shared_ptr<ov::Model> original_ = add_one_model({1, 3, 8, 8});
};

TEST_F(SimulatedAccelerator, HasTheInputsAndOutputsOfTheModelAndGivesZeros) {
  ov::CompiledModel compiled = simulated(Milliseconds(1));
  ASSERT_EQ(compiled.inputs().size(), original_->inputs().size());
  EXPECT_EQ(compiled.input().get_shape(), original_->input().get_shape());
  EXPECT_EQ(compiled.input().get_element_type(), original_->input().get_element_type());
  EXPECT_EQ(compiled.input().get_names(), original_->input().get_names());
  ASSERT_EQ(compiled.outputs().size(), original_->outputs().size());
  EXPECT_EQ(compiled.output().get_shape(), original_->output().get_shape());
  EXPECT_EQ(compiled.output().get_names(), original_->output().get_names());
  ov::InferRequest request = compiled.create_infer_request();
  std::fill_n(request.get_input_tensor().data<float>(), request.get_input_tensor().get_size(), 5.0F);
  std::fill_n(request.get_output_tensor().data<float>(), request.get_output_tensor().get_size(), 7.0F);
  request.infer();
  const ov::Tensor output = request.get_output_tensor();
  EXPECT_TRUE(
      std::all_of(output.data<float>(), output.data<float>() + output.get_size(), [](float x) { return x == 0; }));
}

TEST_F(SimulatedAccelerator, TakesItsTimeAndNoProcessors) {
  ov::InferRequest request = simulated(Milliseconds(20)).create_infer_request();
  request.infer();
  const ProcessMeter meter;
  for (int i = 0; i < 5; ++i) request.infer();
  EXPECT_GE(meter.wall(), Milliseconds(5 * 20)) << "a sleep may be longer, and never shorter";
  EXPECT_LT(meter.cpu(), meter.wall() / 2);
}

TEST_F(SimulatedAccelerator, TheDeviceIsToldToBeSimulated) {
  EXPECT_EQ(settings_of(simulated(Milliseconds(1))).device, "SIMULATED (CPU)");
  EXPECT_EQ(settings_of(compile(core_, original_, {})).device, "CPU");
}

TEST_F(SimulatedAccelerator, NeedsATime) {
  EXPECT_THROW(simulate_accelerator(*original_, Milliseconds(0)), UsageError);
  EXPECT_THROW(simulate_accelerator(*original_, Milliseconds(-1)), UsageError);
}

}  // namespace
}  // namespace inflight
