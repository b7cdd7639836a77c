#include "host.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string_view>
#include <system_error>
#include <vector>

namespace inflight::web {
namespace {

namespace fs = std::filesystem;

/// The inodes of the sockets that listen on the port, as a line of /proc/net/tcp tells them: number, local address and
/// port, remote ones, state, two pairs, a timer, user, timeout, inode.
std::vector<std::string> listening_inodes(const char* table, std::uint16_t port) {
  constexpr std::string_view listening = "0A";
  std::vector<std::string> inodes;
  std::ifstream file(table);
  std::string line;
  std::getline(file, line);  // the heads of the columns
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::array<std::string, 10> column;
    for (std::string& word : column) words >> word;
    const std::string& local = column[1];
    const auto colon = local.find(':');
    unsigned number = 0;
    if (colon == std::string::npos || column[3] != listening) continue;
    std::from_chars(local.data() + colon + 1, local.data() + local.size(), number, 16);
    if (number == port) inodes.push_back("socket:[" + column[9] + ']');
  }
  return inodes;
}

bool holds_one_of(const fs::path& process, const std::vector<std::string>& sockets) {
  std::error_code error;
  for (fs::directory_iterator file(process / "fd", error), end; !error && file != end; file.increment(error)) {
    std::error_code gone;
    const std::string target = fs::read_symlink(file->path(), gone).string();
    if (!gone && std::ranges::find(sockets, target) != sockets.end()) return true;
  }
  return false;
}

bool is_number(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

}  // namespace

std::string address_to_open(const std::string& listened) {
  if (listened != "0.0.0.0" && listened != "::") return listened;
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return "127.0.0.1";
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(list, &::freeifaddrs);
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_addr == nullptr || entry->ifa_addr->sa_family != AF_INET) continue;
    if ((entry->ifa_flags & IFF_UP) == 0 || (entry->ifa_flags & IFF_LOOPBACK) != 0) continue;
    std::array<char, INET_ADDRSTRLEN> text{};
    const auto* address = reinterpret_cast<const sockaddr_in*>(entry->ifa_addr);
    if (::inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size()) != nullptr) return text.data();
  }
  return "127.0.0.1";
}

std::string owner_of_port(std::uint16_t port) {
  std::vector<std::string> sockets = listening_inodes("/proc/net/tcp", port);
  for (const std::string& socket : listening_inodes("/proc/net/tcp6", port)) sockets.push_back(socket);
  if (sockets.empty()) return {};
  std::error_code error;
  for (fs::directory_iterator process("/proc", error), end; !error && process != end; process.increment(error)) {
    const std::string id = process->path().filename().string();
    if (!is_number(id) || !holds_one_of(process->path(), sockets)) continue;
    std::string name;
    std::getline(std::ifstream(process->path() / "comm"), name);
    return name + " (process " + id + ')';
  }
  return {};
}

}  // namespace inflight::web
