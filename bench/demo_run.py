"""One run of the demonstration, for the scripts beside it."""
import json
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/bin/inflight"
CLIP = ROOT / "assets/bikes.mp4"
MODEL = ROOT / "assets/centerface.onnx"


class DemoRun:
    """`inflight demo` on the default model, its page on a free port when the view is web, its
    window on that display. Use it with `with`."""

    def __init__(self, *arguments, clip=CLIP, model=MODEL, view="none", folder, display=None):
        self.summary = Path(folder) / "summary.json"
        command = [PROGRAM, "demo", "--input", clip, "--model", model, "--view", view, "--json", self.summary, *arguments]
        if view == "web":
            command += ["--port", "0"]
        where = {"DISPLAY": display, "SDL_VIDEODRIVER": "x11"} if display else {}
        self.process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, env={**os.environ, **where})
        self.host = self.port = None
        if view == "web":
            line = self.process.stdout.readline()
            self.host, port = re.search(r"http://([\d.]+):(\d+)", line).groups()
            self.port = int(port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=30)

    def result(self):
        """Waits for the end; the summary as a dictionary."""
        _, errors = self.process.communicate(timeout=7200)
        if self.process.returncode != 0:
            raise RuntimeError(f"inflight demo ended with {self.process.returncode}: {errors.strip()}")
        return json.loads(self.summary.read_text())

    def resident_memory(self):
        """Bytes, now."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return 1024 * int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])
