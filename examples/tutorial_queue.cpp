// Step 3 of docs/tutorial.md: every request of the device in flight, results by callback.
//   example_tutorial_queue MODEL CLIP
#include <inflight/infer/async_infer_queue.hpp>

#include "face_clip.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return std::cerr << "usage: example_tutorial_queue MODEL CLIP\n", 2;
  FaceClip clip(argv[1], argv[2], {ov::hint::performance_mode(ov::hint::PerformanceMode::THROUGHPUT)});

  std::atomic<int> faces = 0;
  // [loop]
  inflight::AsyncInferQueue<Place> queue(clip.compiled());  // twice the device's optimal number of requests
  queue.set_callback([&](inflight::Result<Place> result) {  // on OpenVINO's thread, once for each frame
    faces += clip.faces_in(result.outputs(), result.userdata());
  });

  inflight::Frame frame;
  const auto fill = [&](inflight::Inputs inputs, Place& place) { place = clip.prepare(frame, inputs[0]); };
  while (clip.read(frame)) {
    inflight::ensure_accepted(queue.start_async(fill, Place{}));  // waits while every request is busy
  }
  queue.wait_all();
  // [end]
  return clip.report(faces);
}
