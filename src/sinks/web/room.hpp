// What the connections of one server share. Thread: the server's.
#pragma once

#include <cstddef>
#include <utility>

#include "access.hpp"
#include "audience.hpp"
#include "limits.hpp"
#include "server.hpp"

namespace inflight::web {

struct Room {
  Limits limits;
  Access access;
  LiveCommands commands;
  Server::Metrics metrics;
  WebCounts counts;
  std::size_t connections = 0;
  Audience audience;
};

/// The place of one connection among those that are allowed.
class Place {
 public:
  explicit Place(Room& room) : room_(&room) { ++room_->connections; }
  Place(Place&& other) noexcept : room_(std::exchange(other.room_, nullptr)) {}
  Place& operator=(Place&&) = delete;
  ~Place() {
    if (room_ != nullptr) --room_->connections;
  }

 private:
  Room* room_;
};

}  // namespace inflight::web
