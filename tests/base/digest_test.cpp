#include "inflight/base/digest.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace inflight {
namespace {

TEST(Digest, IsTheSameForTheSameBytesAndSeedOnly) {
  const std::vector<std::byte> bytes(100, std::byte{7});
  EXPECT_EQ(digest(bytes, 1), digest(std::vector<std::byte>(bytes), 1));
  EXPECT_NE(digest(bytes, 1), digest(bytes, 2));
}

TEST(Digest, SeesEveryBitOfEveryByteAlsoInTheLastPart) {
  std::vector<std::byte> bytes(21, std::byte{0});
  std::set<std::uint64_t> seen{digest(bytes, 0)};
  for (std::byte& byte : bytes) {
    for (int bit = 0; bit < 8; ++bit) {
      byte = std::byte{1} << bit;
      seen.insert(digest(bytes, 0));
    }
    byte = std::byte{0};
  }
  EXPECT_EQ(seen.size(), 1 + 21U * 8);
}

TEST(Digest, SeesLengthAndOrder) {
  const std::vector<std::byte> zeros(16, std::byte{0});
  EXPECT_NE(digest(std::span(zeros).first(8), 0), digest(zeros, 0));
  EXPECT_NE(digest(std::span(zeros).first(7), 0), digest(std::span(zeros).first(8), 0));
  std::vector<std::byte> one(16, std::byte{0}), other(16, std::byte{0});
  one[0] = other[8] = std::byte{1};
  EXPECT_NE(digest(one, 0), digest(other, 0));
}

}  // namespace
}  // namespace inflight
