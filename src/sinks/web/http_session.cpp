#include "http_session.hpp"

#include <array>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "answer.hpp"
#include "viewer.hpp"

namespace inflight::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

/// What a request that could not be read is told; nothing: its sender is gone, or was too slow.
std::optional<http::status> refusal_of(beast::error_code error) {
  if (error == http::error::body_limit) return http::status::payload_too_large;
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return http::status::request_header_fields_too_large;
  }
  if (error == http::error::end_of_stream || error == http::error::partial_message) return std::nullopt;
  if (error.category() == http::make_error_code(http::error::bad_method).category()) return http::status::bad_request;
  return std::nullopt;
}

class HttpSession final : public Idler, public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(asio::ip::tcp::socket socket, Room& room, Place place)
      : stream_(std::move(socket)), room_(room), place_(std::move(place)) {}

  void read() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(room_.limits.header));
    parser_->body_limit(room_.limits.body);
    stream_.expires_after(room_.limits.request);  // for the whole of it, however it trickles in
    idling_.emplace(room_, *this);
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      self->idling_.reset();
      if (!error) {
        self->answer(self->parser_->release());
      } else if (const auto status = refusal_of(error)) {
        self->write(refusal(*status));
      }
    });
  }

  void make_room() override {
    idling_.reset();
    place_.leave();
    stream_.close();  // what is under way ends by this
  }

 private:
  void answer(Request request) {
    Answer answer = answer_to(request, room_);
    if (answer.upgrade) {
      serve_viewer(std::move(stream_), std::move(request), room_, Place(room_.viewers));
    } else {
      answer.response.keep_alive(request.keep_alive() && answer.response.result() == http::status::ok);
      write(std::move(answer.response));
    }
  }

  void write(Response response) {
    response_ = std::move(response);
    stream_.expires_after(room_.limits.answer);
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return;
      if (self->response_.keep_alive()) {
        self->read();
      } else {
        self->hang_up();
      }
    });
  }

  /// Closing a socket with unread bytes would reset it, and the client might lose the answer: reads on for a moment.
  void hang_up() {
    beast::error_code gone;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, gone);
    stream_.expires_after(room_.limits.linger);
    idling_.emplace(room_, *this);
    drain();
  }

  void drain() {
    stream_.async_read_some(asio::buffer(drained_), [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (!error) self->drain();
    });
  }

  beast::tcp_stream stream_;
  Room& room_;
  Place place_;
  std::optional<Idling> idling_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  Response response_;
  std::array<char, 4096> drained_{};
};

}  // namespace

void serve_http(asio::ip::tcp::socket socket, Room& room, Place place) {
  std::make_shared<HttpSession>(std::move(socket), room, std::move(place))->read();
}

}  // namespace inflight::web
