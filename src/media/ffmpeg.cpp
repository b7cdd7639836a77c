#include "inflight/media/ffmpeg.hpp"

#include <fmt/format.h>

#include "ffmpeg_handles.hpp"

extern "C" {
#include <libavutil/log.h>
}

namespace inflight {

std::string ffmpeg_version() {
  std::string release = av_version_info();  // "5.1.6-0+deb12u1", or "N-111222-gabcdef" for a build from its repository
  if (!release.starts_with('N')) release = release.substr(0, release.find('-'));
  const unsigned codec = avcodec_version();
  return fmt::format("{} (libavcodec {}.{}.{})", release, AV_VERSION_MAJOR(codec), AV_VERSION_MINOR(codec),
                     AV_VERSION_MICRO(codec));
}

void silence_ffmpeg() { av_log_set_level(AV_LOG_QUIET); }

}  // namespace inflight
