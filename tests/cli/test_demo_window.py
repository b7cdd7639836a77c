"""inflight demo in a window, from the first box to the close button."""
import os
import pathlib
import subprocess
import sys
import unittest

from program import CLIP, MODEL, PROGRAM

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "sinks"))
from display import (MISSING, DEADLINE, EMPTY, QUEUE, SYNC, TWO_REQUESTS, WARNING, DisplayTest,  # noqa: E402
                     layout)  # pylint: disable=wrong-import-position

if not MISSING:
    import numpy as np

WIDTH, HEIGHT = 1280, 720
BOX = (26, 230, 77)


class Window(DisplayTest):
    def setUp(self):
        super().setUp()
        self.process = subprocess.Popen(
            [PROGRAM, "demo", "-i", CLIP, "-m", MODEL, "--view", "window", "--size", f"{WIDTH}x{HEIGHT}", "--cycle", "0",
             "--seconds", "600"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, **self.environment})
        self.addCleanup(self.process.communicate, timeout=DEADLINE)
        self.addCleanup(self.process.terminate)
        self.wait_for_window("inflight demo")
        self.areas = layout(WIDTH, HEIGHT)

    def count(self, shot, area, color):
        """How many pixels of an area have the colour."""
        x, y, width, height = self.areas[area]
        return int((np.abs(shot[y:y + height, x:x + width].astype(int) - color).max(axis=2) < 3).sum())

    def wait_for_pixels(self, name, *wanted):
        """Until every area named has some pixels of its colour, or with "none" no one."""
        def wrong(shot):
            if shot.shape[:2] != (HEIGHT, WIDTH):
                return ["the size"]
            return [f"{area}: {self.count(shot, area, color)} of {color}" for area, color, some in wanted
                    if (self.count(shot, area, color) > 20) != some]
        self.wait_for(wrong, f"demo-{name}")

    def test_from_the_first_box_to_the_close_button(self):
        self.wait_for_pixels("sync", ("picture", BOX, True), ("running", SYNC, True), ("bar 0", SYNC, True),
                             ("bar 1", TWO_REQUESTS, False), ("bar 2", QUEUE, False))
        self.press("t")
        self.wait_for_pixels("two-requests", ("running", TWO_REQUESTS, True), ("bar 1", TWO_REQUESTS, True),
                             ("bar 2", QUEUE, False))
        self.press("a")
        self.wait_for_pixels("queue", ("running", QUEUE, True), ("bar 0", SYNC, True), ("bar 1", TWO_REQUESTS, True),
                             ("bar 2", QUEUE, True))
        self.press("space")
        self.wait_for_pixels("paused", ("state", WARNING, True), ("cell 0", EMPTY, True), ("cell 0", QUEUE, False))
        self.press("space")
        self.wait_for_pixels("going-on", ("state", WARNING, False), ("cell 0", QUEUE, True))
        self.press("s")
        self.wait_for_pixels("sync-again", ("picture", BOX, True), ("running", SYNC, True))
        self.close_by_its_button()
        output, errors = self.process.communicate(timeout=DEADLINE)
        self.assertEqual(self.process.returncode, 0, errors)
        self.assertRegex(output, r"(?m)^  queue +\d+ frames/s")


if __name__ == "__main__":
    unittest.main()
