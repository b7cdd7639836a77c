// Files of /proc and /sys as a test wants them, in a folder that stands for "/".
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace test_support {

class SystemFiles {
 public:
  SystemFiles() {
    std::string name = (std::filesystem::temp_directory_path() / "inflight-system-XXXXXX").string();
    root_ = mkdtemp(name.data());
  }
  ~SystemFiles() { std::filesystem::remove_all(root_); }
  SystemFiles(const SystemFiles&) = delete;
  SystemFiles& operator=(const SystemFiles&) = delete;

  const std::filesystem::path& root() const { return root_; }

  void write(const std::string& path, const std::string& text) const {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

 private:
  std::filesystem::path root_;
};

}  // namespace test_support
