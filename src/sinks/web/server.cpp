#include "server.hpp"

#include <fcntl.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include "host.hpp"
#include "http_session.hpp"
#include "inflight/base/error.hpp"
#include "inflight/measure/thread_times.hpp"
#include "inflight/sinks/web_view.hpp"
#include "room.hpp"

namespace inflight::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// Children that the program starts are not to keep the port.
void close_on_exec(int socket) { ::fcntl(socket, F_SETFD, FD_CLOEXEC); }

asio::ip::address address_of(const std::string& text) {
  error_code error;
  const auto address = asio::ip::make_address(text == "localhost" ? "127.0.0.1" : text, error);
  if (error) {
    throw UsageError("'" + text +
                     "' is no address to listen on; use 127.0.0.1 for this machine alone, or 0.0.0.0 for all " +
                     "its networks");
  }
  return address;
}

[[noreturn]] void cannot_listen(const tcp::endpoint& endpoint, error_code error) {
  const std::string address = endpoint.address().to_string();
  const std::string port = std::to_string(endpoint.port());
  if (error == asio::error::address_in_use) {
    const std::string owner = owner_of_port(endpoint.port());
    throw Error("port " + port + " of " + address + " is taken" + (owner.empty() ? "" : " by " + owner) +
                "; give another one with --port, or 0 for any that is free");
  }
  if (error == boost::system::errc::address_not_available) {
    throw Error(address + " is no address of this machine; use 127.0.0.1 for this machine alone, or 0.0.0.0 for all " +
                "its networks");
  }
  if (error == asio::error::access_denied) {
    throw Error("port " + port + " is reserved for the system; give one from 1024 on with --port, or 0 for any that " +
                "is free");
  }
  throw Error("port " + port + " of " + address + " cannot be listened on (" + error.message() +
              "); give another one with --port");
}

tcp::acceptor listen(asio::io_context& io, const WebOptions& options, const Limits& limits) {
  const tcp::endpoint endpoint(address_of(options.address), options.port);
  tcp::acceptor acceptor(io);
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);  // a port left a moment ago is free
  // Accepted sockets inherit it. The system would let a slow viewer's grow to megabytes: seconds of old pictures.
  if (!error) acceptor.set_option(asio::socket_base::send_buffer_size(limits.send_buffer), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) cannot_listen(endpoint, error);
  close_on_exec(acceptor.native_handle());
  return acceptor;
}

}  // namespace

class Server::Impl {
 public:
  Impl(const WebOptions& options, const Limits& limits, LiveCommands commands, Metrics metrics)
      : acceptor_(listen(io_, options, limits)), retry_(io_) {
    const tcp::endpoint endpoint = acceptor_.local_endpoint();
    const std::string address = endpoint.address().to_string();
    const std::string token = endpoint.address().is_loopback() ? "" : new_token();
    url_ = "http://" + in_url(address_to_open(address)) + ':' + std::to_string(endpoint.port()) + '/' +
           (token.empty() ? "" : "?token=" + token);
    room_.emplace(limits, Access(address, endpoint.port(), token), std::move(commands), std::move(metrics));
    accept();
    thread_ = std::thread([this] {
      name_this_thread(WebView::thread_name);
      io_.run();
    });
  }
  ~Impl() {
    io_.stop();
    thread_.join();
  }

  const std::string& url() const noexcept { return url_; }
  std::size_t viewers() const noexcept { return room_->audience.size(); }

  void publish(Picture picture, Text figures) {
    const std::lock_guard lock(mutex_);
    if (picture) picture_ = std::move(picture);
    if (figures) figures_ = std::move(figures);
    if (posted_) return;
    posted_ = true;
    asio::post(io_, [this] { deliver(); });
  }

  void finish(Text last) {
    const auto heard = std::make_shared<std::promise<void>>();
    auto all_heard = heard->get_future();
    asio::post(io_, [this, heard, last = std::move(last)] {
      error_code ignored;
      acceptor_.close(ignored);
      room_->audience.end(last, [heard] { heard->set_value(); });
    });
    all_heard.wait_for(room_->limits.goodbye);
  }

 private:
  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (error) {  // no file descriptors, perhaps: trying at once would only burn a core
        retry_.expires_after(std::chrono::milliseconds(100));
        retry_.async_wait([this](error_code) { accept(); });
        return;
      }
      welcome(std::move(socket));
      accept();
    });
  }

  void welcome(tcp::socket socket) {
    close_on_exec(socket.native_handle());
    error_code error;
    // Who says nothing does not keep others out: anybody can open connections, and viewers begin with one.
    if (room_->connections >= room_->limits.connections && !room_->idlers.empty()) room_->idlers.front()->make_room();
    if (room_->connections >= room_->limits.connections) {
      static constexpr std::string_view busy =
          "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
      socket.non_blocking(true, error);
      socket.write_some(asio::buffer(busy), error);
      return;
    }
    socket.set_option(tcp::no_delay(true), error);
    serve_http(std::move(socket), *room_, Place(room_->connections));
  }

  void deliver() {
    std::unique_lock lock(mutex_);
    posted_ = false;
    const Picture picture = std::exchange(picture_, nullptr);
    const Text figures = std::exchange(figures_, nullptr);
    lock.unlock();
    if (figures) room_->audience.tell(figures);
    if (picture) room_->audience.show(picture);
  }

  std::string url_;
  std::optional<Room> room_;  // before `io_`: connections that die with it leave their places here
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  asio::steady_timer retry_;
  std::mutex mutex_;
  Picture picture_;  // the newest that the server has not seen; with `mutex_`
  Text figures_;
  bool posted_ = false;  // `deliver` is on its way
  std::thread thread_;
};

Server::Server(const WebOptions& options, const Limits& limits, LiveCommands commands, Metrics metrics)
    : impl_(std::make_unique<Impl>(options, limits, std::move(commands), std::move(metrics))) {}
Server::~Server() = default;

std::string Server::url() const { return impl_->url(); }
std::size_t Server::viewers() const noexcept { return impl_->viewers(); }
void Server::publish(Picture picture, Text figures) { impl_->publish(std::move(picture), std::move(figures)); }
void Server::finish(Text last) { impl_->finish(std::move(last)); }

}  // namespace inflight::web
