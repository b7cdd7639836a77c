"""scripts/check_snippets.py finds code in documents that is not what is compiled."""
import unittest

from tree import TreeTest

PROGRAM = "int main() {\n  // [loop]\n  for (;;) {\n    work();\n  }\n  // [end]\n}\n"
PAGE = "# Title\n\n<!-- examples/a.cpp -->\n```cpp\n{}```\n\nMore.\n"


class CheckSnippets(TreeTest):
    def check(self):
        return self.run_script("check_snippets.py", self.root)

    def test_the_lines_of_the_program_pass_with_less_indentation(self):
        self.write("examples/a.cpp", PROGRAM)
        self.write("docs/a.md", PAGE.format("for (;;) {\n  work();\n}\n") + "```cpp\nfree();\n```\n")
        self.assertEqual(self.check(), (0, ["code in documents is code that runs"]))

    def test_other_lines_do_not(self):
        self.write("examples/a.cpp", PROGRAM)
        self.write("docs/a.md", PAGE.format("for (;;) {\n  play();\n}\n"))
        self.assertEqual(self.check(), (1, ["docs/a.md:3: is not what examples/a.cpp has between [loop] and [end]"]))

    def test_nor_does_a_program_without_such_lines(self):
        self.write("docs/a.md", PAGE.format("work();\n"))
        self.assertEqual(self.check()[0], 1)
        self.write("examples/a.cpp", "work();\n")
        self.assertEqual(self.check(), (1, ["docs/a.md:3: examples/a.cpp has no lines between [loop] and [end]"]))


if __name__ == "__main__":
    unittest.main()
