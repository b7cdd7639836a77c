#include "output_digest.hpp"

#include <cmath>
#include <span>

#include "inflight/base/digest.hpp"

namespace inflight {
namespace {

template <class Value>
bool any_nan(const ov::Tensor& tensor) {
  const std::span values(static_cast<const Value*>(tensor.data()), tensor.get_size());
  // Without a branch per value, so that it costs little beside the digest.
  bool found = false;
  for (const Value value : values) found |= std::isnan(static_cast<float>(value));
  return found;
}

bool holds_nan(const ov::Tensor& tensor) {
  const auto type = tensor.get_element_type();
  if (type == ov::element::f32) return any_nan<float>(tensor);
  if (type == ov::element::f16) return any_nan<ov::float16>(tensor);
  if (type == ov::element::bf16) return any_nan<ov::bfloat16>(tensor);
  if (type == ov::element::f64) return any_nan<double>(tensor);
  return false;
}

}  // namespace

std::uint64_t digest_of(const Outputs& outputs, std::size_t count) {
  std::uint64_t state = count;
  for (std::size_t i = 0; i < count; ++i) {
    const ov::Tensor tensor = outputs[i];
    state = digest({static_cast<const std::byte*>(tensor.data()), tensor.get_byte_size()}, state);
  }
  return state;
}

bool holds_nan(const Outputs& outputs, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (holds_nan(outputs[i])) return true;
  }
  return false;
}

}  // namespace inflight
