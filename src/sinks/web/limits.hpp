// What the server allows its clients.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace inflight::web {

/// Bounds on memory, sockets and patience. Tests make the times shorter.
struct Limits {
  std::size_t connections = 64;               ///< beside the viewers: requests that are awaited or answered
  std::size_t viewers = 64;                   ///< pages with a WebSocket
  std::size_t header = 8 * 1024;              ///< bytes of a request's head
  std::uint64_t body = 64 * 1024;             ///< of its body
  std::size_t message = 4 * 1024;             ///< of a message from the page
  int send_buffer = 256 * 1024;               ///< of the kernel, per connection: what a slow viewer may lag behind
  std::chrono::milliseconds request{10'000};  ///< until a request is complete; an idle connection has no more
  std::chrono::milliseconds answer{30'000};   ///< until an answer is taken
  std::chrono::milliseconds linger{2'000};    ///< for a client that still sends what was refused
  std::chrono::milliseconds silence{20'000};  ///< of a page; halfway it is asked for a sign of life
  std::chrono::milliseconds goodbye{1'000};   ///< for all pages together to take the last message
};

}  // namespace inflight::web
