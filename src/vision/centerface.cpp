// CenterFace (Xu et al., "CenterFace: Joint Face Detection and Alignment Using Face as Point", 2019,
// arXiv:1911.03599): every cell of a heatmap is a face's centre or not; beside it lie the face's size, the centre's
// place in the cell, and five landmarks. Cells are 4 pixels wide.
#include <algorithm>
#include <cmath>

#include "adapters.hpp"

namespace inflight {

namespace {

constexpr int cell = 4;
constexpr float overlap_limit = 0.3F;  // of the authors' decoder
constexpr int placeholder_side = 32;   // what the published file has as its input size
constexpr int longest_side = 320;
constexpr int landmark_count = 5;

/// Where the four outputs are among the model's.
struct Heads {
  std::size_t heatmap = 0, size = 0, offset = 0, landmarks = 0;
};

/// Keeps, from `from` on, the best of every group of boxes that overlap, best score first.
void suppress_overlaps(Detections& found, std::size_t from) {
  const auto begin = found.begin() + static_cast<std::ptrdiff_t>(from);
  std::sort(begin, found.end(), [](const Detection& a, const Detection& b) { return a.score > b.score; });
  auto kept = begin;
  for (auto next = begin; next != found.end(); ++next) {
    const bool covered = std::any_of(begin, kept, [&](const Detection& better) {
      return intersection_over_union(better.box, next->box) >= overlap_limit;
    });
    if (!covered) *kept++ = *next;
  }
  found.erase(kept, found.end());
}

class CenterFace final : public ModelAdapter {
 public:
  explicit CenterFace(const Heads& heads) : heads_(heads) {}

  std::string_view name() const noexcept override { return "centerface"; }
  ColorOrder color() const noexcept override { return ColorOrder::rgb; }
  std::vector<std::string> labels() const override { return {"face"}; }

  Size preferred_input(Size model_input, Size frame) const override {
    const bool placeholder = model_input == Size{placeholder_side, placeholder_side};
    const bool open = model_input.width <= 0 || model_input.height <= 0;
    return placeholder || open ? shrink(frame, longest_side, Rounding::nearest) : Size{};
  }

  void decode(const Outputs& outputs, Size input, Size frame, const Mapping& mapping, float threshold,
              Detections& found) const override {
    const int columns = input.width / cell, rows = input.height / cell;
    const auto cells = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
    const ov::Tensor heatmap = outputs[heads_.heatmap], size = outputs[heads_.size], offset = outputs[heads_.offset],
                     landmarks = outputs[heads_.landmarks];
    if (heatmap.get_size() < cells || size.get_size() < 2 * cells || offset.get_size() < 2 * cells ||
        landmarks.get_size() < 2 * landmark_count * cells) {
      return;  // of another input size: nothing that could be read
    }
    const float* const scores = heatmap.data<const float>();
    const std::size_t before = found.size();
    for (int y = 0; y < rows; ++y) {
      for (int x = 0; x < columns; ++x) {
        const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(x);
        if (!(scores[at] >= threshold)) continue;  // not a number either
        const Planes planes{size.data<const float>() + at, offset.data<const float>() + at,
                            landmarks.data<const float>() + at, cells};
        append(x, y, std::min(scores[at], 1.0F), planes, frame, mapping, found);
      }
    }
    suppress_overlaps(found, before);
  }

 private:
  /// The values of one cell: plane after plane, `stride` apart. Of each pair, y comes before x.
  struct Planes {
    const float* size;
    const float* offset;
    const float* landmarks;
    std::size_t stride;
  };

  static void append(int x, int y, float score, const Planes& cell_values, Size frame, const Mapping& mapping,
                     Detections& found) {
    const std::size_t stride = cell_values.stride;
    const float height = std::exp(cell_values.size[0]) * cell, width = std::exp(cell_values.size[stride]) * cell;
    const float center_y = (static_cast<float>(y) + cell_values.offset[0] + 0.5F) * cell;
    const float center_x = (static_cast<float>(x) + cell_values.offset[stride] + 0.5F) * cell;
    const Box face{center_x - width / 2, center_y - height / 2, center_x + width / 2, center_y + height / 2};
    const auto box = box_in_frame(face, frame, mapping);
    if (!box) return;
    Detection& detection = found.emplace_back();
    detection.box = *box;
    detection.score = score;
    for (std::size_t i = 0; i < landmark_count; ++i) {  // parts of the box's sides, from its top left corner
      const float down = cell_values.landmarks[2 * i * stride], right = cell_values.landmarks[(2 * i + 1) * stride];
      const Point point = to_frame({face.x0 + right * width, face.y0 + down * height}, mapping);
      if (!std::isfinite(point.x) || !std::isfinite(point.y)) return;  // the face without its landmarks
      detection.landmarks[i] = point;
    }
    detection.landmark_count = landmark_count;
  }

  Heads heads_;
};

}  // namespace

std::unique_ptr<ModelAdapter> make_centerface(std::span<const TensorInfo> outputs) {
  if (outputs.size() != 4) return nullptr;
  Heads heads;
  int heatmaps = 0, pairs = 0, landmarks = 0;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].type != "f32" || outputs[i].shape.size() != 4) return nullptr;
    switch (outputs[i].shape[1]) {
      case 1:
        heads.heatmap = i;
        ++heatmaps;
        break;
      case 2:  // nothing but the order, that of the published model, tells size and offset apart
        (pairs++ == 0 ? heads.size : heads.offset) = i;
        break;
      case 2 * landmark_count:
        heads.landmarks = i;
        ++landmarks;
        break;
      default:
        return nullptr;
    }
  }
  return heatmaps == 1 && pairs == 2 && landmarks == 1 ? std::make_unique<CenterFace>(heads) : nullptr;
}

}  // namespace inflight
