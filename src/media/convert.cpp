#include "convert.hpp"

#include <fmt/format.h>

#include "inflight/base/error.hpp"
#include "pixel_format.hpp"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

namespace inflight {
namespace {

constexpr int row_alignment = 64;  // what the widest SIMD of libswscale likes
constexpr int tail = 64;           // its SIMD may write past the last row

}  // namespace

void Converter::operator()(const AVFrame& from, AVFrame& to) {
  const Shape shape{from.width, from.height, static_cast<AVPixelFormat>(from.format)};
  if (shape != shape_) prepare(shape);

  to.buf[0] = av_buffer_pool_get(pool_.get());
  if (!to.buf[0] || av_frame_copy_props(&to, &from) < 0) throw std::bad_alloc();
  to.format = target_;
  to.width = from.width;
  to.height = from.height;
  av_image_fill_arrays(to.data, to.linesize, to.buf[0]->data, target_, to.width, to.height, row_alignment);
  sws_scale(scaler_.get(), from.data, from.linesize, 0, from.height, to.data, to.linesize);
}

void Converter::prepare(const Shape& shape) {
  shape_.reset();
  target_ = nearest_known(shape.format);
  if (target_ == AV_PIX_FMT_NONE) {
    const char* name = av_get_pix_fmt_name(shape.format);
    throw Error(fmt::format("{}: FFmpeg cannot convert its pixel format ({}); convert the video to H.264", input_,
                            name ? name : "unknown"));
  }
  scaler_ = own<ScalerHandle>(sws_getContext(shape.width, shape.height, shape.format, shape.width, shape.height,
                                             target_, SWS_BICUBIC | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
  const int size = av_image_get_buffer_size(target_, shape.width, shape.height, row_alignment);
  pool_ = own<PoolHandle>(size < 0 ? nullptr : av_buffer_pool_init(static_cast<std::size_t>(size) + tail, nullptr));
  shape_ = shape;
}

}  // namespace inflight
