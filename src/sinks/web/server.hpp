// The HTTP and WebSocket server of the page. No Boost here: its headers cost seconds.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "inflight/sinks/web_view.hpp"
#include "limits.hpp"
#include "metrics.hpp"
#include "outbox.hpp"

namespace inflight::web {

/// Listens from its construction on, and serves with a thread of its own.
class Server {
 public:
  /// Makes the text of /metrics. Thread: the server's. Blocks: never.
  using Metrics = std::function<std::string(const WebCounts&)>;

  /// Throws: Error when it cannot listen, with what to do; UsageError for an address that is none.
  Server(const WebOptions& options, const Limits& limits, LiveCommands commands, Metrics metrics);
  /// Hangs up on all who are still there.
  ~Server();

  /// With the token, if one is asked for.
  std::string url() const;

  /// Thread: any. Blocks: never.
  std::size_t viewers() const noexcept;

  /// Shows to all viewers; null: nothing new of the kind. Thread: any. Blocks: never.
  void publish(Picture picture, Text figures);

  /// Says `last` to all, then stops. Blocks: until all have heard it, at most `Limits::goodbye`.
  void finish(Text last);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace inflight::web
