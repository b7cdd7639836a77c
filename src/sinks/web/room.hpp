// What the connections of one server share. Thread: the server's.
#pragma once

#include <cstddef>
#include <list>
#include <utility>

#include "access.hpp"
#include "audience.hpp"
#include "limits.hpp"
#include "server.hpp"

namespace inflight::web {

/// A connection that says nothing, or nothing more of interest. Thread: the server's.
class Idler {
 public:
  virtual ~Idler() = default;
  /// Gives its place to another, at once.
  virtual void make_room() = 0;
};

struct Room {
  Limits limits;
  Access access;
  LiveCommands commands;
  Server::Metrics metrics;
  WebCounts counts;
  std::size_t connections = 0, viewers = 0;
  std::list<Idler*> idlers;  ///< who has been one for longest comes first
  Audience audience;
};

/// One of a number of places, from here to the end of the scope.
class Place {
 public:
  explicit Place(std::size_t& taken) : taken_(&taken) { ++*taken_; }
  Place(Place&& other) noexcept : taken_(std::exchange(other.taken_, nullptr)) {}
  Place& operator=(Place&&) = delete;
  ~Place() { leave(); }

  void leave() {
    if (taken_ != nullptr) --*std::exchange(taken_, nullptr);
  }

 private:
  std::size_t* taken_;
};

/// Being an idler, from here to the end of the scope.
class Idling {
 public:
  Idling(Room& room, Idler& idler) : idlers_(room.idlers), at_(idlers_.insert(idlers_.end(), &idler)) {}
  Idling(const Idling&) = delete;
  Idling& operator=(const Idling&) = delete;
  ~Idling() { idlers_.erase(at_); }

 private:
  std::list<Idler*>& idlers_;
  std::list<Idler*>::iterator at_;
};

}  // namespace inflight::web
