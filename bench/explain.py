#!/usr/bin/env python3
"""Is the instrument right? Plants busy work in one stage after the other and looks where `inflight explain` shows it.

Explanations of the program as it is and with work in a stage follow each other in turns, in random order. The step of that
stage must grow by as much processor time; in a synchronous loop, by as much time per frame as well. By how much the stage
grew by its own stamps, with all waiting in it, stands beside it as "passed". Told are medians over the turns. Beside it:
the remainder, and what the prediction of the gain was worth where the queue came close to what the cores could do.
"""
import argparse
import json
import os
import pathlib
import random
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


def tell_prediction(records, summary):
    predicted, achieved, of_predicted = (statistics.median(figures) for figures in zip(*(
        (gain["predicted"]["times_sync"], gain["achieved"]["median"],
         gain["achieved"]["median"] * gain["sync_fps"] / gain["predicted"]["fps"])
        for gain in (record["gain"] for record in records)), strict=True))
    if of_predicted >= 0.95:
        summary.predictions.append(abs(predicted / achieved - 1))
    print(f"{'':44} gain predicted {predicted:.2f}, achieved {achieved:.2f} "
          f"(queue at {of_predicted:.2f} of the predicted frames/s)", flush=True)


def stage_ms(record, stage):
    """By the stamps of every frame."""
    return sum(one["wall_ms"] for one in record["stages"] if one["name"] == stage)


def plant(options, given, name, sync, summary):
    runs = {stage: [] for stage in (None, *options.stages.split(","))}
    for _ in range(options.turns):
        for stage in random.sample(list(runs), len(runs)):
            runs[stage].append(explain(options, *given, *(["--add", f"{stage}={options.ms:g}"] if stage else [])))
            summary.invalid += not runs[stage][-1]["valid"]
    plain = runs.pop(None)
    remainder = statistics.median(record["remainder_ms_per_frame"] / record["observed_ms_per_frame"] for record in plain)
    summary.remainders.append(abs(remainder))
    doubts = sorted({reason for record in plain for reason in record["reasons"]})
    print(f"{name:44} {remainder:9.1%}{'  INVALID: ' if doubts else ''}{'; '.join(doubts)}", flush=True)
    tell_prediction(plain, summary)
    for stage, planted in runs.items():
        def grown(figure, planted=planted):
            values = [figure(with_it) - figure(without) for with_it, without in zip(planted, plain, strict=True)]
            return statistics.median(values), min(values), max(values)

        def told(figure, due):
            middle, low, high = grown(figure)
            summary.off.append(abs(middle / due - 1))
            return f"{middle:6.2f} [{low:5.2f}..{high:5.2f}] {middle / due - 1:+5.0%}"

        line = told(lambda record: step(record, STEP[stage], "core_ms_per_frame"), options.ms)
        if sync:
            passed = grown(lambda record: stage_ms(record, stage))[0]
            line += f"  {told(lambda record: step(record, STEP[stage], 'ms_per_frame'), options.ms)} {passed:8.2f}"
        print(f"{'':55} {stage:9} {line}", flush=True)


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
    parser.add_argument("--rounds", type=int, default=3, help="of each explanation")
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    models = options.model or [ROOT / "assets/centerface.onnx", *([reference] if reference.exists() else [])]
    clips = options.clip or [ROOT / "assets" / name for name in ("bikes.mp4", "bigbuckbunny.mp4")]
    summary = Summary()
    print(f"{'model, clip, way, sink':44} {'remainder':>9}  stage     core ms  [range]      off  ms/frame [range]      off   passed", flush=True)
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
