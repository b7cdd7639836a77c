// Whether a file ended before the end that its container promises.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ffmpeg_handles.hpp"

namespace inflight {

/// Compares the packets that came with what the header says. Containers that are written as they go (transport
/// streams, raw streams, pipes) promise nothing, and so never end early.
class PromisedEnd {
 public:
  PromisedEnd(const AVFormatContext& input, const AVStream& stream);

  /// The promise is that of the longest stream: packets of all of them are to be shown to `saw`.
  bool spans_all_streams() const noexcept { return spans_all_streams_; }
  /// Forgets the packets. `at_start`: those to come are counted from the first one of the stream.
  void restart(bool at_start) noexcept;
  void saw(const AVPacket& packet, const AVStream& of) noexcept;
  /// To be asked at the end. What came and what was promised, as "after 61 of 250 frames", when that is less.
  std::optional<std::string> missed(std::int64_t frames_given) const;

 private:
  bool spans_all_streams_ = false;
  std::int64_t frames_ = 0;  // 0: not counted by the container
  double start_ = 0;         // seconds, as are those below
  double promised_ = 0;      // 0: no promise
  double tolerance_ = 0;
  bool at_start_ = true;
  double covered_ = 0;
};

}  // namespace inflight
