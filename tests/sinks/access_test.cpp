// Who may use the page.
#include "sinks/web/access.hpp"

#include <gtest/gtest.h>

#include <set>

namespace inflight::web {
namespace {

constexpr std::string_view token = "0123456789abcdef0123456789abcdef";

const Access on_loopback("127.0.0.1", 8080, "");
const Access on_all("0.0.0.0", 8080, std::string(token));

Verdict by_host(const Access& access, std::string_view host) { return access.judge({.host = host}); }

Verdict acts_from(std::string_view origin, std::string_view host = "127.0.0.1:8080") {
  return on_loopback.judge({.host = host, .origin = origin, .acts = true});
}

Verdict with_query(std::string_view query) { return on_all.judge({.host = "camera.lan:8080", .query = query}); }
Verdict with_cookie(std::string_view cookie) { return on_all.judge({.host = "camera.lan:8080", .cookie = cookie}); }

TEST(Access, KnowsItsOwnNamesOnThisMachine) {
  for (const char* host : {"127.0.0.1:8080", "localhost:8080", "LocalHost:8080", "[::1]:8080"}) {
    EXPECT_EQ(by_host(on_loopback, host), Verdict::welcome) << host;
  }
  EXPECT_EQ(by_host(Access("127.0.0.2", 8080, ""), "127.0.0.2:8080"), Verdict::welcome);
  EXPECT_EQ(by_host(Access("::1", 8080, ""), "[::1]:8080"), Verdict::welcome);
}

TEST(Access, RefusesEveryOtherHost) {
  for (const char* host : {"", "evil.example", "evil.example:8080", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:80800",
                           "127.0.0.1:8080.evil.example", "localhost.evil.example:8080", "127.0.0.1.evil.example:8080",
                           "localhost:8080:8080", "127.0.0.2:8080", "::1:8080", "localhost@evil.example:8080",
                           "localhost: 8080", "localhost:", "localhost.:8080"}) {
    EXPECT_EQ(by_host(on_loopback, host), Verdict::foreign_host) << host;
  }
}

TEST(Access, TakesAHostWithoutPortOnPort80Only) {
  EXPECT_EQ(by_host(Access("127.0.0.1", 80, ""), "localhost"), Verdict::welcome);
  EXPECT_EQ(by_host(Access("127.0.0.1", 80, ""), "localhost:80"), Verdict::welcome);
}

TEST(Access, AsksWhoActsForTheOriginOfItsOwnPage) {
  EXPECT_EQ(acts_from(""), Verdict::welcome);
  EXPECT_EQ(acts_from("http://127.0.0.1:8080"), Verdict::welcome);
  EXPECT_EQ(acts_from("http://LOCALHOST:8080", "localhost:8080"), Verdict::welcome);
  for (const char* origin :
       {"null", "http://evil.example", "http://127.0.0.1", "http://127.0.0.1:8081", "http://localhost:8080",
        "127.0.0.1:8080", "http://127.0.0.1:8080.evil.example", "http://127.0.0.1:8080/", "file://"}) {
    EXPECT_EQ(acts_from(origin), Verdict::foreign_origin) << origin;
  }
}

TEST(Access, LetsOthersLinkToThePage) {
  EXPECT_EQ(on_loopback.judge({.host = "localhost:8080", .origin = "http://elsewhere.example"}), Verdict::welcome);
}

TEST(Access, AsksForTheTokenWhateverTheHost) {
  EXPECT_EQ(by_host(on_all, "127.0.0.1:8080"), Verdict::no_token);
  EXPECT_EQ(with_query("token=" + std::string(token)), Verdict::welcome_by_query);
  EXPECT_EQ(with_query("a=b&token=" + std::string(token) + "&c=d"), Verdict::welcome_by_query);
  EXPECT_EQ(with_cookie("inflight-8080=" + std::string(token)), Verdict::welcome);
  EXPECT_EQ(with_cookie("theme=dark; inflight-8080=" + std::string(token) + "; x"), Verdict::welcome);
}

TEST(Access, RefusesWrongTokens) {
  const std::string right(token);
  for (const std::string& wrong : {std::string(), right.substr(1), right + "0", std::string(32, '0'),
                                   "1" + right.substr(1), right.substr(0, 31) + "0"}) {
    EXPECT_EQ(with_query("token=" + wrong), Verdict::no_token) << wrong;
    EXPECT_EQ(with_cookie("inflight-8080=" + wrong), Verdict::no_token) << wrong;
  }
  for (const char* name : {"Token=", "nottoken=", "", "token", "token=="}) {
    EXPECT_EQ(with_query(name + right), Verdict::no_token) << name;
  }
  EXPECT_EQ(with_cookie("inflight-8081=" + right), Verdict::no_token);
  EXPECT_EQ(with_cookie("inflight=" + right), Verdict::no_token);
}

TEST(Access, AsksForTheOriginAlsoOfThoseWithTheToken) {
  const std::string cookie = "inflight-8080=" + std::string(token);
  const auto judge = [&](std::string_view origin) {
    return on_all.judge({.host = "camera.lan:8080", .origin = origin, .cookie = cookie, .acts = true});
  };
  EXPECT_EQ(judge("http://camera.lan:8080"), Verdict::welcome);
  EXPECT_EQ(judge("https://camera.lan:8080"), Verdict::welcome);
  EXPECT_EQ(judge("http://evil.example"), Verdict::foreign_origin);
}

TEST(Access, GivesACookieThatOtherSitesCannotUse) {
  EXPECT_EQ(on_all.cookie(), "inflight-8080=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Strict");
}

TEST(Access, WritesIpv6AddressesInBrackets) {
  EXPECT_EQ(in_url("::1"), "[::1]");
  EXPECT_EQ(in_url("127.0.0.1"), "127.0.0.1");
}

TEST(Token, Is128BitsAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string made = new_token();
    EXPECT_EQ(made.size(), 32U);
    EXPECT_EQ(made.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_TRUE(seen.insert(made).second);
  }
}

TEST(Token, IsComparedWhole) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("bbc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
  EXPECT_FALSE(equal_in_constant_time("\x01\x01", "\x02\x02"));
}

}  // namespace
}  // namespace inflight::web
