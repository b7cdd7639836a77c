// A file that was made into the program when it was built.
#pragma once

#include <string_view>

namespace inflight {

/// Its bytes live as long as the program.
struct EmbeddedFile {
  std::string_view name;  ///< "page.css"
  std::string_view bytes;
};

}  // namespace inflight
