"""Outputs go to files of their own: nothing that is read is overwritten, and no output by another."""
import shutil
import subprocess
import unittest

from program import CLIP, MODEL, ProgramTest, run


class NamedFiles(ProgramTest):
    def refused(self, command, *words):
        """Wrong usage, at once: what was there is still there."""
        before = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        self.assert_refused(run(*command), 2, *words)
        self.assertEqual({path: path.read_bytes() for path in before}, before)

    def command(self, name, *arguments, clip=CLIP, model=MODEL):
        return [name, "-i", clip, "-m", model, *arguments]

    def copy_of(self, path, name):
        return shutil.copy(path, self.folder / name)

    def test_the_clip(self):
        clip = self.copy_of(CLIP, "clip.mp4")
        for name, flag in (("compare", "--video"), ("compare", "--json"), ("compare", "--html"), ("compare", "--markdown"),
                           ("explain", "--json"), ("explain", "--timeline"), ("explain", "--trace"),
                           ("demo", "--output"), ("demo", "--json")):
            with self.subTest(command=name, flag=flag):
                self.refused(self.command(name, flag, clip, clip=clip), flag, clip, "--input")

    def test_another_name_of_the_clip(self):
        clip = self.copy_of(CLIP, "clip.mp4")
        link = self.folder / "link.mp4"
        link.symlink_to(clip)
        self.refused(self.command("compare", "--video", link, clip=clip), "--video", link, "--input")
        self.refused(self.command("compare", "--video", self.folder / "." / "clip.mp4", clip=clip), "--input")

    def test_a_picture_of_the_folder_that_is_read(self):
        folder = self.folder / "pictures"
        folder.mkdir()
        picture = folder / "1.png"
        subprocess.run(["ffmpeg", "-v", "error", "-i", CLIP, "-frames:v", "1", picture], check=True)
        self.refused(self.command("explain", "--timeline", picture, clip=folder), "--timeline", picture, "--input")

    def test_the_model_its_weights_and_the_labels(self):
        model = self.tiny_model(1, 3, 16, 16)
        self.refused(self.command("compare", "--json", model, model=model), "--json", "--model")
        self.refused(self.command("compare", "--json", model.with_suffix(".bin"), model=model), "--json", "--model")
        self.refused(["devices", "-m", model, "--json", model.with_suffix(".bin")], "--json", "--model")
        labels = self.folder / "names.txt"
        labels.write_text("face\n", encoding="utf-8")
        self.refused(self.command("compare", "--html", labels, "--labels", labels), "--html", "--labels")

    def test_the_records_of_a_gate(self):
        old, new = (self.folder / name for name in ("old.json", "new.json"))
        for record in (old, new):
            record.write_text("{}", encoding="utf-8")
        self.refused(["gate", old, new, "--markdown", old], "--markdown", old)
        self.refused(["gate", old, new, "--junit", new], "--junit", new)

    def test_two_outputs_of_one_name(self):
        both = self.folder / "both"
        self.refused(self.command("compare", "--json", both, "--html", both), "--html", "--json writes the same file")
        self.refused(self.command("explain", "--timeline", both, "--trace", both), "--trace", "--timeline")
        self.refused(["gate", "a.json", "b.json", "--junit", both, "--markdown", both], "--markdown", "--junit")
        self.assertFalse(both.exists())

    def test_one_new_name_in_two_spellings(self):
        done = run(*self.command("compare", "--json", "report", "--html", "./report"), cwd=self.folder)
        self.assert_refused(done, 2, "--html ./report", "--json writes the same file")
        self.assertFalse((self.folder / "report").exists())

    def test_a_name_that_promises_another_format(self):
        for name, flag, file, format_, remedy in (("compare", "--video", "found.avi", "MP4", "found.mp4"),
                                                  ("demo", "--output", "seen.mkv", "MP4", "seen.mp4"),
                                                  ("explain", "--timeline", "lanes.svg", "PNG", "lanes.png")):
            with self.subTest(command=name):
                path = self.folder / file
                self.refused(self.command(name, flag, path), flag, path, f"written as {format_}", f"{remedy}")
                self.assertFalse(path.exists())

    def test_standard_output_is_for_json_alone(self):
        for name, flag in (("compare", "--html"), ("compare", "--video"), ("explain", "--trace"), ("demo", "--output")):
            with self.subTest(command=name, flag=flag):
                self.refused(self.command(name, flag, "-"), flag, "only --json")

    def test_a_device_takes_several(self):
        done = run(*self.command("compare", "--frames", "4", "--rounds", "1", "--brief", "--html", "/dev/null", "--markdown", "/dev/null"))
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
