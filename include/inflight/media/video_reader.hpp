// Frames from a video file, whatever container and codec FFmpeg reads.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "inflight/base/clock.hpp"
#include "inflight/media/camera.hpp"
#include "inflight/media/frame_source.hpp"

namespace inflight {

class ClipReader;

/// Which part of a file is read, and how.
struct VideoReaderOptions {
  Seconds start{0};           ///< frames before this time of the stream are decoded but not given out
  bool loop = false;          ///< at the end, go on from `start`
  std::int64_t frames = 0;    ///< end after so many frames; 0: all there are
  int threads = 0;            ///< decoder threads; 0: by picture size and processors, at most 16
  CameraOptions camera = {};  ///< of cameras and other devices only
  std::stop_token stop = {};
};

/// What is known of the stream once it is open.
struct VideoInfo {
  std::string codec;         ///< FFmpeg's name, "h264"
  std::string pixel_format;  ///< FFmpeg's name, "yuv420p"
  int width = 0;             ///< as seen, after rotation
  int height = 0;
  int rotation = 0;         ///< degrees clockwise
  double frame_rate = 0;    ///< frames per second; 0 when the stream does not tell
  double duration = 0;      ///< seconds; 0 when unknown
  std::int64_t frames = 0;  ///< as the container tells, or estimated from duration and rate; 0 when unknown
  int decoder_threads = 0;  ///< that decode it; 0 when unknown
};

/// What happened while reading.
struct ReadCounts {
  std::int64_t frames = 0;           ///< given out
  std::int64_t skipped_files = 0;    ///< of a folder: no pictures
  std::int64_t damaged_packets = 0;  ///< refused by the decoder and skipped
  std::int64_t damaged_frames = 0;   ///< among `frames`: the decoder had to make up parts of them
  std::int64_t loops = 0;            ///< times the end was reached and reading went on from the start
  bool ended_early = false;          ///< the file stopped before the end that its container promises
  std::string early_reason;          ///< one line for the user, when `ended_early`
};

/// Reads the best video stream of a file, or the pictures of a folder in the order of their names: one per second, of
/// whatever sizes they have. Frames keep the decoder's buffers and pixel format.
///
/// Thread: one at a time. Damaged packets and pictures are counted and skipped; a file that ends early ends the stream
/// and is remembered in `counts()`.
class VideoReader final : public FrameSource {
 public:
  /// Opens `input` and reads its header, a folder up to its first picture. `input`: the path of a file or folder; the
  /// number of a camera or its device, "0" or "/dev/video0"; "lavfi:GRAPH" for a filter graph of FFmpeg, "FORMAT:URL"
  /// for another device of it ("x11grab::0"); "rtsp://..." and other addresses. Blocks: on the file, device or network.
  /// Throws: Error when it is missing, empty, not a video, or has no video stream; UsageError for a start beyond the
  /// end, negative numbers, or camera options that the input doesn't know.
  explicit VideoReader(const std::string& input, VideoReaderOptions options = {});
  ~VideoReader() override;

  ReadOutcome read(Frame& frame) override;

  /// What is known of the stream.
  const VideoInfo& info() const noexcept;
  /// What happened until now.
  const ReadCounts& counts() const noexcept;

 private:
  std::unique_ptr<ClipReader> reader_;
};

}  // namespace inflight
