#include "study/agreement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inflight {
namespace {

using testing::HasSubstr;

const std::vector<FrameDigest> three_frames = {{11, 1, 1, false}, {12, 2, 0, false}, {13, 3, 2, false}};

CompareRecord compared(const std::vector<WayFindings>& ways) {
  CompareRecord record;
  compare_outputs(ways, record);
  return record;
}

TEST(Agreement, EqualWaysAreSaidToBeEqual) {
  const CompareRecord record = compared({{"sync", three_frames, 0}, {"queue", three_frames, 0}});
  EXPECT_TRUE(record.outputs_equal);
  EXPECT_EQ(record.frames_compared, 3);
  EXPECT_DOUBLE_EQ(record.detections_per_frame, 1);
  EXPECT_THAT(record.outputs_text, HasSubstr("equal bit for bit in all 2 ways, on all 3 frames"));
}

TEST(Agreement, OneOtherOutputIsToldWithItsFrame) {
  auto other = three_frames;
  other[1].outputs = 99;
  const CompareRecord record =
      compared({{"sync", three_frames, 0}, {"two-requests", three_frames, 0}, {"queue", other, 0}});
  EXPECT_FALSE(record.outputs_equal);
  EXPECT_EQ(record.outputs_text,
            "sync and queue differ in the outputs of 1 of 3 frames (0 in what was detected), first in frame 1");
}

TEST(Agreement, OtherDetectionsAndFailuresCountAsDetected) {
  auto other = three_frames;
  other[0].detections = 7;
  other[2].failed = true;
  const CompareRecord record = compared({{"sync", three_frames, 0}, {"queue", other, 0}});
  EXPECT_THAT(record.outputs_text, HasSubstr("outputs of 2 of 3 frames (2 in what was detected), first in frame 0"));
}

TEST(Agreement, AMeasuredRoundThatFoundSomethingElseIsTold) {
  const CompareRecord record = compared({{"sync", three_frames, 0}, {"queue", three_frames, 4}});
  EXPECT_FALSE(record.outputs_equal);
  EXPECT_EQ(record.outputs_text, "queue detected something else in 4 frames of its measured rounds");
}

TEST(Agreement, ComparesTheFramesThatAllHaveSeen) {
  const CompareRecord record = compared({{"sync", three_frames, 0}, {"queue", std::span(three_frames).first(2), 0}});
  EXPECT_EQ(record.frames_compared, 2);
  EXPECT_TRUE(record.outputs_equal);
}

TEST(Agreement, NothingOrOneWayIsNoAgreement) {
  EXPECT_FALSE(compared({{"sync", {}, 0}, {"queue", {}, 0}}).outputs_equal);
  EXPECT_FALSE(compared({{"sync", three_frames, 0}}).outputs_equal);
}

TEST(DigestOfDetections, DiffersInTheLastBitOfAnyNumber) {
  const Detection base{{1, 2, 3, 4}, 0.5F, 1, 5, {}};
  const std::uint64_t digest = digest_of({base});
  EXPECT_EQ(digest, digest_of({base}));
  Detection score = base, box = base, landmark = base;
  score.score = std::nextafter(score.score, 1.0F);
  box.box.y1 = std::nextafter(box.box.y1, 9.0F);
  landmark.landmarks[4].y = 1e-30F;
  EXPECT_NE(digest, digest_of({score}));
  EXPECT_NE(digest, digest_of({box}));
  EXPECT_NE(digest, digest_of({landmark}));
  EXPECT_NE(digest, digest_of({base, base}));
  EXPECT_NE(digest_of({}), digest);
}

}  // namespace
}  // namespace inflight
