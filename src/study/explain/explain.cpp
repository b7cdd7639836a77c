#include "inflight/study/explain.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <random>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "../measured_subject.hpp"
#include "../settings.hpp"
#include "explain_notes.hpp"
#include "first_look.hpp"
#include "gain.hpp"
#include "inflight/base/error.hpp"
#include "inflight/measure/cpu_group.hpp"
#include "inflight/measure/host_load.hpp"
#include "inflight/measure/process_meter.hpp"
#include "levels.hpp"
#include "limit.hpp"
#include "program_runs.hpp"
#include "remedy.hpp"
#include "subject.hpp"
#include "waterfall.hpp"

namespace inflight {
namespace {

constexpr Seconds shortest_run{0.2};

class Explaining {
 public:
  Explaining(const ExplainOptions& options, Progress& progress, std::stop_token stop)
      : options_(options),
        program_(options.program),
        progress_(progress),
        stop_(std::move(stop)),
        runs_(program_, progress, stop_) {
    if (options_.rounds < 1) throw UsageError(fmt::format("--rounds {}: give at least 1", options_.rounds));
    levels_ = levels_of(program_, options_.queue);
    length_ = {time_of_a_run(), options_.frames};
    if (length_.frames == 0 && length_.time < shortest_run) {
      const double least = options_.time.count() * (shortest_run / length_.time);
      throw UsageError(
          fmt::format("--time {:g}: its runs would be shorter than {:g} s; give at least {:.0f}, or fewer "
                      "--rounds",
                      options_.time.count(), shortest_run.count(), std::ceil(least)));
    }
  }

  Explanation operator()() {
    take_fingerprint();
    compile_all();
    predict_gain();
    measure_rounds();
    Explanation explanation;
    record_ = &explanation.record;
    describe(options_, runs_, *record_);
    look_at_frames(runs_, program_, stop_, *record_);
    record_->machine = fingerprint_;
    record_->rounds = static_cast<int>(observed_.runs.size());
    if (!observed_.runs.empty()) {
      tell_waterfall();
      tell_observed();
      record_->gain = gain_of(sync_, stream_, queue_, predictions_);
      try_remedies();
    }
    if (!stop_.stop_requested()) explanation.ways = record_ways();
    record_->interrupted = stop_.stop_requested();
    split_device(explanation);
    for (std::string& note : damage_notes(runs_.damage())) record_->notes.push_back(std::move(note));
    judge(load_.use(), *record_);
    return explanation;
  }

 private:
  Seconds time_of_a_run() const {
    // Levels, the whole program, sync, one stream, the queue; what is tried and drawn afterwards takes a third.
    const double runs = 2 * prediction_rounds() + static_cast<double>(levels_.size() + 4) * options_.rounds * 1.3;
    return options_.time / runs;
  }

  /// The queue on what the synchronous way was compiled to: overlap without parallel streams.
  WayOptions one_stream() const {
    WayOptions way = options_.sync;
    way.name = "queue";
    way.requests = 0;
    return way;
  }

  void take_fingerprint() {
    progress_.begin("looking at the machine", 0);
    fingerprint_ = runs_.fingerprint({.devices = {program_.way.compile.device},
                                      .model = program_.model.path,
                                      .clip = program_.input,
                                      .command = options_.command},
                                     stop_);
  }

  void compile_all() {
    for (const WayOptions* way : {&program_.way, &options_.sync, &options_.queue}) {
      if (stop_.stop_requested()) return;
      progress_.begin(fmt::format("compiling for {}", way->name), 0);
      runs_.compiled(way->compile);
    }
    const DeviceSettings queue = settings_of(runs_.compiled(options_.queue.compile));
    device_.streams = std::max(1.0, std::atof(queue.streams.c_str()));
    device_.threads_per_stream = std::max(1.0, std::atof(queue.threads.c_str()) / device_.streams);
  }

  ProgramRun run(const ExplainedProgram& program, Depth depth, RunLength length,
                 std::vector<FrameStamps>* times = nullptr) {
    return runs_.run(program, depth, length, stop_, times);
  }

  int prediction_rounds() const { return std::min(5, options_.rounds); }

  /// Synchronous loops, one alone and as many as the queue has streams side by side; nothing ran asynchronously yet.
  void predict_gain() {
    const auto loops = static_cast<int>(device_.streams);
    allowance_ = allowance_now({});  // also of rounds that are interrupted
    for (int round = 0; round < prediction_rounds() && !stop_.stop_requested(); ++round) {
      progress_.begin(fmt::format("synchronous loops, {} of {}", round + 1, prediction_rounds()), 0);
      const ProgramRun alone = run(with_way(program_, options_.sync), Depth::whole, length_);
      const ProgramRun together = runs_.run_loops(with_way(program_, options_.queue), loops, length_, stop_);
      if (stop_.stop_requested()) return;
      if (alone.frames == 0) no_frame_in("sync");
      predictions_.push_back(predict(program_, alone, together, allowance_.allowed(), device_));
    }
    std::ranges::sort(predictions_, {}, &Prediction::fps);
  }

  [[noreturn]] void no_frame_in(const std::string& run) const {
    throw UsageError(fmt::format("{}: no frame was through in {:.2f} s; give more --time", run, length_.time.count()));
  }

  void measure_rounds() {
    for (const Level& level : levels_) level_runs_.push_back({level.name, level.program, level.depth});
    std::vector<Subject*> subjects = {&observed_, &sync_, &stream_, &queue_};
    subjects.reserve(subjects.size() + level_runs_.size());
    for (Subject& level : level_runs_) subjects.push_back(&level);
    observed_ = {"the program", program_};
    sync_ = {"sync", with_way(program_, options_.sync)};
    stream_ = {"one stream", with_way(program_, one_stream())};
    queue_ = {"queue", with_way(program_, options_.queue)};
    const HostLoad load;
    for (int round = 0; round < options_.rounds && !stop_.stop_requested(); ++round) {
      std::ranges::shuffle(subjects, random_);
      const auto begin = [&](const std::string& name) {
        progress_.begin(fmt::format("round {} of {}, {}", round + 1, options_.rounds, name), 0);
      };
      std::vector<std::pair<Subject*, ProgramRun>> done;
      for (Subject* subject : subjects) {
        begin(subject->name);
        done.emplace_back(subject, run(subject->program, subject->depth, length_));
        if (stop_.stop_requested()) return;  // a round counts whole or not at all
        if (done.back().second.frames == 0) no_frame_in(subject->name);
      }
      for (auto& [subject, run] : done) subject->runs.push_back(std::move(run));
    }
    allowance_ = allowance_now(load.use());
  }

  void tell_waterfall() {
    const double cores = allowance_.allowed();
    const Subject *alone = nullptr, *decode = nullptr;
    std::vector<LevelRounds> levels;
    levels.reserve(levels_.size());
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      if (levels_[i].depth == Depth::prepared) alone = &level_runs_[i];
      if (levels_[i].depth == Depth::decode) decode = &level_runs_[i];
      LevelRounds level = rounds_of(level_runs_[i], levels_[i].text);
      const auto tell_apart = [&](std::optional<ApartRounds> rounds) {
        if (rounds) level.apart.insert(level.apart.begin(), *std::move(rounds));
      };
      if (levels_[i].depth > Depth::fresh_input) tell_apart(slower_inference(level_runs_[i], *alone, cores));
      if (decode != nullptr && !level.paced) tell_apart(decoder_threads(level_runs_[i], *decode, cores));
      if (levels_[i].depth == Depth::whole)
        tell_apart(encoding(level_runs_[i], level_runs_[i - 1], growth(level, levels.back())));
      levels.push_back(std::move(level));
    }
    Waterfall waterfall = waterfall_of(std::move(levels), rounds_of(observed_, ""));
    record_->waterfall = std::move(waterfall.steps);
    record_->observed_ms_per_frame = waterfall.observed_ms;
    record_->observed_fps = 1000 / waterfall.observed_ms;
    record_->remainder_ms_per_frame = waterfall.remainder_ms;
  }

  void tell_observed() {
    const ProgramRun sum = sum_of(observed_.runs);
    tell_stages(sum, *record_);
    doubt_short_runs(observed_.runs, *record_);
    allowance_.throttled = std::min(1.0, sum.held / (sum.wall * allowance_.cores));
    ov::CompiledModel compiled = runs_.compiled(program_.way.compile);
    const DeviceSettings device = settings_of(compiled);
    optimal_ = device.optimal_requests;
    requests_ = sum.requests;
    record_->limit = limit_of(program_, sum, allowance_, requests_, optimal_);
    record_->given = given_settings(device, requests_);
  }

  void try_remedies() {
    constexpr std::size_t most = 2;
    std::vector<Remedy> remedies =
        remedies_for(record_->limit, program_, allowance_,
                     {.requests = requests_,
                      .optimal_requests = optimal_,
                      .decoder_threads = runs_.clip().decoder_threads,
                      .picture_width = program_.render_width > 0 ? program_.render_width : runs_.clip().width});
    if (remedies.size() > most) remedies.resize(most);
    for (const Remedy& remedy : remedies) {
      std::vector<double> before, after;
      ProgramRun with;
      try {
        for (int round = 0; round < options_.rounds; ++round) {
          progress_.begin(fmt::format("trying {}", remedy.change), 0);
          const ProgramRun as_it_is = run(program_, Depth::whole, length_.half());
          with = run(remedy.program, Depth::whole, length_.half());
          if (stop_.stop_requested()) return;
          before.push_back(as_it_is.fps());
          after.push_back(with.fps());
        }
      } catch (const Error& error) {  // a device without this setting: the rest of what was found stands
        record_->remedies.push_back({.change = remedy.change, .flags = remedy.flags, .note = error.what()});
        continue;
      }
      record_->remedies.push_back(remedy_record(remedy, before, after, with));
      if (record_->remedies.back().helped) return;
    }
  }

  std::vector<WayTimes> record_ways() {
    std::vector<WayTimes> ways;
    for (const WayOptions* way : {&options_.sync, &options_.two_requests, &options_.queue}) {
      progress_.begin(fmt::format("timeline of {}", way->name), 0);
      WayTimes times;
      times.name = way->name;
      times.shape = shape_of(*way);
      run(with_way(program_, *way), Depth::whole, {std::min(length_.time, Seconds(0.5))}, &times.frames);
      if (stop_.stop_requested()) return ways;
      ways.push_back(std::move(times));
    }
    return ways;
  }

  WayShape shape_of(const WayOptions& way) {
    const DeviceSettings device = settings_of(runs_.compiled(way.compile));
    return {.callback_thread = way.name == "queue", .streams = std::max(1, std::atoi(device.streams.c_str()))};
  }

  /// The stamps of the program's own way, when they were taken, tell what "in the device" was made of.
  void split_device(const Explanation& explanation) {
    for (const WayTimes& way : explanation.ways) {
      if (way.name != program_.way.name) continue;
      const DeviceSplit split = split_device_time(way.frames, way.shape);
      record_->device_waiting_ms = split.waiting.count();
      record_->device_executing_ms = split.executing.count();
      record_->device_unseen_ms = split.unseen.count();
    }
  }

  const ExplainOptions& options_;
  const ExplainedProgram& program_;
  Progress& progress_;
  std::stop_token stop_;
  ProgramRuns runs_;
  MachineRecord fingerprint_;
  HostLoad load_;
  std::mt19937 random_{std::random_device()()};  // who comes when: another order every time
  std::vector<Level> levels_;
  RunLength length_;

  std::vector<Prediction> predictions_;  // the slowest first
  DeviceStreams device_;
  std::vector<Subject> level_runs_;
  Subject observed_, sync_, stream_, queue_;
  CoreAllowance allowance_;  // as it was during the rounds
  std::size_t requests_ = 1, optimal_ = 1;
  ExplainRecord* record_ = nullptr;
};

}  // namespace

Explanation explain(const ExplainOptions& options, Progress& progress, std::stop_token stop) {
  return Explaining(options, progress, std::move(stop))();
}

}  // namespace inflight
