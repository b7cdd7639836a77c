#include "explain_notes.hpp"

#include <unistd.h>
#include <algorithm>
#include <cmath>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "../measured_subject.hpp"
#include "../rounds.hpp"
#include "../settings.hpp"
#include "inflight/base/counted.hpp"
#include "inflight/measure/cpu_doctor.hpp"
#include "inflight/measure/cpu_group.hpp"
#include "inflight/measure/process_meter.hpp"

namespace inflight {
namespace {

std::string program_line(const ExplainedProgram& program) {
  std::string line = program.rate > 0 ? fmt::format("frames at {:g}/s", program.rate) : "frames as fast as they decode";
  if (program.decoder_threads > 0) line += fmt::format(", {} decoder threads", program.decoder_threads);
  line += fmt::format(", {}", program.way.name);
  if (program.way.name == "queue" && program.callback_threads > 0)
    line += fmt::format(", {} callback threads", program.callback_threads);
  line += program.make_sink                   ? ", a sink of its own"
          : program.output == Output::drawing ? ", every frame drawn"
          : program.output == Output::video   ? ", every frame drawn and written as video"
                                              : ", results only counted";
  if (program.newest_only) line += ", the newest result only";
  for (const AddedWork& work : program.added)
    line += fmt::format(", {:g} ms added to {}", work.time.count(), name_of(work.stage));
  return line;
}

}  // namespace

void describe(const ExplainOptions& options, const ProgramRuns& runs, ExplainRecord& record) {
  const ExplainedProgram& program = options.program;
  record.date = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  describe({runs.model(), program.model, program.threshold, runs.clip(), program.input, program.start}, record);
  if (const auto note = simulation_note(record); !note.empty()) record.notes.push_back(note);
  record.way = program.way.name;
  record.program = program_line(program);
  record.asked = asked_settings(program.way.compile, program.way.requests);
  for (const CpuFinding& finding : examine_cpus())
    record.doctor.push_back({finding.name, finding.text, finding.matters});
}

void tell_stages(const ProgramRun& run, ExplainRecord& record) {
  record.frames = run.frames;
  record.failed = run.failed;
  record.cores_used = run.wall.count() > 0 ? run.cpu / run.wall : 0;
  if (run.given < run.frames)
    record.notes.push_back(
        fmt::format("the sink got {} of {} results: the newest when it had time", run.given, run.frames));
  if (run.threads.empty())
    record.notes.push_back("the system does not tell what each thread used: that is in no step and no limit");
  for (std::size_t i = 0; i < stage_count; ++i) {
    const auto stage = static_cast<Stage>(i);
    record.stages.push_back({name_of(stage), run.stages.wall(stage).count(), run.stages.cores(stage).count()});
  }
  const double frames = static_cast<double>(std::max<std::int64_t>(1, run.frames));
  for (const auto& [role, used] : run.threads) {
    record.threads.push_back(
        {role, used.threads, Milliseconds(used.cpu).count() / frames, run.wall.count() > 0 ? used.cpu / run.wall : 0});
  }
}

void doubt_short_runs(const std::vector<ProgramRun>& runs, ExplainRecord& record) {
  const ProgramRun& shortest = *std::ranges::min_element(runs, {}, &ProgramRun::frames);
  const auto enough = frames_per_request * static_cast<std::int64_t>(shortest.requests);
  if (shortest.frames >= enough) return;
  record.reasons.push_back(
      fmt::format("too few frames in a run: {}, and to keep {} busy takes {} or more; give more "
                  "--time, fewer --rounds, or --frames",
                  shortest.frames, counted(static_cast<std::int64_t>(shortest.requests), "request"), enough));
}

CoreAllowance allowance_now(const HostUse& use) {
  return {.cores = usable_cores(),
          .machine_cores = std::max(usable_cores(), static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN))),
          .quota = cpu_group().quota,
          .others = use.known ? use.others + use.stolen : 0};
}

RemedyRecord remedy_record(const Remedy& remedy, const std::vector<double>& before, const std::vector<double>& after,
                           const ProgramRun& with) {
  RemedyRecord record{.change = remedy.change,
                      .flags = remedy.flags,
                      .fps_before = median_of(before),
                      .fps_after = median_of(after),
                      .ratio = ratio_interval(after, before)};
  record.helped = record.ratio.low > 1 && record.ratio.median >= 1.02;
  if (with.given < with.frames)
    record.note = fmt::format("the sink got {} of {} results in the last run", with.given, with.frames);
  return record;
}

void judge(const HostUse& use, ExplainRecord& record) {
  if (!use.known) record.notes.push_back(quiet_is_not_proved);
  const auto doubt = [&record](std::string reason) { record.reasons.push_back(std::move(reason)); };
  constexpr double most_load = 0.10;
  if (use.known && use.others > most_load)
    doubt(fmt::format("other processes used {:.2f} cores meanwhile: end them, or measure again", use.others));
  if (use.known && use.stolen > most_load)
    doubt(fmt::format("{:.2f} cores were taken by other virtual machines meanwhile (stolen time)", use.stolen));
  if (record.interrupted) doubt("interrupted: the figures are of whole rounds only");
  if (record.rounds < 3)
    doubt(fmt::format("only {} round{}: three at least are needed", record.rounds, record.rounds == 1 ? "" : "s"));
  if (record.failed > 0) doubt(fmt::format("{} of {} frames failed", record.failed, record.frames));
  const double share =
      record.observed_ms_per_frame > 0 ? record.remainder_ms_per_frame / record.observed_ms_per_frame : 0;
  if (std::abs(share) > 0.05) {
    doubt(fmt::format("{:.1f} % of the observed time are in no step: the machine was restless; give more --time",
                      100 * share));
  }
  record.valid = record.reasons.empty();
}

}  // namespace inflight
