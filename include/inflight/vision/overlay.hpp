// What was found, drawn on a picture.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inflight/draw/canvas.hpp"
#include "inflight/vision/detection.hpp"

namespace inflight {

/// Draws boxes, landmarks and "label 0.98" tags, in pixels of the canvas; `labels[i]` names class i, "#i" stands where
/// there is no name.
void paint_detections(Canvas& canvas, std::span<const Detection> detections, std::span<const std::string> labels);

/// Writes a line of text in the top left corner: what runs here, and at how many frames per second.
void paint_caption(Canvas& canvas, std::string_view text);

/// One label per line. Throws: Error when the file cannot be read.
std::vector<std::string> read_labels(const std::string& path);

}  // namespace inflight
