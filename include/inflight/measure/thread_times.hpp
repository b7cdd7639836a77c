// What each thread of this process used, as the operating system tells it.
#pragma once

#include <string>
#include <vector>

#include "inflight/base/clock.hpp"

namespace inflight {

/// One thread.
struct ThreadTime {
  int id = 0;        ///< of the system
  std::string name;  ///< as the thread was named; the program's name where nobody did
  Seconds cpu{0};    ///< user and system time since it began
};

/// All threads that live now. Blocks: on /proc, tens of microseconds. Empty where there is none.
std::vector<ThreadTime> thread_times();

/// The time of those of them that have this name.
Seconds thread_time(const std::vector<ThreadTime>& threads, const std::string& name);

/// Names the calling thread for `thread_times`, debuggers and top. At most 15 bytes count.
void name_this_thread(const char* name);

}  // namespace inflight
