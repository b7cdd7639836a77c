// Step 1 of docs/tutorial.md: one request, each frame from start to end before the next.
//   example_tutorial_sync MODEL CLIP
#include "face_clip.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return std::cerr << "usage: example_tutorial_sync MODEL CLIP\n", 2;
  FaceClip clip(argv[1], argv[2], {ov::hint::performance_mode(ov::hint::PerformanceMode::LATENCY)});

  int faces = 0;
  // [loop]
  ov::InferRequest request = clip.compiled().create_infer_request();
  inflight::Frame frame;
  while (clip.read(frame)) {                                              // this thread decodes,
    const Place place = clip.prepare(frame, request.get_input_tensor());  // prepares,
    request.infer();                                                      // waits,
    faces += clip.faces_in(inflight::Outputs(request), place);            // and postprocesses; then the next frame
  }
  // [end]
  return clip.report(faces);
}
