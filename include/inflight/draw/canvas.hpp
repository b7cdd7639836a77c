// A picture in memory to draw boxes, points and text on, by Cairo.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace inflight {

/// A colour that lets shine through what is below it, as far as `alpha` is less than 1.
struct Color {
  double red = 0, green = 0, blue = 0, alpha = 1;  ///< 0 to 1
};

/// Which end of a line of text a place names.
enum class TextAlign { left, center, right };

/// How a line of text looks.
struct TextStyle {
  double size = 12;  ///< height of a line in pixels, from the highest letter to the lowest
  Color color{};     ///< of the letters
  bool bold = false;
  TextAlign align = TextAlign::left;
};

/// A BGRA picture with a pen. Text is UTF-8; a byte that is none is drawn as "?". Coordinates are pixels from the top
/// left. Thread: one at a time.
class Canvas {
 public:
  /// A transparent picture, sizes in pixels. Throws: Error when there is no memory for it.
  Canvas(int width, int height);
  Canvas(Canvas&&) noexcept;
  Canvas& operator=(Canvas&&) noexcept;
  ~Canvas();

  /// Pixels from left to right.
  int width() const noexcept;
  /// Pixels from top to bottom.
  int height() const noexcept;
  /// Rows of B, G, R, A bytes, `stride()` apart. Valid until the canvas is moved or destroyed. Call `touched()` after
  /// writing here.
  std::uint8_t* data() noexcept;
  /// The same, to be read.
  const std::uint8_t* data() const noexcept;
  /// Bytes from one row to the next.
  std::ptrdiff_t stride() const noexcept;
  /// Says that what `data()` points to was written.
  void touched() noexcept;

  /// The four edges of a rectangle; half of `line_width` lies outside.
  void rectangle(double x, double y, double width, double height, Color color, double line_width);
  /// A rectangle and what is in it; `radius`: of its corners.
  void filled_rectangle(double x, double y, double width, double height, Color color, double radius = 0);
  /// A filled circle around (x, y).
  void dot(double x, double y, double radius, Color color);
  /// Text with its top left corner at (x, y), `size` pixels high, on a panel of `background` colour.
  void label(double x, double y, std::string_view text, double size, Color color, Color background);
  /// Width in pixels that `label` will take.
  double label_width(std::string_view text, double size) const;
  /// Text without a panel: its line begins at the height `y`; `x` is its left end, its middle or its right end, as
  /// aligned. All digits are of one width.
  void text(double x, double y, std::string_view text, const TextStyle& style);
  /// Width in pixels that `text` will take.
  double text_width(std::string_view text, const TextStyle& style) const;
  /// Puts another canvas in the place of a rectangle, scaled to it: bilinear, for scales from about a half up. Of the
  /// same size and at whole pixels it is a copy.
  void paste(const Canvas& picture, double x, double y, double width, double height);

  /// Writes a PNG. Throws: Error when the file cannot be written.
  void write_png(const char* path) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace inflight
