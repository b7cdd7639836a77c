"""Detections against the usual OpenCV program's: full-size colour, cv2.resize, the model by OpenVINO's Python API.

Boxes that one side is sure of (0.65) must have a partner on the other (0.60), in both directions.
"""
import importlib.util
import json
import os
import pathlib
import subprocess
import unittest

try:
    import cv2
    import numpy as np
    import openvino as ov
    MISSING = ""
except ImportError as error:  # an OpenVINO from elsewhere may come without its Python API
    MISSING = str(error)

ASSETS = pathlib.Path(os.environ["INFLIGHT_ASSETS"])
REFERENCE = pathlib.Path(os.environ["INFLIGHT_REFERENCE_DIR"])
DETECT = os.environ["INFLIGHT_DETECT"]
SURE, ENOUGH = 0.65, 0.60
CLIPS = ["bikes.mp4", "carphone_pristine.mp4"]
# How much must match, at which overlap, and how far scores may be apart.
BARS = {"exact": (0.995, 0.95, 0.03), "fast": (0.98, 0.85, 0.1)}


def frames(clip):
    capture = cv2.VideoCapture(str(clip))
    while True:
        ok, frame = capture.read()
        if not ok:
            return
        yield frame


def ours(model, clip, path, shape):
    done = subprocess.run([DETECT, model, clip, path, str(ENOUGH), shape], capture_output=True, text=True, check=True)
    return [np.array(json.loads(line)).reshape(-1, 15 if "centerface" in str(model) else 5) for line in done.stdout.splitlines()]


def ssd_by_peer(peer, model, clip):
    """The peer's own model and preprocessing; its boxes before they are drawn."""
    detector = peer.Detector(str(model), "LATENCY", ENOUGH)
    request = detector.compiled.create_infer_request()
    for frame in frames(clip):
        height, width = frame.shape[:2]
        request.infer({0: detector.preprocess(frame)})
        rows = request.get_output_tensor(0).data.reshape(-1, 7)
        rows = rows[rows[:, 2] >= ENOUGH]
        boxes = rows[:, 3:7] * [width, height, width, height]
        yield np.column_stack([np.clip(boxes, 0, [width, height, width, height]), rows[:, 2]])


def overlap(box, boxes):
    low, high = np.maximum(box[:2], boxes[:, :2]), np.minimum(box[2:4], boxes[:, 2:4])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    area = lambda b: (b[..., 2] - b[..., 0]) * (b[..., 3] - b[..., 1])
    return shared / (area(box) + area(boxes) - shared)


def centerface_by_numpy(model, clip, width, height):
    """CenterFace (Xu et al. 2019) decoded the plain way, cell by cell, with its stride of 4."""
    network = ov.Core().read_model(model)
    network.reshape([1, 3, height, width])
    request = ov.Core().compile_model(network, "CPU", {"PERFORMANCE_HINT": "LATENCY"}).create_infer_request()
    for frame in frames(clip):
        scale_x, scale_y = frame.shape[1] / width, frame.shape[0] / height
        picture = cv2.cvtColor(cv2.resize(frame, (width, height)), cv2.COLOR_BGR2RGB)
        request.infer({0: picture.transpose(2, 0, 1)[None].astype(np.float32)})
        heat, size, offset, marks = (request.get_output_tensor(i).data[0] for i in range(4))
        found = []
        for row, column in zip(*np.where(heat[0] >= ENOUGH)):
            box_height, box_width = np.exp(size[:, row, column]) * 4
            y0 = (row + offset[0, row, column] + 0.5) * 4 - box_height / 2
            x0 = (column + offset[1, row, column] + 0.5) * 4 - box_width / 2
            points = []
            for i in range(5):
                points += [(x0 + marks[2 * i + 1, row, column] * box_width) * scale_x,
                           (y0 + marks[2 * i, row, column] * box_height) * scale_y]
            box = [x0 * scale_x, y0 * scale_y, (x0 + box_width) * scale_x, (y0 + box_height) * scale_y]
            found.append(list(np.clip(box, 0, [frame.shape[1], frame.shape[0]] * 2)) + [heat[0, row, column]] + points)
        found.sort(key=lambda one: -one[4])
        kept = []
        for one in found:
            if not kept or overlap(np.array(one), np.array(kept)).max() <= 0.3:
                kept.append(one)
        yield np.array(kept).reshape(-1, 15)


def agreement(own, other, least_overlap, score_distance):
    """The share of sure boxes with a partner, and how many there were."""
    sure = matched = 0
    for mine, theirs in zip(own, other, strict=True):
        for side, partners in ((mine, theirs), (theirs, mine)):
            for box in side[side[:, 4] >= SURE]:
                sure += 1
                if not len(partners):
                    continue
                near = (overlap(box, partners) >= least_overlap) & (abs(partners[:, 4] - box[4]) <= score_distance)
                matched += bool(near.any())
    return (matched / sure if sure else 1.0), sure


@unittest.skipIf(MISSING, MISSING)
class AgainstOpenCV(unittest.TestCase):
    def check(self, model, clip, shape, expected):
        expected = list(expected)
        for path, (share, least_overlap, score_distance) in BARS.items():
            with self.subTest(clip=clip, path=path):
                got, boxes = agreement(ours(model, ASSETS / clip, path, shape), expected, least_overlap, score_distance)
                print(f"{pathlib.Path(model).stem}, {clip}, {path}: {got:.4f} of {boxes} boxes matched")
                self.assertGreater(boxes, 20)
                self.assertGreaterEqual(got, share)

    def test_face_detection_0200(self):
        model, script = REFERENCE / "models/face-detection-0200.xml", REFERENCE / "peers/openvino_python.py"
        if not model.exists() or not script.exists():
            self.skipTest("face-detection-0200 and the peer script are not there; INFLIGHT_REFERENCE_DIR names their folder")
        spec = importlib.util.spec_from_file_location("peer", script)
        peer = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(peer)
        for clip in CLIPS:
            self.check(model, clip, "1,3,256,256", ssd_by_peer(peer, model, ASSETS / clip))

    def test_centerface(self):
        model = ASSETS / "centerface.onnx"
        for clip, width, height in (("carphone_pristine.mp4", 192, 160), ("bikes.mp4", 640, 288)):
            with self.subTest(clip=clip):
                expected = centerface_by_numpy(model, ASSETS / clip, width, height)
                self.check(model, clip, f"1,3,{height},{width}", expected)

    def test_one_face(self):
        for path in BARS:
            found = ours(ASSETS / "centerface.onnx", ASSETS / "carphone_pristine.mp4", path, "")
            self.assertEqual(len(found), 120)
            for index, faces in enumerate(found):
                with self.subTest(path=path, frame=index):
                    self.assertEqual(len(faces), 1)
                    x0, y0, x1, y1, _, *points = faces[0]
                    xs, ys = points[0::2], points[1::2]
                    self.assertTrue(all(x0 <= x <= x1 for x in xs) and all(y0 <= y <= y1 for y in ys))
                    self.assertLess(xs[0], xs[1], "left eye, right eye")
                    self.assertLess(max(ys[0], ys[1]), min(ys[3], ys[4]), "eyes above the mouth")


if __name__ == "__main__":
    unittest.main()
