// Frames from a camera or a stream: always the newest, and back again after a loss.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "inflight/base/clock.hpp"
#include "inflight/media/frame_source.hpp"
#include "inflight/media/video_reader.hpp"

namespace inflight {

/// How a live source is opened.
struct LiveSourceOptions {
  CameraOptions camera = {};
  Seconds silence{5};  ///< a source that gives nothing for so long counts as lost
  int threads = 0;     ///< decoder threads; 0: by picture size and processors, at most 16
};

/// Where a live source is at one moment.
struct LiveSourceState {
  bool connected = false;
  std::string reason;           ///< one line for the user while not connected: why
  std::int64_t frames = 0;      ///< that arrived
  std::int64_t dropped = 0;     ///< of these, replaced by a newer one before anybody read them
  std::int64_t reconnects = 0;  ///< times it came back
  double frame_rate = 0;        ///< frames per second, as they arrived in the last seconds
};

/// A thread of its own decodes what arrives and keeps the newest frame only, so that a slow reader sees the present and
/// not a growing past. When the source ends, fails or falls silent, it is opened again until it comes back.
///
/// Thread: one reads; `state` on any.
class LiveSource final : public FrameSource {
 public:
  /// Opens the source and waits for its first frame. Blocks: on the device or network, at most some four
  /// times `silence`, as a stream without a key frame can take.
  /// Throws: Error when it cannot be opened, with what to do.
  explicit LiveSource(const std::string& input, LiveSourceOptions options = {}, std::stop_token stop = {});
  ~LiveSource() override;

  /// Waits for a frame that was not given out yet.
  ReadOutcome read(Frame& frame) override { return read(frame, {}); }
  /// As `read`, but ends with `stopped` as soon as `stop` is requested.
  ReadOutcome read(Frame& frame, const std::stop_token& stop);

  /// What is known of the stream.
  VideoInfo info() const;
  /// Where it is now. Thread: any.
  LiveSourceState state() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Whether `input` gives frames at its own pace, whether they are read or not: cameras, devices, RTSP and other
/// streams without an end; not files and image folders. What stands behind http(s) its address does not tell: that
/// counts as a file here. Blocks: never for a network.
bool is_live(const std::string& input);

/// As `is_live`, but asks what stands behind http(s) and other addresses: without a length and without a way back it is
/// a camera or a running playlist. Blocks: on the network, until something came, for ten seconds, or until `stop`.
/// Throws: Error when it cannot be opened.
bool turns_out_live(const std::string& input, std::stop_token stop = {});

/// The input as people are to see it: an address without user and password, a camera by its device.
std::string input_name(const std::string& input);

}  // namespace inflight
