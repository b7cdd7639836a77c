// Frames for tests: the first ones of generated clips, and pictures made here.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "inflight/media/video_reader.hpp"
#include "inflight/vision/preprocess.hpp"

namespace inflight::test {

inline std::string asset(const std::string& name) { return std::string(INFLIGHT_ASSETS) + "/" + name; }
inline std::string media(const std::string& name) { return std::string(INFLIGHT_TEST_MEDIA) + "/" + name; }

/// A name that no other test uses, removed at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& ending)
      : path_(::testing::TempDir() + "inflight-vision-" + std::to_string(::getpid()) + "-" + std::to_string(count_++) +
              ending) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }

  const std::string& path() const { return path_; }

 private:
  static inline int count_ = 0;
  std::string path_;
};

inline Frame first_frame(const std::string& path) {
  VideoReader reader(path, {.frames = 1, .threads = 1});
  Frame frame;
  EXPECT_EQ(reader.read(frame), ReadOutcome::frame) << path;
  return frame;
}

/// A 4:4:4 picture of limited range with neutral chroma, whose luma is a function of the place.
inline Frame luma_picture(int width, int height, const std::function<int(int x, int y)>& luma) {
  const TemporaryFile file(".y4m");
  {
    std::ofstream out(file.path(), std::ios::binary);
    out << "YUV4MPEG2 W" << width << " H" << height << " F25:1 Ip A1:1 C444\nFRAME\n";
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) out.put(static_cast<char>(luma(x, y)));
    }
    for (int i = 0; i < 2 * width * height; ++i) out.put(static_cast<char>(128));
  }
  return first_frame(file.path());
}

/// What a luma of limited range is in RGB.
inline double gray_level(double luma) { return (luma - 16) * 255 / 219; }

/// A preprocessed picture and the way back to its frame.
struct Input {
  int width = 0, height = 0;
  std::vector<std::uint8_t> bytes;
  Mapping mapping;

  int at(int x, int y, int channel) const { return bytes[static_cast<std::size_t>((y * width + x) * 3 + channel)]; }
};

inline Input preprocess(const Frame& frame, const PreprocessOptions& options) {
  Input input{options.width, options.height, {}, {}};
  input.bytes.resize(static_cast<std::size_t>(options.width * options.height * 3), 7);
  input.mapping = Preprocessor(options)(frame, input.bytes);
  return input;
}

inline const char* name_of(PreprocessPath path) { return path == PreprocessPath::fast ? "fast" : "exact"; }

}  // namespace inflight::test
