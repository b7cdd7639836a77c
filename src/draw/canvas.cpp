#include "inflight/draw/canvas.hpp"

#include <cairo.h>

#include <algorithm>
#include <numbers>
#include <string>

#include "inflight/base/error.hpp"
#include "utf8.hpp"

namespace inflight {

namespace {

struct SurfaceDeleter {
  void operator()(cairo_surface_t* surface) const noexcept { cairo_surface_destroy(surface); }
};
struct PenDeleter {
  void operator()(cairo_t* pen) const noexcept { cairo_destroy(pen); }
};
struct FaceDeleter {
  void operator()(cairo_font_face_t* face) const noexcept { cairo_font_face_destroy(face); }
};
using Face = std::unique_ptr<cairo_font_face_t, FaceDeleter>;

Face sans(cairo_font_weight_t weight) {
  return Face(cairo_toy_font_face_create("sans", CAIRO_FONT_SLANT_NORMAL, weight));
}

constexpr double padding = 0.25;  // left and right of a label's text, of its height

}  // namespace

struct Canvas::Impl {
  Impl(int width, int height)
      : surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height)), pen(cairo_create(surface.get())) {
    if (cairo_status(pen.get()) != CAIRO_STATUS_SUCCESS) {
      throw Error("no picture of " + std::to_string(width) + "x" + std::to_string(height) + " pixels can be made (" +
                  cairo_status_to_string(cairo_status(pen.get())) + "); use smaller frames");
    }
  }

  void color(const Color& color) { cairo_set_source_rgba(pen.get(), color.red, color.green, color.blue, color.alpha); }

  /// Makes letters so large that a line of them, from the highest to the lowest, is `size` pixels high. Returns how far
  /// the foot of the letters is below the top of the line.
  double font(double size, bool bold) {
    cairo_set_font_face(pen.get(), (bold ? bold_face : regular_face).get());
    cairo_font_extents_t extents{};
    cairo_set_font_size(pen.get(), size);
    cairo_font_extents(pen.get(), &extents);
    const double height = extents.ascent + extents.descent;
    if (height > 0) cairo_set_font_size(pen.get(), size * size / height);
    cairo_font_extents(pen.get(), &extents);
    return extents.ascent;
  }

  double advance(const std::string& text) {
    cairo_text_extents_t extents{};
    cairo_text_extents(pen.get(), text.c_str(), &extents);
    return extents.x_advance;
  }

  void show(double x, double y, const std::string& text, const Color& ink) {
    color(ink);
    cairo_move_to(pen.get(), x, y);
    cairo_show_text(pen.get(), text.c_str());
    cairo_new_path(pen.get());
  }

  std::unique_ptr<cairo_surface_t, SurfaceDeleter> surface;
  std::unique_ptr<cairo_t, PenDeleter> pen;
  Face regular_face = sans(CAIRO_FONT_WEIGHT_NORMAL), bold_face = sans(CAIRO_FONT_WEIGHT_BOLD);
};

Canvas::Canvas(int width, int height) : impl_(std::make_unique<Impl>(width, height)) {}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

int Canvas::width() const noexcept { return cairo_image_surface_get_width(impl_->surface.get()); }
int Canvas::height() const noexcept { return cairo_image_surface_get_height(impl_->surface.get()); }

std::uint8_t* Canvas::data() noexcept {
  cairo_surface_flush(impl_->surface.get());
  return cairo_image_surface_get_data(impl_->surface.get());
}

const std::uint8_t* Canvas::data() const noexcept {
  cairo_surface_flush(impl_->surface.get());
  return cairo_image_surface_get_data(impl_->surface.get());
}

std::ptrdiff_t Canvas::stride() const noexcept { return cairo_image_surface_get_stride(impl_->surface.get()); }

void Canvas::touched() noexcept { cairo_surface_mark_dirty(impl_->surface.get()); }

void Canvas::rectangle(double x, double y, double width, double height, Color color, double line_width) {
  cairo_t* pen = impl_->pen.get();
  impl_->color(color);
  cairo_set_line_width(pen, line_width);
  cairo_rectangle(pen, x, y, width, height);
  cairo_stroke(pen);
}

void Canvas::filled_rectangle(double x, double y, double width, double height, Color color, double radius) {
  cairo_t* pen = impl_->pen.get();
  impl_->color(color);
  const double r = std::min({radius, width / 2, height / 2});
  if (r > 0) {
    constexpr double quarter = std::numbers::pi / 2;
    cairo_new_path(pen);
    cairo_arc(pen, x + width - r, y + r, r, -quarter, 0);
    cairo_arc(pen, x + width - r, y + height - r, r, 0, quarter);
    cairo_arc(pen, x + r, y + height - r, r, quarter, 2 * quarter);
    cairo_arc(pen, x + r, y + r, r, 2 * quarter, 3 * quarter);
  } else {
    cairo_rectangle(pen, x, y, width, height);
  }
  cairo_fill(pen);
}

void Canvas::dot(double x, double y, double radius, Color color) {
  impl_->color(color);
  cairo_new_path(impl_->pen.get());
  cairo_arc(impl_->pen.get(), x, y, radius, 0, 2 * std::numbers::pi);
  cairo_fill(impl_->pen.get());
}

void Canvas::label(double x, double y, std::string_view text, double size, Color color, Color background) {
  const std::string line = valid_utf8(text);
  const double foot = impl_->font(size, true);
  filled_rectangle(x, y, impl_->advance(line) + 2 * padding * size, size, background);
  impl_->show(x + padding * size, y + foot, line, color);
}

double Canvas::label_width(std::string_view text, double size) const {
  impl_->font(size, true);
  return impl_->advance(valid_utf8(text)) + 2 * padding * size;
}

void Canvas::text(double x, double y, std::string_view text, const TextStyle& style) {
  const std::string line = valid_utf8(text);
  const double foot = impl_->font(style.size, style.bold);
  if (style.align != TextAlign::left) {
    const double width = impl_->advance(line);
    x -= style.align == TextAlign::right ? width : width / 2;
  }
  impl_->show(x, y + foot, line, style.color);
}

double Canvas::text_width(std::string_view text, const TextStyle& style) const {
  impl_->font(style.size, style.bold);
  return impl_->advance(valid_utf8(text));
}

void Canvas::paste(const Canvas& picture, double x, double y, double width, double height) {
  cairo_t* pen = impl_->pen.get();
  cairo_save(pen);
  cairo_translate(pen, x, y);
  cairo_scale(pen, width / picture.width(), height / picture.height());
  cairo_set_source_surface(pen, picture.impl_->surface.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(pen), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend(cairo_get_source(pen), CAIRO_EXTEND_PAD);  // else the edges fade
  cairo_set_operator(pen, CAIRO_OPERATOR_SOURCE);
  cairo_rectangle(pen, 0, 0, picture.width(), picture.height());
  cairo_fill(pen);
  cairo_restore(pen);
}

void Canvas::write_png(const char* path) const {
  const cairo_status_t status = cairo_surface_write_to_png(impl_->surface.get(), path);
  if (status != CAIRO_STATUS_SUCCESS) {
    throw Error(std::string(path) + ": cannot be written (" + cairo_status_to_string(status) +
                "); check that its folder exists and is writable");
  }
}

}  // namespace inflight
