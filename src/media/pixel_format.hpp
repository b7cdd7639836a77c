// From FFmpeg's pixel formats and colour tags to ours.
#pragma once

#include <optional>

#include "ffmpeg_handles.hpp"
#include "inflight/media/frame.hpp"

namespace inflight {

/// How a frame in this format is to be read; nothing when it must be converted first.
std::optional<PixelFormat> known_format(AVPixelFormat format);

/// The known format to convert to: the same family (gray, YUV of the same subsampling, RGB), at least as many bits
/// where there is such a one. AV_PIX_FMT_NONE when FFmpeg cannot convert it.
AVPixelFormat nearest_known(AVPixelFormat format);

/// The matrix that the picture is tagged with. Without a tag, what players assume: BT.709 from 720p on, else BT.601.
ColorMatrix matrix_of(const AVFrame& picture);

/// Whether black is 0 and white the largest value, rather than 16 and 235 (times a power of two).
bool is_full_range(const AVFrame& picture);

}  // namespace inflight
