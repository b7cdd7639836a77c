#include "viewer.hpp"

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <memory>
#include <utility>
#include <variant>

#include "messages.hpp"

namespace inflight::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Request = beast::http::request<beast::http::string_body>;

/// One read and at most one write are under way; what waits for the write is in the outbox.
class Viewer final : public Listener, public std::enable_shared_from_this<Viewer> {
 public:
  Viewer(beast::tcp_stream stream, Request upgrade, Room& room, Place place)
      : socket_(std::move(stream)), upgrade_(std::move(upgrade)), room_(room), place_(std::move(place)) {
    socket_.read_message_max(room.limits.message);
    socket_.auto_fragment(false);
    socket_.set_option(websocket::stream_base::timeout{
        .handshake_timeout = room.limits.request, .idle_timeout = room.limits.silence, .keep_alive_pings = true});
  }
  ~Viewer() override { room_.audience.leave(*this); }

  void start() {
    socket_.async_accept(upgrade_, [self = shared_from_this()](beast::error_code error) {
      if (error) return;
      self->room_.audience.join(*self);
      self->read();
    });
  }

  void show(const Picture& picture) override {
    if (outbox_.put(picture)) ++room_.counts.overtaken;
    write();
  }
  void tell(const Text& figures) override {
    outbox_.put(figures);
    write();
  }
  void end(const Text& last) override {
    outbox_.end(last);
    write();
  }

 private:
  void read() {
    socket_.async_read(buffer_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) {  // closed, silent for too long, or it broke the protocol; a write under way ends by this, too
        self->room_.audience.leave(*self);
        return;
      }
      if (const auto command = command_of_message(beast::buffers_to_string(self->buffer_.data()))) {
        self->room_.commands(*command);
      }
      self->buffer_.clear();
      self->read();
    });
  }

  void write() {
    if (writing_) return;
    sending_ = outbox_.take();
    if (const auto* text = std::get_if<Text>(&sending_)) {
      socket_.text(true);
      write(asio::buffer(**text));
    } else if (const auto* picture = std::get_if<Picture>(&sending_)) {
      socket_.binary(true);
      write(asio::buffer(**picture));
    } else if (std::holds_alternative<Goodbye>(sending_)) {
      close();
    }
  }

  void write(asio::const_buffer bytes) {
    writing_ = true;
    socket_.async_write(bytes, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return;  // the read ends as well
      if (std::holds_alternative<Picture>(self->sending_)) ++self->room_.counts.sent;
      self->writing_ = false;
      self->write();
    });
  }

  void close() {
    writing_ = true;
    socket_.async_close({websocket::close_code::going_away, "the program has ended"},
                        [self = shared_from_this()](beast::error_code) { self->room_.audience.leave(*self); });
  }

  websocket::stream<beast::tcp_stream> socket_;
  Request upgrade_;
  Room& room_;
  Place place_;
  beast::flat_buffer buffer_;
  Outbox outbox_;
  Message sending_;  ///< kept until it is written
  bool writing_ = false;
};

}  // namespace

void serve_viewer(beast::tcp_stream stream, Request upgrade, Room& room, Place place) {
  stream.expires_never();  // the WebSocket has its own limits of time
  std::make_shared<Viewer>(std::move(stream), std::move(upgrade), room, std::move(place))->start();
}

}  // namespace inflight::web
