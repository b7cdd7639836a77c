#include "inflight/media/frame.hpp"

#include <new>

#include "ffmpeg_handles.hpp"
#include "frame_access.hpp"
#include "pixel_format.hpp"

namespace inflight {

void Frame::Deleter::operator()(AVFrame* frame) const noexcept { av_frame_free(&frame); }

Frame::Frame() = default;
Frame::Frame(Frame&&) noexcept = default;
Frame& Frame::operator=(Frame&&) noexcept = default;
Frame::~Frame() = default;

Frame Frame::share() const {
  Frame copy;
  if (empty()) return copy;
  copy.frame_.reset(av_frame_clone(frame_.get()));
  if (!copy.frame_) throw std::bad_alloc();
  copy.format_ = format_;
  copy.matrix_ = matrix_;
  copy.full_range_ = full_range_;
  copy.rotation_ = rotation_;
  copy.time_ = time_;
  copy.captured_ = captured_;
  return copy;
}

void Frame::release() noexcept {
  if (frame_) av_frame_unref(frame_.get());
}

bool Frame::empty() const noexcept { return !frame_ || !frame_->buf[0]; }

int Frame::width() const noexcept { return frame_ ? frame_->width : 0; }
int Frame::height() const noexcept { return frame_ ? frame_->height : 0; }

int Frame::plane_count() const noexcept {
  if (empty()) return 0;
  switch (format_.layout) {
    case PixelLayout::planar:
      return 3;
    case PixelLayout::semi_planar:
      return 2;
    case PixelLayout::gray:
    case PixelLayout::bgra:
      return 1;
  }
  return 0;
}

Plane Frame::plane(int index) const noexcept {
  if (index < 0 || index >= plane_count()) return {};
  const auto shifted = [](int size, int shift) { return (size + (1 << shift) - 1) >> shift; };
  const int shift_x = index == 0 ? 0 : format_.chroma_shift_x;
  const int shift_y = index == 0 ? 0 : format_.chroma_shift_y;
  return {frame_->data[index], frame_->linesize[index], shifted(width(), shift_x), shifted(height(), shift_y)};
}

AVFrame& FrameAccess::emptied(Frame& frame) {
  frame.release();
  if (!frame.frame_) frame.frame_.reset(av_frame_alloc());
  if (!frame.frame_) throw std::bad_alloc();
  return *frame.frame_;
}

void FrameAccess::describe(Frame& frame, int rotation, std::chrono::nanoseconds time) {
  const AVFrame& picture = *frame.frame_;
  frame.format_ = known_format(static_cast<AVPixelFormat>(picture.format)).value();
  frame.matrix_ = matrix_of(picture);
  frame.full_range_ = is_full_range(picture);
  frame.rotation_ = rotation;
  frame.time_ = time;
  frame.captured_ = Clock::now();
}

}  // namespace inflight
