#include "counting_new.hpp"

#include <atomic>
#include <cstdlib>
#include <new>
#include <utility>

namespace {

std::atomic<long> count = 0;
std::atomic<long> count_of_ours = 0;
thread_local inflight::CodeOf::Whose now_in = inflight::CodeOf::others;

void* counted(std::size_t size) noexcept {
  count.fetch_add(1, std::memory_order_relaxed);
  if (now_in == inflight::CodeOf::ours) count_of_ours.fetch_add(1, std::memory_order_relaxed);
  return std::malloc(size == 0 ? 1 : size);
}

}  // namespace

namespace inflight {

long allocations() noexcept { return count.load(); }
long allocations_of_ours() noexcept { return count_of_ours.load(); }

CodeOf::CodeOf(Whose whose) noexcept : outer_(std::exchange(now_in, whose)) {}
CodeOf::~CodeOf() { now_in = outer_; }

}  // namespace inflight

// The array forms call these; what is over-aligned is not counted.
void* operator new(std::size_t size) {
  if (void* memory = counted(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t& /*unused*/) noexcept { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
