// A demonstration of the test clip, and a view that a test writes the script for.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "inflight/study/live_demo.hpp"

namespace inflight::test {

inline LiveDemoOptions options() {
  LiveDemoOptions demo;
  demo.input = std::string(INFLIGHT_ASSETS) + "/carphone_pristine.mp4";
  demo.model.path = std::string(INFLIGHT_ASSETS) + "/centerface.onnx";
  for (const std::string& way : way_names())
    demo.ways.push_back({way, {.hint = way == "queue" ? Hint::throughput : Hint::latency}, 0});
  demo.cycle = Seconds(0);
  demo.seconds = Seconds(60);  // far beyond what any test needs: a demonstration that does not end fails by its figures
  return demo;
}

/// What a test's view saw.
struct Seen {
  bool wants = true;
  int scale = 2;  // of the picture
  int shows = 0, pictures = 0;
  Size picture;
  LiveFigures last;
  std::string reason;
  std::set<std::size_t> ways;
};

/// Looks at every show and acts on it.
class ScriptedView final : public LiveView {
 public:
  using Script = std::function<void(const LiveFigures&, const Canvas*, const LiveCommands&)>;
  ScriptedView(Seen& seen, Script script, LiveCommands commands)
      : seen_(seen), script_(std::move(script)), commands_(std::move(commands)) {}

  bool wants_picture() const override { return seen_.wants; }
  Size picture_size(int frame_width, int frame_height) const override {
    return {seen_.scale * frame_width, seen_.scale * frame_height};
  }
  void show(const Canvas* picture, const LiveFigures& figures) override {
    ++seen_.shows;
    if (picture != nullptr) {
      ++seen_.pictures;
      seen_.picture = {picture->width(), picture->height()};
    }
    seen_.last = figures;
    seen_.ways.insert(figures.running);
    if (!figures.ended) script_(figures, picture, commands_);
  }
  void finish(std::string_view reason) override { seen_.reason = reason; }

 private:
  Seen& seen_;
  Script script_;
  LiveCommands commands_;
};

inline LiveSummary run(const LiveDemoOptions& demo, Seen& seen, const ScriptedView::Script& script) {
  Progress progress;
  return LiveDemo(demo, progress, {})
      .run([&](LiveCommands commands) { return std::make_unique<ScriptedView>(seen, script, std::move(commands)); },
           {});
}

}  // namespace inflight::test
