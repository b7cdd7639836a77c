#include "answer.hpp"

#include <algorithm>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "pages.hpp"

namespace inflight::web {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using http::field;
using http::status;

constexpr std::string_view plain = "text/plain; charset=utf-8";

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

std::string_view type_of(std::string_view name) {
  if (name.ends_with(".html")) return "text/html; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return plain;
}

Response make_response(status code, std::string_view type, std::string body) {
  Response response(code, 11);
  const auto set = [&response](auto name, std::string_view value) { response.set(name, {value.data(), value.size()}); };
  set(field::content_type, type);
  set(field::cache_control, "no-store");
  // Nothing from elsewhere and nothing inline; nobody may put the page, which has buttons, into a frame.
  set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  set("X-Content-Type-Options", "nosniff");
  set("Referrer-Policy", "no-referrer");
  set("Cross-Origin-Resource-Policy", "same-origin");
  set("Cross-Origin-Opener-Policy", "same-origin");
  response.body() = std::move(body);
  response.prepare_payload();
  return response;
}

Response say(status code, std::string_view line) { return make_response(code, plain, std::string(line) + '\n'); }

Visitor visitor_of(const Request& request, std::string_view query) {
  const bool reads = request.method() == http::verb::get || request.method() == http::verb::head;
  return {.host = view(request[field::host]),
          .origin = view(request[field::origin]),
          .query = query,
          .cookie = view(request[field::cookie]),
          .acts = !reads || beast::websocket::is_upgrade(request)};
}

Response refusal_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::foreign_host:
      return say(status::forbidden, "This is not the name of this server. Open the address that the program printed.");
    case Verdict::foreign_origin:
      return say(status::forbidden, "Another page may not use this server.");
    default:
      return say(status::forbidden, "A token is missing. Open the address that the program printed, as it is.");
  }
}

/// GET of the path, for those who may.
Response get(std::string_view path, const Room& room) {
  if (path == "/metrics") {
    WebCounts counts = room.counts;
    counts.viewers = room.audience.size();
    return make_response(status::ok, "text/plain; version=0.0.4; charset=utf-8", room.metrics(counts));
  }
  const std::string_view name = path == "/" ? "index.html" : path.substr(1);
  const auto file = std::ranges::find(page_files(), name, &EmbeddedFile::name);
  return make_response(status::ok, type_of(name), std::string(file->bytes));
}

bool exists(std::string_view path) {
  if (path == "/" || path == "/metrics" || path == "/live") return true;
  return path.starts_with('/') &&
         std::ranges::find(page_files(), path.substr(1), &EmbeddedFile::name) != page_files().end();
}

}  // namespace

Answer answer_to(const Request& request, const Room& room) {
  const std::string_view target = view(request.target());
  const std::string_view path = target.substr(0, target.find('?'));
  const std::string_view query = target.substr(std::min(path.size() + 1, target.size()));
  if (request.count(field::host) > 1 || request.count(field::origin) > 1) {
    return {.response = say(status::bad_request, "Host and Origin may be given once.")};
  }
  const Verdict verdict = room.access.judge(visitor_of(request, query));
  if (verdict != Verdict::welcome && verdict != Verdict::welcome_by_query) return {.response = refusal_of(verdict)};
  if (!exists(path)) return {.response = say(status::not_found, "There is no such page.")};

  const bool head = request.method() == http::verb::head;
  if (request.method() != http::verb::get && !head) {
    Response response = say(status::method_not_allowed, "This can only be read.");
    response.set(field::allow, "GET, HEAD");
    return {.response = std::move(response)};
  }
  if (path == "/live") {
    if (beast::websocket::is_upgrade(request)) {
      if (room.viewers < room.limits.viewers) return {.response = {}, .upgrade = true};
      return {.response = say(status::service_unavailable, "There are as many viewers as there may be. Try later.")};
    }
    Response response = say(status::upgrade_required, "This is a WebSocket.");
    response.set(field::upgrade, "websocket");
    return {.response = std::move(response)};
  }
  Response response = get(path, room);
  if (verdict == Verdict::welcome_by_query) response.set(field::set_cookie, room.access.cookie());
  if (head) response.body().clear();  // the length stays as it would be
  return {.response = std::move(response)};
}

Response refusal(status code) {
  Response response = code == status::payload_too_large                 ? say(code, "The body is too large.")
                      : code == status::request_header_fields_too_large ? say(code, "The header is too large.")
                                                                        : say(code, "This is no HTTP request.");
  response.keep_alive(false);
  return response;
}

}  // namespace inflight::web
