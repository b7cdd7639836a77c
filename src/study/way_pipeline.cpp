#include "way_pipeline.hpp"

#include "inflight/base/error.hpp"
#include "inflight/study/way_options.hpp"

namespace inflight {

std::vector<std::string> way_names() { return {"sync", "two-requests", "queue"}; }

std::unique_ptr<Pipeline> make_pipeline(const std::string& way, ov::CompiledModel compiled, const ImageModel& model,
                                        float threshold, std::size_t requests) {
  if (way == "sync") return make_sync_pipeline(std::move(compiled), model, threshold);
  if (way == "two-requests") return make_two_request_pipeline(std::move(compiled), model, threshold);
  if (way == "queue") return make_queue_pipeline(std::move(compiled), model, threshold, {.requests = requests});
  std::string known;
  for (const std::string& name : way_names()) known += (known.empty() ? "" : ", ") + name;
  throw UsageError("there is no way '" + way + "'; choose from " + known);
}

ov::CompiledModel CompiledModels::operator()(const CompileOptions& wanted) {
  for (const Compiled& have : compiled_) {
    if (have.options == wanted) return have.model;
  }
  const TimePoint began = Clock::now();
  ov::CompiledModel compiled = compile(core_, model_, wanted);
  return compiled_.emplace_back(Compiled{wanted, std::move(compiled), Clock::now() - began}).model;
}

}  // namespace inflight
