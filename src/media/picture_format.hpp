// Whether a file is a picture.
#pragma once

#include <string>

namespace inflight {

/// FFmpeg's name of the picture format that the first bytes of the file show, whatever its name is; empty when they
/// show none, or the file cannot be read. Blocks: on the disk.
std::string picture_format(const std::string& path);

}  // namespace inflight
