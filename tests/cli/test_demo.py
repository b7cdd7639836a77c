"""inflight demo, as users meet it: without a view, as a page, as a file, interrupted, and when it cannot."""
import json
import os
import pathlib
import re
import resource
import signal
import socket
import struct
import subprocess
import unittest
import urllib.error
import urllib.request

from demo_program import CAMERA, WITHOUT_DISPLAY, PageTest, WebViewer, command, demo
from program import ProgramTest


def jpeg_size(picture):
    """Width and height, as the frame header says."""
    height, width = struct.unpack(">HH", picture[picture.index(b"\xff\xc0") + 5:][:4])
    return width, height


class Summary(ProgramTest):
    def test_tells_the_last_figure_of_every_way(self):
        done = demo("--view", "none", "--cycle", "0.6s", "--seconds", "3", "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        record = json.loads(done.stdout)
        self.assertEqual([way["name"] for way in record["ways"]], ["sync", "two-requests", "queue"])
        for way in record["ways"]:
            self.assertGreater(way["fps"], 0)
            self.assertGreater(way["ratio_to_sync"], 0)
        self.assertEqual((record["failed"], record["dropped"]), (0, 0))
        self.assertEqual(record["pictures"]["shown"], 0, "nobody looks: nothing is drawn")

    def test_a_way_that_did_not_run_has_no_figure(self):
        record = json.loads(demo("--view", "none", "--way", "queue", "--seconds", "1", "--json", "-").stdout)
        self.assertEqual([way["fps"] is None for way in record["ways"]], [True, True, False])

    def test_without_a_figure_of_any_way_tells_the_frames_alone(self):
        self.assertRegex(demo("--view", "none", "--frames", "1").stdout, r"^1 frames in \d+\.\d s\n$")

    def test_ends_after_the_frames_that_were_asked_for(self):
        record = json.loads(demo("--view", "none", "--frames", "150", "--json", "-").stdout)
        self.assertEqual(record["frames"], 150)

    def test_goes_round_in_a_time_of_any_unit(self):
        for time in ("500ms", "0.5s", "0.01min", "0.5"):
            done = demo("--view", "none", "--cycle", time, "--frames", "1")
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_passes_frames_over(self):
        done = demo("--view", "none", "--frames", "50", "--skip", "2")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("50 frames", done.stdout)

    def test_of_a_camera_what_came_too_soon_is_dropped(self):
        done = demo("--view", "none", "--seconds", "2", "--json", "-", "--way", "sync", "--shape", "1,3,480,640",
                    clip="lavfi:testsrc2=size=640x480:rate=400,realtime")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(json.loads(done.stdout)["dropped"], 0)


class File(ProgramTest):
    def stream_of(self, path):
        probe = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-show_entries",
                                "stream=width,height,nb_read_frames", "-of", "json", path],
                               capture_output=True, text=True, check=True)
        [stream] = json.loads(probe.stdout)["streams"]
        return stream

    def test_has_what_a_window_would_show(self):
        path = self.folder / "demo.mp4"
        done = demo("--output", path, "--seconds", "2", env=WITHOUT_DISPLAY)
        self.assertEqual(done.returncode, 0, done.stderr)
        stream = self.stream_of(path)
        self.assertEqual((stream["width"], stream["height"]), (1280, 720))
        self.assertGreater(int(stream["nb_read_frames"]), 20)
        self.assertIn(f"wrote {path}", done.stdout)

    def test_without_an_end_says_that_it_is_written_until_it_is_stopped(self):
        path = self.folder / "demo.mp4"
        process = subprocess.Popen(command("--output", path), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                   env=WITHOUT_DISPLAY)
        self.addCleanup(process.communicate, timeout=30)
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        self.assertIn(f"writing {path} until it is stopped", line)
        self.assertEqual(process.wait(timeout=60), 130)

    def test_has_the_size_that_was_asked_for(self):
        path = self.folder / "demo.mp4"
        done = demo("--output", path, "--size", "640x360", "--frames", "50", env=WITHOUT_DISPLAY)
        self.assertEqual(done.returncode, 0, done.stderr)
        stream = self.stream_of(path)
        self.assertEqual((stream["width"], stream["height"]), (640, 360))


class Page(PageTest):
    def test_shows_pictures_and_obeys(self):
        _, host, port = self.start("--cycle", "0")
        with WebViewer(host, port) as viewer:
            self.wait_for(lambda: viewer.pictures > 3, "no picture came")
            self.assertEqual(viewer.figures["running"], 0)
            viewer.command("queue")
            self.wait_for(lambda: viewer.figures["running"] == 2, "the way did not change")
            viewer.command("quit")
            self.wait_for(lambda: viewer.figures["ended"], "the end was not told")

    def test_to_others_it_shows_itself_with_the_token_that_it_prints_and_not_without(self):
        _, _, port = self.start("--listen", "0.0.0.0")
        token = re.fullmatch(r".*/\?token=([0-9a-f]{32})  \(Ctrl-C ends\)\n", self.line)[1]
        address = f"http://127.0.0.1:{port}/metrics"
        with urllib.request.urlopen(f"{address}?token={token}") as answer:
            self.assertIn(b"inflight_web_viewers 0", answer.read())
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address)
        refused.exception.close()
        self.assertEqual(refused.exception.code, 403)

    def test_pictures_fit_into_the_size_that_was_asked_for(self):
        for size, expected in (((640, 360), (440, 360)), ((320, 500), (320, 262))):  # of 176x144
            _, host, port = self.start("--size", "{}x{}".format(*size))
            with WebViewer(host, port) as viewer:
                self.wait_for(lambda: viewer.pictures > 0, "no picture came")
                self.assertEqual(jpeg_size(viewer.picture), expected)

    def test_beside_a_video_pictures_are_as_large_as_the_larger_view_shows_them(self):
        _, host, port = self.start("--size", "640x360", "--output", str(self.folder / "demo.mp4"))
        with WebViewer(host, port) as viewer:
            self.wait_for(lambda: viewer.pictures > 0, "no picture came")
            self.assertEqual(jpeg_size(viewer.picture), (440, 360))

    def test_beside_a_summary_on_standard_output_the_address_is_told_on_the_other(self):
        process = subprocess.Popen(command("--view", "web", "--port", "0", "--json", "-", "--seconds", "60"),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate, timeout=30)
        self.addCleanup(process.terminate)
        line = next(line for line in process.stderr if "the page is at" in line)
        host, port = re.search(r"http://([\d.]+):(\d+)", line).groups()
        with WebViewer(host, int(port)) as viewer:
            self.wait_for(lambda: viewer.pictures > 0, "no picture came")
            viewer.command("quit")
            self.assertGreater(json.loads(process.stdout.read())["frames"], 0)

    def test_an_interrupted_one_leaves_a_whole_video(self):
        path = self.folder / "demo.mp4"
        process, host, port = self.start("--output", str(path), "--json", str(self.folder / "summary.json"))
        with WebViewer(host, port) as viewer:
            self.wait_for(lambda: viewer.pictures > 5, "no picture came")
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(timeout=60), 130)
        subprocess.run(["ffprobe", "-v", "error", path], check=True)
        self.assertGreater(json.loads((self.folder / "summary.json").read_text())["frames"], 0)

    def test_the_page_is_told_that_the_disk_is_full(self):
        path = self.folder / "demo.mp4"
        # Python ignores SIGXFSZ, and so may the program: what is written beyond the limit fails, as on a full disk.
        process, host, port = self.start("--output", str(path), restore_signals=False)
        with WebViewer(host, port) as viewer:
            self.wait_for(lambda: viewer.pictures > 5, "no picture came")
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, 4096))
            self.wait_for(lambda: viewer.figures.get("ended"), "the end was not told")
            self.assertIn(f"{path}: cannot be written", viewer.figures["message"])
        self.assertEqual(process.wait(timeout=60), 1)
        self.assertFalse(path.exists())

    def test_says_what_bounds_a_camera(self):
        _, host, port = self.start(clip=CAMERA)
        with WebViewer(host, port) as viewer:
            self.wait_for(lambda: "source-bound" in (viewer.figures or {}).get("message", ""), "it does not say so")

    def test_its_memory_stays_flat_while_it_goes_round(self):
        # A sanitizer is not to keep what was freed.
        process, host, port = self.start("--cycle", "0.5s", ASAN_OPTIONS="quarantine_size_mb=1")
        with WebViewer(host, port) as viewer:
            def resident():
                return 1024 * int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{process.pid}/status").read_text())[1])
            self.wait_for(lambda: viewer.pictures > 150, "no pictures")  # each way has had its turn more than twice
            before = resident()
            self.wait_for(lambda: viewer.pictures > 450, "no pictures")
            self.assertLess(resident() - before, 16 << 20)


class Refusals(ProgramTest):
    def test_no_display(self):
        self.assert_refused(demo("--view", "window", "--seconds", "1", env=WITHOUT_DISPLAY), 1, "DISPLAY", "--view web")

    def test_a_taken_port(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            self.assert_refused(demo("--view", "web", "--port", port, "--seconds", "1"), 1, f"port {port}", "--port",
                                f"(process {os.getpid()})")

    def test_no_display_and_a_taken_port_are_told_before_a_source_is_opened(self):
        self.assert_refused(demo("--view", "window", clip="7", env=WITHOUT_DISPLAY), 1, "DISPLAY")
        nobody_there = {**WITHOUT_DISPLAY, "DISPLAY": ":4711", "XDG_RUNTIME_DIR": str(self.folder)}
        self.assert_refused(demo("--view", "window", clip="7", env=nobody_there), 1, "DISPLAY")
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            self.assert_refused(demo("--view", "web", "--port", port, clip="7"), 1, f"port {port}")

    def test_no_camera(self):
        self.assert_refused(demo("--view", "none", "--seconds", "1", clip="7"), 1, "/dev/video7")

    def test_nothing_to_show_on_and_no_end(self):
        self.assert_refused(demo("--view", "none"), 2, "--output")

    def test_a_naive_video(self):
        self.assert_refused(demo("--naive", "--view", "none", "--output", self.folder / "x.mp4"), 2, "--naive")

    def test_a_naive_one_that_nobody_sees(self):
        self.assert_refused(demo("--naive", "--view", "none", "--seconds", "1"), 2, "--naive", "--view none")

    def test_a_start_of_what_is_live(self):
        self.assert_refused(demo("--view", "none", "--seconds", "1", "--start", "3", clip=CAMERA), 2, "--start 3", "live")

    def test_a_port_or_an_address_without_a_page(self):
        for flag, value in (("--port", "0"), ("--listen", "127.0.0.1")):
            for view in ("none", "window"):
                self.assert_refused(demo("--view", view, "--seconds", "1", flag, value), 2, flag, "--view web")

    def test_times_that_are_none(self):
        for time in ("nan", "soon", "5h", "ms", "-1s", "inf", "2000min"):
            self.assert_refused(demo("--view", "none", "--cycle", time), 2, f"--cycle: {time} is no time", "ms, s or min")

    def test_ports_that_are_none(self):
        for port in ("99999", "-1", "http"):
            self.assert_refused(demo("--view", "web", "--port", port), 2, "--port", port, "0 to 65535")

    def test_an_address_that_is_none_is_wrong_usage_and_one_of_another_machine_a_failure(self):
        self.assert_refused(demo("--listen", "nonsense"), 2, "'nonsense' is no address", "127.0.0.1")
        self.assert_refused(demo("--listen", "192.0.2.1"), 1, "192.0.2.1 is no address of this machine", "127.0.0.1")

    def test_sizes_that_are_none(self):
        for size in ("960", "0x10", "960x540x2", "-1x20", "axb", "99999x20"):
            self.assert_refused(demo("--view", "none", "--seconds", "1", "--size", size), 2, "--size", size)

    def test_a_browser_without_a_page(self):
        self.assert_refused(demo("--view", "none", "--seconds", "1", "--open"), 2, "--open")

    def test_an_output_that_cannot_be_written(self):
        self.assert_refused(demo("--view", "none", "--seconds", "1", "--output", "/proc/x.mp4"), 1, "/proc/x.mp4")


class FullOutput(ProgramTest):
    def test_costs_no_other_one(self):
        summary = self.folder / "summary.json"
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([*map(str, command("--view", "none", "--frames", "5", "--json", summary))], stdout=full,
                                  stderr=subprocess.PIPE, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(json.loads(summary.read_text(encoding="utf-8"))["frames"], 5)


if __name__ == "__main__":
    unittest.main()
