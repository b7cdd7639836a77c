// Where everything on the dashboard is.
#pragma once

#include <cstddef>
#include <vector>

namespace inflight {

/// A rectangle of whole pixels.
struct Area {
  int x = 0, y = 0, width = 0, height = 0;

  int right() const noexcept { return x + width; }
  int bottom() const noexcept { return y + height; }
  bool operator==(const Area&) const = default;
};

struct DashboardLayout {
  /// One of the ways: a line of text, a bar under it.
  struct Way {
    Area name, figures, bar;
  };

  Area picture;  ///< the room for it; the picture lies in the middle of it
  Area panel;    ///< everything below, but the keys
  Area running, state, speed;
  std::vector<Way> ways;
  Area cores, in_flight;
  std::vector<Area> cells;  ///< one per request, or, of very many, one for several
  Area latency, frames, dropped, hint;
  Area source, model, device;
  Area keys;
  int key_lines = 1;
  double line = 0;  ///< height of a line of the panel's text, pixels
};

/// For a canvas of any size. Areas never overlap (but the panel holds its own), and never leave the canvas.
DashboardLayout lay_out_dashboard(int width, int height, std::size_t ways, std::size_t requests);

/// The largest area of the proportions `width` to `height` in the middle of `room`.
Area fitted(const Area& room, int width, int height) noexcept;

}  // namespace inflight
