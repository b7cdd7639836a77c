#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "input_errors.hpp"

namespace inflight {
namespace {

namespace fs = std::filesystem;

bool has_open(const fs::path& process, const fs::path& device) {
  std::error_code denied;  // other users' processes
  for (fs::directory_iterator link(process / "fd", denied), none; !denied && link != none; link.increment(denied)) {
    std::error_code closed;
    if (fs::read_symlink(link->path(), closed) == device) return true;
  }
  return false;
}

}  // namespace

std::string holder_of(const std::string& device) {
  std::error_code error;
  const fs::path wanted = fs::canonical(device, error);
  if (error) return {};
  for (fs::directory_iterator process("/proc", error), none; !error && process != none; process.increment(error)) {
    const std::string id = process->path().filename();
    if (id.find_first_not_of("0123456789") != std::string::npos || !has_open(process->path(), wanted)) continue;
    if (id == std::to_string(getpid())) return "this program itself";
    std::string command;
    std::getline(std::ifstream(process->path() / "comm"), command);
    return fmt::format("{} (process {})", command, id);
  }
  return {};
}

}  // namespace inflight
