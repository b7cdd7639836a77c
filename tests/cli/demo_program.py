"""inflight demo and the viewers of its page, for the tests of the command line."""
import os
import pathlib
import re
import subprocess
import sys
import time

from program import CLIP, MODEL, PROGRAM, ProgramTest, run

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))
from web_viewer import WebViewer  # noqa: E402,F401  pylint: disable=wrong-import-position,unused-import

CAMERA = "lavfi:testsrc2=size=320x240:rate=5,realtime"  # slower than any model, under a sanitizer too
WITHOUT_DISPLAY = {key: value for key, value in os.environ.items()
                   if key not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}


def command(*arguments, clip=CLIP):
    return [PROGRAM, "demo", "--input", str(clip), "--model", str(MODEL), *map(str, arguments)]


def demo(*arguments, clip=CLIP, **options):
    return run("demo", "--input", clip, "--model", MODEL, *arguments, **options)


class PageTest(ProgramTest):
    def start(self, *arguments, clip=CLIP, restore_signals=True, stderr=subprocess.DEVNULL, **environment):
        process = subprocess.Popen([PROGRAM, "demo", "-i", str(clip), "-m", str(MODEL), "--view", "web", "--port", "0",
                                    "--seconds", "60", *arguments], stdout=subprocess.PIPE, stderr=stderr, text=True,
                                   env={**os.environ, **environment}, restore_signals=restore_signals)
        self.addCleanup(process.communicate, timeout=30)
        self.addCleanup(process.terminate)
        self.line = process.stdout.readline()  # that tells the address
        host, port = re.search(r"http://([\d.]+):(\d+)", self.line).groups()
        return process, host, int(port)

    def wait_for(self, condition, why):
        deadline = time.monotonic() + 30
        while not condition():
            self.assertLess(time.monotonic(), deadline, why)
            time.sleep(0.02)
