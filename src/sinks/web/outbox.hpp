// What waits to be sent to one viewer.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace inflight::web {

/// A JPEG file and a text message, each in memory once for all viewers.
using Picture = std::shared_ptr<const std::vector<std::uint8_t>>;
using Text = std::shared_ptr<const std::string>;

struct Nothing {};
struct Goodbye {};  ///< all was sent, and the connection is to be closed
using Message = std::variant<Nothing, Text, Picture, Goodbye>;

/// The newest picture and the newest figures: a slow viewer misses what was in between, and costs no memory. Thread:
/// one.
class Outbox {
 public:
  /// Returns whether a picture that waited is lost by it.
  bool put(Picture picture) {
    if (last_) return false;
    return std::exchange(picture_, std::move(picture)) != nullptr;
  }
  void put(Text figures) {
    if (!last_) figures_ = std::move(figures);
  }

  /// Nothing comes after `last`, and nothing that waits is sent before it.
  void end(Text last) {
    picture_ = nullptr;
    figures_ = std::move(last);
    last_ = true;
  }

  /// The next one to send. Figures go first: they are small, and too few to keep pictures waiting.
  Message take() {
    if (figures_) return std::exchange(figures_, nullptr);
    if (picture_) return std::exchange(picture_, nullptr);
    if (last_) return Goodbye{};
    return Nothing{};
  }

 private:
  Picture picture_;
  Text figures_;
  bool last_ = false;
};

}  // namespace inflight::web
