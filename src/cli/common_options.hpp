// The flags that every command has, under the same names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "inflight/study/compare.hpp"
#include "inflight/vision/image_model.hpp"
#include "named_file.hpp"

namespace inflight::cli {

/// As given on the command line. Settings of the device may differ by way: "4", or "queue=4,sync=1".
struct CommonOptions {
  std::string input;
  std::string model;
  std::string model_type = "auto";
  std::string labels;
  std::string device = "CPU";
  std::string hint, requests, streams, threads;
  std::string cache_dir;
  std::string precision;
  std::vector<std::string> properties;
  std::string shape, color, mean, scale;
  std::string preprocess = "fast";
  std::string resize = "stretch";
  double threshold = 0.6;
  std::string simulated_accelerator;
  std::int64_t frames = 0;
  double start = 0;
  bool loop = false;
};

/// The flags about the model and the device.
void add_model_options(CLI::App& command, CommonOptions& options, bool model_required);
/// --simulated-accelerator.
void add_simulation_option(CLI::App& command, CommonOptions& options);
/// What the flags about the frames do, as the help of a command tells it.
struct InputWords {
  const char* type = "FILE";
  const char* input = "Video file or folder of pictures, whatever FFmpeg reads";
  const char* frames = "Number of frames to take";
  const char* start = "Begin at this time of the video";
  const char* loop = "Go on from the start at the end of the video, until --frames are read";
};

/// The flags about the frames.
void add_input_options(CLI::App& command, CommonOptions& options, const InputWords& words = {});

/// The options in the form that the library takes.
/// Throws: UsageError for values that are none.
ImageModelOptions image_model_options(const CommonOptions& options);
WayOptions way_options(const CommonOptions& options, const std::string& way);
/// What these options let be read: the frames, the model with its weights, the labels.
std::vector<NamedFile> files_read(const CommonOptions& options);
/// "1280x720"; `flag` is for the message.
Size size_in(const char* flag, const std::string& text);

}  // namespace inflight::cli
