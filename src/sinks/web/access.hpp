// Who may use the page: the rules about Host, Origin and token that every request is held to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace inflight::web {

/// What of a request tells where it comes from; empty where it says nothing.
struct Visitor {
  std::string_view host = {};    ///< the Host header
  std::string_view origin = {};  ///< the Origin header
  std::string_view query = {};   ///< what follows the ? of the target
  std::string_view cookie = {};  ///< the Cookie header
  bool acts = false;             ///< it asks for more than to read: a WebSocket, or any method but GET and HEAD
};

enum class Verdict {
  welcome,
  welcome_by_query,  ///< the token came in the address: to be kept as a cookie
  foreign_host,      ///< not the name of this server: a page of somebody else's whose name was bent to this machine
  foreign_origin,    ///< another page sends it
  no_token,
};

/// The rules of one server. Thread: any, after construction.
class Access {
 public:
  /// `address`: the one listened on, as a number. `token`: empty where none is asked for, on this machine alone.
  Access(const std::string& address, std::uint16_t port, std::string token);

  Verdict judge(const Visitor& visitor) const;

  /// The Set-Cookie that spares the token in further addresses. It names the port, since browsers send the cookies of
  /// one name to all its ports.
  std::string cookie() const;

 private:
  bool is_own_name(std::string_view host) const;
  bool knows_token(std::string_view text, std::string_view name, char separator) const;

  std::string address_, port_, token_;
};

/// `address` as it stands in a URL: an IPv6 one in brackets.
std::string in_url(const std::string& address);

/// 128 bits of the system's random device, as 32 hexadecimal digits. Throws: Error when there is none.
std::string new_token();

/// Takes as long for a wrong start as for a wrong end: nobody learns a token digit by digit.
bool equal_in_constant_time(std::string_view one, std::string_view other) noexcept;

}  // namespace inflight::web
