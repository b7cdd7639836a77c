// The areas of a dashboard by name, those that hold nothing but what is painted there.
#pragma once

#include <string>
#include <vector>

#include "sinks/dashboard_layout.hpp"

namespace inflight::test {

struct NamedArea {
  std::string name;
  Area area;
};

inline std::vector<NamedArea> areas_of(const DashboardLayout& layout) {
  std::vector<NamedArea> areas{
      {"picture", layout.picture}, {"running", layout.running}, {"state", layout.state},
      {"speed", layout.speed},     {"cores", layout.cores},     {"in flight", layout.in_flight},
      {"latency", layout.latency}, {"frames", layout.frames},   {"dropped", layout.dropped},
      {"hint", layout.hint},       {"source", layout.source},   {"model", layout.model},
      {"device", layout.device},   {"keys", layout.keys},
  };
  for (std::size_t i = 0; i < layout.ways.size(); ++i) {
    const std::string number = " " + std::to_string(i);
    areas.push_back({"way" + number, layout.ways[i].name});
    areas.push_back({"figures" + number, layout.ways[i].figures});
    areas.push_back({"bar" + number, layout.ways[i].bar});
  }
  for (std::size_t i = 0; i < layout.cells.size(); ++i) areas.push_back({"cell " + std::to_string(i), layout.cells[i]});
  return areas;
}

}  // namespace inflight::test
