#include "inflight/measure/histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

namespace inflight {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

TEST(Histogram, OverstatesByLessThanOne128thAtEveryPercentile) {
  std::mt19937_64 random(7);
  Histogram histogram;
  std::vector<nanoseconds> exact;
  for (int i = 0; i < 10'000; ++i) {
    const nanoseconds duration(static_cast<std::int64_t>(random() >> (1 + random() % 63)));  // all magnitudes alike
    exact.push_back(duration);
    histogram.record(duration);
  }
  std::ranges::sort(exact);
  for (int rank = 1; rank <= 10'000; ++rank) {
    const auto truth = exact[static_cast<std::size_t>(rank) - 1];
    const auto told = histogram.percentile(rank / 10'000.0);
    ASSERT_GE(told, truth) << "rank " << rank;
    ASSERT_LE(told - truth, truth / 128) << "rank " << rank;
  }
}

TEST(Histogram, TellsShortDurationsExactly) {
  Histogram histogram;
  for (int i = 1; i <= 200; ++i) histogram.record(nanoseconds(i));
  EXPECT_EQ(histogram.percentile(0.5), 100ns);
  EXPECT_EQ(histogram.percentile(0.99), 198ns);
}

TEST(Histogram, PercentileIsTheSmallestThatTheFractionDoesNotExceed) {
  Histogram histogram;
  for (const auto duration : {10ns, 20ns, 30ns, 40ns}) histogram.record(duration);
  EXPECT_EQ(histogram.percentile(0), 10ns);
  EXPECT_EQ(histogram.percentile(0.25), 10ns);
  EXPECT_EQ(histogram.percentile(0.2501), 20ns);
  EXPECT_EQ(histogram.percentile(0.5), 20ns);
  EXPECT_EQ(histogram.percentile(1), 40ns);
}

TEST(Histogram, RoundingOfTheFractionDoesNotSkipARank) {
  Histogram histogram;
  for (int i = 1; i <= 100; ++i) histogram.record(nanoseconds(i));
  for (int percent = 1; percent <= 100; ++percent) {
    EXPECT_EQ(histogram.percentile(percent / 100.0), nanoseconds(percent));  // 0.07 * 100 is more than 7
  }
}

TEST(Histogram, TakesFractionsOutsideZeroToOneAsTheEnds) {
  Histogram histogram;
  histogram.record(10ns);
  histogram.record(20ns);
  EXPECT_EQ(histogram.percentile(-1), 10ns);
  EXPECT_EQ(histogram.percentile(2), 20ns);
  EXPECT_EQ(histogram.percentile(std::nan("")), 10ns);
}

TEST(Histogram, IsZeroWhenEmpty) {
  const Histogram histogram;
  EXPECT_EQ(histogram.count(), 0u);
  EXPECT_EQ(histogram.percentile(0.5), 0ns);
}

TEST(Histogram, HoldsTheShortestAndTheLongestDurations) {
  Histogram histogram;
  histogram.record(nanoseconds::max());
  histogram.record(0ns);
  histogram.record(nanoseconds::min());  // a clock gone wrong counts as 0
  EXPECT_EQ(histogram.count(), 3u);
  EXPECT_EQ(histogram.percentile(0.6), 0ns);
  EXPECT_EQ(histogram.percentile(1), nanoseconds::max());
}

TEST(Histogram, MergingEqualsRecordingIntoOne) {
  std::mt19937_64 random(3);
  const auto together = std::make_unique<Histogram>(), odd = std::make_unique<Histogram>();
  Histogram even;
  for (int i = 0; i < 1000; ++i) {
    const nanoseconds duration(static_cast<std::int64_t>(random() % 1'000'000'000));
    together->record(duration);
    (i % 2 ? *odd : even).record(duration);
  }
  even.merge(*odd);
  even.merge(Histogram());
  EXPECT_EQ(even.count(), together->count());
  for (const double fraction : {0.0, 0.1, 0.5, 0.9, 0.99, 1.0}) {
    EXPECT_EQ(even.percentile(fraction), together->percentile(fraction));
  }
}

}  // namespace
}  // namespace inflight
