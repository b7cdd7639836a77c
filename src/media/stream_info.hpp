// What a stream says of itself: size, rate, length, rotation, and its clock.
#pragma once

#include <chrono>
#include <cstdint>

#include "demuxer.hpp"
#include "ffmpeg_handles.hpp"
#include "inflight/media/video_reader.hpp"

namespace inflight {

VideoInfo describe_stream(const Demuxer& demuxer);

/// Degrees clockwise (0, 90, 180, 270) to turn `picture` upright; `otherwise` when it doesn't tell itself.
int rotation_of(const AVFrame& picture, int otherwise) noexcept;

/// Between the stream's timestamps and the time from its start.
std::chrono::nanoseconds stream_time(const Demuxer& demuxer, std::int64_t timestamp) noexcept;
std::int64_t stream_timestamp(const Demuxer& demuxer, std::chrono::nanoseconds time) noexcept;

}  // namespace inflight
