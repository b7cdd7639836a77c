"""Input that can be measured, and must not be relied on."""
import json
import subprocess
import unittest

from program import CLIP, MEDIA, MODEL, ProgramTest, run


class DoubtfulInput(ProgramTest):
    """The report says so."""

    def invalid_record(self, *arguments):
        done = run("compare", *arguments, "--rounds", "1", "--json", "-")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        record = json.loads(done.stdout)
        self.assertIs(record["valid"], False)
        return record

    def test_a_model_that_gives_nan(self):
        model = self.tiny_model(1, 3, 16, 16, operations=["Negative", "Sqrt"])
        record = self.invalid_record("-i", CLIP, "-m", model, "--model-type", "raw", "--frames", "12")
        self.assertTrue(any("sync: outputs hold NaN in 12 of 12 frames" in reason for reason in record["reasons"]), record)
        self.assertIs(record["outputs_equal"], True, "the same NaN in all ways")

    def test_an_explanation_of_a_model_that_gives_nan(self):
        model = self.tiny_model(1, 3, 16, 16, operations=["Negative", "Sqrt"])
        done = run("explain", "-i", CLIP, "-m", model, "--model-type", "raw", "--time", "6", "--rounds", "1", "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        record = json.loads(done.stdout)
        self.assertIs(record["valid"], False)
        self.assertIn("outputs hold NaN in 32 of the first 32 frames", " ".join(record["reasons"]))

    def test_a_clip_of_one_frame(self):
        one = self.folder / "one.mp4"
        subprocess.run(["ffmpeg", "-v", "error", "-i", CLIP, "-frames:v", "1", one], check=True)
        record = self.invalid_record("-i", one, "-m", MODEL, "--seconds", "0.1")
        self.assertEqual(record["rounds"]["unique_frames"], 1)
        self.assertTrue(any("a round has one frame only" in reason for reason in record["reasons"]), record["reasons"])

    def test_an_explanation_of_a_clip_of_one_frame(self):
        one = self.folder / "one.mp4"
        subprocess.run(["ffmpeg", "-v", "error", "-i", CLIP, "-frames:v", "1", one], check=True)
        done = run("explain", "-i", one, "-m", MODEL, "--time", "6", "--rounds", "1", "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("the clip has one frame only", " ".join(json.loads(done.stdout)["reasons"]))

    def test_an_explanation_of_a_clip_that_ends_early(self):
        done = run("explain", "-i", MEDIA / "truncated.mp4", "-m", MODEL, "--time", "6", "--rounds", "1", "--json", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("the file is incomplete", " ".join(json.loads(done.stdout)["notes"]))


if __name__ == "__main__":
    unittest.main()
