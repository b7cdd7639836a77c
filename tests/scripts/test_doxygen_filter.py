"""scripts/doxygen_filter.sed gives a word to what may go without one, and to nothing else."""
import subprocess
import unittest

from tree import ROOT

HIDDEN = "/** &zwj; */"


def filtered(*lines):
    done = subprocess.run(["sed", "-E", "-f", ROOT / "scripts/doxygen_filter.sed"], input="\n".join(["", *lines, ""]),
                          capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.splitlines()[1:]


class DoxygenFilter(unittest.TestCase):
    def test_fields_moving_and_comparing_may_go_without_a_word(self):
        for line in ("  int width = 0;", "  std::vector<double> round_fps;", "  Seconds start{0};",
                     "  Frame(Frame&&) noexcept;", "  Frame& operator=(Frame&&) noexcept;",
                     "  bool operator==(const Size&) const = default;"):
            with self.subTest(line=line):
                (out,) = filtered(line)
                self.assertTrue(out.startswith(f"  {HIDDEN}"), out)
                self.assertIn(line.strip(), out)

    def test_functions_types_and_constants_may_not(self):
        for line in ("  int width() const noexcept;", "  Frame();", "  explicit Frame(Frame& other) noexcept;",
                     "  Frame(Other&&) noexcept;", "  bool operator==(const Size& other) const;", "  using Tensor = int;",
                     "  struct Snapshot {", "int usable_cores();", "enum class Hint { latency, none };",
                     "  virtual ~Sink() = default;"):
            with self.subTest(line=line):
                self.assertEqual(filtered(line), [line])

    def test_a_word_that_is_there_stays_alone(self):
        lines = ["  /// How many,", "  /// at most.", "  int requests = 0;", "  int streams = 0;  ///< 0: all"]
        self.assertEqual(filtered(*lines), lines)

    def test_each_field_of_a_line_has_its_word(self):
        self.assertEqual(filtered("  double p50 = 0, p90 = 0, p99 = 0;  ///< ms"),
                         ["  /** ms */ double p50 = 0; /** ms */ double p90 = 0; /** ms */ double p99 = 0;"])
        self.assertEqual(filtered("  std::string name, path;"),
                         [f"  {HIDDEN} std::string name; {HIDDEN} std::string path;"])

    def test_no_header_gains_or_loses_a_line(self):
        for header in sorted((ROOT / "include").rglob("*.hpp")):
            lines = header.read_text().splitlines()
            self.assertEqual(len(filtered(*lines)), len(lines), header)


if __name__ == "__main__":
    unittest.main()
