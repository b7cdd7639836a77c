#include "audience.hpp"

#include <utility>

namespace inflight::web {

void Audience::join(Listener& listener) {
  listeners_.push_back(&listener);
  size_ = listeners_.size();
  if (last_) {
    listener.end(last_);
    return;
  }
  if (figures_) listener.tell(figures_);
  if (picture_) listener.show(picture_);
}

void Audience::leave(Listener& listener) {
  if (std::erase(listeners_, &listener) == 0) return;
  size_ = listeners_.size();
  if (listeners_.empty() && empty_) std::exchange(empty_, nullptr)();
}

void Audience::show(const Picture& picture) {
  picture_ = picture;
  for (Listener* listener : listeners_) listener->show(picture);
}

void Audience::tell(const Text& figures) {
  figures_ = figures;
  for (Listener* listener : listeners_) listener->tell(figures);
}

void Audience::end(const Text& last, std::function<void()> empty) {
  last_ = last;
  if (listeners_.empty()) {
    empty();
    return;
  }
  empty_ = std::move(empty);
  for (Listener* listener : listeners_) listener->end(last);
}

}  // namespace inflight::web
