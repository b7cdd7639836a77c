// Counts what the whole program allocates, and what of that some code does.
#pragma once

namespace inflight {

/// How often operator new ran so far, on any thread.
long allocations() noexcept;
/// How often it ran so far where the thread was in code of ours.
long allocations_of_ours() noexcept;

/// Says whose code this thread is in, while it lives.
class CodeOf {
 public:
  enum Whose { ours, others };
  explicit CodeOf(Whose whose) noexcept;
  ~CodeOf();
  CodeOf(const CodeOf&) = delete;
  CodeOf& operator=(const CodeOf&) = delete;

 private:
  Whose outer_;
};

}  // namespace inflight
