// A Video4Linux camera without a kernel driver: this program's own open64 and ioctl answer FFmpeg in its place.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace inflight {

/// Gives gray 64x48 pictures every 5 ms, at a device node of its own: yuyv422, or a JPEG file where it has one and is
/// asked for mjpeg. One at a time.
class ScriptedCamera {
 public:
  ScriptedCamera();
  /// At a device node that is there already, and stays.
  explicit ScriptedCamera(std::string path);
  ~ScriptedCamera();
  ScriptedCamera(const ScriptedCamera&) = delete;
  ScriptedCamera& operator=(const ScriptedCamera&) = delete;

  /// Empty when the node could not be made: that takes root.
  const std::string& path() const noexcept { return path_; }
  /// Pulls the plug, and puts it in again.
  void unplug();
  void plug();

  /// What it gives as MJPEG; at most 6144 bytes. To be set before it is opened.
  std::vector<std::uint8_t> jpeg;
  std::atomic<bool> busy = false;   ///< another program streams
  std::atomic<bool> hangs = false;  ///< gives no picture any more
  std::atomic<int> opened = 0;      ///< so often

  // What the system calls do.
  int open(int flags);
  int control(int fd, unsigned long request, void* argument);

 private:
  void make_node();
  bool is_due() const;
  void fill(int fd, unsigned slot) const;

  std::string path_;
  bool own_node_ = true;
  std::atomic<bool> gone_ = false;
  bool waits_ = false;  // as it was opened
  bool mjpeg_ = false;  // as it was asked for last
  int queued_ = 0;      // buffers that FFmpeg gave
  int next_ = 0;        // buffer to fill
  long due_ = 0;        // microseconds, of the next picture
  int sequence_ = 0;
};

}  // namespace inflight
