// One connection: HTTP requests, until one of them asks for the WebSocket.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "room.hpp"

namespace inflight::web {

/// Answers what comes over the socket until either side ends it. Thread: the server's. Blocks: never.
void serve_http(boost::asio::ip::tcp::socket socket, Room& room, Place place);

}  // namespace inflight::web
