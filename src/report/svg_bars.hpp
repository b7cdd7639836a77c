// Frames per second of each way as a picture: bar, range and single rounds.
#pragma once

#include <string>

#include "inflight/report/compare_record.hpp"

namespace inflight::report {

/// An SVG element to stand in a page. All that is horizontal is in percent, so that the picture takes the width that it
/// is given while its text keeps its size; colours come from the page's style sheet. Empty when nothing was measured.
std::string svg_bars(const CompareRecord& record);

}  // namespace inflight::report
