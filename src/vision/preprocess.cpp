#include "inflight/vision/preprocess.hpp"

#include <string>

#include "exact_path.hpp"
#include "fast_path.hpp"
#include "inflight/base/error.hpp"
#include "letterbox.hpp"

namespace inflight {

namespace {

constexpr int largest_side = 16384;

void check(const PreprocessOptions& options) {
  for (const int side : {options.width, options.height}) {
    if (side < 1 || side > largest_side) {
      throw UsageError("a model input of " + std::to_string(options.width) + "x" + std::to_string(options.height) +
                       " pixels is not possible; give a shape with sides from 1 to " + std::to_string(largest_side));
    }
  }
}

}  // namespace

class Preprocessor::Impl {
 public:
  explicit Impl(PreprocessOptions options) : options_(options) { check(options_); }

  const PreprocessOptions& options() const noexcept { return options_; }

  Mapping fill(const Frame& frame, std::span<std::uint8_t> input) {
    if (frame.empty()) throw Error("an empty frame cannot be preprocessed; read into it first");
    if (input.size() != input_bytes()) {
      throw Error("the model's input has " + std::to_string(input.size()) + " bytes where a picture of " +
                  std::to_string(options_.width) + "x" + std::to_string(options_.height) + " needs " +
                  std::to_string(input_bytes()) + "; preprocess to the size that the model was reshaped to");
    }
    const Placement picture = place(frame.display_width(), frame.display_height(), options_);
    if (options_.resize == ResizeMode::letterbox) paint_bars(picture, options_, input.data());

    const int stride = options_.width * 3;
    const InputWriter::Target target{
        .data = input.data() + static_cast<std::ptrdiff_t>(picture.y) * stride + picture.x * 3,
        .stride = stride,
        .color = options_.color};
    const bool sideways = frame.rotation() % 180 != 0;
    const int width = sideways ? picture.height : picture.width;
    const int height = sideways ? picture.width : picture.height;
    if (options_.path == PreprocessPath::fast && FastPath::suits(frame, width, height)) {
      fast_(frame, width, height, target);
    } else {
      exact_(frame, width, height, target);
    }
    return picture.mapping;
  }

 private:
  std::size_t input_bytes() const noexcept {
    return static_cast<std::size_t>(options_.width) * static_cast<std::size_t>(options_.height) * 3;
  }

  PreprocessOptions options_;
  FastPath fast_;
  ExactPath exact_;
};

Preprocessor::Preprocessor(PreprocessOptions options) : impl_(std::make_unique<Impl>(options)) {}
Preprocessor::Preprocessor(Preprocessor&&) noexcept = default;
Preprocessor& Preprocessor::operator=(Preprocessor&&) noexcept = default;
Preprocessor::~Preprocessor() = default;

Mapping Preprocessor::operator()(const Frame& frame, std::span<std::uint8_t> input) {
  return impl_->fill(frame, input);
}

const PreprocessOptions& Preprocessor::options() const noexcept { return impl_->options(); }

}  // namespace inflight
