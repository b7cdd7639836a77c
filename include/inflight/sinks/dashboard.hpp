// What a window of the demonstration shows, as a picture.
#pragma once

#include <string_view>

#include "inflight/draw/canvas.hpp"
#include "inflight/sinks/live_figures.hpp"
#include "inflight/sinks/live_view.hpp"

namespace inflight {

/// Paints picture and figures over the whole canvas: the picture on the left with its proportions kept, the figures on
/// the right, or below when the canvas is higher than wide. Readable from 640x360 (upright: 360x640) up, and never out
/// of bounds below. `picture` null: there is none yet. Thread: one at a time. Blocks: never.
void paint_dashboard(Canvas& canvas, const Canvas* picture, const LiveFigures& figures);

/// The size at which the dashboard on a canvas of `width` x `height` shows an upright frame of that size: a picture of
/// this size is copied and not scaled.
Size picture_size_on_dashboard(int width, int height, int frame_width, int frame_height);

/// The colour of a way to run, the same wherever it is shown.
Color way_color(std::string_view way) noexcept;

}  // namespace inflight
