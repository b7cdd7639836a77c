#include "inflight/media/file_hash.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace inflight {
namespace {

namespace fs = std::filesystem;

class FileHash : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }

  const fs::path folder_ = fs::temp_directory_path() / ("inflight-hash-" + std::to_string(::getpid()));
};

// The examples of FIPS 180-4.
constexpr auto of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr auto of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr auto of_a_million_a = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST_F(FileHash, IsThatOfTheStandard) {
  EXPECT_EQ(sha256_of({file("abc", "abc")}), of_abc);
  EXPECT_EQ(sha256_of({file("empty", "")}), of_nothing);
  EXPECT_EQ(sha256_of({file("long", std::string(1'000'000, 'a'))}), of_a_million_a);
}

TEST_F(FileHash, TakesFilesInTheirOrderAndThoseOfAFolderByName) {
  const auto c = file("c", "c"), ab = file("ab", "ab");
  EXPECT_EQ(sha256_of({ab, c}), of_abc);
  EXPECT_NE(sha256_of({c, ab}), of_abc);
  EXPECT_EQ(sha256_of({folder_}), of_abc);
}

TEST_F(FileHash, IsEmptyForWhatHasNoBytesToTell) {
  const auto pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(sha256_of({pipe}), "");  // and does not wait for a writer
  EXPECT_EQ(sha256_of({folder_ / "none"}), "");
  EXPECT_EQ(sha256_of({"rtsp://127.0.0.1:1/camera"}), "");
  EXPECT_EQ(sha256_of({}), "");
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(sha256_of({file("abc", "abc")}, stop.get_token()), "");
}

}  // namespace
}  // namespace inflight
