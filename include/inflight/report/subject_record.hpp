// What was measured: which model on which clip.
#pragma once

#include <string>

namespace inflight {

/// Model and clip. Empty and 0: not known.
struct SubjectRecord {
  std::string model, model_path, model_type;
  int input_width = 0, input_height = 0;
  std::string preprocess;  ///< "fast, stretch, bgr", and mean and scale where they are not 0 and 1
  double threshold = 0;    ///< least score of a detection
  std::string simulated;   ///< "SIMULATED accelerator, 6 ms each inference"; empty: the model itself was run

  std::string clip_path, clip_codec, clip_pixel_format;
  int clip_width = 0, clip_height = 0;
  double clip_frame_rate = 0;
  double clip_start = 0;  ///< seconds that were left out
};

}  // namespace inflight
