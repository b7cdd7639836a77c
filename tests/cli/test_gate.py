"""inflight gate, as a build server meets it."""
import json
import unittest
import xml.etree.ElementTree as ET

from program import ASSETS, CLIP, MODEL, PROGRAM, ProgramTest, run

# Far above whatever else happens on the machine.
SLOWER = ("--add", "callback=200:wait")


def short(*arguments, clip=CLIP):
    return ["compare", "-i", clip, "-m", MODEL, "--ways", "sync", "--frames", "4", "--brief", *arguments]


class GateTest(ProgramTest):
    def record(self, name, *arguments, rounds=7, clip=CLIP):
        path = self.folder / name
        done = run(*short("--rounds", rounds, "--json", path, *arguments, clip=clip))
        self.assertEqual(done.returncode, 0, done.stderr)
        return path

    def edited(self, path, edit):
        record = json.loads(path.read_text(encoding="utf-8"))
        edit(record)
        changed = self.folder / "edited.json"
        changed.write_text(json.dumps(record), encoding="utf-8")
        return changed


class Records(GateTest):
    def test_the_same_record_twice_is_no_regression(self):
        old = self.record("old.json")
        done = run("gate", old, old)
        self.assertIn(done.returncode, (0, 12), done.stdout + done.stderr)
        self.assertIn(" % ", done.stdout)

    def test_a_planted_slowdown_is_a_regression_in_every_output(self):
        old, new = self.record("old.json"), self.record("new.json", *SLOWER)
        junit, markdown = self.folder / "gate.xml", self.folder / "gate.md"
        done = run("gate", old, new, "--allow", "3%", "--junit", junit, "--markdown", markdown)
        self.assertEqual(done.returncode, 10, done.stdout + done.stderr)
        self.assertTrue(done.stdout.startswith("REGRESSION: sync changed by -"), done.stdout)
        self.assertIn("REGRESSION: sync", markdown.read_text(encoding="utf-8"))
        suite = ET.parse(junit).getroot()
        self.assertEqual((suite.get("tests"), suite.get("failures")), ("1", "1"))
        self.assertRegex(suite.find("testcase/failure").get("message"), r"^-\d+\.\d % ")
        self.assertIn(run("gate", new, old).returncode, (0, 12), "faster is none")
        self.assertEqual(run("gate", old, old, "--allow", "90").returncode, 0, "all is allowed")

    def test_too_few_rounds_are_undecided(self):
        old = self.record("old.json", rounds=2)
        junit = self.folder / "gate.xml"
        done = run("gate", old, old, "--junit", junit)
        self.assertEqual(done.returncode, 12, done.stdout)
        self.assertIn("2 rounds decide nothing", done.stdout)
        self.assertIn("too few rounds", ET.parse(junit).getroot().find("testcase/skipped").get("message"))

    def test_what_differs_is_named(self):
        old = self.record("old.json", rounds=1)
        others = {"clip: another file": self.record("clip.json", rounds=1, clip=ASSETS / "bikes.mp4"),
                  "settings asked of sync": self.record("settings.json", "--streams", "1", rounds=1),
                  "DENORMALS": self.record("property.json", "--property", "CPU_DENORMALS_OPTIMIZATION=YES", rounds=1),
                  "clip, start": self.record("start.json", "--start", "0.5", rounds=1),
                  "mean 3": self.record("mean.json", "--mean", "3", "--scale", "2", rounds=1),
                  "preprocessing": self.record("exact.json", "--preprocess", "exact", rounds=1)}
        for text, new in others.items():
            with self.subTest(text=text):
                done = run("gate", old, new)
                self.assertEqual(done.returncode, 11, done.stdout + done.stderr)
                self.assertTrue(done.stdout.startswith("NOT COMPARABLE: "), done.stdout)
                self.assertIn(text, done.stdout)
        machine = self.edited(old, lambda record: record["machine"].update(cores=99))
        done = run("gate", old, machine)
        self.assertEqual(done.returncode, 11)
        self.assertIn("machine, cores:", done.stdout)


class BadRecords(GateTest):
    def refused(self, path, *words):
        self.assert_refused(run("gate", path, path), 1, path, *words)

    def test_a_record_cut_in_half(self):
        old = self.record("old.json", rounds=1)
        cut = self.folder / "cut.json"
        cut.write_bytes(old.read_bytes()[:old.stat().st_size // 2])
        self.refused(cut, "only a part of it was written")
        self.assert_refused(run("gate", old, cut), 1, cut)

    def test_a_record_of_another_version_or_command(self):
        old = self.record("old.json", rounds=1)
        self.refused(self.edited(old, lambda record: record.update(schema=1)), "another version", "schema 1")
        self.refused(self.edited(old, lambda record: record.update(command="explain")), "inflight compare")

    def test_a_record_edited_by_hand(self):
        old = self.record("old.json", rounds=3)
        self.refused(self.edited(old, lambda record: record["ways"][0]["fps"].update(median=1e6)), "median", "edited")
        self.refused(self.edited(old, lambda record: record["ways"][0]["round_fps"].pop()), "round_fps", "edited")
        self.refused(self.edited(old, lambda record: record["ceiling"]["round_fps"].reverse() or
                                 record["ceiling"]["round_fps"].__setitem__(0, -5)), "ceiling")
        self.refused(self.edited(old, lambda record: record.pop("rounds")), "rounds", "edited")

    def test_what_failed_is_an_error_in_the_reports(self):
        old = self.record("old.json", rounds=1)
        junit, markdown = self.folder / "gate.xml", self.folder / "gate.md"
        for reports in (junit, markdown):
            reports.write_text("of an earlier run")
        self.assert_refused(run("gate", old, self.folder / "none.json", "--junit", junit, "--markdown", markdown), 1, "none.json")
        suite = ET.parse(junit).getroot()
        self.assertEqual((suite.get("tests"), suite.get("errors")), ("1", "1"))
        self.assertIn("none.json", suite.find("testcase/error").get("message"))
        self.assertRegex(markdown.read_text(), r"FAILED: .*none\.json(.|\n)*old: .*old\.json, new: .*none\.json")

    def test_what_is_no_record(self):
        self.refused(self.folder / "none.json", "cannot be read")
        self.refused(MODEL, "no JSON")
        self.refused(self.folder, "cannot be read")
        empty = self.folder / "empty.json"
        empty.touch()
        self.refused(empty, "empty")


class Versus(GateTest):
    def versus(self, *arguments, **options):
        return run("gate", "--versus", PROGRAM, *arguments, **options)

    def test_a_time_for_one_pair_decides_nothing(self):
        done = self.versus("--time", "1", "--", *short("--rounds", "1"))
        self.assertEqual(done.returncode, 12, done.stdout + done.stderr)
        self.assertTrue(done.stdout.startswith("UNDECIDED: too few pairs were measured"), done.stdout)

    def test_slower_settings_are_a_regression(self):
        quick = short("--rounds", "1")
        done = self.versus("--time", "110", "--", *quick, "--", *quick, *SLOWER)
        self.assertEqual(done.returncode, 10, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"REGRESSION: sync changed by -\d+\.\d % ")

    def test_other_clips_are_not_comparable(self):
        done = self.versus("--", *short("--rounds", "1"), "--", *short("--rounds", "1", clip=ASSETS / "bikes.mp4"))
        self.assertEqual(done.returncode, 11, done.stdout + done.stderr)
        self.assertIn("clip: another file", done.stdout)

    def test_a_program_that_is_none_or_fails(self):
        quick = short("--rounds", "1")
        self.assert_refused(run("gate", "--versus", self.folder / "none", "--", *quick), 1, "none", "cannot be started")
        self.assert_refused(run("gate", "--versus", "/bin/false", "--", *quick), 1, "/bin/false", "failed")
        self.assert_refused(run("gate", "--versus", "/bin/true", "--", *quick), 1, "/bin/true", "wrote no record")
        self.assert_refused(run("gate", "--versus", "/bin/echo", "--", *quick), 1, "/bin/echo", "wrote no record")
        junit = self.folder / "gate.xml"
        self.assert_refused(self.versus("--junit", junit, "--", "compare", "-i", self.folder / "none.mp4", "-m", MODEL), 1,
                            "none.mp4")
        self.assertIn("none.mp4", ET.parse(junit).getroot().find("testcase/error").get("message"))


class Usage(ProgramTest):
    def test_wrong_usage(self):
        self.assert_refused(run("gate"), 2, "OLD.json NEW.json", "--versus")
        self.assert_refused(run("gate", "one.json"), 2, "OLD.json NEW.json")
        self.assert_refused(run("gate", "--versus", PROGRAM), 2, "after '--'")
        self.assert_refused(run("gate", "--versus", PROGRAM, "--", "demo"), 2, "-- compare")
        self.assert_refused(run("gate", "--versus", PROGRAM, "--", *short("--json", "x")), 2, "leave out --json")
        for allow in ("", "x", "-1", "91", "100", "3%%"):
            with self.subTest(allow=allow):
                self.assert_refused(run("gate", "a.json", "b.json", "--allow", allow), 2, "--allow")

    def test_records_beside_versus(self):
        self.assert_refused(run("gate", "old.json", "--versus", PROGRAM, "--", *short()), 2, "old.json", "--versus")
        self.assert_refused(run("gate", "a.json", "b.json", "--", *short()), 2, "'--'", "--versus")

    def test_flags_of_versus_are_refused_for_records(self):
        for flag, value in (("--time", 5), ("--pairs", 8), ("--seed", 1)):
            with self.subTest(flag=flag):
                self.assert_refused(run("gate", "a.json", "b.json", flag, value), 2, flag, "--versus")

    def test_help_has_examples_flags_and_statuses(self):
        text = run("gate", "--help").stdout
        for word in ("--allow", "--versus", "--time", "--junit", "--markdown", "Examples:", "10 ", "11 ", "12 "):
            self.assertIn(word, text)


if __name__ == "__main__":
    unittest.main()
