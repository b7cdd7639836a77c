#include "inflight/draw/jpeg.hpp"

#include <turbojpeg.h>

#include <string>
#include <utility>

#include "inflight/base/error.hpp"

namespace inflight {
namespace {

struct HandleDeleter {
  void operator()(void* handle) const noexcept { tjDestroy(handle); }
};

// Half the colour in both directions: what viewers expect, and the quickest.
constexpr int subsampling = TJSAMP_420;

}  // namespace

class JpegEncoder::Impl {
 public:
  explicit Impl(int quality) : quality_(quality), handle_(tjInitCompress()) {
    if (!handle_) throw Error("no JPEG encoder can be made (" + reason() + "); free some memory");
  }

  std::span<const std::uint8_t> encode(const Canvas& picture) {
    const int width = picture.width();
    const int height = picture.height();
    reserve(tjBufSize(width, height, subsampling));
    unsigned char* out = bytes_.get();
    unsigned long size = capacity_;
    // BGRX: a canvas holds what is meant to be seen, whatever its alpha says.
    if (tjCompress2(handle_.get(), picture.data(), width, static_cast<int>(picture.stride()), height, TJPF_BGRX, &out,
                    &size, subsampling, quality_, TJFLAG_NOREALLOC) != 0) {
      throw Error("a picture of " + std::to_string(width) + "x" + std::to_string(height) +
                  " pixels cannot be a JPEG file (" + reason() + "); use other frames");
    }
    return {out, size};
  }

 private:
  void reserve(unsigned long size) {
    if (size == static_cast<unsigned long>(-1)) size = 0;  // a picture of no pixels: the encoder says so
    if (size <= capacity_) return;
    bytes_ = std::make_unique_for_overwrite<std::uint8_t[]>(size);
    capacity_ = size;
  }

  std::string reason() { return first_line(tjGetErrorStr2(handle_.get())); }

  int quality_;
  std::unique_ptr<void, HandleDeleter> handle_;
  std::unique_ptr<std::uint8_t[]> bytes_;
  unsigned long capacity_ = 0;
};

JpegEncoder::JpegEncoder(int quality) {
  if (quality < 1 || quality > 100) {
    throw UsageError("JPEG quality " + std::to_string(quality) + " is none; use 1 to 100");
  }
  impl_ = std::make_unique<Impl>(quality);
}
JpegEncoder::JpegEncoder(JpegEncoder&&) noexcept = default;
JpegEncoder& JpegEncoder::operator=(JpegEncoder&&) noexcept = default;
JpegEncoder::~JpegEncoder() = default;

std::span<const std::uint8_t> JpegEncoder::encode(const Canvas& picture) { return impl_->encode(picture); }

}  // namespace inflight
