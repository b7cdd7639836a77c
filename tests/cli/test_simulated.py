"""inflight compare --simulated-accelerator, as its users meet it."""
import json
import re
import unittest

from program import ProgramTest, compare

TEXT = "SIMULATED accelerator, 5 ms each inference"


class Simulated(ProgramTest):
    def test_is_marked_wherever_it_is_told_and_finds_nothing(self):
        page, record = self.folder / "report.html", self.folder / "record.json"
        done = compare("--simulated-accelerator", "5ms", "--frames", "20", "--rounds", "1", "--html", page, "--json", record)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        told = json.loads(record.read_text(encoding="utf-8"))
        self.assertEqual(told["model"]["simulated"], TEXT)
        self.assertEqual(told["model"]["name"], f"centerface ({TEXT})")
        self.assertTrue(told["notes"][0].startswith(TEXT), told["notes"])
        self.assertEqual(told["outputs"]["detections_per_frame"], 0)
        for way in told["ways"]:
            self.assertEqual(way["settings"]["given"]["device"], "SIMULATED (CPU)")
            self.assertLess(way["latency_ms"]["p50"], 1e6)
            self.assertGreaterEqual(way["latency_ms"]["p50"], 5)
        for text in (re.sub(r"\s+", " ", done.stdout), page.read_text(encoding="utf-8")):
            self.assertIn(TEXT, text)
            self.assertIn("SIMULATED (CPU)", text)
        self.assertTrue(done.stdout.startswith("SIMULATED: "), done.stdout)
        self.assertIn("<title>SIMULATED: ", page.read_text(encoding="utf-8"))

    def test_leaves_the_processors_idle(self):
        done = compare("--simulated-accelerator", "20ms", "--ways", "sync", "--frames", "20", "--rounds", "1", "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        [way] = json.loads(done.stdout)["ways"]
        self.assertLess(way["cores_used"], 0.9)
        self.assertLessEqual(way["fps"]["median"], 50)

    def test_without_it_nothing_is_simulated(self):
        done = compare("--frames", "12", "--rounds", "1", "--json", "-")
        self.assertNotIn("SIMULATED", done.stdout)
        self.assertIsNone(json.loads(done.stdout)["model"]["simulated"])

    def test_refuses_what_cannot_be_meant(self):
        for value in ("6", "ms", "0ms", "6s", "-6ms", "6 ms", "1e3ms", "20000ms", "nanms", ""):
            with self.subTest(value=value):
                self.assert_refused(compare(f"--simulated-accelerator={value}"), 2, "--simulated-accelerator")
        self.assert_refused(compare("--simulated-accelerator", "6ms", "--device", "AUTO"), 2, "--device AUTO")
        self.assert_refused(compare("--simulated-accelerator", "6ms", "--cache-dir", self.folder), 2, "--cache-dir")


if __name__ == "__main__":
    unittest.main()
