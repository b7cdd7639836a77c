#include "axis.hpp"

#include <algorithm>
#include <cmath>

namespace inflight {

void Axis::fit(int source_size, int target_size) {
  if (source == source_size && target == target_size) return;
  source = source_size;
  target = target_size;
  const auto size = static_cast<std::size_t>(target);
  first.resize(size);
  second.resize(size);
  weight.resize(size);
  const double scale = 1.0 / (static_cast<double>(target) / source);
  for (std::size_t i = 0; i < size; ++i) {
    const auto position = static_cast<float>((static_cast<double>(i) + 0.5) * scale - 0.5);
    const auto below = static_cast<int>(std::floor(position));
    first[i] = std::clamp(below, 0, source - 1);
    second[i] = std::clamp(below + 1, 0, source - 1);
    weight[i] = static_cast<int>(std::lrint((position - static_cast<float>(below)) * static_cast<float>(one)));
  }
}

}  // namespace inflight
