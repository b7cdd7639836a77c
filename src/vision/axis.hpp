// Where a bilinear scaler reads along one axis.
#pragma once

#include <cstdint>
#include <vector>

namespace inflight {

/// For each target position the two source positions it lies between. Half-pixel centres and no antialiasing, in the
/// arithmetic of OpenCV's INTER_LINEAR: weights of 11 bits, positions beyond an edge take the edge.
struct Axis {
  static constexpr int one = 2048;  ///< both weights together

  int source = 0, target = 0;
  std::vector<int> first, second;
  std::vector<int> weight;  ///< of `second`; `first` has the rest

  /// Computes the positions, unless they are there already. Allocates only for a target larger than before.
  void fit(int source_size, int target_size);
};

}  // namespace inflight
