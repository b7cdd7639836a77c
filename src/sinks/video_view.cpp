#include "inflight/sinks/video_view.hpp"

#include "inflight/media/video_writer.hpp"
#include "inflight/sinks/dashboard.hpp"
#include "last_picture.hpp"

namespace inflight {

namespace {

class VideoView final : public LiveView {
 public:
  VideoView(const std::string& path, int width, int height, double frame_rate)
      : writer_(path, width, height, frame_rate), canvas_(width, height) {}

  bool wants_picture() const override { return true; }

  Size picture_size(int frame_width, int frame_height) const override {
    return picture_size_on_dashboard(canvas_.width(), canvas_.height(), frame_width, frame_height);
  }

  void show(const Canvas* picture, const LiveFigures& figures) override {
    last_.take(picture);
    paint_dashboard(canvas_, last_.get(), figures);
    writer_.write(canvas_.data(), canvas_.stride());
  }

  void finish(std::string_view) override { writer_.finish(); }

 private:
  VideoWriter writer_;
  Canvas canvas_;
  LastPicture last_;
};

}  // namespace

std::unique_ptr<LiveView> make_video_view(const std::string& path, int width, int height, double frame_rate) {
  return std::make_unique<VideoView>(path, width, height, frame_rate);
}

}  // namespace inflight
