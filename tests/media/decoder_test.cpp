#include "decoder.hpp"

#include <gtest/gtest.h>

#include "media_files.hpp"

namespace inflight {
namespace {

// Which packet comes next once the first picture is there: so many were taken for it.
std::int64_t packets_for_a_picture(Delay delay) {
  Patience patience({});
  Demuxer demuxer(address_of(test_media("one_keyframe.mp4")), patience);
  Decoder decoder(demuxer, 4, delay);
  EXPECT_EQ(decoder.next({}), Decoder::Step::picture);
  auto packet = own<PacketHandle>(av_packet_alloc());
  EXPECT_EQ(demuxer.read(*packet), 0);
  return packet->pts / packet->duration;
}

TEST(Decoder, WithoutDelayAPictureComesOutWithItsPacket) { EXPECT_EQ(packets_for_a_picture(Delay::none), 1); }

TEST(Decoder, WithDelayItDecodesAhead) { EXPECT_GT(packets_for_a_picture(Delay::some), 1); }

}  // namespace
}  // namespace inflight
