// Models that end in OpenVINO's DetectionOutput: one row per box, image_id, label, score, x0, y0, x1, y1, the corners
// as parts of the input's width and height.
#include <algorithm>

#include "adapters.hpp"

namespace inflight {

namespace {

constexpr std::size_t row_length = 7;

class Ssd final : public ModelAdapter {
 public:
  explicit Ssd(std::size_t output) : output_(output) {}

  std::string_view name() const noexcept override { return "ssd"; }
  ColorOrder color() const noexcept override { return ColorOrder::bgr; }

  Size preferred_input(Size model_input, Size frame) const override { return keep_or_follow(model_input, frame); }

  void decode(const Outputs& outputs, Size input, Size frame, const Mapping& mapping, float threshold,
              Detections& found) const override {
    const ov::Tensor tensor = outputs[output_];
    const float* row = tensor.data<const float>();
    const float* const end = row + tensor.get_size() / row_length * row_length;
    const auto width = static_cast<float>(input.width), height = static_cast<float>(input.height);
    for (; row != end && row[0] >= 0; row += row_length) {  // the first negative image_id ends the list
      const float label = row[1], score = row[2];
      if (!(score >= threshold)) continue;  // not a number either
      const auto box = box_in_frame({row[3] * width, row[4] * height, row[5] * width, row[6] * height}, frame, mapping);
      if (!box) continue;
      Detection& detection = found.emplace_back();
      detection.box = *box;
      detection.score = std::min(score, 1.0F);
      detection.label = label >= 0 && label < 1e6F ? static_cast<int>(label) : 0;
    }
  }

 private:
  std::size_t output_;
};

}  // namespace

std::unique_ptr<ModelAdapter> make_ssd(std::span<const TensorInfo> outputs) {
  if (outputs.size() != 1) return nullptr;
  const TensorInfo& only = outputs[0];
  const auto& shape = only.shape;
  const bool rows = shape.size() == 4 && shape[0] == 1 && shape[1] == 1 && shape[3] == static_cast<long>(row_length);
  return rows && only.type == "f32" ? std::make_unique<Ssd>(0) : nullptr;
}

}  // namespace inflight
