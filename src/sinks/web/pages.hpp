// The files of the folder `web`, and Chart.js: made into the program when it is built.
#pragma once

#include <span>

#include "inflight/base/embedded_file.hpp"

namespace inflight::web {

/// cmake/EmbedFiles.cmake writes it.
std::span<const EmbeddedFile> page_files() noexcept;

}  // namespace inflight::web
