#include "picture_format.hpp"

#include <algorithm>
#include <fstream>
#include <string_view>
#include <vector>

#include "ffmpeg_handles.hpp"

namespace inflight {
namespace {

// FFmpeg's readers of single pictures, "png_pipe", and the two that may hold several. "image2" goes by the name alone.
bool reads_pictures(std::string_view format) {
  return format.ends_with("_pipe") || format == "gif" || format == "apng";
}

}  // namespace

std::string picture_format(const std::string& path) {
  constexpr std::size_t looked_at = 64 * 1024;  // JPEGs may begin with a thumbnail
  std::vector<unsigned char> bytes(looked_at + AVPROBE_PADDING_SIZE);
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(bytes.data()), looked_at);
  const auto size = std::max<std::streamsize>(file.gcount(), 0);
  if (size == 0) return {};
  std::fill(bytes.begin() + size, bytes.end(), 0);

  AVProbeData probe{};
  probe.filename = "";
  probe.buf = bytes.data();
  probe.buf_size = static_cast<int>(size);
  int score = 0;
  const AVInputFormat* format = av_probe_input_format3(&probe, 1, &score);
  return format && reads_pictures(format->name) ? format->name : "";
}

}  // namespace inflight
