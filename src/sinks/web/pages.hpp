// The files of the folder `web`, and Chart.js: made into the program when it is built.
#pragma once

#include <span>
#include <string_view>

namespace inflight::web {

struct PageFile {
  std::string_view name;  ///< "page.css"
  std::string_view bytes;
};

/// cmake/EmbedFiles.cmake writes it.
std::span<const PageFile> page_files() noexcept;

}  // namespace inflight::web
