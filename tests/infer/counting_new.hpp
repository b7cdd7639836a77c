// Counts what the whole program allocates.
#pragma once

namespace inflight {

/// How often operator new ran so far, on any thread.
long allocations() noexcept;

}  // namespace inflight
