"""scripts/check_readme.py finds links that lead nowhere and commands that do not exist."""
import unittest

from tree import TreeTest

DEV = """#!/bin/sh
case "$1 $2" in
  'help ') printf 'usage:\\n\\n  build   Builds\\n  check   Checks\\n  demo    Shows\\n' ;;
  'help check') printf './dev check [--tidy]\\nChecks\\n' ;;
  'help demo') printf './dev demo\\nShows\\n' ;;
esac
"""
INFLIGHT = """#!/bin/sh
case "$1" in
  --help) printf 'Usage: inflight\\n\\nOptions:\\n  -h,--help   Help\\n  --version   Version\\n' &&
          printf '\\nSubcommands:\\n  run       Runs\\n  compare   Compares\\n' ;;
  run) printf 'Options:\\n  -i,--input TEXT   Video\\n  --rate FLOAT\\n' ;;
  compare) printf 'Options:\\n  --frames INT   Frames\\n' ;;
esac
"""


class CheckReadme(TreeTest):
    def setUp(self):
        super().setUp()
        self.write("dev", DEV).chmod(0o755)

    def build_program(self):
        self.write("build/bin/inflight", INFLIGHT).chmod(0o755)

    def check(self):
        return self.run_script("check_readme.py", self.root)

    def faults_of(self, *commands):
        """What is said about these lines of a sh block, without the place."""
        self.write("README.md", "\n".join(["```sh", *commands, "```", ""]))
        code, lines = self.check()
        faults = [line.split(": ", 1)[1] for line in lines if line.startswith("README.md:")]
        self.assertEqual(code, 1 if faults else 0)
        return faults

    def test_links_that_lead_somewhere_pass(self):
        self.write("docs/a.md", "# The `fast` path, explained!\n## Twice\n## Twice\n[up](../README.md#say-it)\n")
        self.write("pictures/a.png", "")
        self.write("README.md", "# Say it\n[a](docs/a.md#the-fast-path-explained) [b](docs/a.md#twice-1) [c](#say-it)\n"
                                "![p](pictures/a.png) [web](https://example.org/x#y) [root](/docs/a.md) [dir](docs)\n"
                                "`[code](gone.md)`\n```\n[code](gone.md)\n```\n")
        self.assertEqual(self.check()[0], 0)

    def test_links_that_lead_nowhere(self):
        self.write("docs/a.md", "# A\n")
        self.write("README.md", "# Top\n[a](docs/b.md)\n[b](docs/a.md#b) ![c](c.png)\n[d](#bottom)\n")
        self.assertEqual(self.check(), (1, ["README.md:2: there is no 'docs/b.md'",
                                            "README.md:3: 'docs/a.md' has no heading '#b'",
                                            "README.md:3: there is no 'c.png'",
                                            "README.md:4: 'README.md' has no heading '#bottom'"]))

    def test_commands_that_exist_pass(self):
        self.build_program()
        self.assertEqual(self.faults_of(
            "git clone somewhere && ./dev build   # with a remark", "./dev check --tidy; ./dev demo --frames 9",
            "build/bin/inflight run --input clip.mp4 \\", "  --rate=-30 > out.txt", "inflight --version | cat",
            "N=1 inflight compare --help", "ls --whatever"), [])

    def test_a_verb_that_does_not_exist(self):
        self.assertEqual(self.faults_of("./dev fly"), ["./dev has no verb 'fly'"])

    def test_an_option_that_the_verb_does_not_have(self):
        self.assertEqual(self.faults_of("./dev check --tidier"), ["./dev check has no option '--tidier'"])

    def test_a_command_of_the_program_that_does_not_exist(self):
        self.build_program()
        self.assertEqual(self.faults_of("build/bin/inflight walk"), ["inflight has no command 'walk'"])

    def test_an_option_of_the_program_that_does_not_exist(self):
        self.build_program()
        self.assertEqual(self.faults_of("inflight run -i a --frames 9", "inflight --verbose", "./dev demo --size 9"),
                         ["inflight run has no option '--frames'", "inflight has no option '--verbose'",
                          "./dev demo has no option '--size'"])

    def test_the_second_line_of_a_command_and_the_second_command_of_a_line_count(self):
        self.build_program()
        self.assertEqual(self.faults_of("true && inflight run \\", "  --frames 9 | inflight fly"),
                         ["inflight run has no option '--frames'", "inflight has no command 'fly'"])

    def test_it_says_so_when_the_program_is_not_built(self):
        self.write("README.md", "```sh\ninflight fly\n```\n")
        code, lines = self.check()
        self.assertEqual(code, 0)
        self.assertIn("skipped", lines[0])


if __name__ == "__main__":
    unittest.main()
