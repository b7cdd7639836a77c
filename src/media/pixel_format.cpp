#include "pixel_format.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace inflight {
namespace {

enum class Family { gray, yuv, rgb };

Family family_of(const AVPixFmtDescriptor& format) {
  const bool xyz = std::string_view(format.name).starts_with("xyz");  // FFmpeg converts it by way of RGB
  if (xyz || (format.flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL))) return Family::rgb;
  return format.nb_components <= 2 ? Family::gray : Family::yuv;  // the second one is alpha
}

// yuvj420p and its like: full range told by the format, an old custom of FFmpeg.
bool is_full_range_twin(const AVPixFmtDescriptor& format) { return std::string_view(format.name).starts_with("yuvj"); }

bool is_one_of(int value, std::initializer_list<int> values) { return std::ranges::count(values, value) > 0; }

}  // namespace

std::optional<PixelFormat> known_format(AVPixelFormat format) {
  if (format == AV_PIX_FMT_NV12) return PixelFormat{PixelLayout::semi_planar, 8, 1, 1};
  if (format == AV_PIX_FMT_BGRA || format == AV_PIX_FMT_BGR0) return PixelFormat{PixelLayout::bgra, 8, 0, 0};

  const AVPixFmtDescriptor* found = av_pix_fmt_desc_get(format);
  constexpr auto unknown = AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL |
                           AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_FLOAT;
  if (!found || (found->flags & unknown) || family_of(*found) == Family::rgb) return std::nullopt;

  const int depth = found->comp[0].depth;
  for (int i = 0; i < found->nb_components; ++i) {
    const AVComponentDescriptor& component = found->comp[i];
    if (component.plane != i || component.shift != 0 || component.step != (depth > 8 ? 2 : 1)) return std::nullopt;
  }
  if (found->nb_components == 1 && is_one_of(depth, {8, 10, 12})) return PixelFormat{PixelLayout::gray, depth, 0, 0};
  if (found->nb_components == 3 && is_one_of(depth, {8, 9, 10, 12, 14}))
    return PixelFormat{PixelLayout::planar, depth, found->log2_chroma_w, found->log2_chroma_h};
  return std::nullopt;
}

AVPixelFormat nearest_known(AVPixelFormat format) {
  const AVPixFmtDescriptor* source = av_pix_fmt_desc_get(format);
  if (!source || !sws_isSupportedInput(format)) return AV_PIX_FMT_NONE;
  const Family family = family_of(*source);
  if (family == Family::rgb) return AV_PIX_FMT_BGRA;

  const int wanted = source->comp[0].depth;
  const PixelFormat shape = family == Family::gray
                                ? PixelFormat{PixelLayout::gray, 0, 0, 0}
                                : PixelFormat{PixelLayout::planar, 0, source->log2_chroma_w, source->log2_chroma_h};
  AVPixelFormat best = AV_PIX_FMT_NONE;
  int best_depth = 0;
  for (const AVPixFmtDescriptor* next = av_pix_fmt_desc_next(nullptr); next; next = av_pix_fmt_desc_next(next)) {
    const AVPixelFormat candidate = av_pix_fmt_desc_get_id(next);
    const auto known = known_format(candidate);
    if (!known || is_full_range_twin(*next) || !sws_isSupportedOutput(candidate)) continue;
    const int depth = known->bit_depth;
    if (*known != PixelFormat{shape.layout, depth, shape.chroma_shift_x, shape.chroma_shift_y}) continue;
    // The smallest that holds all bits, else the largest there is.
    if (best_depth < wanted ? depth > best_depth : depth >= wanted && depth < best_depth) {
      best = candidate;
      best_depth = depth;
    }
  }
  return best;
}

ColorMatrix matrix_of(const AVFrame& picture) {
  switch (picture.colorspace) {
    case AVCOL_SPC_BT709:
    case AVCOL_SPC_SMPTE240M:  // within one percent of BT.709
      return ColorMatrix::bt709;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
    case AVCOL_SPC_FCC:
      return ColorMatrix::bt601;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      return ColorMatrix::bt2020;
    default:
      return picture.width >= 1280 || picture.height > 576 ? ColorMatrix::bt709 : ColorMatrix::bt601;
  }
}

bool is_full_range(const AVFrame& picture) {
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(picture.format));
  if (!format) return false;
  const Family family = family_of(*format);
  if (family == Family::rgb || is_full_range_twin(*format)) return true;
  if (picture.color_range == AVCOL_RANGE_UNSPECIFIED) return family == Family::gray;  // as libswscale takes it
  return picture.color_range == AVCOL_RANGE_JPEG;
}

}  // namespace inflight
