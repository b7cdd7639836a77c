"""The window of the demonstration on a real display, though one without a screen (Xvfb): keys, pictures, resizing,
closing. Screenshots stay in the folder INFLIGHT_SCREENSHOTS, to be looked at."""
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import threading
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
    from Xlib import X, XK, Xutil, display as xdisplay
    from Xlib.ext import xtest
    from Xlib.protocol import event as xevent
except ImportError as error:
    MISSING = f"{error.name} is not there; ./dev setup installs it"
if not shutil.which("Xvfb"):
    MISSING = "Xvfb is not there; Debian: xvfb"

KEYS = {"s": "sync", "t": "two-requests", "a": "queue", "plus": "more", "KP_Add": "more", "minus": "fewer",
        "KP_Subtract": "fewer", "l": "hint", "p": "pause", "space": "pause", "r": "restart"}

# As the program paints them, red, green, blue.
QUARTERS = ((204, 51, 51), (51, 153, 51), (51, 51, 204), (153, 153, 51))
BACKGROUND, EMPTY = (0x14, 0x17, 0x1C), (0x2B, 0x31, 0x3A)
SYNC, TWO_REQUESTS, QUEUE = (0x94, 0xA4, 0xB8), (0xD9, 0xA4, 0x41), (0x4D, 0x9F, 0xF0)


class Program:
    """The program with a window, and the lines that it prints."""

    def __init__(self, width, height, **environment):
        self.process = subprocess.Popen([PROGRAM, str(width), str(height)], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, text=True, env={**os.environ, **environment})
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())
        self.lines.put("(end)")

    def line(self):
        return self.lines.get(timeout=DEADLINE)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(DEADLINE)
        self.reader.join(DEADLINE)
        self.process.stdout.close()


def layout(width, height):
    """name: (x, y, width, height)"""
    done = subprocess.run([PROGRAM, str(width), str(height), "--layout"], capture_output=True, text=True, check=True,
                          timeout=DEADLINE)
    rows = (line.split("\t") for line in done.stdout.splitlines())
    return {name: tuple(map(int, numbers)) for name, *numbers in rows}


@unittest.skipIf(MISSING, MISSING)
class OnADisplay(unittest.TestCase):
    def setUp(self):
        server = self.enterContext(VirtualDisplay())
        self.display = xdisplay.Display(server.name)
        self.addCleanup(self.display.close)
        self.program = Program(1280, 720, DISPLAY=server.name, SDL_VIDEODRIVER="x11")
        self.addCleanup(self.program.close)
        self.assertEqual(self.program.line(), "shown")
        self.window = self.find_window("test window")
        self.window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self.display.sync()

    def find_window(self, title):
        for window in self.display.screen().root.query_tree().children:
            if window.get_wm_name() == title:
                return window
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

    @staticmethod
    def wrong_places(shot, width, height):
        """What of the expected layout is not to be seen."""
        if shot.shape[:2] != (height, width):
            return [f"{shot.shape[1]}x{shot.shape[0]}"]
        areas = layout(width, height)

        def at(name, across=0.5, down=0.5):
            x, y, w, h = areas[name]
            return shot[y + int(h * down), x + int(w * across)]

        expected = [("panel", shot[1, width - 2] if width > height else shot[areas["running"][1] - 2, 2], BACKGROUND)]
        for index, color in enumerate(QUARTERS):
            expected.append((f"quarter {index}", at("shown picture", 0.1 + 0.8 * (index % 2), 0.1 + 0.8 * (index // 2)), color))
        for index, (color, share) in enumerate(((SYNC, 212 / 1018), (TWO_REQUESTS, 386 / 1018), (QUEUE, 1))):
            expected.append((f"bar {index}", at(f"bar {index}", share - 0.05), color))
            if share < 1:
                expected.append((f"bar {index}, its rest", at(f"bar {index}", share + 0.05), EMPTY))
        expected += [(f"cell {index}", at(f"cell {index}"), QUEUE if index < 6 else EMPTY) for index in range(8)]
        wrong = [f"{name}: {tuple(map(int, got))}, not {color}" for name, got, color in expected
                 if np.abs(got.astype(int) - color).max() > 2]
        for name in ("running", "speed", "figures 2", "cores", "in flight", "latency", "dropped", "age", "keys"):
            x, y, w, h = areas[name]
            ink = np.abs(shot[y:y + h, x:x + w].astype(int) - shot[y + h - 1, x + w - 1]).max(axis=2) > 60
            if ink.sum() < 30:
                wrong.append(f"{name}: nothing is written there")
        return wrong

    def test_every_key_is_its_command(self):
        for key, command in KEYS.items():
            with self.subTest(key=key):
                self.press(key)
                self.assertEqual(self.program.line(), command)

    def test_other_keys_are_none(self):
        for keys in (["x"], ["equal"], ["Control_L", "q"], ["Alt_L", "s"], ["F1"], ["Left"], ["Return"]):
            self.press(*keys)
        self.press("t")
        self.assertEqual(self.program.line(), "two-requests")

    def test_a_held_plus_goes_on(self):
        self.hold(XK.XK_KP_Add, True)
        self.assertEqual([self.program.line() for _ in range(4)], ["more"] * 4)
        self.hold(XK.XK_KP_Add, False)

    def test_shows_picture_and_figures_at_every_size(self):
        for width, height in ((1280, 720), (640, 360), (480, 800), (900, 640)):
            self.window.configure(width=width, height=height)
            self.wait_for(lambda shot: self.wrong_places(shot, width, height), f"{width}x{height}")

    def test_shows_that_it_is_paused_and_why(self):
        areas = layout(1280, 720)
        x, y, w, h = areas["state"]
        left, top, across, down = areas["shown picture"]

        def wrong(shot):
            pill = (np.abs(shot[y:y + h, x:x + w].astype(int) - (0xF5, 0x9E, 0x0B)).max(axis=2) < 3).sum()
            band = shot[top + down - 2, left + 2].astype(int).max()
            return [*(["no pill"] if pill < 200 else []), *(["no band"] if band > 60 else [])]

        self.assertNotEqual(wrong(self.screenshot()), [])
        self.press("space")
        self.wait_for(wrong, "paused")

    def test_wants_no_picture_while_it_is_hidden(self):
        self.window.unmap()
        self.display.sync()
        self.assertEqual(self.program.line(), "hidden")
        self.window.map()
        self.display.sync()
        self.assertEqual(self.program.line(), "visible")
        self.wait_for(lambda shot: self.wrong_places(shot, 1280, 720), "shown-again")

    def assert_quits(self):
        self.assertEqual(self.program.line(), "quit")
        self.assertEqual(self.program.line(), "(end)")
        self.assertEqual(self.program.process.wait(DEADLINE), 0)

    def test_q_quits(self):
        self.press("q")
        self.assert_quits()

    def test_escape_quits(self):
        self.press("Escape")
        self.assert_quits()

    def test_the_close_button_quits(self):
        message = xevent.ClientMessage(
            window=self.window, client_type=self.display.get_atom("WM_PROTOCOLS"),
            data=(32, [self.display.get_atom("WM_DELETE_WINDOW"), X.CurrentTime, 0, 0, 0]))
        self.window.send_event(message)
        self.display.sync()
        self.assert_quits()

    def test_has_a_title_and_a_least_size(self):
        hints = self.window.get_wm_normal_hints()
        self.assertTrue(hints.flags & Xutil.PMinSize)
        self.assertGreater(min(hints.min_width, hints.min_height), 200)
        self.assertFalse(hints.flags & Xutil.PMaxSize, "it can be resized")


if __name__ == "__main__":
    unittest.main()
