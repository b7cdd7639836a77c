"""The program as its users run it, for the tests of the command line."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["INFLIGHT_PROGRAM"]
ASSETS = pathlib.Path(os.environ["INFLIGHT_ASSETS"])
MEDIA = pathlib.Path(os.environ["INFLIGHT_TEST_MEDIA"])
CLIP = ASSETS / "carphone_pristine.mp4"
MODEL = ASSETS / "centerface.onnx"

# A model that no adapter knows: one image in, one image out. {input} and {output} are its dimensions.
TINY_IR = """<?xml version="1.0"?>
<net name="tiny" version="11"><layers>
<layer id="0" name="picture" type="Parameter" version="opset1"><data shape="{shape}" element_type="f32"/>
<output><port id="0" precision="FP32" names="picture">{dims}</port></output></layer>
<layer id="1" name="relu" type="ReLU" version="opset1"><input><port id="0" precision="FP32">{dims}</port></input>
<output><port id="1" precision="FP32" names="relu_out">{dims}</port></output></layer>
<layer id="2" name="result" type="Result" version="opset1"><input><port id="0" precision="FP32">{dims}</port></input></layer>
</layers><edges><edge from-layer="0" from-port="0" to-layer="1" to-port="0"/>
<edge from-layer="1" from-port="1" to-layer="2" to-port="0"/></edges></net>
"""


def run(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          stdin=subprocess.DEVNULL, check=False, **options)


def compare(*arguments, **options):
    return run("compare", "--input", CLIP, "--model", MODEL, *arguments, **options)


def quick_record(*arguments):
    """The record of a comparison that is short and says little about speed."""
    given = list(arguments)
    for flag, value in (("--frames", "12"), ("--rounds", "1")):
        given += [] if flag in given else [flag, value]
    done = compare("--json", "-", *given)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def tiny_model(self, *shape, with_weights=True):
        """Writes an IR of that input shape and returns its path."""
        path = self.folder / "tiny.xml"
        dims = "".join(f"<dim>{dim}</dim>" for dim in shape)
        path.write_text(TINY_IR.format(shape=",".join(map(str, shape)), dims=dims), encoding="utf-8")
        if with_weights:
            path.with_suffix(".bin").write_bytes(b"")
        return path

    def assert_refused(self, done, code, *words):
        """One line on standard error with all the words, nothing on standard output."""
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertTrue(done.stderr.startswith("inflight: "), done.stderr)
        for word in words:
            self.assertIn(str(word), done.stderr)
        for trace in ("Exception from", "std::", ".cpp:", "what()"):
            self.assertNotIn(trace, done.stderr)
