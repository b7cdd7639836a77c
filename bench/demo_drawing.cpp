// What a picture of the demonstration costs: painter and dashboard against the bare calls of the libraries below them,
// on the same picture. Rounds of all rows are interleaved; each ratio is that of two runs of one round.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <cairo.h>
#include <fmt/format.h>
#include <libyuv.h>
#include <turbojpeg.h>
#include <CLI/CLI.hpp>

#include "inflight/base/clock.hpp"
#include "inflight/draw/jpeg.hpp"
#include "inflight/media/video_reader.hpp"
#include "inflight/sinks/dashboard.hpp"
#include "inflight/vision/picture_painter.hpp"
#include "sinks/example_figures.hpp"

namespace {

using inflight::Canvas;
using inflight::Clock;
using inflight::Detections;
using inflight::Frame;

struct Options {
  std::string clip = "assets/bikes.mp4";
  int width = 1280, height = 720, boxes = 5, rounds = 21, pictures = 20;
};

Frame first_frame(const std::string& clip) {
  inflight::VideoReader reader(clip, {.frames = 1});
  Frame frame;
  reader.read(frame);
  if (frame.format() != inflight::PixelFormat{} || frame.rotation() != 0) {
    throw std::runtime_error(clip + ": is not upright 8-bit 4:2:0; give another clip");
  }
  return frame;
}

Detections spread(const Frame& frame, int count) {
  Detections found;
  const auto width = static_cast<float>(frame.width()), height = static_cast<float>(frame.height());
  for (int i = 0; i < count; ++i) {
    const float x = width * (0.1F + 0.15F * static_cast<float>(i % 5)),
                y = height * (0.1F + 0.1F * static_cast<float>(i % 7));
    found.push_back({.box = {x, y, x + 0.2F * width, y + 0.3F * height}, .score = 0.98F, .label = i});
  }
  return found;
}

/// Scale, convert, draw, encode: as short as it can be written with the libraries themselves.
class Bare {
 public:
  Bare(int width, int height)
      : width_(width),
        height_(height),
        half_(half(width)),
        y_(size(width, height)),
        u_(size(half_, half(height))),
        v_(u_.size()),
        surface_(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height)),
        pen_(cairo_create(surface_)) {
    cairo_select_font_face(pen_, "sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  }
  ~Bare() {
    tjFree(jpeg_);
    tjDestroy(encoder_);
    cairo_destroy(pen_);
    cairo_surface_destroy(surface_);
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;

  void scale(const Frame& frame) {
    const auto plane = [&](int i) { return frame.plane(i); };
    const auto stride = [&](int i) { return static_cast<int>(frame.plane(i).stride); };
    libyuv::I420Scale(plane(0).data, stride(0), plane(1).data, stride(1), plane(2).data, stride(2), frame.width(),
                      frame.height(), y_.data(), width_, u_.data(), half_, v_.data(), half_, width_, height_,
                      libyuv::kFilterBilinear);
    libyuv::I420ToARGBMatrix(y_.data(), width_, u_.data(), half_, v_.data(), half_,
                             cairo_image_surface_get_data(surface_), cairo_image_surface_get_stride(surface_),
                             &libyuv::kYuvI601Constants, width_, height_);
    cairo_surface_mark_dirty(surface_);
  }

  void draw(const Frame& frame, const Detections& found) {
    const double x_scale = static_cast<double>(width_) / frame.width(),
                 y_scale = static_cast<double>(height_) / frame.height();
    cairo_set_font_size(pen_, height_ / 30.0);
    cairo_set_line_width(pen_, height_ / 240.0);
    for (const auto& one : found) {
      const double x = one.box.x0 * x_scale, y = one.box.y0 * y_scale;
      cairo_set_source_rgb(pen_, 0.1, 0.9, 0.3);
      cairo_rectangle(pen_, x, y, (one.box.x1 - one.box.x0) * x_scale, (one.box.y1 - one.box.y0) * y_scale);
      cairo_stroke(pen_);
      const std::string tag = fmt::format("#{} {:.2f}", one.label, one.score);
      cairo_text_extents_t extents{};
      cairo_text_extents(pen_, tag.c_str(), &extents);
      cairo_set_source_rgba(pen_, 0, 0, 0, 0.75);
      cairo_rectangle(pen_, x, y - height_ / 26.0, extents.x_advance, height_ / 26.0);
      cairo_fill(pen_);
      cairo_set_source_rgb(pen_, 0.1, 0.9, 0.3);
      cairo_move_to(pen_, x, y - 2);
      cairo_show_text(pen_, tag.c_str());
    }
    cairo_surface_flush(surface_);
  }

  void encode() {
    tjCompress2(encoder_, cairo_image_surface_get_data(surface_), width_, cairo_image_surface_get_stride(surface_),
                height_, TJPF_BGRX, &jpeg_, &jpeg_size_, TJSAMP_420, 80, 0);
  }

 private:
  static int half(int side) { return (side + 1) / 2; }
  static std::size_t size(int width, int height) {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  }

  int width_, height_, half_;
  std::vector<std::uint8_t> y_, u_, v_;
  cairo_surface_t* surface_;
  cairo_t* pen_;
  tjhandle encoder_ = tjInitCompress();
  unsigned char* jpeg_ = nullptr;
  unsigned long jpeg_size_ = 0;
};

struct Row {
  std::string name;
  std::function<void()> run;
  std::vector<double> ms{};  // of each round, per picture
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void measure(std::vector<Row>& rows, const Options& options) {
  for (Row& row : rows) row.run();  // warm-up
  for (int round = 0; round < options.rounds; ++round) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Row& row = rows[(i + static_cast<std::size_t>(round)) % rows.size()];
      const auto begin = Clock::now();
      for (int picture = 0; picture < options.pictures; ++picture) row.run();
      row.ms.push_back(inflight::milliseconds_between(begin, Clock::now()) / options.pictures);
    }
  }
}

void print(const Row& row, const Row& base) {
  std::vector<double> ratios;
  ratios.reserve(row.ms.size());
  for (std::size_t i = 0; i < row.ms.size(); ++i) ratios.push_back(row.ms[i] / base.ms[i]);
  std::sort(ratios.begin(), ratios.end());
  const std::size_t n = ratios.size();
  fmt::print("  {:<38} {:>7.3f} ms   {:.3f} [{:.3f}..{:.3f}] of {}\n", row.name, median(row.ms), ratios[n / 2],
             ratios[n / 4], ratios[n - 1 - n / 4], base.name);
}

void bench(const Options& options) {
  const Frame frame = first_frame(options.clip);
  const Detections found = spread(frame, options.boxes);
  Bare bare(options.width, options.height);
  inflight::PicturePainter painter({}, false);
  Canvas picture(options.width, options.height), scaled(options.width, options.height),
      dashboard(options.width, options.height);
  inflight::LiveFigures figures = inflight::test::example_figures();
  figures.message = "the source gives 30 frames/s: no way can be faster";
  inflight::JpegEncoder encoder;
  painter(picture, frame, found);
  const auto bare_picture = [&] {
    bare.scale(frame);
    bare.draw(frame, found);
  };
  const auto bare_file = [&] {
    bare_picture();
    bare.encode();
  };
  std::vector<Row> rows{
      {"bare: scale", [&] { bare.scale(frame); }},
      {"painter without boxes", [&] { painter(scaled, frame, {}); }},
      {"bare: scale, boxes", bare_picture},
      {"painter", [&] { painter(scaled, frame, found); }},
      {"bare: scale, boxes, again (A/A)", bare_picture},
      {"dashboard with that picture", [&] { paint_dashboard(dashboard, &picture, figures); }},
      {"bare: scale, boxes, JPEG", bare_file},
      {"painter, JPEG encoder",
       [&] {
         painter(scaled, frame, found);
         encoder.encode(scaled);
       }},
      {"bare: scale, boxes, JPEG, again (A/A)", bare_file},
  };
  measure(rows, options);
  fmt::print("{}, {}x{} to {}x{}, {} boxes, {} rounds of {}; median, and median ratio [quartiles]\n", options.clip,
             frame.width(), frame.height(), options.width, options.height, options.boxes, options.rounds,
             options.pictures);
  print(rows[1], rows[0]);
  for (const std::size_t i : {3U, 4U, 5U}) print(rows[i], rows[2]);
  for (const std::size_t i : {7U, 8U}) print(rows[i], rows[6]);
}

}  // namespace

int main(int argc, char** argv) try {
  Options options;
  CLI::App app("What a picture of the demonstration costs against the bare calls of libyuv, Cairo and libjpeg-turbo");
  app.add_option("--clip", options.clip, "A clip, upright and 8-bit 4:2:0")
      ->check(CLI::ExistingFile)
      ->capture_default_str();
  app.add_option("--width", options.width, "Of the canvas")->check(CLI::Range(2, 8192))->capture_default_str();
  app.add_option("--height", options.height, "Of the canvas")->check(CLI::Range(2, 8192))->capture_default_str();
  app.add_option("--boxes", options.boxes, "Boxes in the picture")->check(CLI::Range(0, 1000))->capture_default_str();
  app.add_option("--rounds", options.rounds, "Interleaved rounds")->check(CLI::Range(3, 1000))->capture_default_str();
  app.add_option("--pictures", options.pictures, "Of a run")->check(CLI::Range(1, 10'000))->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  bench(options);
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "bench_demo_drawing: {}\n", error.what());
  return 1;
}
