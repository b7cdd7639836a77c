"""The demonstration's window on an X display, for who presses keys and looks at pixels. Use it with `with`."""
import time

from Xlib import X, XK, display as xdisplay
from Xlib.ext import xtest

COLORS = {"sync": (0x94, 0xA4, 0xB8), "two-requests": (0xD9, 0xA4, 0x41), "queue": (0x4D, 0x9F, 0xF0)}  # red, green, blue
KEYS = {"sync": "s", "two-requests": "t", "queue": "a"}


class KeyedWindow:
    def __init__(self, display_name, title="inflight demo", patience=60):
        self.display = xdisplay.Display(display_name)
        until = time.monotonic() + patience
        while not (window := self._find(title)):
            if time.monotonic() > until:
                self.display.close()
                raise TimeoutError(f"there is no window named {title}")
            time.sleep(0.02)
        self.window = window
        window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self.display.sync()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.display.close()

    def _find(self, title):
        for window in self.display.screen().root.query_tree().children:
            if window.get_wm_name() == title and window.get_attributes().map_state == X.IsViewable:
                return window
        return None

    def choose(self, way):
        """Presses its key."""
        code = self.display.keysym_to_keycode(XK.string_to_keysym(KEYS[way]))
        for kind in (X.KeyPress, X.KeyRelease):
            xtest.fake_input(self.display, kind, code)
        self.display.sync()

    def shows(self, way):
        """Whether the head of the panel is in the colour of that way."""
        size = self.window.get_geometry()
        image = self.window.get_image(size.width * 7 // 10, 0, size.width // 8, size.height // 12, X.ZPixmap, 0xFFFFFFFF)
        return bytes(reversed(COLORS[way])) in image.data  # four bytes a pixel: blue, green, red, and none
