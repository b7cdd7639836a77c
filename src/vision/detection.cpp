#include "inflight/vision/detection.hpp"

#include <algorithm>

namespace inflight {

namespace {

float area(const Box& box) noexcept { return std::max(box.x1 - box.x0, 0.0F) * std::max(box.y1 - box.y0, 0.0F); }

}  // namespace

float intersection_over_union(const Box& a, const Box& b) noexcept {
  const Box both{std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
  const float shared = area(both);
  return shared > 0 ? shared / (area(a) + area(b) - shared) : 0;
}

}  // namespace inflight
