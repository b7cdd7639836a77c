// Owners of FFmpeg's objects, and its error codes as text.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/buffer.h>
#include <libavutil/error.h>
#include <libavutil/frame.h>
#include <libswscale/swscale.h>
}

#include <array>
#include <memory>
#include <new>
#include <string>

namespace inflight {

/// FFmpeg frees most of its objects through the address of the pointer.
template <auto free_function>
struct FreeThrough {
  template <typename Object>
  void operator()(Object* object) const noexcept {
    free_function(&object);
  }
};

struct FreeScaler {
  void operator()(SwsContext* scaler) const noexcept { sws_freeContext(scaler); }
};

struct FreeOutput {
  void operator()(AVFormatContext* output) const noexcept {
    avio_closep(&output->pb);
    avformat_free_context(output);
  }
};

using InputHandle = std::unique_ptr<AVFormatContext, FreeThrough<avformat_close_input>>;
using OutputHandle = std::unique_ptr<AVFormatContext, FreeOutput>;
using CodecHandle = std::unique_ptr<AVCodecContext, FreeThrough<avcodec_free_context>>;
using FrameHandle = std::unique_ptr<AVFrame, FreeThrough<av_frame_free>>;
using PacketHandle = std::unique_ptr<AVPacket, FreeThrough<av_packet_free>>;
using PoolHandle = std::unique_ptr<AVBufferPool, FreeThrough<av_buffer_pool_uninit>>;
using ScalerHandle = std::unique_ptr<SwsContext, FreeScaler>;

/// What FFmpeg's allocators gave, owned. Throws: std::bad_alloc when they gave nothing.
template <typename Handle>
Handle own(typename Handle::pointer object) {
  if (!object) throw std::bad_alloc();
  return Handle(object);
}

inline std::string error_text(int code) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(code, text.data(), text.size());
  return text.data();
}

}  // namespace inflight
