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
MODELS = pathlib.Path(os.environ["INFLIGHT_TEST_MODELS"])
CLIP = ASSETS / "carphone_pristine.mp4"
MODEL = ASSETS / "centerface.onnx"


def chain_ir(shape, operations):
    """A model that no adapter knows, as OpenVINO IR: one image in, one image out, and these operations one after another."""
    dims = "".join(f"<dim>{dim}</dim>" for dim in shape)
    port = f'precision="FP32">{dims}</port>'
    layers = [f'<layer id="0" name="picture" type="Parameter" version="opset1"><data shape="{",".join(map(str, shape))}" '
              f'element_type="f32"/><output><port id="1" names="picture" {port}</output></layer>']
    count = len(operations)
    for i, operation in enumerate(operations, 1):
        names = 'names="chain_out"' if i == count else ""
        layers.append(f'<layer id="{i}" name="layer_{i}" type="{operation}" version="opset1"><input><port id="0" {port}</input>'
                      f'<output><port id="1" {names} {port}</output></layer>')
    layers.append(f'<layer id="{count + 1}" name="result" type="Result" version="opset1"><input><port id="0" {port}</input>'
                  "</layer>")
    edges = (f'<edge from-layer="{i}" from-port="1" to-layer="{i + 1}" to-port="0"/>' for i in range(count + 1))
    return (f'<?xml version="1.0"?><net name="tiny" version="11"><layers>{"".join(layers)}</layers>'
            f'<edges>{"".join(edges)}</edges></net>')


# Adds the numbers of its input's shape to the places where that is not zero: of which there should be four, or one.
FAILS_AT_RUN = """<?xml version="1.0"?><net name="fails" version="11"><layers>
<layer id="0" name="picture" type="Parameter" version="opset1"><data shape="1,3,8,8" element_type="f32"/><output>
  <port id="0" precision="FP32"><dim>1</dim><dim>3</dim><dim>8</dim><dim>8</dim></port></output></layer>
<layer id="1" name="places" type="NonZero" version="opset3"><data output_type="i64"/><input>
  <port id="0" precision="FP32"><dim>1</dim><dim>3</dim><dim>8</dim><dim>8</dim></port></input><output>
  <port id="1" precision="I64"><dim>4</dim><dim>-1</dim></port></output></layer>
<layer id="2" name="shape" type="ShapeOf" version="opset3"><data output_type="i64"/><input>
  <port id="0" precision="FP32"><dim>1</dim><dim>3</dim><dim>8</dim><dim>8</dim></port></input><output>
  <port id="1" precision="I64"><dim>4</dim></port></output></layer>
<layer id="3" name="sum" type="Add" version="opset1"><data auto_broadcast="numpy"/><input>
  <port id="0" precision="I64"><dim>4</dim><dim>-1</dim></port><port id="1" precision="I64"><dim>4</dim></port></input><output>
  <port id="2" precision="I64" names="sum"><dim>4</dim><dim>4</dim></port></output></layer>
<layer id="4" name="result" type="Result" version="opset1"><input>
  <port id="0" precision="I64"><dim>4</dim><dim>4</dim></port></input></layer></layers>
<edges><edge from-layer="0" from-port="0" to-layer="1" to-port="0"/><edge from-layer="0" from-port="0" to-layer="2" to-port="0"/>
<edge from-layer="1" from-port="1" to-layer="3" to-port="0"/><edge from-layer="2" from-port="1" to-layer="3" to-port="1"/>
<edge from-layer="3" from-port="2" to-layer="4" to-port="0"/></edges></net>
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


def knows_files_without_names(folder):
    """Whether the file system does: what a program that is killed has written there leaves nothing behind."""
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_WRONLY))
        return True
    except OSError:
        return False


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def tiny_model(self, *shape, with_weights=True, operations=("ReLU",)):
        """Writes an IR of that input shape and returns its path."""
        path = self.folder / "tiny.xml"
        path.write_text(chain_ir(shape, operations), encoding="utf-8")
        if with_weights:
            path.with_suffix(".bin").write_bytes(b"")
        return path

    def failing_model(self):
        """One that compiles, and whose inferences fail."""
        path = self.folder / "fails.xml"
        path.write_text(FAILS_AT_RUN, encoding="utf-8")
        path.with_suffix(".bin").touch()
        return path

    def slow_model(self):
        """One that OpenVINO's CPU plugin takes seconds to compile, and is quick to run."""
        return self.tiny_model(1, 3, 8, 8, operations=["ReLU"] * 1000)

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
