"""scripts/assets.py mends whatever an interrupted or damaged assets/ may look like; with real pip, wheels of a local
folder, and no network."""
import hashlib
import os
import subprocess
import unittest
import zipfile

from tree import ROOT, TreeTest

PYTHON = ROOT / ".venv/bin/python"  # has a pip; the system's own may not
MODEL, CLIP = b"a model", b"a clip"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@unittest.skipUnless(PYTHON.exists(), "./dev setup has not made .venv")
class Assets(TreeTest):
    def setUp(self):
        super().setUp()
        self.wheel = self.root / "wheels/toy-1.0-py3-none-any.whl"
        self.wheel.parent.mkdir()
        self.write_wheel({"toy/model.onnx": MODEL, "toy/data/clip.mp4": CLIP, "toy/other.mp4": b"not wanted"})
        pin = f"toy==1.0 --hash=sha256:{sha256(self.wheel.read_bytes())}\n"
        self.requirements = self.write("requirements.txt", pin)
        self.sums = self.write("assets.sha256", f"{sha256(MODEL)}  model.onnx\n{sha256(CLIP)}  clip.mp4\n")
        self.assets = self.root / "assets"

    def write_wheel(self, members):
        with zipfile.ZipFile(self.wheel, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
            archive.writestr("toy-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: toy\nVersion: 1.0\n")
            archive.writestr("toy-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            archive.writestr("toy-1.0.dist-info/RECORD", "")

    def fetch(self):
        """The exit code, and what was said."""
        environment = os.environ | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheel.parent),
                                    "PIP_CONFIG_FILE": os.devnull}
        done = subprocess.run([PYTHON, ROOT / "scripts/assets.py", "--assets", self.assets, "--sums", self.sums,
                               "--requirements", self.requirements], env=environment, check=False, timeout=120,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.returncode, done.stdout

    def assert_complete(self):
        self.assertEqual({path.name: path.read_bytes() for path in self.assets.iterdir()},
                         {"model.onnx": MODEL, "clip.mp4": CLIP})

    def test_fetches_once_and_then_says_nothing(self):
        code, said = self.fetch()
        self.assertEqual(code, 0, said)
        self.assertIn("+ ", said)
        self.assert_complete()
        self.wheel.unlink()  # from now on a download would fail
        self.assertEqual(self.fetch(), (0, ""))

    def test_mends_what_is_damaged_cut_short_or_left_over(self):
        for name, content in [("model.onnx", b"a mode!"), ("model.onnx", b"a m"), ("clip.mp4", b""),
                              (".incoming/toy-1.0-py3-none-any.whl", b"half a whe"), (".incoming/model.onnx", b"half")]:
            with self.subTest(name=name, content=content):
                self.fetch()
                self.write(f"assets/{name}", content)
                if name.startswith(".incoming"):
                    (self.assets / "clip.mp4").unlink()
                code, said = self.fetch()
                self.assertEqual(code, 0, said)
                self.assert_complete()

    def test_a_wheel_with_another_hash_is_refused(self):
        self.write_wheel({"toy/model.onnx": b"something else", "toy/data/clip.mp4": CLIP})
        self.assertEqual(self.fetch()[0], 1)
        self.assertFalse((self.assets / "model.onnx").exists())

    def test_a_wheel_without_a_hash_is_refused(self):
        self.requirements.write_text("toy==1.0\n")
        self.assertEqual(self.fetch()[0], 1)

    def test_a_file_with_another_sum_is_refused(self):
        self.sums.write_text(f"{sha256(b'something else')}  model.onnx\n")
        code, said = self.fetch()
        self.assertEqual(code, 1)
        self.assertIn("assets: model.onnx of requirements.txt is not what assets.sha256 says", said)
        self.assertFalse((self.assets / "model.onnx").exists())

    def test_without_a_network_it_says_what_is_missing(self):
        self.wheel.unlink()
        code, said = self.fetch()
        self.assertEqual(code, 1)
        self.assertIn("assets: pip could not download model.onnx, clip.mp4", said)
        self.assertNotIn("Traceback", said)


if __name__ == "__main__":
    unittest.main()
