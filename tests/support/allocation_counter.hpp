// Counts calls of operator new, on all threads: `calls_so_far` since the program began, a `Scope` those in a stretch of
// it by whose code made them: that of the test program, which holds our libraries, or that of a shared library
// (OpenVINO, FFmpeg). Include in one file of a test program.
#pragma once

#include <atomic>
#include <cstdlib>
#include <new>

#include <dlfcn.h>
#include <execinfo.h>

namespace allocation_counter {

inline std::atomic<long> calls = 0;
inline std::atomic<bool> counting = false;
inline std::atomic<long> ours = 0;   // of the last scope
inline std::atomic<long> total = 0;  // of the last scope

/// With or without a scope.
inline long calls_so_far() noexcept { return calls.load(); }

extern "C" char __executable_start;
extern "C" char etext;

inline bool in_program(const void* address) { return address >= &__executable_start && address < &etext; }

inline bool in_cxx_runtime(const void* address) {
  Dl_info info{};
  if (dladdr(address, &info) == 0 || info.dli_fname == nullptr) return false;
  const char* name = info.dli_fname;
  for (; *name != '\0'; ++name) {
    for (const char* runtime : {"libstdc++", "libc.so", "libgcc_s"}) {
      const char* a = name;
      const char* b = runtime;
      while (*b != '\0' && *a == *b) ++a, ++b;
      if (*b == '\0') return true;
    }
  }
  return false;
}

/// The first caller that is no part of the C++ runtime decides whose the allocation is; `caller` of operator new is the
/// first. How many frames are before that one depends on the sanitizer.
inline void note(const void* caller) {
  total.fetch_add(1, std::memory_order_relaxed);
  static thread_local bool inside = false;
  if (inside) return;
  inside = true;
  void* callers[16];
  const int depth = backtrace(callers, 16);
  int i = 0;
  while (i < depth && callers[i] != caller) ++i;
  for (; i < depth; ++i) {
    if (in_cxx_runtime(callers[i])) continue;
    if (in_program(callers[i])) ours.fetch_add(1, std::memory_order_relaxed);
    break;
  }
  inside = false;
}

/// Counts `total` and `ours` while it lives; they can still be read after it. One at a time. Looks at the stack for
/// each call, so `calls_so_far` disturbs less where it does not matter whose the calls are.
class Scope {
 public:
  Scope() {
    void* warm[1];
    backtrace(warm, 1);  // allocates at its first use
    ours = 0;
    total = 0;
    counting = true;
  }
  ~Scope() { counting = false; }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
};

[[gnu::always_inline]] inline void* allocate(std::size_t size, const void* caller) noexcept {
  calls.fetch_add(1, std::memory_order_relaxed);
  if (counting.load(std::memory_order_relaxed)) note(caller);
  return std::malloc(size == 0 ? 1 : size);
}

}  // namespace allocation_counter

// The array forms call these; nothing here is over-aligned. Not inlined: GCC would take new and free for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (void* memory = allocation_counter::allocate(size, __builtin_return_address(0))) return memory;
  throw std::bad_alloc();
}
// The library's own calls the one above. The address sanitizer's does not: its memory would meet the delete below.
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return allocation_counter::allocate(size, __builtin_return_address(0));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
