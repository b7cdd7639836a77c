"""A window on a real display, though one without a screen (Xvfb): keys, screenshots, the close button. Screenshots stay in
the folder INFLIGHT_SCREENSHOTS, to be looked at."""
import os
import pathlib
import shutil
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))
from virtual_display import VirtualDisplay  # noqa: E402  pylint: disable=wrong-import-position

PROGRAM = os.environ["INFLIGHT_WINDOW_PROGRAM"]
SCREENSHOTS = pathlib.Path(os.environ["INFLIGHT_SCREENSHOTS"])
DEADLINE = 60  # seconds, for what must happen

MISSING = ""
try:
    import cv2
    import numpy as np
    from Xlib import X, XK, display as xdisplay
    from Xlib.ext import xtest
    from Xlib.protocol import event as xevent
except ImportError as error:
    MISSING = f"{error.name} is not there; ./dev setup installs it"
if not shutil.which("Xvfb"):
    MISSING = "Xvfb is not there; Debian: xvfb"

# As the program paints them, red, green, blue.
BACKGROUND, EMPTY = (0x14, 0x17, 0x1C), (0x2B, 0x31, 0x3A)
SYNC, TWO_REQUESTS, QUEUE = (0x94, 0xA4, 0xB8), (0xD9, 0xA4, 0x41), (0x4D, 0x9F, 0xF0)
WARNING = (0xF5, 0x9E, 0x0B)


def layout(width, height):
    """name: (x, y, width, height)"""
    done = subprocess.run([PROGRAM, str(width), str(height), "--layout"], capture_output=True, text=True, check=True,
                          timeout=DEADLINE)
    rows = (line.split("\t") for line in done.stdout.splitlines())
    return {name: tuple(map(int, numbers)) for name, *numbers in rows}


@unittest.skipIf(MISSING, MISSING)
class DisplayTest(unittest.TestCase):
    """A display of its own; `environment` leads a program to it."""

    def setUp(self):
        server = self.enterContext(VirtualDisplay())
        self.display = xdisplay.Display(server.name)
        self.addCleanup(self.display.close)
        self.environment = {"DISPLAY": server.name, "SDL_VIDEODRIVER": "x11"}

    def wait_for_window(self, title):
        """Which then has the keyboard, and is `window`."""
        until = time.monotonic() + DEADLINE
        while time.monotonic() < until:
            for window in self.display.screen().root.query_tree().children:
                if window.get_wm_name() == title and window.get_attributes().map_state == X.IsViewable:
                    self.window = window
                    window.set_input_focus(X.RevertToParent, X.CurrentTime)
                    self.display.sync()
                    return
            time.sleep(0.02)
        raise AssertionError(f"there is no window named {title}")

    def hold(self, keysym, down):
        code, index = next(iter(self.display.keysym_to_keycodes(keysym)))
        shift = self.display.keysym_to_keycode(XK.XK_Shift_L)
        steps = [code] if index % 2 == 0 else [shift, code] if down else [code, shift]
        for step in steps:
            xtest.fake_input(self.display, X.KeyPress if down else X.KeyRelease, step)
        self.display.sync()

    def press(self, *names):
        keysyms = [XK.string_to_keysym(name) for name in names]
        for keysym in keysyms:
            self.hold(keysym, True)
        for keysym in reversed(keysyms):
            self.hold(keysym, False)

    def screenshot(self):
        size = self.window.get_geometry()
        image = self.window.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        return np.frombuffer(image.data, np.uint8).reshape(size.height, size.width, 4)[:, :, 2::-1]

    def wait_for(self, wrong, name):
        """Until `wrong` of a screenshot is empty; keeps the last one."""
        until = time.monotonic() + DEADLINE
        while True:
            shot = self.screenshot()
            found = wrong(shot)
            if not found or time.monotonic() > until:
                break
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(SCREENSHOTS / f"{name}.png"), shot[:, :, ::-1])
        self.assertEqual(found, [], name)

    def close_by_its_button(self):
        message = xevent.ClientMessage(
            window=self.window, client_type=self.display.get_atom("WM_PROTOCOLS"),
            data=(32, [self.display.get_atom("WM_DELETE_WINDOW"), X.CurrentTime, 0, 0, 0]))
        self.window.send_event(message)
        self.display.sync()
