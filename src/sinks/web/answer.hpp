// What a request is answered.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "room.hpp"

namespace inflight::web {

using Request = boost::beast::http::request<boost::beast::http::string_body>;
using Response = boost::beast::http::response<boost::beast::http::string_body>;

struct Answer {
  Response response;
  bool upgrade = false;  ///< it is to become a WebSocket, and there is no response
};

/// Holds the request against the rules of access, then looks up what it asks for. Reads no file.
Answer answer_to(const Request& request, const Room& room);

/// For a request that could not be read.
Response refusal(boost::beast::http::status status);

}  // namespace inflight::web
