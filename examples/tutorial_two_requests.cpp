// Step 2 of docs/tutorial.md: while the current frame is inferred, the next one is decoded and prepared.
//   example_tutorial_two_requests MODEL CLIP
#include <utility>

#include "face_clip.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return std::cerr << "usage: example_tutorial_two_requests MODEL CLIP\n", 2;
  FaceClip clip(argv[1], argv[2], {ov::hint::performance_mode(ov::hint::PerformanceMode::LATENCY)});

  int faces = 0;
  // [loop]
  struct Turn {
    ov::InferRequest request;
    Place place{};
    bool started = false;
  };
  Turn current{clip.compiled().create_infer_request()}, next{clip.compiled().create_infer_request()};
  const auto finish = [&](Turn& turn) {
    if (!std::exchange(turn.started, false)) return;
    turn.request.wait();
    faces += clip.faces_in(inflight::Outputs(turn.request), turn.place);
  };

  inflight::Frame frame;
  while (clip.read(frame)) {
    next.place = clip.prepare(frame, next.request.get_input_tensor());  // while the current one is inferred
    next.request.start_async();                                         // returns at once
    next.started = true;
    finish(current);
    std::swap(current, next);
  }
  finish(current);
  // [end]
  return clip.report(faces);
}
