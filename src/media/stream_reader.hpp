// The frames of one video stream, from a start on, once or again and again.
#pragma once

#include <chrono>
#include <cstdint>

#include "clip_reader.hpp"
#include "decoder.hpp"
#include "demuxer.hpp"

namespace inflight {

class StreamReader final : public ClipReader {
 public:
  /// As the constructor of VideoReader, with options that were checked.
  StreamReader(Address address, VideoReaderOptions options);

  ReadOutcome read(Frame& frame) override;

 private:
  Decoder::Step decode();
  bool is_wanted();
  bool go_to_start();
  bool go_further_back();
  void end_pass();
  void give(Frame& frame);

  VideoReaderOptions options_;
  Patience patience_;
  Demuxer demuxer_;
  Decoder decoder_;

  std::chrono::nanoseconds start_;      // of the frames to give
  std::chrono::nanoseconds interval_;   // between two frames
  std::chrono::nanoseconds time_;       // of the decoder's picture
  std::chrono::nanoseconds margin_{0};  // by which the last seek went before `start_`
  bool first_of_seek_ = false;
  std::int64_t decoded_in_pass_ = 0;
  std::int64_t given_in_pass_ = 0;
  bool ended_ = false;
};

}  // namespace inflight
