// Whether markup is XML. An XML parser is stricter than any browser.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace inflight {

inline bool is_well_formed(const std::string& page) {
  const auto path = testing::TempDir() + "inflight_report_" + std::to_string(getpid()) + ".html";
  std::ofstream(path, std::ios::binary) << page;
  const auto command = "python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' '" + path + "'";
  const bool accepted = std::system(command.c_str()) == 0;
  std::filesystem::remove(path);
  return accepted;
}

inline std::size_t count_of(const std::string& part, const std::string& text) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace inflight
