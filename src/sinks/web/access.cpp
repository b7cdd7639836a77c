#include "access.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "inflight/base/error.hpp"

namespace inflight::web {
namespace {

bool equal_without_case(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  });
}

/// What of "http://host:port" is to equal the Host; a proxy that ends TLS says https. Empty: it is none ("null").
std::string_view authority(std::string_view origin) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.starts_with(scheme)) return origin.substr(scheme.size());
  }
  return {};
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

}  // namespace

Access::Access(const std::string& address, std::uint16_t port, std::string token)
    : address_(in_url(address)), port_(std::to_string(port)), token_(std::move(token)) {}

Verdict Access::judge(const Visitor& visitor) const {
  Verdict verdict = Verdict::welcome;
  if (token_.empty()) {
    if (!is_own_name(visitor.host)) return Verdict::foreign_host;
  } else if (knows_token(visitor.query, "token", '&')) {
    verdict = Verdict::welcome_by_query;
  } else if (!knows_token(visitor.cookie, "inflight-" + port_, ';')) {
    return Verdict::no_token;
  }
  if (visitor.acts && !visitor.origin.empty() && !equal_without_case(authority(visitor.origin), visitor.host)) {
    return Verdict::foreign_origin;
  }
  return verdict;
}

std::string Access::cookie() const {
  return "inflight-" + port_ + "=" + token_ + "; Path=/; HttpOnly; SameSite=Strict";
}

bool Access::is_own_name(std::string_view host) const {
  for (const std::string_view name : {std::string_view(address_), std::string_view("localhost"),
                                      std::string_view("127.0.0.1"), std::string_view("[::1]")}) {
    if (host.size() < name.size() || !equal_without_case(host.substr(0, name.size()), name)) continue;
    const std::string_view rest = host.substr(name.size());
    if (rest.empty() ? port_ == "80" : rest.starts_with(':') && rest.substr(1) == port_) return true;
  }
  return false;
}

bool Access::knows_token(std::string_view text, std::string_view name, char separator) const {
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    const std::string_view pair = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.starts_with(name) && pair.substr(name.size()).starts_with('=') &&
        equal_in_constant_time(pair.substr(name.size() + 1), token_)) {
      return true;
    }
  }
  return false;
}

std::string in_url(const std::string& address) {
  return address.find(':') == std::string::npos ? address : '[' + address + ']';
}

std::string new_token() {
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw Error("the system gives no random numbers for a token; listen on 127.0.0.1, which needs none");
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string token;
  for (const unsigned char byte : bytes) {
    token += digits[byte >> 4];
    token += digits[byte & 15];
  }
  return token;
}

bool equal_in_constant_time(std::string_view one, std::string_view other) noexcept {
  if (one.size() != other.size()) return false;
  volatile unsigned char difference = 0;  // volatile: no compiler may leave the loop early
  for (std::size_t i = 0; i < one.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (one[i] ^ other[i]));
  }
  return difference == 0;
}

}  // namespace inflight::web
