#include "gain.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace inflight {
namespace {

constexpr double worth_it = 1.05;

double per_second(Milliseconds each) { return each.count() > 0 ? 1000 / each.count() : 1e9; }

}  // namespace

Prediction predict(const ExplainedProgram& program, const ProgramRun& sync, const ProgramRun& loops, double cores,
                   double threads_per_stream) {
  const StageAccounts& busy = loops.stages;
  const Milliseconds frame = busy.cores(Stage::decode) + busy.cores(Stage::fill) + busy.cores(Stage::callback) +
                             busy.cores(Stage::sink) + busy.wall(Stage::device) * threads_per_stream;
  Prediction prediction{cores * per_second(frame), "cores"};
  const auto bound = [&](double fps, const char* name) {
    if (fps < prediction.fps) prediction = {fps, name};
  };
  const StageAccounts& alone = sync.stages;
  bound(per_second(alone.wall(Stage::read) + alone.wall(Stage::decode) + alone.wall(Stage::fill)), "reading thread");
  const double deliverers = static_cast<double>(std::max<std::size_t>(1, program.callback_threads));
  const Milliseconds sink = program.newest_only ? Milliseconds(0) : alone.wall(Stage::sink) + alone.wall(Stage::draw);
  bound(per_second(std::max(sink, (sink + alone.wall(Stage::callback)) / deliverers)), "delivering thread");
  if (program.rate > 0) bound(program.rate, "source");
  return prediction;
}

bool helps(const GainRecord& gain) {
  const bool gained = gain.achieved.low > 1 && gain.achieved.median >= worth_it;
  const bool surely = gain.achieved.coverage >= 0.9;
  return gained && (surely || gain.predicted >= worth_it);
}

std::string verdict_of(const GainRecord& gain) {
  if (gain.predicted < worth_it && !helps(gain)) {
    const char* why = gain.bound == "source"              ? "the source gives no more frames"
                      : gain.bound == "reading thread"    ? "the thread that reads frames is the limit either way"
                      : gain.bound == "delivering thread" ? "what takes the results is the limit either way"
                                                          : "a synchronous loop keeps the cores busy already";
    return fmt::format("async will not help here, because {}", why);
  }
  if (gain.achieved.median <= 0) return fmt::format("async can give up to {:.2f} times sync", gain.predicted);
  if (!helps(gain)) {
    return fmt::format("async could give up to {:.2f} times sync here, and did not: {:.2f} times", gain.predicted,
                       gain.achieved.median);
  }
  const std::string of = gain.achieved.median < gain.predicted
                             ? fmt::format("of {:.2f} that are possible", gain.predicted)
                             : std::string("all that is possible");
  return fmt::format("async gives {:.2f} times sync here, {}: {:.2f} by overlap, {:.2f} by parallel streams",
                     gain.achieved.median, of, gain.overlap.median, gain.streams.median);
}

}  // namespace inflight
