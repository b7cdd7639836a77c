"""inflight demo on what stands behind http: live when it has no end, a clip when it has one."""
import json
import subprocess
import threading
import unittest
import urllib.request

import http_source
from demo_program import PageTest, WebViewer, demo
from http_source import HttpSource
from program import ASSETS, CLIP, MODEL, run


def message(viewer):
    return (viewer.figures or {}).get("message", "")


class Live(PageTest):
    def test_a_camera_that_is_lost_and_comes_back(self):
        camera = http_source.camera()
        with HttpSource(camera) as source:
            port = source.port
            _, *page = self.start(clip=f"http://127.0.0.1:{port}/video")
            viewer = self.enterContext(WebViewer(*page))
            self.wait_for(lambda: viewer.pictures > 5, "no picture came")
            self.assertTrue(viewer.figures["live"])
        self.wait_for(lambda: "waiting for it to come back" in message(viewer), "it does not say that it is lost")
        at_loss = viewer.figures["age"]
        self.wait_for(lambda: viewer.figures["age"] > at_loss + 100, "the picture does not grow older")
        before = viewer.pictures
        with HttpSource(camera, port):
            self.wait_for(lambda: viewer.pictures > before + 5, "the picture did not go on")

    def test_a_playlist_that_is_being_written(self):
        playlist = self.folder / "live.m3u8"
        writer = subprocess.Popen(["ffmpeg", "-loglevel", "error", "-nostdin", "-re", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=30",
                                   "-c:v", "mpeg2video", "-g", "15", "-f", "hls", "-hls_time", "1", "-hls_list_size", "6",
                                   playlist])
        self.addCleanup(writer.wait, timeout=30)
        self.addCleanup(writer.kill)
        self.wait_for(lambda: playlist.exists() and playlist.read_text().count("#EXTINF") > 2, "no playlist was written")
        with HttpSource(http_source.folder(self.folder)) as source:
            _, *page = self.start(clip=f"http://127.0.0.1:{source.port}/live.m3u8")
            with WebViewer(*page) as viewer:
                self.wait_for(lambda: viewer.pictures > 30, "no pictures came")
                self.assertTrue(viewer.figures["live"])
                self.assertNotIn("waiting", message(viewer))

    def test_a_password_is_shown_nowhere(self):
        summary = self.folder / "summary.json"
        with HttpSource(http_source.camera()) as source:
            process, *page = self.start("--json", str(summary), clip=f"http://viewer:secret@127.0.0.1:{source.port}/video")
            with WebViewer(*page) as viewer:
                self.wait_for(lambda: viewer.pictures > 0, "no picture came")
                with urllib.request.urlopen("http://{}:{}/metrics".format(*page)) as answer:
                    metrics = answer.read().decode()
                figures = json.dumps(viewer.figures)
                viewer.command("quit")
                self.assertEqual(process.wait(timeout=60), 0)
        for text in (metrics, figures, summary.read_text(), process.stdout.read()):
            for word in ("secret", "viewer:"):
                self.assertNotIn(word, text)
        for text in (metrics, figures, summary.read_text()):
            self.assertIn(f"http://127.0.0.1:{source.port}/video", text)


class Clip(PageTest):
    def test_is_played_again_and_again_and_drops_nothing(self):
        with HttpSource(http_source.file(CLIP)) as source:
            done = demo("--view", "none", "--frames", "150", "--json", "-", clip=f"http://127.0.0.1:{source.port}/clip.mp4")
        self.assertEqual(done.returncode, 0, done.stderr)
        record = json.loads(done.stdout)
        self.assertEqual((record["frames"], record["dropped"]), (150, 0))

    def without_ranges(self, *flags):
        """The address of a clip that was made with these flags, on a server that can only begin at its beginning."""
        subprocess.run(["ffmpeg", "-loglevel", "error", "-nostdin", "-i", ASSETS / "bikes.mp4", "-c", "copy", *flags,
                        self.folder / "clip.mp4"], check=True)
        source = self.enterContext(HttpSource(http_source.folder(self.folder)))
        return f"http://127.0.0.1:{source.port}/clip.mp4"

    def test_of_a_server_without_ranges_is_fetched_again(self):
        done = demo("--view", "none", "--frames", "300", "--json", "-", clip=self.without_ranges("-movflags", "+faststart"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["frames"], 300)  # of 250

    def test_whose_index_is_at_its_end_takes_a_server_with_ranges(self):
        address = self.without_ranges()
        for done in (demo("--view", "none", "--frames", "5", clip=address), run("compare", "-i", address, "-m", MODEL)):
            self.assert_refused(done, 1, address, "the server cannot seek in it", "download the file")

    def test_that_breaks_off_before_the_start_is_not_blamed_on_seeking(self):
        self.without_ranges("-movflags", "+faststart")
        with HttpSource(http_source.breaking_off(self.folder / "clip.mp4")) as source:
            done = demo("--view", "none", "--frames", "5", "--start", "8", clip=f"http://127.0.0.1:{source.port}/clip.mp4")
        self.assert_refused(done, 1, "broke off")

    def at_a_restart_that_hangs(self):
        """The program, its viewer, and the gate that the restart waits for."""
        gate = threading.Event()
        gate.set()
        source = self.enterContext(HttpSource(http_source.gated(http_source.file(CLIP), gate)))
        process, *page = self.start(clip=f"http://127.0.0.1:{source.port}/clip.mp4")
        viewer = self.enterContext(WebViewer(*page))
        self.wait_for(lambda: viewer.pictures > 3, "no picture came")
        gate.clear()
        viewer.command("restart")
        self.wait_for(lambda: "waiting for it to go on" in message(viewer), "it does not wait for the source")
        return process, viewer, gate

    def test_that_opens_slowly_at_a_restart_holds_nothing_else_up(self):
        _, viewer, gate = self.at_a_restart_that_hangs()
        viewer.command("pause")
        self.wait_for(lambda: viewer.figures["paused"], "it does not obey")
        viewer.command("pause")
        self.wait_for(lambda: not viewer.figures["paused"], "it does not obey")
        before = viewer.pictures
        gate.set()
        self.wait_for(lambda: viewer.pictures > before + 3, "it did not go on")

    def test_that_does_not_open_at_a_restart_ends_when_a_viewer_says_so(self):
        process, viewer, _ = self.at_a_restart_that_hangs()
        viewer.command("quit")
        self.assertEqual(process.wait(timeout=30), 0)

    def test_whose_server_stalls_ends_when_a_viewer_says_so(self):
        with HttpSource(http_source.stalling(self.folder / "clip.ts")) as source:
            process, *page = self.start("--way", "queue", clip=f"http://127.0.0.1:{source.port}/clip.ts")
            with WebViewer(*page) as viewer:
                self.wait_for(lambda: viewer.pictures > 0, "no picture came")
                self.wait_for(lambda: "waiting for it to go on" in message(viewer), "it does not say why it stands still")
                viewer.command("quit")
                self.assertEqual(process.wait(timeout=30), 0)

    def test_whose_server_stalls_ends_when_its_time_is_over(self):
        with HttpSource(http_source.stalling(self.folder / "clip.ts")) as source:
            done = demo("--view", "none", "--way", "queue", "--seconds", "4", "--json", "-", clip=f"http://127.0.0.1:{source.port}/clip.ts")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(json.loads(done.stdout)["frames"], 0)


if __name__ == "__main__":
    unittest.main()
