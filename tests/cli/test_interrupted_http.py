"""Ctrl-C while a server gives nothing: 130, and the report of what there is."""
import json
import signal
import subprocess
import threading
import unittest

import http_source
from http_source import HttpSource
from program import CLIP, MODEL, PROGRAM, ProgramTest


class Interrupted(ProgramTest):
    def start(self, command, source, *arguments):
        process = subprocess.Popen([PROGRAM, command, "-i", f"http://127.0.0.1:{source.port}/clip.mp4", "-m", str(MODEL),
                                    *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def test_while_the_clip_is_opened(self):
        for command in (("compare",), ("explain",), ("demo", "--view", "none", "--seconds", "60")):
            asked = threading.Event()

            def silent(handler, asked=asked):
                asked.set()
                handler.server.ended.wait()
            with self.subTest(command=command[0]), HttpSource(silent) as source:
                process = self.start(command[0], source, *command[1:])
                self.assertTrue(asked.wait(60), "nothing was asked for")
                process.send_signal(signal.SIGINT)
                _, errors = process.communicate(timeout=60)
                self.assertEqual(process.returncode, 130, errors)
                self.assertIn("stopped while opening it", errors)

    def test_a_comparison_tells_what_whole_rounds_gave(self):
        rounds = threading.Semaphore(0)
        gate = threading.Event()
        gate.set()
        whole = http_source.file(CLIP)

        def counted(handler):
            rounds.release()
            http_source.gated(whole, gate)(handler)
        record = self.folder / "record.json"
        with HttpSource(counted) as source:
            process = self.start("compare", source, "--rounds", "500", "--frames", "10", "--ways", "sync", "--json", record)
            for _ in range(40):  # the clip is opened several times before there are rounds, and once in each turn
                self.assertTrue(rounds.acquire(timeout=60), "the clip was not opened any more")
            gate.clear()
            while rounds.acquire(blocking=False):
                pass
            self.assertTrue(rounds.acquire(timeout=60), "the clip was not opened any more")
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("interrupted after", output)
        found = json.loads(record.read_text(encoding="utf-8"))
        self.assertGreater(found["rounds"]["done"], 0)
        self.assertEqual(len(found["ways"][0]["round_fps"]), found["rounds"]["done"])


if __name__ == "__main__":
    unittest.main()
