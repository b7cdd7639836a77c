#!/usr/bin/env python3
"""Is the instrument right? Plants work in one stage after the other and looks where `inflight explain` shows it.

Each row is two explanations: one of the program, one with so much busy time added to a stage. The step of that stage
must grow by so much processor time; in a synchronous loop, by so much time per frame as well. Beside it: the remainder,
and what the prediction of the gain was worth where the queue came close to what the cores could do.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
REFERENCE = pathlib.Path(os.environ.get("INFLIGHT_REFERENCE_DIR", ROOT.parent / "shared"))
STEP = {"decode": "decode", "fill": "preprocessing", "callback": "postprocessing", "sink": "sink", "draw": "drawing"}
MOST_REMAINDER = 0.05
MOST_OFF = 0.10


def explain(options, *arguments):
    command = [ROOT / "build/bin/inflight", "explain", "--json", "-", "--rounds",
               str(options.rounds), "--frames", str(options.frames), *arguments]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"explain: {done.stderr}")
    return json.loads(done.stdout)


def step(record, name, figure):
    return sum(step[figure] for step in record["waterfall"] if step["name"] == name)


class Summary:
    """Which rows keep to the bars."""

    def __init__(self):
        self.remainders, self.off, self.predictions, self.invalid = [], [], [], 0

    def tell(self):
        def line(what, values, bar):
            if values:
                within = sum(value <= bar for value in values)
                print(f"{what:34} {within} of {len(values)} within {bar:.0%}; median {statistics.median(values):.1%}, "
                      f"worst {max(values):.1%}")
        print()
        line("remainder", self.remainders, MOST_REMAINDER)
        line("planted work in its step", self.off, MOST_OFF)
        line("gain predicted, of that achieved", self.predictions, MOST_OFF)
        print(f"{'INVALID':34} {self.invalid}")


def tell_prediction(record, summary):
    gain = record["gain"]
    reached = gain["achieved"]["median"] * gain["sync_fps"] / gain["predicted"]["fps"]
    off = abs(gain["predicted"]["times_sync"] / gain["achieved"]["median"] - 1)
    if reached >= 0.95:
        summary.predictions.append(off)
    print(f"{'':44} gain predicted {gain['predicted']['times_sync']:.2f}, achieved {gain['achieved']['median']:.2f} "
          f"(queue at {reached:.2f} of the predicted frames/s)", flush=True)


def plant(options, given, name, sync, summary):
    plain = explain(options, *given)
    share = plain["remainder_ms_per_frame"] / plain["observed_ms_per_frame"]
    summary.remainders.append(abs(share))
    summary.invalid += not plain["valid"]
    doubt = "" if plain["valid"] else "  INVALID: " + "; ".join(plain["reasons"])
    print(f"{name:44} {share:9.1%}{doubt}", flush=True)
    tell_prediction(plain, summary)
    for stage in options.stages.split(","):
        planted = explain(options, *given, "--add", f"{stage}={options.ms}")
        cores, frame = (step(planted, STEP[stage], figure) - step(plain, STEP[stage], figure)
                        for figure in ("core_ms_per_frame", "ms_per_frame"))
        summary.off.append(abs(cores / options.ms - 1))
        if sync:
            summary.off.append(abs(frame / options.ms - 1))
        summary.invalid += not planted["valid"]
        print(f"{'':55} {stage:9} {cores:8.2f}  {cores / options.ms - 1:+8.0%}  {frame:8.2f}  "
              f"{f'{frame / options.ms - 1:+.0%}' if sync else ''}", flush=True)


def main():
    reference = REFERENCE / "models/face-detection-0200.xml"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", action="append",
                        help="may be repeated; default: the default model, and face-detection-0200 where it is")
    parser.add_argument("--clip", action="append", help="default: the default clips; may be repeated")
    parser.add_argument("--ways", default="sync,two-requests,queue")
    parser.add_argument("--sinks", default="nothing,video")
    parser.add_argument("--stages", default="decode,fill,callback,sink,draw")
    parser.add_argument("--ms", type=float, default=2)
    parser.add_argument("--frames", type=int, default=80, help="of each run: all runs see the same ones")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    models = options.model or [ROOT / "assets/centerface.onnx", *([reference] if reference.exists() else [])]
    clips = options.clip or [ROOT / "assets" / name for name in ("bikes.mp4", "bigbuckbunny.mp4")]
    summary = Summary()
    print(f"{'model, clip, way, sink':44} {'remainder':>9}  stage      core ms  (off by)  ms/frame  (off by)", flush=True)
    for model in models:
        for clip in clips:
            for way in options.ways.split(","):
                for sink in options.sinks.split(","):
                    given = ("-m", model, "-i", clip, "--way", way, "--sink", sink)
                    name = f"{pathlib.Path(model).stem}, {pathlib.Path(clip).stem}, {way}, {sink}"
                    plant(options, given, name, way == "sync", summary)
    summary.tell()


if __name__ == "__main__":
    main()
