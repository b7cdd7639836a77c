#include "scripted_camera.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace inflight {
namespace {

constexpr unsigned width = 64, height = 48, size = width * height * 2;
constexpr unsigned slot = 8192;  // of a buffer: whole pages
constexpr unsigned most_buffers = 32;
constexpr int interval = 5000;

std::atomic<ScriptedCamera*> there = nullptr;
std::atomic<int> camera_fd = -1;

long microseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

int failed(int code) {
  errno = code;
  return -1;
}

v4l2_pix_format picture_format(bool mjpeg) {
  v4l2_pix_format format{};
  format.width = width;
  format.height = height;
  format.pixelformat = mjpeg ? V4L2_PIX_FMT_MJPEG : V4L2_PIX_FMT_YUYV;
  format.field = V4L2_FIELD_NONE;
  format.bytesperline = mjpeg ? 0 : width * 2;
  format.sizeimage = size;
  return format;
}

}  // namespace

ScriptedCamera::ScriptedCamera()
    : path_(std::filesystem::temp_directory_path() / ("inflight-camera-" + std::to_string(getpid()))) {
  make_node();
  there = this;
}

ScriptedCamera::ScriptedCamera(std::string path) : path_(std::move(path)), own_node_(false) { there = this; }

ScriptedCamera::~ScriptedCamera() {
  there = nullptr;
  if (own_node_) unlink(path_.c_str());
}

void ScriptedCamera::make_node() {
  unlink(path_.c_str());
  if (mknod(path_.c_str(), S_IFCHR | 0600, makedev(81, 250)) != 0) path_.clear();
}

void ScriptedCamera::unplug() {
  gone_ = true;
  unlink(path_.c_str());
}

void ScriptedCamera::plug() {
  gone_ = false;
  make_node();
}

int ScriptedCamera::open(int flags) {
  if (gone_) return failed(ENOENT);
  ++opened;
  waits_ = (flags & O_NONBLOCK) == 0;
  queued_ = next_ = sequence_ = 0;
  const int fd = memfd_create("camera", MFD_CLOEXEC);
  if (ftruncate(fd, slot * most_buffers) != 0) return -1;
  camera_fd = fd;
  return fd;
}

void ScriptedCamera::fill(int fd, unsigned index) const {
  std::vector<std::uint8_t> picture(size, 128);
  if (mjpeg_) picture = jpeg;
  if (pwrite(fd, picture.data(), picture.size(), index * slot) < 0) std::abort();  // a file in memory takes it
}

bool ScriptedCamera::is_due() const { return !hangs && queued_ > 0 && microseconds() >= due_; }

int ScriptedCamera::control(int fd, unsigned long request, void* argument) {
  if (gone_) return failed(ENODEV);
  switch (request) {
    case VIDIOC_QUERYCAP: {
      auto& answer = *static_cast<v4l2_capability*>(argument);
      answer.capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
      return 0;
    }
    case VIDIOC_G_INPUT:
      *static_cast<int*>(argument) = 0;
      return 0;
    case VIDIOC_ENUMINPUT:
      std::memset(argument, 0, sizeof(v4l2_input));
      return 0;
    case VIDIOC_G_FMT:
    case VIDIOC_S_FMT: {
      if (busy) return failed(EBUSY);
      v4l2_pix_format& format = static_cast<v4l2_format*>(argument)->fmt.pix;
      if (request == VIDIOC_S_FMT) mjpeg_ = format.pixelformat == V4L2_PIX_FMT_MJPEG && !jpeg.empty();
      format = picture_format(mjpeg_);  // drivers change what they don't have
      return 0;
    }
    case VIDIOC_G_PARM:
    case VIDIOC_S_PARM: {
      auto& answer = *static_cast<v4l2_streamparm*>(argument);
      answer.parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
      answer.parm.capture.timeperframe = {1, 200};
      return 0;
    }
    case VIDIOC_REQBUFS: {
      auto& answer = *static_cast<v4l2_requestbuffers*>(argument);
      answer.count = std::min(answer.count, most_buffers);
      return 0;
    }
    case VIDIOC_QUERYBUF: {
      auto& answer = *static_cast<v4l2_buffer*>(argument);
      answer.length = size;
      answer.m.offset = answer.index * slot;
      return 0;
    }
    case VIDIOC_QBUF:
      ++queued_;
      return 0;
    case VIDIOC_STREAMON:
    case VIDIOC_STREAMOFF:
      due_ = microseconds() + interval;
      return 0;
    case VIDIOC_DQBUF: {
      while (waits_ && !is_due()) usleep(interval);  // whoever opens it so may hang
      if (!is_due()) return failed(EAGAIN);
      --queued_;
      due_ = microseconds() + interval;
      auto& answer = *static_cast<v4l2_buffer*>(argument);
      answer.index = static_cast<unsigned>(next_++) % 4;
      answer.bytesused = mjpeg_ ? static_cast<unsigned>(jpeg.size()) : size;
      answer.flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
      const long now = microseconds();
      answer.timestamp = {now / 1'000'000, now % 1'000'000};
      answer.sequence = static_cast<unsigned>(sequence_++);
      fill(fd, answer.index);
      return 0;
    }
    default:
      return failed(ENOTTY);
  }
}

}  // namespace inflight

// libavdevice finds these before those of the C library.
extern "C" int open64(const char* path, int flags, ...) {
  using Open = int (*)(const char*, int, ...);
  static const auto original = reinterpret_cast<Open>(dlsym(RTLD_NEXT, "open64"));
  inflight::ScriptedCamera* camera = inflight::there;
  if (camera && path == camera->path()) return camera->open(flags);
  va_list rest;
  va_start(rest, flags);
  const int mode = va_arg(rest, int);
  va_end(rest);
  return original(path, flags, mode);
}

extern "C" int ioctl(int fd, unsigned long request, ...) noexcept {
  using Control = int (*)(int, unsigned long, ...);
  static const auto original = reinterpret_cast<Control>(dlsym(RTLD_NEXT, "ioctl"));
  va_list rest;
  va_start(rest, request);
  void* argument = va_arg(rest, void*);
  va_end(rest);
  inflight::ScriptedCamera* camera = inflight::there;
  if (camera && fd == inflight::camera_fd) return camera->control(fd, request, argument);
  return original(fd, request, argument);
}
