// What a comparison says of model and clip, and what its reader should know.
#pragma once

#include <cstdint>

#include "inflight/media/video_reader.hpp"
#include "inflight/report/compare_record.hpp"
#include "inflight/study/compare.hpp"
#include "inflight/vision/image_model.hpp"
#include "way.hpp"
#include "way_pipeline.hpp"

namespace inflight {

/// Fills in date, model and clip.
void describe(const CompareOptions& options, const ImageModel& model, const VideoInfo& clip, CompareRecord& record);

/// Fills in `compiles`: what each configuration took, and which ways use it.
void tell_compiles(const CompareOptions& options, const CompiledModels& compiled, ColdStartRecord& record);

/// Adds the notes; rounds and load are known. `frames`: what the first pass saw.
void add_notes(const ReadCounts& damage, std::span<const FrameDigest> frames, CompareRecord& record);

}  // namespace inflight
