#include "limit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace inflight {
namespace {

// A thread that is busy for that share of the time is what the others wait for.
constexpr double busy = 0.85;
// Cores in use that count as all of them: some time is always lost at the ends of a run.
constexpr double saturated = 0.90;

/// A run's stages as shares of the time between two frames.
class Shares {
 public:
  Shares(const ExplainedProgram& program, const ProgramRun& run, const CoreAllowance& allowance)
      : program_(program), run_(run), allowance_(allowance), frame_(std::max(1e-9, run.frame_ms())) {}

  double wall(Stage stage) const { return run_.stages.wall(stage).count() / frame_; }
  double core(Stage stage) const { return run_.stages.cores(stage).count() / frame_; }
  double milliseconds(Stage stage) const { return run_.stages.wall(stage).count(); }

  /// What takes results, without drawing.
  double sink() const { return wall(Stage::sink) + wall(Stage::encode); }
  double reading() const { return wall(Stage::read) + wall(Stage::decode); }
  /// Of reading: waiting for somebody else than the decoder's own threads.
  double source_wait() const { return std::max(0.0, reading() - core(Stage::decode) - cores_of(run_, "decoder")); }
  /// What the delivering threads do, as a share of their time.
  double delivering() const {
    const double serial = sink() + wall(Stage::draw);  // one at a time, whatever threads there are
    return std::max(serial, (serial + wall(Stage::callback)) / static_cast<double>(program_.delivering_threads()));
  }
  double delivering_cores() const {
    return core(Stage::callback) + core(Stage::draw) + core(Stage::encode) + core(Stage::sink);
  }
  double cores_used() const { return run_.wall.count() > 0 ? run_.cpu / run_.wall : 0; }
  double cores_allowed() const { return allowance_.allowed(); }
  bool quota_used_up() const { return cores_used() >= saturated * cores_allowed(); }
  bool all_cores_busy() const {
    return quota_used_up() || cores_used() + allowance_.others >= saturated * allowance_.cores;
  }
  std::size_t delivering_threads() const { return program_.delivering_threads(); }
  double frame() const { return frame_; }
  bool writes_video() const { return program_.writes_video(); }

 private:
  const ExplainedProgram& program_;
  const ProgramRun& run_;
  const CoreAllowance& allowance_;
  double frame_;
};

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * std::clamp(share, 0.0, 1.0)); }
std::string ms(double milliseconds) { return fmt::format("{:.2f} ms", milliseconds); }

LimitRecord by_delivering(const Shares& shares) {
  struct Part {
    const char* stage;
    double share;
    const char* text;
  };
  const Part parts[] = {
      {"callback", shares.wall(Stage::callback), "reading the outputs takes"},
      {"sink", shares.sink(),
       shares.wall(Stage::encode) > shares.wall(Stage::sink) ? "what takes the results, mostly by encoding, takes"
                                                             : "what takes the results takes"},
      {"drawing", shares.wall(Stage::draw), "drawing takes"},
  };
  const auto* largest = std::ranges::max_element(parts, {}, &Part::share);
  const bool is_callback = largest == &parts[0];
  const bool side_by_side = is_callback && shares.delivering_threads() > 1;
  const std::string text =
      side_by_side ? fmt::format("{} {}, with a result every {} and {} threads to read them", largest->text,
                                 ms(largest->share * shares.frame()), ms(shares.frame()), shares.delivering_threads())
                   : fmt::format("{} {} of the {} between two results, and results are delivered one at a time",
                                 largest->text, ms(largest->share * shares.frame()), ms(shares.frame()));
  return {largest->stage, text, {}};
}

LimitRecord by_reading(const Shares& shares) {
  if (shares.source_wait() > 0.5 * (shares.reading() + shares.wall(Stage::fill))) {
    return {"source",
            fmt::format("the source gives a frame every {}, and everything else waits for it",
                        ms(shares.milliseconds(Stage::read) + shares.milliseconds(Stage::decode))),
            {}};
  }
  if (shares.wall(Stage::fill) > shares.reading()) {
    return {"preprocessing",
            fmt::format("preprocessing takes {} of the {} per frame on the one thread that reads",
                        ms(shares.milliseconds(Stage::fill)), ms(shares.frame())),
            {}};
  }
  return {"decode",
          fmt::format("decoding takes {} of the {} per frame on the one thread that reads",
                      ms(shares.milliseconds(Stage::read) + shares.milliseconds(Stage::decode)), ms(shares.frame())),
          {}};
}

/// Of all that takes results, and of threads whose work nobody knows.
double sink_cores_of(const ProgramRun& run) {
  return cores_of(run, "sink") + cores_of(run, "encoder") + cores_of(run, "other");
}

/// All cores are in use: by whom?
LimitRecord by_cores(const Shares& shares, const ProgramRun& run, const CoreAllowance& allowance) {
  const std::string all = fmt::format("{:.2f} of {:.4g} cores are in use", shares.cores_used(), shares.cores_allowed());
  if (allowance.quota > 0 && allowance.quota < allowance.cores && shares.quota_used_up()) {
    return {"CPU quota",
            fmt::format("a control group allows {:.4g} of {} cores, and all of that is in use", allowance.quota,
                        allowance.machine_cores),
            {}};
  }
  if (allowance.cores < allowance.machine_cores) {
    return {"CPU quota",
            fmt::format("the process may run on {} of the machine's {} cores (affinity), and these are busy",
                        allowance.cores, allowance.machine_cores),
            {}};
  }
  if (allowance.others > 0.25 * allowance.cores) {
    return {"contention",
            fmt::format("other processes and machines use {:.2f} of the {} cores", allowance.others, allowance.cores),
            {}};
  }
  if (run.threads.empty()) return {"device compute", all + "; the system does not tell by which threads", {}};
  const double inference = cores_of(run, "OpenVINO"), sinks = sink_cores_of(run);
  const double decoding = shares.core(Stage::decode) + cores_of(run, "decoder");
  const double writing = shares.core(Stage::encode) + cores_of(run, "sink") + cores_of(run, "encoder");
  if (shares.writes_video() && writing > inference) {
    return {"sink", fmt::format("{}, most of them by writing the video ({:.2f})", all, writing), {}};
  }
  if (!shares.writes_video() && sinks > 0.25 * shares.cores_used()) {
    return {"contention",
            fmt::format("{}, {:.2f} of them by threads that neither infer nor decode: they take what inference needs",
                        all, sinks),
            {}};
  }
  if (decoding > inference) {
    return {"decode", fmt::format("{}, most of them by decoding ({:.2f})", all, decoding), {}};
  }
  return {"device compute", fmt::format("{}, {:.2f} of them by inference", all, inference), {}};
}

LimitRecord of_queue(const Shares& shares, const ProgramRun& run, const CoreAllowance& allowance, std::size_t requests,
                     std::size_t optimal) {
  if (shares.delivering() >= busy && !shares.all_cores_busy()) return by_delivering(shares);
  const bool reader_waits = shares.wall(Stage::wait_request) >= 1 - busy;
  if (!reader_waits && !shares.all_cores_busy()) return by_reading(shares);
  if (shares.all_cores_busy()) {
    // A thread that never waits for another is the limit, if what it does is work and not a wait for a processor.
    constexpr double works = 0.6;
    if (!reader_waits && shares.core(Stage::decode) + shares.core(Stage::fill) >= works) return by_reading(shares);
    if (shares.delivering() >= busy && shares.delivering_cores() >= works) return by_delivering(shares);
    return by_cores(shares, run, allowance);
  }
  if (requests < optimal) {
    return {"submission",
            fmt::format("{} request{} for a device that wants {}: it idles while an input is filled and an output is "
                        "read",
                        requests, requests == 1 ? "" : "s", optimal),
            {}};
  }
  return {"device compute",
          fmt::format("the reading thread waits {} of its time for a request, and {:.2f} of {:.4g} cores are in use",
                      percent(shares.wall(Stage::wait_request)), shares.cores_used(), shares.cores_allowed()),
          {}};
}

/// One thread does all: whatever takes longest.
LimitRecord of_one_thread(const ExplainedProgram& program, const Shares& shares, const ProgramRun& run,
                          const CoreAllowance& allowance) {
  const double device = program.way.name == "sync"
                            ? shares.wall(Stage::device)
                            : std::max(0.0, 1 - shares.reading() - shares.wall(Stage::fill) - shares.delivering());
  const double reading = shares.reading() + shares.wall(Stage::fill);
  const double largest = std::max({device, reading, shares.delivering()});
  if (largest == shares.delivering()) return by_delivering(shares);
  if (largest == reading) return by_reading(shares);
  if (shares.all_cores_busy()) return by_cores(shares, run, allowance);
  return {"device compute",
          program.way.name == "sync"
              ? fmt::format("one frame at a time: for {} of the time nothing but the device works",
                            percent(shares.wall(Stage::device)))
              : fmt::format("the one thread waits {} of its time for the device, which has one frame at a time",
                            percent(device)),
          {}};
}

}  // namespace

double cores_of(const ProgramRun& run, const std::string& role) {
  return run.wall.count() > 0 ? run.cpu_of(role) / run.wall : 0;
}

LimitRecord limit_of(const ExplainedProgram& program, const ProgramRun& run, const CoreAllowance& allowance,
                     std::size_t requests, std::size_t optimal_requests) {
  const Shares shares(program, run, allowance);
  LimitRecord limit;
  if (allowance.throttled > 0.02) {
    limit = {"CPU quota",
             fmt::format("a control group held the process up for {} of the time", percent(allowance.throttled)),
             {}};
  } else if (program.way.name == "queue") {
    limit = of_queue(shares, run, allowance, requests, optimal_requests);
  } else {
    limit = of_one_thread(program, shares, run, allowance);
  }
  limit.evidence = {
      fmt::format("{} per frame; {:.2f} of {:.4g} cores in use", ms(shares.frame()), shares.cores_used(),
                  shares.cores_allowed()),
      fmt::format("reading thread: {} decoding, {} preprocessing, {} waiting for a request", percent(shares.reading()),
                  percent(shares.wall(Stage::fill)), percent(shares.wall(Stage::wait_request))),
      fmt::format("delivering thread: {} reading outputs, {} in the sink, {} drawing{}",
                  percent(shares.wall(Stage::callback)), percent(shares.wall(Stage::sink)),
                  percent(shares.wall(Stage::draw)),
                  shares.wall(Stage::encode) > 0 ? ", " + percent(shares.wall(Stage::encode)) + " encoding" : ""),
      fmt::format("cores of OpenVINO {:.2f}, of decoder threads {:.2f}, of other threads {:.2f}",
                  cores_of(run, "OpenVINO"), cores_of(run, "decoder"), sink_cores_of(run)),
  };
  return limit;
}

}  // namespace inflight
