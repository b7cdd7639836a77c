#include "gain.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace inflight {
namespace {

constexpr double worth_it = 1.05;

double per_second(Milliseconds each) { return each.count() > 0 ? 1000 / each.count() : 1e9; }

}  // namespace

Prediction predict(const ExplainedProgram& program, const ProgramRun& sync, const ProgramRun& loops, double cores,
                   DeviceStreams device) {
  const StageAccounts& busy = loops.stages;
  Milliseconds frame = busy.cores() + busy.wall(Stage::device) * device.threads_per_stream;
  // The wait for inference holds what else had the cores meanwhile: of an encoder's threads, more than a little.
  if (loops.core_ms() > 0) frame = std::min(frame, Milliseconds(loops.core_ms()));
  Prediction prediction{cores * per_second(frame), "cores"};
  const auto bound = [&](double fps, const char* name) {
    if (fps < prediction.fps) prediction = {fps, name};
  };
  // Where it can use all cores, that is told above, and better: a wait for inference is longer beside other work.
  if (device.streams * device.threads_per_stream < cores)
    bound(device.streams * per_second(busy.wall(Stage::device)), "device");
  const StageAccounts& alone = sync.stages;
  bound(per_second(alone.wall(Stage::read) + alone.wall(Stage::decode) + alone.wall(Stage::fill)), "reading thread");
  ExplainedProgram queue = program;
  queue.way.name = "queue";
  const auto deliverers = static_cast<double>(queue.delivering_threads());
  const Milliseconds sink = program.newest_only
                                ? Milliseconds(0)
                                : alone.wall(Stage::sink) + alone.wall(Stage::draw) + alone.wall(Stage::encode);
  bound(per_second(std::max(sink, (sink + alone.wall(Stage::callback)) / deliverers)), "delivering thread");
  if (program.rate > 0) bound(program.rate, "source");
  return prediction;
}

GainRecord gain_of(const Subject& sync, const Subject& stream, const Subject& queue,
                   const std::vector<Prediction>& predictions) {
  const auto fps = [](const Subject& subject) { return subject.figures(&ProgramRun::fps); };
  GainRecord gain;
  gain.sync_fps = median_of(fps(sync));
  if (!predictions.empty()) {
    const Prediction& middle = predictions[predictions.size() / 2];
    gain.predicted_fps = middle.fps;
    gain.predicted = middle.fps / gain.sync_fps;
    gain.bound = middle.bound;
  }
  gain.achieved = ratio_interval(fps(queue), fps(sync));
  gain.overlap = ratio_interval(fps(stream), fps(sync));
  gain.streams = ratio_interval(fps(queue), fps(stream));
  gain.verdict = verdict_of(gain);
  gain.helps = helps(gain);
  return gain;
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
                      : gain.bound == "device"            ? "the device executes no more at a time"
                                                          : "a synchronous loop keeps the cores busy already";
    return fmt::format("async will not help here, because {}", why);
  }
  if (gain.achieved.median <= 0) return fmt::format("async can give up to {:.2f} times sync", gain.predicted);
  if (!helps(gain) && gain.achieved.median >= worth_it) {
    return fmt::format(
        "async reached {:.2f} times sync here, which does not stand out from the noise ({:.2f} to {:.2f})",
        gain.achieved.median, gain.achieved.low, gain.achieved.high);
  }
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
