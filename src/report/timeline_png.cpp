#include <array>
#include <cmath>

#include "inflight/base/error.hpp"
#include "inflight/base/part_file.hpp"
#include "inflight/draw/canvas.hpp"
#include "inflight/report/timeline_picture.hpp"
#include "timeline_layout.hpp"

namespace inflight {
namespace {

using namespace report;

constexpr Color rgb(unsigned hex) {
  return {((hex >> 16) & 255) / 255.0, ((hex >> 8) & 255) / 255.0, (hex & 255) / 255.0, 1};
}

constexpr std::array<Color, frame_colors> frames{rgb(0x4477aa), rgb(0xee6677), rgb(0x228833),
                                                 rgb(0xccbb44), rgb(0x66ccee), rgb(0xaa3377)};

// As the page has them.
struct Theme {
  Color paper, ink, faint, rule;
};
constexpr Theme light{rgb(0xffffff), rgb(0x1c2126), rgb(0x59636e), rgb(0xd8dee4)};
constexpr Theme dark{rgb(0x14181d), rgb(0xe4e8ec), rgb(0x9aa5b1), rgb(0x313942)};

constexpr double scale = 2;  // for screens with small pixels, and for print

class Painter {
 public:
  Painter(const TimelineDrawing& drawing, const Theme& theme)
      : canvas_(static_cast<int>(std::ceil((drawing.width + 2 * margin) * scale)),
                static_cast<int>(std::ceil((drawing.height + margin) * scale))),
        theme_(theme) {
    canvas_.filled_rectangle(0, 0, canvas_.width(), canvas_.height(), theme.paper);
    for (const Patch& patch : drawing.patches) paint(patch);
    for (const Caption& caption : drawing.captions) paint(caption);
  }

  const Canvas& canvas() const { return canvas_; }

 private:
  Color color_of(Paint paint, int color) const {
    switch (paint) {
      case Paint::ink:
        return theme_.ink;
      case Paint::faint:
        return theme_.faint;
      case Paint::rule:
        return theme_.rule;
      case Paint::on_dark:
        return light.paper;
      case Paint::on_light:
        return dark.paper;
      case Paint::frame:
        return frames[static_cast<std::size_t>(color)];
    }
    return theme_.ink;
  }

  void paint(const Patch& patch) {
    const double x = (patch.x + margin) * scale, y = patch.y * scale;
    const double width = patch.width * scale, height = patch.height * scale;
    Color color = color_of(patch.paint, patch.color);
    if (patch.edge) canvas_.rectangle(x, y, width, height, color, scale);
    color.alpha = patch.opacity;
    canvas_.filled_rectangle(x, y, width, height, color);
  }

  void paint(const Caption& caption) {
    // A canvas counts from the top of a line to its bottom, a caption from its base line, in sizes of the letters.
    constexpr double line = 1.17, ascent = 0.93;
    const TextAlign align = caption.align == Caption::Align::left     ? TextAlign::left
                            : caption.align == Caption::Align::middle ? TextAlign::center
                                                                      : TextAlign::right;
    canvas_.text((caption.x + margin) * scale, (caption.y - ascent * caption.size) * scale, caption.text,
                 {.size = line * caption.size * scale,
                  .color = color_of(caption.paint, 0),
                  .bold = caption.bold,
                  .align = align});
  }

  static constexpr double margin = 12;
  Canvas canvas_;
  Theme theme_;
};

}  // namespace

void write_timeline_png(const std::string& path, std::span<const TimelineWay> ways, const TimelineLook& look) {
  const TimelineDrawing drawing = lay_out(ways, look);
  if (drawing.height <= 0) throw Error(path + ": there is no timeline to draw: no frame was run");
  PartFile file(path);
  Painter(drawing, look.dark ? dark : light).canvas().write_png(file.part().c_str());
  file.commit();
}

}  // namespace inflight
