// Runs of the explained program, whole or up to some depth.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "../fingerprint.hpp"
#include "../prepared_inference.hpp"
#include "../run_parts.hpp"
#include "../way_pipeline.hpp"
#include "inflight/base/progress.hpp"
#include "inflight/media/video_reader.hpp"
#include "inflight/pipeline/pipeline.hpp"
#include "inflight/study/explained_program.hpp"
#include "thread_roles.hpp"

namespace inflight {

/// How much of the program a run does; each does what those before it do. From `prepared` to `fresh_input` there are
/// no frames at all, up to `preprocess` they come from memory.
enum class Depth { prepared, fresh_input, preprocess, decode, pace, postprocess, order, drawing, whole };

/// What a run came to.
struct ProgramRun {
  std::int64_t frames = 0, failed = 0;
  Seconds wall{0};
  Seconds cpu{0};  ///< of the whole process
  StageAccounts stages;
  /// By role: "reading", "callback", "OpenVINO", "decoder", "sink", "encoder", "other"; empty where the system does not
  /// tell.
  std::map<std::string, ThreadRoles::Used> threads;
  std::int64_t given = 0;    ///< results that a newest-only sink got
  std::size_t requests = 0;  ///< that the pipeline kept
  Seconds held{0};           ///< processors that a control group withheld, together

  /// Processor time of one role's threads.
  Seconds cpu_of(const std::string& role) const {
    const auto used = threads.find(role);
    return used == threads.end() ? Seconds(0) : used->second.cpu;
  }

  double per_frame_ms(Seconds time) const {
    return frames > 0 ? Milliseconds(time).count() / static_cast<double>(frames) : 0;
  }
  double frame_ms() const { return per_frame_ms(wall); }
  double core_ms() const { return per_frame_ms(cpu); }
  double core_ms_of(const std::string& role) const { return per_frame_ms(cpu_of(role)); }
  /// Of inference, whoever's threads it used.
  double inference_core_ms() const { return core_ms_of("OpenVINO"); }
  /// How long a frame had no processor while it was read and decoded.
  double decode_wait_ms() const {
    return (stages.wall(Stage::read) + stages.wall(Stage::decode) - stages.cores(Stage::decode)).count();
  }
  double fps() const { return wall.count() > 0 ? static_cast<double>(frames) / wall.count() : 0; }
};

/// Opens the clip and the model once, and compiles for whatever a run asks. Thread: one at a time.
class ProgramRuns {
 public:
  /// Throws: Error and UsageError as VideoReader, load_image_model and compile.
  ProgramRuns(const ExplainedProgram& program, Progress& progress, const std::stop_token& stop);

  /// Runs the program for so long, or until stop is requested: then what was run is of no use. Blocks: as long. `times`
  /// gets the stamps of every frame.
  ProgramRun run(const ExplainedProgram& program, Depth depth, RunLength length, const std::stop_token& stop,
                 std::vector<FrameStamps>* times = nullptr);

  /// So many synchronous loops side by side, on the model as `program` compiles it: all cores work, and
  /// nobody waits for anybody. The stages are the mean of all loops.
  ProgramRun run_loops(const ExplainedProgram& program, int loops, RunLength length, const std::stop_token& stop);

  ov::CompiledModel compiled(const CompileOptions& options);
  MachineRecord fingerprint(const FingerprintOf& of, const std::stop_token& stop) {
    return take_fingerprint(core_, of, stop);
  }
  const ImageModel& model() const noexcept { return model_; }
  const VideoInfo& clip() const noexcept { return clip_; }
  /// Of the run that met most of it: a short one does not get to the clip's end.
  const ReadCounts& damage() const noexcept { return damage_; }

 private:
  ProgramRun run_prepared(const ExplainedProgram& program, bool fresh, RunLength length, const std::stop_token& stop);
  ProgramRun run_pipeline(const ExplainedProgram& program, Depth depth, RunLength length, const std::stop_token& stop,
                          std::vector<FrameStamps>* times);
  ImageModel model_for(const ExplainedProgram& program, Depth depth) const;

  Progress& progress_;
  ov::Core core_;
  VideoInfo clip_;
  ImageModel model_;
  std::shared_ptr<const ModelAdapter> no_adapter_;
  std::optional<CompiledModels> compiled_;
  std::vector<Frame> frames_;  // of the clip's beginning
  PreparedInputs inputs_;      // the same, preprocessed
  ThreadRoles roles_;
  ReadCounts damage_;
};

}  // namespace inflight
