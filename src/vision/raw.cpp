// Any model: its outputs are computed and not looked at.
#include "adapters.hpp"

namespace inflight {

namespace {

class Raw final : public ModelAdapter {
 public:
  std::string_view name() const noexcept override { return "raw"; }
  ColorOrder color() const noexcept override { return ColorOrder::rgb; }

  Size preferred_input(Size model_input, Size frame) const override { return keep_or_follow(model_input, frame); }

  void decode(const Outputs&, Size, Size, const Mapping&, float, Detections&) const override {}
};

}  // namespace

std::unique_ptr<ModelAdapter> make_raw(std::span<const TensorInfo>) { return std::make_unique<Raw>(); }

}  // namespace inflight
