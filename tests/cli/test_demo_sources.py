"""inflight demo on sources that are in use, break off, and come back."""
import os
import pathlib
import re
import subprocess
import sys
import unittest
import urllib.request

from demo_program import PageTest, WebViewer, demo

RTSP_SERVER = pathlib.Path(__file__).resolve().parents[1] / "media" / "rtsp_server.py"


def message(viewer):
    return (viewer.figures or {}).get("message", "")


class Lost(PageTest):
    def assert_stands_still(self, viewer):
        """No picture comes with further figures, but for one that was on its way; and no way's figure or turn ends."""
        self.wait_for_figures(viewer, 3)
        before, figures = viewer.pictures, viewer.figures
        self.wait_for_figures(viewer, 20)
        self.assertEqual(viewer.pictures, before)
        for name in ("running", "ways"):
            self.assertEqual(viewer.figures[name], figures[name], name)

    def wait_for_figures(self, viewer, count):
        last = viewer.messages + count
        self.wait_for(lambda: viewer.messages >= last, "no figures came")

    def assert_goes_on(self, viewer):
        before = viewer.pictures
        self.wait_for(lambda: "waiting" not in message(viewer), "it did not come back")
        self.wait_for(lambda: viewer.pictures > before + 5, "the picture did not go on")

    def start_camera(self, port="0"):
        server = subprocess.Popen([os.environ["INFLIGHT_PYTHON3"], RTSP_SERVER, port], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(server.communicate, timeout=30)
        self.addCleanup(server.kill)
        port = server.stdout.readline().strip()
        if port.startswith("skip: "):
            self.skipTest(port.removeprefix("skip: "))
        return server, port

    def test_a_network_camera(self):
        server, port = self.start_camera()
        address = f"rtsp://127.0.0.1:{port}/camera"
        _, *page = self.start(clip=address)
        with WebViewer(*page) as viewer:
            self.wait_for(lambda: viewer.pictures > 5, "no picture came")
            server.kill()
            self.wait_for(lambda: "refused" in message(viewer), "it does not say why")
            for word in (address, "start the camera", "waiting for it to come back"):
                self.assertIn(word, message(viewer))
            self.assertEqual(viewer.figures["source_fps"], 0)
            self.assert_stands_still(viewer)
            self.start_camera(port)
            self.assert_goes_on(viewer)

    def write(self, seconds):
        """Into the pipe."""
        writer = subprocess.Popen(["ffmpeg", "-loglevel", "error", "-nostdin", "-y", "-re", "-f", "lavfi", "-i",
                                   f"testsrc2=size=320x240:rate=30:duration={seconds}", "-c:v", "mpeg2video", "-f", "mpegts",
                                   self.pipe])
        self.addCleanup(writer.wait, timeout=30)
        self.addCleanup(writer.kill)
        return writer

    def setUp(self):
        super().setUp()
        self.pipe = self.folder / "camera.ts"
        os.mkfifo(self.pipe)

    def test_a_pipe(self):
        writer = self.write(600)
        _, *page = self.start("--cycle", "1s", clip=self.pipe)
        with WebViewer(*page) as viewer:
            self.wait_for(lambda: viewer.pictures > 5, "no picture came")
            self.wait_for(lambda: viewer.figures["fps"] > 0, "no speed is told")
            writer.kill()
            self.wait_for(lambda: "the stream ended" in message(viewer), "it does not say why")
            for word in (self.pipe, "program that writes into it", "waiting for it to come back"):
                self.assertIn(str(word), message(viewer))
            self.assert_stands_still(viewer)
            self.write(600)
            self.assert_goes_on(viewer)

    def test_who_comes_after_the_loss_sees_the_last_picture_and_why(self):
        writer = self.write(600)
        _, *page = self.start(clip=self.pipe)
        metrics = "http://{}:{}/metrics".format(*page)

        def frames():  # without being a viewer
            with urllib.request.urlopen(metrics) as answer:
                count = re.search(rb"^inflight_frames_total (\d+)", answer.read(), re.M)
                return int(count[1]) if count else 0  # before the first figures there are none

        self.wait_for(lambda: frames() > 5, "no frame came")
        writer.kill()
        writer.wait()
        with WebViewer(*page) as viewer:
            self.wait_for(lambda: "the stream ended" in message(viewer), "it does not say why")
            self.wait_for(lambda: viewer.pictures > 0, "there is no picture")


class InUse(PageTest):
    def test_a_camera_that_another_program_has(self):
        camera = self.folder / "camera"
        try:
            os.mknod(camera, 0o020600, os.makedev(81, 250))
        except PermissionError:
            self.skipTest("making a device node takes root (CAP_MKNOD)")
        holder = subprocess.Popen(
            [sys.executable, "-c", "import os, sys; os.open(sys.argv[1], os.O_PATH); print(flush=True); sys.stdin.read()",
             camera], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(holder.communicate, timeout=30)
        holder.stdout.readline()
        done = demo("--view", "none", "--seconds", "1", clip=camera, env={
            **os.environ, "LD_PRELOAD": os.environ["INFLIGHT_BUSY_CAMERA_LIBRARY"], "INFLIGHT_BUSY_CAMERA": str(camera),
            "ASAN_OPTIONS": "verify_asan_link_order=0"})
        name = pathlib.Path(f"/proc/{holder.pid}/comm").read_text().strip()
        self.assert_refused(done, 1, camera, "busy", f"close {name} (process {holder.pid}) first")


if __name__ == "__main__":
    unittest.main()
