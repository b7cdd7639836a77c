// How large a picture is.
#pragma once

namespace inflight {

/// Width and height in pixels.
struct Size {
  int width = 0, height = 0;

  bool operator==(const Size&) const = default;
};

}  // namespace inflight
