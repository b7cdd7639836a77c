#include "exact_path.hpp"

namespace inflight {

namespace {

/// Mixes two rows by their weights of 11 bits; like OpenCV, it rounds each product down and the sum to the nearest.
void mix(const std::int16_t* first, const std::int16_t* second, int weight, int size, std::uint8_t* to) noexcept {
  const auto first_weight = static_cast<std::int16_t>(Axis::one - weight);
  const auto second_weight = static_cast<std::int16_t>(weight);
  for (int i = 0; i < size; ++i) {
    const auto sum = static_cast<std::int16_t>(((first[i] * first_weight) >> 16) + ((second[i] * second_weight) >> 16));
    to[i] = static_cast<std::uint8_t>((sum + 2) >> 2);
  }
}

}  // namespace

void ExactPath::operator()(const Frame& frame, int width, int height, const InputWriter::Target& target) {
  rows_.open(frame);
  axis_.fit(frame.height(), height);
  columns_.fit(frame.width(), width);
  const auto room = static_cast<std::size_t>(width) * 4;
  for (WideRow& wide : wide_) {
    wide.row = -1;
    if (wide.values.size() < room) wide.values.resize(room);
  }
  const auto widened = [&](int row) {
    WideRow& wide = wide_[static_cast<std::size_t>(row % 2)];
    if (wide.row != row) {
      columns_.scale(rows_.read(row), wide.values.data());
      wide.row = row;
    }
    return wide.values.data();
  };
  writer_.begin(target, width, height, frame.rotation(), 1);
  for (int y = 0; y < height; ++y) {
    const auto i = static_cast<std::size_t>(y);
    const std::int16_t* first = widened(axis_.first[i]);
    mix(first, widened(axis_.second[i]), axis_.weight[i], 4 * width, writer_.next_rows());
    writer_.commit(1);
  }
  writer_.finish();
}

}  // namespace inflight
