#include "inflight/draw/canvas.hpp"

#include <cairo.h>

#include <numbers>
#include <string>

#include "inflight/base/error.hpp"

namespace inflight {

namespace {

struct SurfaceDeleter {
  void operator()(cairo_surface_t* surface) const noexcept { cairo_surface_destroy(surface); }
};
struct PenDeleter {
  void operator()(cairo_t* pen) const noexcept { cairo_destroy(pen); }
};

constexpr double padding = 0.25;  // left and right of a label's text, of its height

}  // namespace

struct Canvas::Impl {
  Impl(int width, int height)
      : surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height)), pen(cairo_create(surface.get())) {
    if (cairo_status(pen.get()) != CAIRO_STATUS_SUCCESS) {
      throw Error("no picture of " + std::to_string(width) + "x" + std::to_string(height) + " pixels can be made (" +
                  cairo_status_to_string(cairo_status(pen.get())) + "); use smaller frames");
    }
    cairo_select_font_face(pen.get(), "sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  }

  void color(const Color& color) { cairo_set_source_rgba(pen.get(), color.red, color.green, color.blue, color.alpha); }

  /// Makes letters so large that a line of them, from the highest to the lowest, is `size` pixels high.
  cairo_font_extents_t font(double size) {
    cairo_font_extents_t extents{};
    cairo_set_font_size(pen.get(), size);
    cairo_font_extents(pen.get(), &extents);
    const double height = extents.ascent + extents.descent;
    if (height > 0) cairo_set_font_size(pen.get(), size * size / height);
    cairo_font_extents(pen.get(), &extents);
    return extents;
  }

  double advance(const std::string& text) {
    cairo_text_extents_t extents{};
    cairo_text_extents(pen.get(), text.c_str(), &extents);
    return extents.x_advance;
  }

  std::unique_ptr<cairo_surface_t, SurfaceDeleter> surface;
  std::unique_ptr<cairo_t, PenDeleter> pen;
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

void Canvas::filled_rectangle(double x, double y, double width, double height, Color color) {
  impl_->color(color);
  cairo_rectangle(impl_->pen.get(), x, y, width, height);
  cairo_fill(impl_->pen.get());
}

void Canvas::dot(double x, double y, double radius, Color color) {
  impl_->color(color);
  cairo_new_path(impl_->pen.get());
  cairo_arc(impl_->pen.get(), x, y, radius, 0, 2 * std::numbers::pi);
  cairo_fill(impl_->pen.get());
}

void Canvas::label(double x, double y, std::string_view text, double size, Color color, Color background) {
  const std::string line(text);
  const cairo_font_extents_t extents = impl_->font(size);
  filled_rectangle(x, y, impl_->advance(line) + 2 * padding * size, size, background);
  impl_->color(color);
  cairo_move_to(impl_->pen.get(), x + padding * size, y + extents.ascent);
  cairo_show_text(impl_->pen.get(), line.c_str());
  cairo_new_path(impl_->pen.get());
}

double Canvas::label_width(std::string_view text, double size) const {
  impl_->font(size);
  return impl_->advance(std::string(text)) + 2 * padding * size;
}

void Canvas::write_png(const char* path) const {
  const cairo_status_t status = cairo_surface_write_to_png(impl_->surface.get(), path);
  if (status != CAIRO_STATUS_SUCCESS) {
    throw Error(std::string(path) + ": cannot be written (" + cairo_status_to_string(status) +
                "); check that its folder exists and is writable");
  }
}

}  // namespace inflight
