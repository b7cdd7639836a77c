// What this machine tells about its network. Nothing leaves it.
#include "sinks/web/host.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace inflight::web {
namespace {

using ::testing::Not;
using ::testing::StartsWith;

/// A TCP socket on a free port of the loopback address.
class Socket {
 public:
  explicit Socket(bool listens) : file_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(file_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    if (listens) {
      EXPECT_EQ(::listen(file_, 1), 0);
    }
    socklen_t size = sizeof address;
    EXPECT_EQ(::getsockname(file_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { ::close(file_); }

  std::uint16_t port() const { return port_; }

 private:
  int file_;
  std::uint16_t port_ = 0;
};

TEST(OwnerOfPort, NamesTheProcessThatListens) {
  const Socket socket(true);
  EXPECT_EQ(owner_of_port(socket.port()), "test_sinks (process " + std::to_string(::getpid()) + ")");
}

TEST(OwnerOfPort, IsNobodyWhereNobodyListens) {
  const Socket socket(false);
  EXPECT_EQ(owner_of_port(socket.port()), "");
}

TEST(AddressToOpen, IsTheOneListenedOn) {
  EXPECT_EQ(address_to_open("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(address_to_open("::1"), "::1");
}

TEST(AddressToOpen, IsOneThatABrowserCanOpenWhenAllAreListenedOn) {
  for (const char* all : {"0.0.0.0", "::"}) {
    const std::string address = address_to_open(all);
    in_addr parsed{};
    EXPECT_EQ(::inet_pton(AF_INET, address.c_str(), &parsed), 1) << address;
    EXPECT_THAT(address, Not(StartsWith("0.")));
  }
}

}  // namespace
}  // namespace inflight::web
