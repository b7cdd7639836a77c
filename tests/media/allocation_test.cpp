// Counts what the reading thread asks of operator new. FFmpeg allocates by malloc and isn't counted.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "media_files.hpp"

namespace {
thread_local std::int64_t allocations = 0;
}

// Not inlined: GCC would take new and free for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size ? size : 1)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace inflight {
namespace {

class ReadAllocation : public testing::TestWithParam<const char*> {};

TEST_P(ReadAllocation, AsksNothingOfOperatorNewAfterTheFirstFrame) {
  VideoReader reader(GetParam(), {.loop = true, .frames = 300});
  Frame frame;
  ASSERT_EQ(reader.read(frame), ReadOutcome::frame);
  const std::int64_t before = allocations;
  while (reader.read(frame) == ReadOutcome::frame) {
  }
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(reader.counts().frames, 300);
}

INSTANTIATE_TEST_SUITE_P(Clips, ReadAllocation,
                         testing::Values(INFLIGHT_ASSETS "/bikes.mp4",                // looped once
                                         INFLIGHT_TEST_MEDIA "/damaged.mp4",          // with refused packets
                                         INFLIGHT_TEST_MEDIA "/format_yuva420p.mkv",  // converted
                                         INFLIGHT_TEST_MEDIA "/h264.ts"));

TEST(ReadAllocation, IsSeenByTheCounter) {
  const std::int64_t before = allocations;
  const Frame frame = first_frame(asset("bikes.mp4"));
  EXPECT_GT(allocations, before);
}

}  // namespace
}  // namespace inflight
