// What a stream says of itself: size, rate, length, rotation, and its clock.
#pragma once

#include <chrono>
#include <cstdint>

#include "demuxer.hpp"
#include "ffmpeg_handles.hpp"
#include "inflight/media/video_reader.hpp"

namespace inflight {

VideoInfo describe_stream(const Demuxer& demuxer);
/// The same, where the stream itself was not probed: size, format and rotation as the picture has them.
VideoInfo describe_picture(const Demuxer& demuxer, const AVFrame& picture);

/// Degrees clockwise (0, 90, 180, 270) to turn `picture` upright; `otherwise` when it doesn't tell itself.
int rotation_of(const AVFrame& picture, int otherwise) noexcept;

/// A timestamp of the stream as it counts. The start of a stream that was not probed may be found late.
std::chrono::nanoseconds raw_time(const Demuxer& demuxer, std::int64_t timestamp) noexcept;
/// Between the stream's timestamps and the time from its start.
std::chrono::nanoseconds stream_time(const Demuxer& demuxer, std::int64_t timestamp) noexcept;
std::int64_t stream_timestamp(const Demuxer& demuxer, std::chrono::nanoseconds time) noexcept;

}  // namespace inflight
