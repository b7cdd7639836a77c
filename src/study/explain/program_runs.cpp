#include "program_runs.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "inflight/base/error.hpp"
#include "inflight/measure/cpu_group.hpp"
#include "inflight/measure/process_meter.hpp"
#include "inflight/media/live_source.hpp"
#include "program_sink.hpp"

namespace inflight {
namespace {

constexpr std::size_t kept_frames = 32;

VideoReaderOptions reading(const ExplainedProgram& program, const std::stop_token& stop) {
  return {.start = program.start, .loop = true, .threads = program.decoder_threads, .stop = stop};
}

std::vector<AddedWork> added_at(const ExplainedProgram& program, Depth depth) {
  std::vector<AddedWork> added;
  for (const AddedWork& work : program.added) {
    const Depth from = work.stage == Stage::fill       ? Depth::preprocess
                       : work.stage == Stage::callback ? Depth::postprocess
                       : work.stage == Stage::draw     ? Depth::drawing
                       : work.stage == Stage::sink     ? Depth::whole
                                                       : Depth::decode;
    // On a thread of its own the sink does its work itself.
    const bool elsewhere = program.newest_only && (work.stage == Stage::sink || work.stage == Stage::draw);
    if (depth >= from && !elsewhere) added.push_back(work);
  }
  return added;
}

std::unique_ptr<Pipeline> pipeline_of(const ExplainedProgram& program, Depth depth, ov::CompiledModel compiled,
                                      const ImageModel& model) {
  if (program.way.name != "queue")
    return make_pipeline(program.way.name, std::move(compiled), model, program.threshold, 0);
  const bool ordered = depth >= Depth::order && program.writes_video();
  return make_queue_pipeline(std::move(compiled), model, program.threshold,
                             {.requests = program.way.requests,
                              .order = ordered ? Order::as_submitted : Order::as_completed,
                              .callback_threads = depth >= Depth::postprocess ? program.callback_threads : 0});
}

/// The thread that waits for a synchronous inference takes part in it: what it used beyond its own stages.
void move_inference(const RunCounts& counts, std::map<std::string, ThreadRoles::Used>& threads) {
  const Seconds own = static_cast<double>(counts.delivered) * counts.stages.cores();
  const Seconds inference = std::max(Seconds(0), threads["reading"].cpu - own);
  threads["reading"].cpu -= inference;
  threads["OpenVINO"].cpu += inference;
}

}  // namespace

ProgramRuns::ProgramRuns(const ExplainedProgram& program, Progress& progress, const std::stop_token& stop)
    : progress_(progress) {
  roles_.claim("program");
  if (is_live(program.input))
    throw UsageError(input_name(program.input) +
                     ": never gives the same frames twice; give a video file, and --rate for the pace of a camera");
  progress_.begin("opening the clip", 0);
  VideoReader reader(program.input, reading(program, stop));
  clip_ = reader.info();
  for (Frame frame; frames_.size() < kept_frames && reader.read(frame) == ReadOutcome::frame; frame = Frame())
    frames_.push_back(std::move(frame));
  if (frames_.empty() && stop.stop_requested())
    throw Interrupted(input_name(program.input) + ": stopped while its first frames were read");
  if (frames_.empty())
    throw Error(input_name(program.input) + ": no frame could be read; try another --start, or another file");
  progress_.begin("reading the model", 0);
  model_ = load_image_model(core_, program.model, {clip_.width, clip_.height});
  std::vector<TensorInfo> outputs = outputs_of(*model_.model);
  no_adapter_ = make_adapter("raw", outputs);
  compiled_.emplace(core_, model_.model);
  MemorySource memory(frames_);
  inputs_ = prepare_inputs(memory, model_, frames_.size());
}

ov::CompiledModel ProgramRuns::compiled(const CompileOptions& options) {
  ov::CompiledModel model = (*compiled_)(options);
  roles_.claim("OpenVINO");
  return model;
}

ImageModel ProgramRuns::model_for(const ExplainedProgram& program, Depth depth) const {
  ImageModel model = model_;
  if (depth < Depth::postprocess) model.adapter = no_adapter_;
  model.preprocess.path = program.model.preprocess;
  return model;
}

ProgramRun ProgramRuns::run(const ExplainedProgram& program, Depth depth, RunLength length, const std::stop_token& stop,
                            std::vector<FrameStamps>* times) try {
  return depth <= Depth::fresh_input ? run_prepared(program, depth == Depth::fresh_input, length, stop)
                                     : run_pipeline(program, depth, length, stop, times);
} catch (const Interrupted&) {  // while the clip was opened
  return {};
}

ProgramRun ProgramRuns::run_prepared(const ExplainedProgram& program, bool fresh, RunLength length,
                                     const std::stop_token& stop) {
  PreparedInference inference(program.way.name, compiled(program.way.compile), program.way.requests, inputs_);
  const PreparedInputs* inputs = fresh ? &inputs_ : nullptr;
  std::atomic<std::size_t> to_warm = 2 * inference.requests();
  std::atomic<int> starter = 0;
  const auto warm = [&] {
    starter = this_thread();
    return to_warm > 0 && to_warm.fetch_sub(1) > 0;
  };
  inference.run(warm, inputs);
  roles_.claim("OpenVINO");
  roles_.set(this_thread(), "reading");
  if (starter != this_thread()) roles_.set(starter, "callback");

  ProgramRun run;
  const std::vector<ThreadTime> before = thread_times();
  const ProcessMeter meter;
  std::atomic<std::int64_t> begun = 0;
  const auto another = [&] {
    if (stop.stop_requested()) return false;
    return length.frames > 0 ? begun.fetch_add(1) < length.frames : meter.wall() < length.time;
  };
  run.frames = inference.run(another, inputs);
  run.wall = meter.wall();
  run.cpu = meter.cpu();
  run.threads = roles_.used(before, thread_times(), "other");
  progress_.add(run.frames);
  return run;
}

ProgramRun ProgramRuns::run_pipeline(const ExplainedProgram& program, Depth depth, RunLength length,
                                     const std::stop_token& stop, std::vector<FrameStamps>* times) {
  const ImageModel model = model_for(program, depth);
  const auto pipeline = pipeline_of(program, depth, compiled(program.way.compile), model);
  pipeline->warm_up();
  roles_.claim("OpenVINO");
  ProgramSink sink(program, depth, clip_);
  roles_.claim("sink");
  std::optional<VideoReader> reader;
  std::optional<MemorySource> memory;
  std::optional<PacedSource> paced;
  FrameSource* source = nullptr;
  if (depth >= Depth::decode) {
    source = &reader.emplace(program.input, reading(program, stop));
    Frame first;  // what decodes ahead has begun
    reader->read(first);
    roles_.claim("decoder");
  } else {
    source = &memory.emplace(frames_);
  }
  if (depth >= Depth::pace && program.rate > 0) source = &paced.emplace(*source, program.rate);
  roles_.set(this_thread(), "reading");

  ProgramRun run;
  run.requests = pipeline->requests();
  const Seconds held = cpu_group().throttled_time;
  const std::vector<ThreadTime> before = thread_times();
  const ProcessMeter meter;
  LimitedSource limited(*source, length);
  const RunCounts counts = pipeline->run(
      limited, sink, stop,
      {.keep_frames = sink.wants_frames(), .cores_of_every = 1, .added = added_at(program, depth), .times = times});
  run.wall = meter.wall();
  run.cpu = meter.cpu();
  if (sink.delivering_thread() != 0 && sink.delivering_thread() != this_thread())
    roles_.set(sink.delivering_thread(), "callback");
  const std::vector<ThreadTime> after = thread_times();
  run.held = cpu_group().throttled_time - held;
  for (const ThreadTime& thread : after)
    if (thread.name == "deliver") roles_.set(thread.id, "callback");
  // An encoder starts its threads with the first picture.
  run.threads = roles_.used(before, after, program.writes_video() ? "encoder" : "other");
  if (program.way.name == "sync" && !run.threads.empty()) move_inference(counts, run.threads);
  run.frames = counts.delivered;
  run.failed = counts.failed;
  run.stages = counts.stages;
  run.given = sink.given();
  if (reader && reader->counts().frames > damage_.frames) {
    damage_ = reader->counts();
    for (std::int64_t* count : {&damage_.damaged_packets, &damage_.damaged_frames})
      *count = (*count + damage_.loops) / (damage_.loops + 1);  // of one pass
  }
  progress_.add(run.frames);
  return run;
}

ProgramRun ProgramRuns::run_loops(const ExplainedProgram& program, int loops, RunLength length,
                                  const std::stop_token& stop) try {
  struct Loop {
    std::unique_ptr<Pipeline> pipeline;
    std::unique_ptr<VideoReader> reader;
    std::unique_ptr<ProgramSink> sink;
    RunCounts counts;
    std::exception_ptr error;
  };
  const ImageModel model = model_for(program, Depth::whole);
  std::vector<Loop> all(static_cast<std::size_t>(loops));
  for (Loop& loop : all) {
    loop.pipeline = make_sync_pipeline(compiled(program.way.compile), model, program.threshold);
    loop.pipeline->warm_up();
    VideoReaderOptions one_thread = reading(program, stop);
    one_thread.threads = 1;
    loop.reader = std::make_unique<VideoReader>(program.input, one_thread);
    loop.sink = std::make_unique<ProgramSink>(program, Depth::whole, clip_);
  }
  ProgramRun run;
  const ProcessMeter meter;
  {
    std::vector<std::jthread> threads;
    threads.reserve(all.size());
    for (Loop& loop : all) {
      threads.emplace_back([&, &loop = loop] {
        try {
          LimitedSource limited(*loop.reader, length);
          loop.counts = loop.pipeline->run(limited, *loop.sink, stop,
                                           {.keep_frames = loop.sink->wants_frames(),
                                            .cores_of_every = 1,
                                            .added = added_at(program, Depth::whole)});
        } catch (...) {
          loop.error = std::current_exception();
        }
      });
    }
  }
  run.wall = meter.wall();
  run.cpu = meter.cpu();
  for (const Loop& loop : all) {
    if (loop.error) std::rethrow_exception(loop.error);
    run.frames += loop.counts.delivered;
    run.failed += loop.counts.failed;
    run.stages.merge(loop.counts.stages);
  }
  progress_.add(run.frames);
  return run;
} catch (const Interrupted&) {
  return {};
}

}  // namespace inflight
