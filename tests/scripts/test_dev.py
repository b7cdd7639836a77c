"""./dev says what it can do, and what it can't in one line."""
import subprocess
import tempfile
import unittest

from tree import ROOT

VERBS = ["setup", "build", "test", "mutants", "check", "docs", "bench", "demo", "live", "soak", "format", "help"]


def dev(*arguments, folder=ROOT):
    done = subprocess.run([ROOT / "dev", *arguments], cwd=folder, capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL, timeout=60)
    return done.returncode, done.stdout, done.stderr


class Dev(unittest.TestCase):
    def test_help_lists_every_verb_with_what_it_does(self):
        code, out, _ = dev("help")
        self.assertEqual(code, 0)
        for verb in VERBS:
            self.assertRegex(out, rf"(?m)^  {verb} +[A-Z].*\.$")

    def test_no_verb_is_help(self):
        self.assertEqual(dev()[:2], dev("help")[:2])

    def test_every_verb_has_help_of_its_own(self):
        for verb in VERBS:
            with self.subTest(verb=verb):
                code, out, _ = dev("help", verb)
                self.assertEqual(code, 0)
                self.assertTrue(out.startswith(f"./dev {verb}"), out)
                self.assertEqual(dev(verb, "--help")[:2], (0, out))

    def test_an_unknown_verb_is_a_usage_error_with_the_list(self):
        for arguments in (["fly"], ["help", "fly"], ["common"], [""], ["build test"]):
            with self.subTest(arguments=arguments):
                code, out, err = dev(*arguments)
                self.assertEqual((code, out, err.count("\n")), (2, "", 1))
        for verb in VERBS:
            self.assertIn(verb, dev("fly")[2])

    def test_it_works_from_every_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(dev("help", folder=folder), dev("help"))

    def test_bench_without_a_name_lists_the_names_and_refuses_others(self):
        code, out, _ = dev("bench")
        self.assertEqual((code, out.splitlines()[0]), (0, "benchmarks:"))
        names = out.split()[1:]
        for name in ("demo", "demo_drawing", "end_to_end", "explain", "gate", "queue"):
            self.assertIn(name, names)
        for helper in ("demo_run", "keyed_window", "python_queue", "virtual_display", "web_viewer"):
            self.assertNotIn(helper, names)
        self.assertEqual(dev("bench", "no-such-thing")[0], 2)

    def test_every_debian_package_has_its_reason(self):
        lines = (ROOT / "packages.txt").read_text().splitlines()
        for line in (line for line in lines if not line.startswith("#")):
            self.assertRegex(line, r"^[a-z0-9.+-]+ +# \S")

    def test_every_wheel_is_pinned_by_version_and_hash(self):
        for name in ("requirements.txt", "requirements-openvino.txt", "requirements-assets.txt"):
            lines = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
            for line in (line for line in lines if not line.startswith("#")):
                self.assertRegex(line, r"^[a-z0-9-]+==[0-9.]+( +--hash=sha256:[0-9a-f]{64})+$")


if __name__ == "__main__":
    unittest.main()
