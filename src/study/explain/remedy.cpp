#include "remedy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace inflight {
namespace {

/// Collects changes of one program.
class Changes {
 public:
  explicit Changes(const ExplainedProgram& program) : program_(program) {}

  void add(std::string change, std::string flags, const std::function<void(ExplainedProgram&)>& apply) {
    Remedy remedy{std::move(change), std::move(flags), program_};
    apply(remedy.program);
    remedies_.push_back(std::move(remedy));
  }

  std::vector<Remedy> all() && { return std::move(remedies_); }

 private:
  const ExplainedProgram& program_;
  std::vector<Remedy> remedies_;
};

bool pins(const ExplainedProgram& program) {
  return std::ranges::none_of(program.way.compile.properties,
                              [](const std::string& text) { return text.starts_with("ENABLE_CPU_PINNING="); });
}

void use_queue(Changes& changes, const ExplainedProgram& now) {
  std::string flags = "--way queue --hint throughput";
  if (now.way.compile.streams > 0 || now.way.compile.threads > 0) flags += ", without --streams and --threads";
  if (now.way.requests > 0) flags += ", without --requests";
  changes.add("the queue instead of waiting for each frame", flags, [](ExplainedProgram& program) {
    program.way.name = "queue";
    program.way.requests = 0;
    program.way.compile.hint = Hint::throughput;
    program.way.compile.streams = program.way.compile.threads = 0;
  });
}

void against_device(Changes& changes, const ExplainedProgram& program, std::size_t requests) {
  if (program.way.compile.hint != Hint::throughput) {
    const bool divided = program.way.compile.streams > 0 || program.way.compile.threads > 0;
    changes.add("the throughput hint, which runs several inferences at once",
                divided ? "--hint throughput, without --streams and --threads" : "--hint throughput",
                [](ExplainedProgram& changed) {
                  changed.way.compile.hint = Hint::throughput;
                  changed.way.compile.streams = changed.way.compile.threads = 0;
                });
  } else if (program.way.compile.streams > 0 || program.way.compile.threads > 0) {
    changes.add("the device's own choice of streams and threads", "without --streams and --threads",
                [](ExplainedProgram& changed) { changed.way.compile.streams = changed.way.compile.threads = 0; });
  }
  if (program.way.compile.precision == "f32") {
    changes.add("the device's own precision", "without --precision",
                [](ExplainedProgram& changed) { changed.way.compile.precision.clear(); });
  }
  changes.add(fmt::format("{} requests instead of {}", 2 * requests, requests),
              fmt::format("--requests {}", 2 * requests),
              [requests](ExplainedProgram& changed) { changed.way.requests = 2 * requests; });
  if (pins(program)) {
    changes.add("threads that are not pinned to cores", "--property ENABLE_CPU_PINNING=NO",
                [](ExplainedProgram& changed) { changed.way.compile.properties.push_back("ENABLE_CPU_PINNING=NO"); });
  }
}

void fewer_threads(Changes& changes, int threads) {
  changes.add(fmt::format("{} thread{} for inference", threads, threads == 1 ? "" : "s"),
              fmt::format("--threads {0} --streams {0}", threads), [threads](ExplainedProgram& changed) {
                changed.way.compile.threads = changed.way.compile.streams = threads;
              });
}

void newest_only(Changes& changes, const ExplainedProgram& program) {
  if (program.newest_only) return;
  changes.add("a thread of its own for the sink, with the newest result only", "--newest-only",
              [](ExplainedProgram& changed) { changed.newest_only = true; });
}

void smaller_render(Changes& changes, int width) {
  const int smaller = width / 2;
  if (smaller < 1) return;
  changes.add(fmt::format("pictures of {} pixels' width instead of {}", smaller, width),
              fmt::format("--render-width {}", smaller),
              [smaller](ExplainedProgram& changed) { changed.render_width = smaller; });
}

}  // namespace

std::vector<Remedy> remedies_for(const LimitRecord& limit, const ExplainedProgram& program,
                                 const CoreAllowance& allowance, const RunningWith& with) {
  Changes changes(program);
  const bool queue = program.way.name == "queue";
  if (limit.stage == "device compute") {
    if (!queue) use_queue(changes, program);
    if (queue) against_device(changes, program, with.requests);
  } else if (limit.stage == "submission") {
    changes.add(fmt::format("{} requests instead of {}", 2 * with.optimal_requests, with.requests),
                fmt::format("--requests {}", 2 * with.optimal_requests),
                [&](ExplainedProgram& changed) { changed.way.requests = 2 * with.optimal_requests; });
  } else if (limit.stage == "decode") {
    if (!queue) use_queue(changes, program);
    const int more = 1 + std::max(1, with.decoder_threads);
    changes.add(fmt::format("{} decoder threads", more), fmt::format("--decoder-threads {}", more),
                [more](ExplainedProgram& changed) { changed.decoder_threads = more; });
  } else if (limit.stage == "preprocessing") {
    if (program.model.preprocess == PreprocessPath::exact) {
      changes.add("scaling before colour", "--preprocess fast",
                  [](ExplainedProgram& changed) { changed.model.preprocess = PreprocessPath::fast; });
    }
    if (!queue) use_queue(changes, program);
  } else if (limit.stage == "callback") {
    if (queue) {
      const std::size_t threads = std::max<std::size_t>(2, 2 * program.callback_threads);
      changes.add(fmt::format("{} threads that read outputs", threads), fmt::format("--callback-threads {}", threads),
                  [threads](ExplainedProgram& changed) { changed.callback_threads = threads; });
    } else {
      use_queue(changes, program);
    }
  } else if (limit.stage == "sink" || limit.stage == "drawing") {
    newest_only(changes, program);
    if (limit.stage == "drawing" && program.output == Output::drawing) smaller_render(changes, with.picture_width);
    if (!queue) use_queue(changes, program);
  } else if (limit.stage == "contention") {
    fewer_threads(changes, std::max(1, allowance.cores - 1));
  } else if (limit.stage == "CPU quota") {
    const double allowed = allowance.allowed();
    if (allowed < allowance.machine_cores) fewer_threads(changes, std::max(1, static_cast<int>(std::floor(allowed))));
    if (pins(program)) {
      changes.add("threads that are not pinned to cores", "--property ENABLE_CPU_PINNING=NO",
                  [](ExplainedProgram& changed) { changed.way.compile.properties.push_back("ENABLE_CPU_PINNING=NO"); });
    }
  }
  return std::move(changes).all();
}

}  // namespace inflight
