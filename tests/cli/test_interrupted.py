"""Ctrl-C and the like, whatever the program is doing: 130, the report of whole rounds, and no half file."""
import json
import os
import pty
import re
import signal
import subprocess
import unittest

from program import ASSETS, CLIP, MODEL, PROGRAM, ProgramTest, knows_files_without_names

LONG_CLIP = ASSETS / "bigbuckbunny.mp4"


class Interrupted(ProgramTest):
    """The progress line, on a terminal of the test's own, tells when the program is in the middle."""

    def start(self, *arguments, clip=CLIP, model=MODEL, **options):
        return self.run_command("compare", "-i", clip, "-m", model, *arguments, **options)

    def run_command(self, *arguments, **options):
        self.terminal, end = pty.openpty()
        self.addCleanup(os.close, self.terminal)
        process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=end, text=True,
                                   stdin=subprocess.DEVNULL, **options)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        os.close(end)
        return process

    def wait_for(self, pattern):
        seen = ""
        while not re.search(pattern, seen):
            try:
                seen += os.read(self.terminal, 4096).decode()
            except OSError:  # the program has ended
                self.fail(f"no {pattern!r} in {seen!r}")
        return seen

    def what_follows(self):
        """On the terminal, until the program ends."""
        seen = ""
        while True:
            try:
                seen += os.read(self.terminal, 4096).decode()
            except OSError:  # nobody has the other end any more
                return seen

    def outputs(self):
        """Flags that ask for every kind of file; the path of the JSON first."""
        paths = [self.folder / name for name in ("c.json", "c.html", "c.mp4")]
        return [part for flag, path in zip(("--json", "--html", "--video"), paths) for part in (flag, path)]

    def assert_report_alone(self, process):
        """It ended with 130 and left its report, but no video. Returns the record."""
        output = process.communicate(timeout=60)[0]
        self.assertEqual(process.returncode, 130, output)
        self.assertEqual(sorted(path.name for path in self.folder.glob("*c.*")), ["c.html", "c.json"])
        self.assertEqual([path.name for path in self.folder.glob(".*")], [])
        self.assertIn("</html>", (self.folder / "c.html").read_text(encoding="utf-8"))
        record = json.loads((self.folder / "c.json").read_text(encoding="utf-8"))
        self.assertIn("interrupted", output)
        self.assertIn("interrupted", " ".join(record["notes"]))
        return record

    def test_an_explanation_tells_what_whole_rounds_gave(self):
        path = self.folder / "e.json"
        process = self.run_command("explain", "-i", CLIP, "-m", MODEL, "--time", "300", "--rounds", "99", "--json", path)
        self.wait_for("round 2 of 99")
        process.send_signal(signal.SIGINT)
        output = process.communicate(timeout=60)[0]
        self.assertEqual(process.returncode, 130, output)
        record = json.loads(path.read_text(encoding="utf-8"))
        self.assertTrue(record["interrupted"])
        self.assertGreaterEqual(record["rounds"], 1)
        self.assertGreater(record["observed_ms_per_frame"], 0)
        self.assertIs(record["valid"], False)

    def test_a_gate_that_runs_two_programs_ends_both(self):
        rounds = ("--", "compare", "-i", CLIP, "-m", MODEL, "--ways", "sync")
        process = self.run_command("gate", "--versus", PROGRAM, "--pairs", "1000", "--junit", self.folder / "g.xml", *rounds)
        self.wait_for("pair 2")
        process.send_signal(signal.SIGINT)
        output = process.communicate(timeout=60)[0]
        self.assertEqual(process.returncode, 130, output)
        self.assertIn("INTERRUPTED", output)
        self.assertNotIn("passed", output.lower())
        self.assertIn("<error message=", (self.folder / "g.xml").read_text(encoding="utf-8"))

    def test_in_the_rounds(self):
        process = self.start("--rounds", "1000", "--seconds", "0.3", *self.outputs())
        self.wait_for(r"round 3 of 1000")
        process.send_signal(signal.SIGINT)
        self.assertIn("c.mp4 was not written: interrupted", self.what_follows())
        record = self.assert_report_alone(process)
        self.assertIs(record["rounds"]["interrupted"], True)
        self.assertGreaterEqual(record["rounds"]["done"], 2)

    def test_while_it_compiles_no_other_way_is_compiled(self):
        process = self.start("--model-type", "raw", "--ways", "sync,queue", *self.outputs(), model=self.slow_model())
        self.wait_for("compiling for sync")
        process.send_signal(signal.SIGINT)
        self.assertNotIn("compiling for queue", self.what_follows())
        record = self.assert_report_alone(process)
        self.assertEqual((record["rounds"]["interrupted"], record["rounds"]["done"]), (True, 0))

    def test_in_the_first_pass(self):
        process = self.start("--rounds", "1000", "--seconds", "60", "--ways", "sync", *self.outputs(), clip=LONG_CLIP)
        self.wait_for(r"first pass, sync  \d+")
        process.send_signal(signal.SIGINT)
        record = self.assert_report_alone(process)
        self.assertEqual((record["rounds"]["interrupted"], record["rounds"]["done"]), (True, 0))
        self.assertEqual([way["fps"]["median"] for way in record["ways"]], [None])

    def test_while_a_child_measures_memory(self):
        for to_all in (True, False):  # as a terminal does, and as `kill` does
            with self.subTest(to_all=to_all):
                process = self.start("--rounds", "2", "--frames", "130", *self.outputs(), clip=LONG_CLIP,
                                     start_new_session=True)
                self.wait_for("memory of sync")
                (os.killpg if to_all else os.kill)(process.pid, signal.SIGINT)
                record = self.assert_report_alone(process)
                self.assertEqual((record["rounds"]["interrupted"], record["rounds"]["done"]), (False, 2))
                self.assertIsNone(record["ways"][-1]["peak_memory_bytes"])
                with self.assertRaises(ProcessLookupError, msg="no child is left"):
                    os.killpg(process.pid, 0)

    def test_in_the_video_the_report_is_already_there(self):
        for sent, code in ((signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)):
            with self.subTest(signal=sent.name):
                target, video = self.folder / f"{sent}.json", self.folder / f"{sent}.mp4"
                process = self.start("--frames", "130", "--rounds", "1", "--ways", "sync", "--json", target,
                                     "--video", video, clip=LONG_CLIP)
                self.wait_for(r"writing the video  \d+")
                process.send_signal(sent)
                output = process.communicate(timeout=60)[0]
                self.assertEqual(process.returncode, code)
                self.assertIn(f"wrote {target}", output)
                self.assertIs(json.loads(target.read_text(encoding="utf-8"))["rounds"]["interrupted"], False)
                self.assertFalse(video.exists())
                if sent == signal.SIGINT or knows_files_without_names(self.folder):
                    self.assertEqual([path.name for path in self.folder.iterdir()], [target.name])
                target.unlink()

    def test_the_second_time_it_stops_at_once(self):
        process = self.start("--rounds", "1000", "--seconds", "0.3")
        self.wait_for(r"round 2 of 1000")
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)

    def test_progress_has_rate_and_time_left(self):
        process = self.start("--rounds", "1000", "--seconds", "0.3")
        seen = self.wait_for(r"round \d+ of 1000, \S+  \d+/\d+  \d+ frames/s  \d+:\d\d left")
        self.assertNotIn("[h264", seen)
        process.kill()
        process.communicate()


if __name__ == "__main__":
    unittest.main()
