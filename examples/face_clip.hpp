// What the tutorial's programs have in common: a clip, a face detector, and the time that it takes. Their loops differ.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <span>
#include <string>

#include <openvino/openvino.hpp>

#include <inflight/infer/tensors.hpp>
#include <inflight/media/video_reader.hpp>
#include <inflight/vision/image_model.hpp>

/// Which part of which frame the model's input shows.
struct Place {
  inflight::Size frame;
  inflight::Mapping mapping;
};

/// Frames in, faces out. Reading and `prepare` are for one thread, `faces_in` for any.
class FaceClip {
 public:
  FaceClip(const std::string& model, const std::string& clip, const ov::AnyMap& settings)
      : reader_(clip),
        model_(inflight::load_image_model(core_, {.path = model}, {reader_.info().width, reader_.info().height})),
        prepare_(model_.preprocess),
        compiled_(core_.compile_model(model_.model, "CPU", settings)),
        began_(std::chrono::steady_clock::now()) {}

  ov::CompiledModel& compiled() { return compiled_; }

  /// Decodes the next frame. False at the end.
  bool read(inflight::Frame& frame) {
    const bool one_more = reader_.read(frame) == inflight::ReadOutcome::frame;
    frames_ += one_more ? 1 : 0;
    return one_more;
  }

  /// Scales the frame and converts its colours, straight into the memory of a request.
  Place prepare(const inflight::Frame& frame, ov::Tensor input) {
    return {{frame.display_width(), frame.display_height()},
            prepare_(frame, std::span(input.data<std::uint8_t>(), input.get_byte_size()))};
  }

  /// Outputs to faces, of which only the number matters here.
  int faces_in(const inflight::Outputs& outputs, const Place& place) const {
    inflight::Detections found;
    const inflight::Size input{model_.preprocess.width, model_.preprocess.height};
    model_.adapter->decode(outputs, input, place.frame, place.mapping, 0.6F, found);
    return static_cast<int>(found.size());
  }

  /// The end of every program.
  int report(int faces) const {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began_;
    std::cout << faces << " faces in " << frames_ << " frames, " << frames_ / took.count() << " frames/s\n";
    return frames_ > 0 ? 0 : 1;
  }

 private:
  inflight::VideoReader reader_;
  ov::Core core_;
  inflight::ImageModel model_;
  inflight::Preprocessor prepare_;
  ov::CompiledModel compiled_;
  std::chrono::steady_clock::time_point began_;
  int frames_ = 0;
};
