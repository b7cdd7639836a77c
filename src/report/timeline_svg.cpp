#include <fmt/format.h>

#include "inflight/report/timeline_picture.hpp"
#include "markup.hpp"
#include "timeline_layout.hpp"

namespace inflight {
namespace {

using namespace report;

// Frames in the "bright" palette of Paul Tol (personal.sron.nl/~pault), made to be told apart whatever the eyes, on
// white and on black. The selectors outweigh those of a page for its other pictures.
constexpr std::string_view style = R"css(
.timeline { display: block; font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
.timeline text.s9 { font-size: 9px; } .timeline text.s11 { font-size: 11px; } .timeline text.s12 { font-size: 12px; }
.timeline text.s13 { font-size: 13px; } .timeline text.s14 { font-size: 14px; } .timeline text.s15 { font-size: 15px; }
.timeline text.m { text-anchor: middle; } .timeline text.r { text-anchor: end; } .timeline text.b { font-weight: 650; }
.timeline .ink { fill: var(--ink, #1c2126); } .timeline .faint { fill: var(--faint, #59636e); }
.timeline .rule { fill: var(--rule, #d8dee4); }
.timeline .on-dark { fill: #ffffff; } .timeline .on-light { fill: #14181d; }
.timeline .e { stroke-width: 1; }
.timeline .f0 { fill: #4477aa; stroke: #4477aa; } .timeline .f1 { fill: #ee6677; stroke: #ee6677; }
.timeline .f2 { fill: #228833; stroke: #228833; } .timeline .f3 { fill: #ccbb44; stroke: #ccbb44; }
.timeline .f4 { fill: #66ccee; stroke: #66ccee; } .timeline .f5 { fill: #aa3377; stroke: #aa3377; }
.timeline rect { stroke-width: 0; }
)css";

// For a file of its own: the colours of the page, and a background.
constexpr std::string_view style_alone = R"css(
.timeline { --ink: #1c2126; --faint: #59636e; --rule: #d8dee4; --paper: #ffffff; background: var(--paper); }
@media (prefers-color-scheme: dark) {
  .timeline { --ink: #e4e8ec; --faint: #9aa5b1; --rule: #313942; --paper: #14181d; }
}
)css";

std::string class_of(Paint paint, int color) {
  switch (paint) {
    case Paint::ink:
      return "ink";
    case Paint::faint:
      return "faint";
    case Paint::rule:
      return "rule";
    case Paint::on_dark:
      return "on-dark";
    case Paint::on_light:
      return "on-light";
    case Paint::frame:
      return fmt::format("f{}", color);
  }
  return {};
}

std::string markup(const Patch& patch) {
  auto attributes = fmt::format(R"(class="{}{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}")",
                                class_of(patch.paint, patch.color), patch.edge ? " e" : "", patch.x, patch.y,
                                patch.width, patch.height);
  if (patch.opacity < 1) attributes += fmt::format(R"( fill-opacity="{:g}")", patch.opacity);
  return element("rect", attributes, patch.tip.empty() ? "" : text_element("title", "", patch.tip));
}

std::string markup(const Caption& caption) {
  const auto* align = caption.align == Caption::Align::left     ? ""
                      : caption.align == Caption::Align::middle ? " m"
                                                                : " r";
  return text_element("text",
                      fmt::format(R"(class="{} s{:g}{}{}" x="{:.1f}" y="{:.1f}")", class_of(caption.paint, 0),
                                  caption.size, align, caption.bold ? " b" : "", caption.x, caption.y),
                      caption.text);
}

std::string svg_of(const TimelineDrawing& drawing, bool alone) {
  auto content = text_element("title", R"(id="timeline-title")", drawing.title) +
                 text_element("desc", R"(id="timeline-text")", drawing.description) +
                 element("style", "", std::string(style) + std::string(alone ? style_alone : ""));
  for (const Patch& patch : drawing.patches) content += markup(patch);
  for (const Caption& caption : drawing.captions) content += markup(caption);
  const auto attributes = fmt::format(R"({}class="timeline" role="img" aria-labelledby="timeline-title timeline-text" )"
                                      R"(width="{:.0f}" height="{:.0f}" viewBox="0 0 {:.0f} {:.0f}")",
                                      alone ? R"(xmlns="http://www.w3.org/2000/svg" )" : "", drawing.width,
                                      drawing.height, drawing.width, drawing.height);
  return element("svg", attributes, content);
}

}  // namespace

std::string timeline_svg(std::span<const TimelineWay> ways, const TimelineLook& look, bool alone) {
  const TimelineDrawing drawing = lay_out(ways, look);
  return drawing.height > 0 ? svg_of(drawing, alone) : std::string();
}

std::string timeline_figure(std::span<const TimelineWay> ways, const TimelineLook& look) {
  const TimelineDrawing drawing = lay_out(ways, look);
  if (drawing.height <= 0) return {};
  return element(
      "figure", "",
      element("div", R"(class="scroll" role="region" tabindex="0" aria-label="Timeline")", svg_of(drawing, false)) +
          text_element("figcaption", "",
                       "Time runs from left to right, on the same scale for every way. A colour is a frame "
                       "in all lanes; point at a box for its number and time. When a stream executes is "
                       "estimated from completions: OpenVINO tells only when it took a frame and when it "
                       "was through with it. Busy: the share of the time shown in which the lane works; a "
                       "request works as long as a frame is in the device."));
}

}  // namespace inflight
