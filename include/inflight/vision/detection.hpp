// What a detector found.
#pragma once

#include <array>
#include <vector>

namespace inflight {

/// A place in pixels of the upright frame.
struct Point {
  float x = 0, y = 0;

  bool operator==(const Point&) const = default;
};

/// Edges in pixels of the upright frame.
struct Box {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;

  bool operator==(const Box&) const = default;
};

/// Intersection over union; 0 for boxes that do not meet or are empty.
float intersection_over_union(const Box& a, const Box& b) noexcept;

/// One found object. Landmarks of a face: left eye, right eye, nose, left and right corner of the mouth, as seen.
struct Detection {
  Box box;
  float score = 0;  ///< 0 to 1
  int label = 0;    ///< class number as the model gives it
  int landmark_count = 0;
  std::array<Point, 5> landmarks{};

  bool operator==(const Detection&) const = default;
};

/// What was found in one frame.
using Detections = std::vector<Detection>;

}  // namespace inflight
