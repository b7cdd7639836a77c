// The picture that a view shows until there is another.
#pragma once

#include <optional>

#include "inflight/draw/canvas.hpp"

namespace inflight {

class LastPicture {
 public:
  /// Copies the picture; null: the last one stays. Allocates only for a picture of another size.
  void take(const Canvas* picture) {
    if (!picture) return;
    const int width = picture->width(), height = picture->height();
    if (!copy_ || copy_->width() != width || copy_->height() != height) copy_.emplace(width, height);
    copy_->paste(*picture, 0, 0, width, height);
  }
  /// Null before the first one.
  const Canvas* get() const noexcept { return copy_ ? &*copy_ : nullptr; }

 private:
  std::optional<Canvas> copy_;
};

}  // namespace inflight
