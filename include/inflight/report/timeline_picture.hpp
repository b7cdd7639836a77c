// A few milliseconds of every way as a picture: who does what, for which frame, and who waits.
#pragma once

#include <span>
#include <string>

#include "inflight/base/clock.hpp"
#include "inflight/report/timeline_way.hpp"

namespace inflight {

/// What a picture shows.
struct TimelineLook {
  Milliseconds length{0};  ///< of time shown; 0: 60 ms, or what shows a few frames of the slowest way
  bool dark = false;       ///< of a PNG; an SVG is as its page or its viewer has it
};

/// An SVG element: a panel per way, one above the other, on the same scale of time. In a page it takes the colours of
/// the page's style sheet (--ink, --paper, --rule, --faint). `alone`: with what a file of its own needs. Empty when no
/// way has frames.
std::string timeline_svg(std::span<const TimelineWay> ways, const TimelineLook& look = {}, bool alone = false);

/// The same in a figure for a page, scrolling by itself where the page is narrower, with a caption that says how to
/// read it.
std::string timeline_figure(std::span<const TimelineWay> ways, const TimelineLook& look = {});

/// The same picture as a PNG; missing folders are made. Throws: Error when it cannot be written, or no way has frames.
void write_timeline_png(const std::string& path, std::span<const TimelineWay> ways, const TimelineLook& look = {});

}  // namespace inflight
