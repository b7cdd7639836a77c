#include "adapters.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "inflight/base/error.hpp"

namespace inflight {

namespace {

constexpr double step = 32;  // what networks halve to nothing odd

struct Family {
  std::string_view name;
  std::unique_ptr<ModelAdapter> (*make)(std::span<const TensorInfo>);
  bool automatic;  // may be chosen by its outputs; raw fits all
  std::string_view outputs;
};

constexpr std::array families{
    Family{"ssd", make_ssd, true, "one f32[1,1,N,7]"},
    Family{"centerface", make_centerface, true, "f32 with 1, 2, 2 and 10 channels"},
    Family{"raw", make_raw, false, "any, found nothing in"},
};

std::string families_text() {
  std::string text;
  for (const Family& family : families) {
    text += (text.empty() ? "" : "; ") + std::string(family.name) + ": " + std::string(family.outputs);
  }
  return text;
}

std::string outputs_text(std::span<const TensorInfo> outputs) {
  std::string text;
  for (const TensorInfo& output : outputs) text += (text.empty() ? "" : ", ") + output.to_string();
  return text.empty() ? "none" : text;
}

}  // namespace

std::optional<Box> box_in_frame(const Box& input, Size frame, const Mapping& mapping) noexcept {
  const Point low = to_frame({input.x0, input.y0}, mapping), high = to_frame({input.x1, input.y1}, mapping);
  if (!std::isfinite(low.x) || !std::isfinite(low.y) || !std::isfinite(high.x) || !std::isfinite(high.y)) return {};
  const auto width = static_cast<float>(frame.width), height = static_cast<float>(frame.height);
  const Box box{std::clamp(low.x, 0.0F, width), std::clamp(low.y, 0.0F, height), std::clamp(high.x, 0.0F, width),
                std::clamp(high.y, 0.0F, height)};
  if (box.x1 <= box.x0 || box.y1 <= box.y0) return {};
  return box;
}

Size shrink(Size frame, int longest, Rounding rounding) noexcept {
  const double scale = std::min(1.0, static_cast<double>(longest) / std::max({frame.width, frame.height, 1}));
  const auto rounded = [&](int side) {
    const double steps = side * scale / step;
    return static_cast<int>(std::max(rounding == Rounding::up ? std::ceil(steps) : std::round(steps), 1.0) * step);
  };
  return {rounded(frame.width), rounded(frame.height)};
}

Size keep_or_follow(Size model_input, Size frame) noexcept {
  if (model_input.width > 0 && model_input.height > 0) return {};
  const Size size = shrink(frame, 640, Rounding::up);
  return {model_input.width > 0 ? model_input.width : size.width,
          model_input.height > 0 ? model_input.height : size.height};
}

std::unique_ptr<ModelAdapter> make_adapter(std::string_view model_type, std::span<const TensorInfo> outputs) {
  const bool automatic = model_type == "auto";
  bool known = automatic;
  for (const Family& family : families) {
    if (automatic ? !family.automatic : family.name != model_type) continue;
    known = true;
    if (auto adapter = family.make(outputs)) return adapter;
  }
  if (!known) {
    throw UsageError("model type " + std::string(model_type) + " is unknown; there are auto and (" + families_text() +
                     "); the model's outputs: " + outputs_text(outputs));
  }
  const std::string facts = " the model's outputs (" + outputs_text(outputs) + "); there are (" + families_text() + ")";
  if (automatic) throw Error("no model type knows" + facts + "; raw runs it without looking at them");
  throw UsageError("model type " + std::string(model_type) + " does not fit" + facts);
}

std::vector<std::string> adapter_names() {
  std::vector<std::string> names;
  names.reserve(families.size());
  for (const Family& family : families) names.emplace_back(family.name);
  return names;
}

}  // namespace inflight
