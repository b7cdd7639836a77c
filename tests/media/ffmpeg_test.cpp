#include "inflight/media/ffmpeg.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inflight/base/error.hpp"
#include "media_files.hpp"

namespace inflight {
namespace {

TEST(Ffmpeg, TellsItsVersionWithoutTheDistributionsSuffix) {
  EXPECT_THAT(ffmpeg_version(),
              testing::MatchesRegex("[0-9N][0-9A-Za-z.-]* \\(libavcodec [0-9]+\\.[0-9]+\\.[0-9]+\\)"));
  EXPECT_EQ(ffmpeg_version().find("deb"), std::string::npos);
}

TEST(Ffmpeg, SaysNothingOnceSilenced) {
  testing::internal::CaptureStderr();
  silence_ffmpeg();
  VideoReader reader(test_media("damaged.mp4"));
  EXPECT_LT(times_of(reader).size(), 50U);
  EXPECT_THROW(VideoReader(test_media("no_moov.mp4")), Error);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace inflight
