"""inflight explain, as its users run it: reports, bad input, and what it says of faults that are planted."""
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from program import ASSETS, CLIP, MODEL, PROGRAM, run


def explain(*arguments, before=(), **options):
    command = [*before, PROGRAM, "explain", "-i", CLIP, "-m", MODEL, "--time", "5", "--rounds", "1", *arguments]
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=120,
                          stdin=subprocess.DEVNULL, check=False, **options)


def record(*arguments, **options):
    done = explain("--json", "-", *arguments, **options)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


class Faults(unittest.TestCase):
    """Each is real work in a real run; the stage that is named must be the one that was slowed down."""

    def limit(self, stage, *arguments, **options):
        found = record(*arguments, **options)
        self.assertEqual(found["limit"]["stage"], stage, found["limit"])
        return found

    def test_a_decoder_held_to_one_slow_thread(self):
        found = self.limit("decode", "--decoder-threads", "1", "--add", "decode=20")
        self.assertIn("--decoder-threads 2", [remedy["flags"] for remedy in found["remedies"]])

    def test_a_callback_that_sleeps(self):
        found = self.limit("callback", "--add", "callback=5:wait")
        self.assertTrue(found["remedy"]["helped"], found["remedies"])

    def test_a_callback_on_two_threads(self):
        found = record("--callback-threads", "2", "--add", "callback=4")
        delivering = next(threads for threads in found["threads"] if threads["role"] == "callback")
        self.assertGreater(delivering["core_ms_per_frame"], 4)

    def test_a_slow_sink(self):
        found = self.limit("sink", "--add", "sink=60:wait")
        self.assertTrue(found["remedy"]["helped"], found["remedies"])
        self.assertIn("results", found["remedy"]["note"])

    def test_drawing_each_frame_in_the_loop(self):
        self.limit("drawing", "--sink", "drawing", "--add", "draw=30")

    def test_one_request_only(self):
        self.limit("submission", "--requests", "1")

    def test_a_slow_source(self):
        found = self.limit("source", "--rate", "10")
        self.assertIsNone(found["remedy"])
        self.assertIn("async will not help here", found["gain"]["verdict"])

    @unittest.skipIf(len(os.sched_getaffinity(0)) < 2, "SKIPPED: one core only")
    def test_one_core(self):
        core = min(os.sched_getaffinity(0))
        found = self.limit("CPU quota", before=("taskset", "-c", str(core)))
        self.assertIn("affinity", found["limit"]["text"])

    @unittest.skipIf(len(os.sched_getaffinity(0)) < 2, "SKIPPED: one core only")
    def test_a_control_group_that_allows_one_core(self):
        with control_group(1.0) as enter:
            if enter is None:
                self.skipTest("SKIPPED: no control group can be made here")
            found = self.limit("CPU quota", preexec_fn=enter)
        self.assertTrue(any(finding["name"] == "quota" and finding["matters"] for finding in found["doctor"]))

    def test_a_competing_process_makes_it_invalid(self):
        code = "while True: pass"
        others = [subprocess.Popen([sys.executable, "-c", code]) for _ in os.sched_getaffinity(0)]
        try:
            found = record()
        finally:
            for other in others:
                other.kill()
                other.wait()
        self.assertFalse(found["valid"])
        self.assertTrue(any("other processes used" in reason for reason in found["reasons"]), found["reasons"])


@contextlib.contextmanager
def control_group(cores):
    """Gives a function for a child to enter a group of that quota, or None where groups cannot be made."""
    period = 100_000
    for root, limits in (("/sys/fs/cgroup/cpu", {"cpu.cfs_period_us": period, "cpu.cfs_quota_us": int(cores * period)}),
                         ("/sys/fs/cgroup", {"cpu.max": f"{int(cores * period)} {period}"})):
        group = pathlib.Path(root) / f"inflight-test-{os.getpid()}"
        try:
            group.mkdir()
        except OSError:
            continue
        try:
            for name, value in limits.items():
                if not (group / name).exists():
                    raise OSError
                (group / name).write_text(str(value))
            yield lambda: (group / "cgroup.procs").write_text(str(os.getpid()))
            return
        except OSError:
            pass
        finally:
            group.rmdir()
    yield None


class Reports(unittest.TestCase):
    def test_all_of_them_at_once(self):
        with tempfile.TemporaryDirectory() as folder:
            names = ["--json", "r.json", "--html", "r.html", "--markdown", "r.md", "--timeline", "t.png", "--trace",
                     "t.json"]
            given = [str(pathlib.Path(folder) / name) if "." in name else name for name in names]
            done = explain(*given)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("Limit: ", done.stdout)
            self.assertEqual(done.stdout.count("wrote "), 5)
            found = json.loads((pathlib.Path(folder) / "r.json").read_text())
            total = sum(step["ms_per_frame"] for step in found["waterfall"]) + found["remainder_ms_per_frame"]
            self.assertAlmostEqual(total, found["observed_ms_per_frame"], places=9)
            self.assertIn("<svg", (pathlib.Path(folder) / "r.html").read_text())
            self.assertTrue((pathlib.Path(folder) / "t.png").read_bytes().startswith(b"\x89PNG"))
            json.loads((pathlib.Path(folder) / "t.json").read_text())
            self.assertIn("| ceiling |", (pathlib.Path(folder) / "r.md").read_text())

    def test_runs_of_so_many_frames(self):
        done = run("explain", "-i", CLIP, "-m", MODEL, "--frames", "10", "--way", "sync", "--rounds", "3", "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(done.stdout)
        self.assertEqual((found["rounds"], found["frames"]), (3, 30))

    @unittest.skipIf(len(os.sched_getaffinity(0)) < 2, "on one core the encoder has no threads of its own")
    def test_video_is_encoded_and_nothing_is_left(self):
        last = {"1": ["encoding", "slower inference"], "2": ["encoding", "decoder threads", "slower inference"]}
        for (threads, names), way in zip(last.items(), ("two-requests", "sync"), strict=True):
            with tempfile.TemporaryDirectory() as folder, self.subTest(decoder_threads=threads):
                found = record("--sink", "video", "--way", way, "--decoder-threads", threads,
                               env=os.environ | {"TMPDIR": folder})
                self.assertEqual(os.listdir(folder), [])
                steps = {step["name"]: step for step in found["waterfall"]}
                self.assertEqual(list(steps)[-len(names) - 2:], ["drawing", "sink", *names])
                self.assertGreater(steps["encoding"]["core_ms_per_frame"], 0)
                self.assertGreater({stage["name"]: stage for stage in found["stages"]}["encode"]["core_ms"], 0)
                self.assertIn("encoder", [threads["role"] for threads in found["threads"]])


class BadInput(unittest.TestCase):
    def expect(self, code, *parts, arguments):
        done = run("explain", *arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        for part in parts:
            self.assertIn(part, done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_one_line_that_names_the_thing_and_the_remedy(self):
        whole = ("-i", CLIP, "-m", MODEL)
        for code, parts, arguments in (
                (2, ("--time 1", "give at least"), (*whole, "--time", "1")),
                (2, ("--rounds",), (*whole, "--rounds", "0")),
                (2, ("--add decode", "for example decode=2"), (*whole, "--add", "decode")),
                (2, ("--add device=2",), (*whole, "--add", "device=2")),
                (2, ("--add sink=-3",), (*whole, "--add", "sink=-3")),
                (2, ("--way",), (*whole, "--way", "fast")),
                (2, ("--rate",), (*whole, "--rate", "0")),
                (2, ("--callback-threads 2", "--way queue"), (*whole, "--way", "sync", "--callback-threads", "2")),
                (2, ("--render-width 64", "--sink drawing"), (*whole, "--sink", "video", "--render-width", "64")),
                (2, ("camera", "--rate"), ("-i", "0", "-m", MODEL)),
                (1, ("missing.mp4",), ("-i", "missing.mp4", "-m", MODEL)),
                (1, ("missing.xml",), ("-i", CLIP, "-m", "missing.xml")),
                (1, ("/proc/none",), (*whole, "--html", "/proc/none/a.html")),
        ):
            with self.subTest(arguments=arguments[4:]):
                self.expect(code, *parts, arguments=arguments)

    def test_a_clip_of_one_frame(self):
        with tempfile.TemporaryDirectory() as folder:
            picture = pathlib.Path(folder) / "one"
            picture.mkdir()
            subprocess.run(["ffmpeg", "-v", "error", "-i", CLIP, "-frames:v", "1", picture / "1.png"], check=True)
            done = run("explain", "-i", picture, "-m", MODEL, "--time", "4", "--rounds", "1", "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(done.stdout)
        self.assertEqual((found["failed"], found["valid"]), (0, False))
        self.assertTrue(any("one frame only" in reason for reason in found["reasons"]), found["reasons"])

    def test_frames_of_changing_size(self):
        with tempfile.TemporaryDirectory() as folder:
            for i, size in enumerate(("64x48", "160x120", "32x32")):
                subprocess.run(["ffmpeg", "-v", "error", "-i", CLIP, "-frames:v", "1", "-s", size,
                                pathlib.Path(folder) / f"{i}.png"], check=True)
            done = run("explain", "-i", folder, "-m", MODEL, "--time", "4", "--rounds", "1", "--sink", "video")
            plain = run("explain", "-i", folder, "-m", MODEL, "--time", "6", "--rounds", "1", "--json", "-")
        self.assertEqual(done.returncode, 1)
        self.assertIn("does not fit the video", done.stderr)
        self.assertIn("change their size: 64x48, and 160x120", " ".join(json.loads(plain.stdout)["notes"]))


if __name__ == "__main__":
    assert ASSETS
    unittest.main()
