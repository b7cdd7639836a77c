#include "inflight/measure/process_meter.hpp"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <thread>

namespace inflight {
namespace {

// Works until the kernel has booked this much CPU time on the calling thread.
void burn(Seconds amount) {
  const auto used = [] {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return Seconds(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
  };
  const auto start = used();
  while (used() - start < amount) continue;
}

constexpr std::int64_t mebibyte = 1 << 20;

// Memory that goes back to the system at once when it is let go.
class Pages {
 public:
  explicit Pages(std::size_t size)
      : size_(size), start_(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {}
  ~Pages() { munmap(start_, size_); }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;
  void touch() { std::fill_n(static_cast<std::byte*>(start_), size_, std::byte{1}); }

 private:
  std::size_t size_;
  void* start_;
};

TEST(ProcessMeter, CountsTheWorkOfAllThreads) {
  using namespace std::chrono_literals;
  const ProcessMeter meter;
  std::thread other([] { burn(40ms); });
  burn(40ms);
  other.join();
  EXPECT_GE(meter.cpu(), 80ms);
  EXPECT_GE(process_cpu_time(), meter.cpu());
  EXPECT_GE(meter.wall(), 40ms);
}

TEST(ProcessMeter, StartsFromItsConstruction) {
  using namespace std::chrono_literals;
  burn(40ms);
  const auto before = process_cpu_time();
  const ProcessMeter meter;
  const auto counted = meter.cpu();
  EXPECT_GE(counted, 0s);
  EXPECT_LE(counted, process_cpu_time() - before);
}

TEST(ProcessMemory, ResidentFollowsThePagesInUseAndPeakRemembersThem) {
  const auto before = resident_memory();
  ASSERT_GT(before, 0);
  {
    Pages pages(64 * mebibyte);
    pages.touch();
    EXPECT_GE(resident_memory(), before + 60 * mebibyte);
  }
  EXPECT_LT(resident_memory(), before + 30 * mebibyte);
  EXPECT_GE(peak_resident_memory(), before + 60 * mebibyte);
}

TEST(ProcessMemory, CountsNoPagesThatWereNeverTouched) {
  const auto before = resident_memory();
  const Pages pages(64 * mebibyte);
  EXPECT_LT(resident_memory(), before + 30 * mebibyte);
}

TEST(UsableCores, FollowsTheAffinity) {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  ASSERT_EQ(sched_getaffinity(0, sizeof allowed, &allowed), 0);
  EXPECT_EQ(usable_cores(), CPU_COUNT(&allowed));

  const pid_t child = fork();
  if (child == 0) {
    int first = 0;
    while (!CPU_ISSET(first, &allowed)) ++first;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    if (sched_setaffinity(0, sizeof one, &one) != 0) _exit(99);
    _exit(usable_cores());
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 1);
}

TEST(CpuName, IsWhatTheSystemTells) {
  const auto name = cpu_name();
  ASSERT_FALSE(name.empty());
  EXPECT_EQ(name.find_first_of("\n:"), std::string::npos);
  std::ifstream file("/proc/cpuinfo");
  const std::string all((std::istreambuf_iterator<char>(file)), {});
  if (all.find("model name") == std::string::npos) GTEST_SKIP() << "this system's /proc/cpuinfo names no model";
  EXPECT_NE(all.find(": " + name + "\n"), std::string::npos);
}

}  // namespace
}  // namespace inflight
