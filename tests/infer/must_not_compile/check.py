"""Misuse of the queue does not compile, and the compiler's message names what was broken.

usage: check.py COMPILER INCLUDE_FOLDER...
"""
import subprocess
import sys
import unittest

COMPILER, *INCLUDES = sys.argv[1:]
PROGRAM = """#include <inflight/infer/async_infer_queue.hpp>
#include <coroutine>
struct Task {{ struct promise_type {{
  Task get_return_object() {{ return {{}}; }}
  std::suspend_never initial_suspend() noexcept {{ return {{}}; }}
  std::suspend_never final_suspend() noexcept {{ return {{}}; }}
  void return_void() {{}} void unhandled_exception() {{}} }}; }};
struct ThrowingMove {{ ThrowingMove() = default; ThrowingMove(ThrowingMove&&) noexcept(false) {{}} }};
[[maybe_unused]] const auto fill = [](inflight::Inputs) {{}};
using Queue = inflight::AsyncInferQueue<int>;
{0}
"""


def compile_program(body):
    done = subprocess.run([COMPILER, "-std=c++20", "-fsyntax-only", "-Werror=unused-result", "-x", "c++", "-",
                           *(f"-isystem{folder}" for folder in INCLUDES)],
                          input=PROGRAM.format(body), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, timeout=300)
    return done.returncode, done.stdout


class MustNotCompile(unittest.TestCase):
    def refuse(self, body, message):
        code, said = compile_program(body)
        self.assertNotEqual(code, 0, "it compiled")
        self.assertIn(message, said)

    def test_right_use_compiles(self):
        code, said = compile_program("""bool f(Queue& q) { ensure_accepted(q.start_async(fill, 1)); (void)q.infer_future(fill, 1);
            q.set_callback([](Queue::Result) {}); for (auto r : q.run(std::vector<int>{1}, fill)) r.release();
            return q.try_start_async(fill, 1) == inflight::Submit::full; }
            Task g(Queue& q) { auto named = [](inflight::Inputs) {}; auto r = co_await q.infer(named, 1); }""")
        self.assertEqual(code, 0, said)

    def test_a_fill_that_takes_something_else(self):
        self.refuse("void f(Queue& q) { q.start_async([](ov::InferRequest&) {}, 1); }", "FillFunction")

    def test_a_fill_that_wants_the_inputs_for_itself(self):
        self.refuse("void f(Queue& q) { (void)q.start_async([](inflight::Inputs&&) {}, 1); }", "FillFunction")
        self.refuse("void f(Queue& q) { (void)q.start_async([](inflight::Inputs&, int) {}, 1); }", "FillFunction")

    def test_inputs_without_a_fill(self):
        self.refuse("void f(Queue& q, ov::Tensor t) { q.start_async(t, 1); }", "FillFunction")

    def test_userdata_of_another_type(self):
        self.refuse('void f(Queue& q) { q.start_async(fill, "text"); }', "convertible_to")

    def test_userdata_that_a_coroutine_cannot_align(self):
        self.refuse("""struct alignas(64) Wide { float values[16]; };
            Task g(inflight::AsyncInferQueue<Wide>& q) { auto named = [](inflight::Inputs) {}; co_await q.infer(named); }""",
                    "does not keep userdata of this alignment")

    def test_requests_that_the_caller_keeps(self):
        self.refuse("void f(std::vector<ov::InferRequest>& mine) { Queue q(mine); }", "cannot bind rvalue reference")

    def test_userdata_whose_move_throws(self):
        self.refuse("inflight::AsyncInferQueue<ThrowingMove>* q;", "ItemData")

    def test_something_else_for_a_request(self):
        self.refuse("inflight::AsyncInferQueue<int, int>* q;", "InferRequest")

    def test_an_answer_that_nobody_looks_at(self):
        for submission in ("q.start_async(fill, 1)", "q.start_async(fill)", "q.try_start_async(fill, 1)",
                           "q.restart(std::move(r), fill, 1)"):
            with self.subTest(submission):
                self.refuse(f"void f(Queue& q, Queue::Result r) {{ {submission}; }}", "ensure_accepted")

    def test_a_future_or_a_loop_that_nobody_looks_at(self):
        self.refuse("void f(Queue& q) { q.infer_future(fill, 1); }", "why it was not accepted")
        self.refuse("void f(Queue& q) { q.run(std::vector<int>{1}, fill); }", "iterate over it")

    def test_a_copied_result(self):
        self.refuse("void f(Queue::Result& r) { auto copy = r; }", "deleted")

    def test_a_copied_queue(self):
        self.refuse("void f(Queue& q) { auto copy = q; }", "deleted")

    def test_a_temporary_fill_in_a_coroutine(self):
        self.refuse("Task g(Queue& q) { auto r = co_await q.infer([](inflight::Inputs) {}, 1); }", "deleted")

    def test_a_restart_of_a_result_that_is_not_given_away(self):
        self.refuse("void f(Queue& q, Queue::Result& r) { q.restart(r, fill, 1); }", "Result")

    def test_the_request_itself_in_a_fill(self):
        self.refuse("void f(inflight::Inputs i) { i.set_callback(nullptr); }", "set_callback")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
