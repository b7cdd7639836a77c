// How long it takes until the first frame can run: compiling, with a cache of compiled models and without.
#pragma once

#include <memory>
#include <stop_token>

#include <openvino/core/model.hpp>

#include "inflight/infer/compile.hpp"
#include "inflight/report/compare_record.hpp"

namespace inflight {

/// Fills in `without_cache` and `with_cache` by compiling anew in a core of its own, with a cache in a folder that is
/// then deleted; 0 where the device keeps none. What takes longer than some seconds is not compiled again. Blocks:
/// while OpenVINO compiles. Throws: nothing; what fails is not measured.
void measure_compiling(const std::shared_ptr<ov::Model>& model, const CompileOptions& options, ColdStartRecord& record,
                       const std::stop_token& stop);

}  // namespace inflight
