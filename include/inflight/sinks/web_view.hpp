// The demonstration as a web page.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "inflight/sinks/live_view.hpp"

namespace inflight {

/// Where the page is served.
struct WebOptions {
  std::string address = "127.0.0.1";  ///< to listen on; any but a loopback address asks viewers for a token
  std::uint16_t port = 8080;          ///< 0: any free one
  Size picture{960, 540};             ///< the picture is scaled to fit in here, proportions kept
};

/// Serves a page with picture, figures and buttons, and GET /metrics for Prometheus; docs/web-view.md says to whom, and
/// what goes over the wire. A thread of its own serves and calls the commands. A picture is encoded once, by `show`;
/// viewers who are slow miss pictures, and nobody waits for them. `finish` waits for them a second at most.
class WebView : public LiveView {
 public:
  static constexpr const char* thread_name = "web";  ///< of the serving thread, for the system

  /// The address to open in a browser, with the token if one is asked for.
  virtual std::string url() const = 0;
};

/// Throws: Error when the port is taken or the address is none of this machine, with what to do; UsageError for what is
/// no address.
std::unique_ptr<WebView> make_web_view(const WebOptions& options, LiveCommands commands);

}  // namespace inflight
