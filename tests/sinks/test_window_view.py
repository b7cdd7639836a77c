"""The window of the demonstration on a display: keys, pictures, resizing, closing."""
import os
import queue
import subprocess
import threading
import unittest

from display import (BACKGROUND, DEADLINE, EMPTY, MISSING, PROGRAM, QUEUE, SYNC, TWO_REQUESTS, WARNING, DisplayTest,
                     layout)

if not MISSING:
    import numpy as np
    from Xlib import XK, Xutil

KEYS = {"s": "sync", "t": "two-requests", "a": "queue", "plus": "more", "KP_Add": "more", "minus": "fewer",
        "KP_Subtract": "fewer", "l": "hint", "p": "pause", "space": "pause", "r": "restart"}

QUARTERS = ((204, 51, 51), (51, 153, 51), (51, 51, 204), (153, 153, 51))  # red, green, blue


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


class OnADisplay(DisplayTest):
    def setUp(self):
        super().setUp()
        self.program = Program(1280, 720, **self.environment)
        self.addCleanup(self.program.close)
        self.assertEqual(self.program.line(), "shown")
        self.wait_for_window("test window")

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
            expected.append((f"quarter {index}", at("shown picture", 0.1 + 0.8 * (index % 2), 0.3 + 0.6 * (index // 2)), color))
        for index, (color, share) in enumerate(((SYNC, 212 / 1018), (TWO_REQUESTS, 386 / 1018), (QUEUE, 1))):
            expected.append((f"bar {index}", at(f"bar {index}", share - 0.05), color))
            if share < 1:
                expected.append((f"bar {index}, its rest", at(f"bar {index}", share + 0.05), EMPTY))
        expected += [(f"cell {index}", at(f"cell {index}"), QUEUE if index < 6 else EMPTY) for index in range(8)]
        wrong = [f"{name}: {tuple(map(int, got))}, not {color}" for name, got, color in expected
                 if np.abs(got.astype(int) - color).max() > 2]
        for name in ("running", "speed", "figures 2", "cores", "in flight", "latency", "dropped", "hint", "keys"):
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
            pill = (np.abs(shot[y:y + h, x:x + w].astype(int) - WARNING).max(axis=2) < 3).sum()
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
        self.close_by_its_button()
        self.assert_quits()

    def test_has_a_title_and_a_least_size(self):
        hints = self.window.get_wm_normal_hints()
        self.assertTrue(hints.flags & Xutil.PMinSize)
        self.assertGreater(min(hints.min_width, hints.min_height), 200)
        self.assertFalse(hints.flags & Xutil.PMaxSize, "it can be resized")


if __name__ == "__main__":
    unittest.main()
