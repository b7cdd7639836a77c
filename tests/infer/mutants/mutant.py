"""One way to break the queue, and who must notice."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    name: str  # what breaks
    file: str  # in include/inflight/infer
    old: str   # stands there exactly once
    new: str
    test: str  # queue_order_test, or must_not_compile
    cases: str = "*"  # a filter of GoogleTest's
    sanitizer: str = ""  # where nothing less sees it: address or thread
