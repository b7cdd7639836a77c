// A page that is connected: the WebSocket /live.
#pragma once

#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "room.hpp"

namespace inflight::web {

/// Takes over a connection that asks for the WebSocket, until it ends. Thread: the server's. Blocks: never.
void serve_viewer(boost::beast::tcp_stream stream, boost::beast::http::request<boost::beast::http::string_body> upgrade,
                  Room& room, Place place);

}  // namespace inflight::web
