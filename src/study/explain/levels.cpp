#include "levels.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "inflight/base/counted.hpp"

namespace inflight {
ExplainedProgram with_way(ExplainedProgram program, const WayOptions& way) {
  program.way = way;
  return program;
}

std::vector<Level> levels_of(const ExplainedProgram& program, const WayOptions& best) {
  WayOptions enough = best;
  enough.requests = 0;
  std::vector<Level> levels{{"ceiling", "the device alone: inputs are there, every request is busy",
                             with_way(program, enough), Depth::prepared}};
  if (program.way.name == "queue" && program.way.requests > 0) {
    levels.push_back({"requests",
                      fmt::format("{} as asked", counted(static_cast<std::int64_t>(program.way.requests), "request")),
                      program, Depth::prepared});
  }
  if (program.way.name != "queue") {
    WayOptions all_requests = program.way;
    all_requests.name = "queue";
    all_requests.requests = 0;
    if (!(all_requests.compile == best.compile)) {
      levels.push_back({"one stream", "the same as this way compiles it: parallel streams are lost",
                        with_way(program, all_requests), Depth::prepared});
    }
    levels.push_back({program.way.name == "sync" ? "one request" : "two requests",
                      program.way.name == "sync" ? "one inference at a time: the device idles between two"
                                                 : "two requests, one after the other",
                      program, Depth::prepared});
  }
  levels.push_back({"fresh input", "a new input is copied in for each inference", program, Depth::fresh_input});
  levels.push_back({"preprocessing", "frames from memory are scaled and converted", program, Depth::preprocess});
  levels.push_back({"decode", "frames are read and decoded", program, Depth::decode});
  if (program.rate > 0) levels.push_back({"source", "frames come at their pace", program, Depth::pace});
  levels.push_back({"postprocessing", "outputs become detections", program, Depth::postprocess});
  const auto adds = [&](Stage stage) {
    return std::ranges::any_of(program.added, [&](const AddedWork& work) { return work.stage == stage; });
  };
  const bool draws = (program.output != Output::nothing && !program.make_sink) || adds(Stage::draw);
  if (program.writes_video() && program.way.name == "queue")
    levels.push_back({"order", "frames are kept, results come in their order", program, Depth::order});
  if (program.newest_only) {
    levels.push_back({"sink", "results go to a thread of their own, which takes the newest", program, Depth::whole});
    return levels;
  }
  if (draws) levels.push_back({"drawing", "every frame is drawn", program, Depth::drawing});
  if (program.make_sink || program.writes_video() || adds(Stage::sink)) {
    levels.push_back({"sink", program.writes_video() ? "results are taken, but for encoding" : "results are taken",
                      program, Depth::whole});
  }
  return levels;
}

}  // namespace inflight
