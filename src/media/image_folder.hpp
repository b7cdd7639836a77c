// The pictures of a folder as frames.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "address.hpp"
#include "clip_reader.hpp"

namespace inflight {

/// One picture per second, in the order of their names. Hidden files and folders below are left alone, files that are
/// no pictures are counted and passed over, pictures that cannot be decoded too.
class ImageFolder final : public ClipReader {
 public:
  /// As the constructor of VideoReader, with options that were checked. Looks for the first picture.
  ImageFolder(Address address, VideoReaderOptions options);

  ReadOutcome read(Frame& frame) override;

 private:
  ReadOutcome next(Frame& frame);
  bool decode(const std::string& path, const std::string& format, Frame& frame);
  void end_pass();

  Address address_;
  VideoReaderOptions options_;
  std::vector<std::string> files_;  // paths; emptied once known as no picture
  std::size_t next_ = 0;            // of `files_`
  std::int64_t pictures_ = 0;       // passed in this pass, that is the time in seconds
  std::int64_t given_in_pass_ = 0;
  Frame ahead_;  // the first one, looked at when opening
  bool ended_ = false;
};

}  // namespace inflight
