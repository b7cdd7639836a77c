"""scripts/check_sizes.py finds files that are too long, pictures that are too large, and exceptions that are no longer
needed."""
import sys
import unittest

from tree import ROOT, TreeTest

sys.path.insert(0, str(ROOT / "scripts"))
import check_sizes  # noqa: E402

SUFFIXES = ("cpp", "css", "hpp", "html", "js", "py", "sh")


class CheckSizes(TreeTest):
    def check(self):
        return self.run_script("check_sizes.py", self.root)

    def test_three_hundred_lines_pass(self):
        for suffix in SUFFIXES:
            self.write(f"src/base/a.{suffix}", "\n" * 300)
        self.write("docs/long.md", "\n" * 900)
        self.write("build/generated.cpp", "\n" * 900)
        self.assertEqual(self.check(), (0, ["no file has more than 300 lines, no picture more than 2000000 bytes"]))

    def test_one_more_fails_whatever_the_language(self):
        for suffix in SUFFIXES:
            self.write(f"src/base/a.{suffix}", "\n" * 301)
        code, lines = self.check()
        self.assertEqual(code, 1)
        self.assertEqual(len(lines), len(SUFFIXES))
        self.assertEqual(lines[0], "src/base/a.cpp:301: 301 lines, more than 300: split it by what its parts are for")

    def test_two_megabytes_are_enough_for_a_picture(self):
        for size, code in ((2_000_000, 0), (2_000_001, 1)):
            self.write("docs/pictures/a.gif", "x" * size)
            self.assertEqual(self.check()[0], code)
        self.assertEqual(self.check()[1], ["docs/pictures/a.gif:1: 2000001 bytes, more than 2000000: make it smaller"])

    def test_an_exception_is_by_name_and_must_be_needed(self):
        self.write("a.py", "\n" * 400)
        self.write("b.py", "\n")
        found = list(check_sizes.violations(self.root, {"a.py": "a reason", "b.py": "a reason", "gone.py": "a reason"}))
        self.assertEqual(found, ["b.py:1: needs no exception in scripts/check_sizes.py any more",
                                 "gone.py:1: needs no exception in scripts/check_sizes.py any more"])


if __name__ == "__main__":
    unittest.main()
