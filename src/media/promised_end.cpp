#include "promised_end.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace inflight {
namespace {

double seconds(std::int64_t timestamp, AVRational unit) {
  return timestamp == AV_NOPTS_VALUE ? 0 : static_cast<double>(timestamp) * av_q2d(unit);
}

// Matroska keeps each stream's length as a tag, "00:00:10.000000000".
double tagged_seconds(const AVStream& stream) {
  const AVDictionaryEntry* tag = av_dict_get(stream.metadata, "DURATION", nullptr, 0);
  int hours = 0, minutes = 0;
  double rest = 0;
  if (!tag || std::sscanf(tag->value, "%d:%d:%lf", &hours, &minutes, &rest) != 3) return 0;
  return hours * 3600.0 + minutes * 60.0 + rest;
}

}  // namespace

PromisedEnd::PromisedEnd(const AVFormatContext& input, const AVStream& stream)
    : start_(seconds(stream.start_time, stream.time_base)) {
  // Other methods look at the end of the file that is there, or guess from the bit rate.
  if (input.duration_estimation_method != AVFMT_DURATION_FROM_STREAM) return;

  const double interval = stream.avg_frame_rate.num > 0 ? 1 / av_q2d(stream.avg_frame_rate) : 0;
  // Without a count of frames, the last one may rightly be shown for long.
  constexpr double clearly_early = 0.5;
  if (stream.nb_frames > 0 && stream.duration > 0) {
    frames_ = stream.nb_frames;
    promised_ = seconds(stream.duration, stream.time_base);
    tolerance_ = 2 * interval;
  } else if ((promised_ = tagged_seconds(stream)) > 0) {
    tolerance_ = std::max(clearly_early, 2 * interval);
  } else {
    promised_ = seconds(input.duration, AVRational{1, AV_TIME_BASE});
    tolerance_ = std::max(clearly_early, 2 * interval);
    spans_all_streams_ = true;
  }
}

void PromisedEnd::restart(bool at_start) noexcept {
  at_start_ = at_start;
  covered_ = 0;
}

void PromisedEnd::saw(const AVPacket& packet, const AVStream& of) noexcept {
  const std::int64_t stamp = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
  if (stamp == AV_NOPTS_VALUE) return;
  const double end = seconds(stamp + packet.duration, of.time_base);
  // Some containers count from the first picture, some from zero: the larger one never gives a false alarm.
  covered_ = std::max(covered_, std::max(end, end - start_));
}

std::optional<std::string> PromisedEnd::missed(std::int64_t frames_given) const {
  if (promised_ <= 0 || covered_ >= promised_ - tolerance_) return std::nullopt;
  if (!at_start_ || frames_ == 0) return fmt::format("after {:.2f} of {:.2f} seconds", covered_, promised_);
  return fmt::format("after {} of {} frames", frames_given, frames_);
}

}  // namespace inflight
