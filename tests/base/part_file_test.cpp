#include "inflight/base/part_file.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "inflight/base/error.hpp"

namespace inflight {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using testing::UnorderedElementsAre;

class PartFileTest : public testing::Test {
 protected:
  PartFileTest() { fs::create_directories(folder_); }
  ~PartFileTest() override { fs::remove_all(folder_); }

  fs::path at(const std::string& name) const { return folder_ / name; }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) names.push_back(entry.path().filename());
    return names;
  }

 private:
  fs::path folder_ = fs::temp_directory_path() / ("inflight-part-" + std::to_string(::getpid()));
};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool has_files_without_names(const fs::path& folder) {
  const int file = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
  return file >= 0;
}

/// From this process on, there is no /proc. False when that is not allowed.
bool hide_proc() {
  if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWNS | CLONE_NEWUSER) != 0) return false;
  return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("none", "/proc", "tmpfs", 0, nullptr) == 0;
}

/// The number of a child process that does `action`, which answers its exit code.
template <typename Action>
pid_t start_child(const Action& action) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  int code = 3;
  try {
    code = action();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  ::_exit(code);
}

template <typename Action>
std::string refusal_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
    return error.what();
  }
  return "no refusal";
}

TEST_F(PartFileTest, HasItsNameOnlyWhenItIsCommitted) {
  std::ofstream(at("out")) << "old";
  PartFile file(at("out"));
  EXPECT_EQ(file.path(), at("out"));
  std::ofstream(file.part()) << "new";
  EXPECT_EQ(content_of(at("out")), "old");
  file.commit();
  file.commit();
  EXPECT_EQ(content_of(at("out")), "new");
  EXPECT_THAT(names(), ElementsAre("out"));
}

TEST_F(PartFileTest, LeavesNothingBehindUncommitted) {
  {
    const PartFile file(at("out"));
    std::ofstream(file.part()) << "half";
    EXPECT_EQ(content_of(file.part()), "half");
    EXPECT_THAT(names(), Each(StartsWith("."))) << "hidden until then, or without a name";
  }
  EXPECT_THAT(names(), IsEmpty());
}

TEST_F(PartFileTest, LeavesNothingBehindWhenItsNameIsRefused) {
  {
    PartFile file(at("out"));
    std::ofstream(file.part()) << "content";
    fs::create_directory(at("out"));
    EXPECT_THAT(refusal_of([&] { file.commit(); }), StartsWith(at("out").string() + ": cannot be written"));
  }
  EXPECT_THAT(names(), ElementsAre("out"));
}

TEST_F(PartFileTest, LeavesNothingBehindWhenTheProgramIsKilled) {
  if (!has_files_without_names(at("")))
    GTEST_SKIP() << "the file system of " << at("") << " knows no files without a name";
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
  const pid_t child = start_child([&] {
    const PartFile file(at("out"));
    std::ofstream(file.part()) << "half";
    const bool told = ::write(pipe[1], "x", 1) == 1;
    while (told) ::pause();
    return 1;
  });
  ::close(pipe[1]);
  char begun = 0;
  EXPECT_EQ(::read(pipe[0], &begun, 1), 1);
  ::close(pipe[0]);
  ::kill(child, SIGKILL);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_THAT(names(), IsEmpty());
}

// As on file systems that know no files without a name: without /proc there is no way to such a file either.
TEST_F(PartFileTest, HasAHiddenNameWhereItCannotBeWithout) {
  constexpr int not_allowed = 77;
  const pid_t child = start_child([&] {
    if (!hide_proc()) return not_allowed;
    std::string seen;
    {
      PartFile file(at("out"));
      std::ofstream(file.part()) << "content";
      seen = names().size() == 1 ? names()[0] : "";
      file.commit();
      const PartFile dropped(at("dropped"));
    }
    const bool right = seen.starts_with(".inflight-") && names() == std::vector<std::string>{"out"};
    return right ? 0 : 1;
  });
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == not_allowed) GTEST_SKIP() << "mounting is not allowed here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(content_of(at("out")), "content");
}

TEST_F(PartFileTest, SharesItsPartWithNobody) {
  PartFile one(at("out")), other(at("out"));
  EXPECT_NE(one.part(), other.part());
}

TEST_F(PartFileTest, TakesTheLongestNames) {
  const std::string longest(255, 'n');
  write_file(at(longest), "content");
  EXPECT_THAT(names(), ElementsAre(longest));
}

TEST_F(PartFileTest, MakesMissingFolders) {
  write_file(at("a/b/out"), "content");
  EXPECT_EQ(content_of(at("a/b/out")), "content");
}

TEST_F(PartFileTest, OfPiecesHasAllInTheirOrderOnceItIsCommitted) {
  {
    PartWriter abandoned(at("pieces"));
    abandoned.write("never seen");
  }
  EXPECT_FALSE(fs::exists(at("pieces")));
  PartWriter file(at("pieces"));
  file.write("one, ");
  file.write("");
  EXPECT_FALSE(fs::exists(at("pieces")));
  file.write("two");
  file.commit();
  EXPECT_EQ(content_of(at("pieces")), "one, two");
}

TEST_F(PartFileTest, ReplacesWhatALinkLeadsTo) {
  write_file(at("folder/real"), "old");
  fs::create_symlink("folder/real", at("link"));
  write_file(at("link"), "new");
  EXPECT_TRUE(fs::is_symlink(at("link")));
  EXPECT_EQ(content_of(at("folder/real")), "new");
}

TEST_F(PartFileTest, RefusesWhatIsNoPlaceForAFile) {
  std::ofstream(at("file")) << "content";
  EXPECT_THAT(refusal_of([&] { PartFile file(at("")); }), HasSubstr("is no name for a file"));
  EXPECT_THAT(refusal_of([&] { PartFile file(at("").parent_path()); }),
              AllOf(HasSubstr("Is a directory"), HasSubstr("add the name of a file")));
  EXPECT_THAT(refusal_of([&] { PartFile file(at("file/out")); }),
              AllOf(StartsWith(at("file/out").string() + ": cannot be written"), HasSubstr("choose another place")));
  EXPECT_THAT(names(), ElementsAre("file"));
}

TEST_F(PartFileTest, WritesPipesDirectly) {
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  const int end = ::open(at("pipe").c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  write_file(at("pipe"), "content");
  char read[20];
  EXPECT_EQ(::read(end, read, sizeof read), 7);
  EXPECT_EQ(std::string_view(read, 7), "content");
  ::close(end);
  EXPECT_TRUE(fs::is_fifo(at("pipe")));
  EXPECT_THAT(names(), ElementsAre("pipe"));
}

TEST_F(PartFileTest, DoesNotOpenAPipeBeforeThereIsSomethingToWrite) {
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  const PartFile nobody_reads_yet(at("pipe"));  // opening it would wait for a reader
  EXPECT_EQ(nobody_reads_yet.part(), at("pipe"));
}

TEST_F(PartFileTest, RefusesPipesAndDevicesWhereARegularFileIsNeeded) {
  const auto refusal = refusal_of([&] { PartFile file("/dev/null", PartFile::Target::regular_file); });
  EXPECT_THAT(refusal, AllOf(StartsWith("/dev/null: "), HasSubstr("regular file")));
  const PartFile regular(at("out"), PartFile::Target::regular_file);
}

TEST_F(PartFileTest, TellsThatADeviceIsFull) {
  EXPECT_THAT(refusal_of([] { write_file("/dev/full", "content"); }),
              AllOf(StartsWith("/dev/full: cannot be written: No space left"), HasSubstr("make room")));
}

/// Standard output goes to a file while it lives.
class Redirected {
 public:
  explicit Redirected(const fs::path& path) : before_(::dup(STDOUT_FILENO)) {
    std::fflush(stdout);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT, 0600);
    ::dup2(file, STDOUT_FILENO);
    ::close(file);
  }
  ~Redirected() {
    ::dup2(before_, STDOUT_FILENO);
    ::close(before_);
  }
  void say(std::string_view text) {
    EXPECT_EQ(::write(STDOUT_FILENO, text.data(), text.size()), ::ssize_t(text.size()));
  }

 private:
  int before_;
};

TEST_F(PartFileTest, GoesOnInTheFileBehindStandardOutput) {
  fs::create_symlink("/proc/self/fd/1", at("stdout"));  // as /dev/stdout
  {
    Redirected out(at("file"));
    out.say("before ");
    write_file(at("stdout"), "content");
    out.say(" after");
  }
  EXPECT_EQ(content_of(at("file")), "before content after");
  EXPECT_TRUE(fs::is_symlink(at("stdout")));
  EXPECT_THAT(names(), UnorderedElementsAre("file", "stdout"));
}

}  // namespace
}  // namespace inflight
