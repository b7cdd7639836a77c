#include "cold_start.hpp"

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>
#include <system_error>

#include <openvino/runtime/core.hpp>
#include <openvino/runtime/properties.hpp>

#include "inflight/base/clock.hpp"

namespace inflight {
namespace {

constexpr Milliseconds too_long{5000};

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "inflight-cache-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code none;
    if (!path_.empty()) std::filesystem::remove_all(path_, none);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

void measure_compiling(const std::shared_ptr<ov::Model>& model, const CompileOptions& options, ColdStartRecord& record,
                       const std::stop_token& stop) try {
  ov::Core core;
  CompileOptions wanted = options;
  wanted.cache_dir.clear();
  core.get_versions(wanted.device);  // loads the plugin, which is not compiling
  bool from_cache = false;
  const auto time_to_compile = [&] {
    const TimePoint began = Clock::now();
    const ov::CompiledModel compiled = compile(core, model, wanted);
    const Milliseconds took = Clock::now() - began;
    from_cache = compiled.get_property(ov::loaded_from_cache);
    return took;
  };
  const Milliseconds without = time_to_compile();
  record.without_cache = without.count();
  const TemporaryFolder cache;
  if (without > too_long || cache.path().empty() || stop.stop_requested()) return;
  wanted.cache_dir = cache.path();
  time_to_compile();
  if (stop.stop_requested()) return;
  const Milliseconds with = time_to_compile();
  if (from_cache) record.with_cache = with.count();
} catch (const std::exception&) {  // the comparison is done, and says no more than it knows
}

}  // namespace inflight
