#!/usr/bin/env python3
"""Is the instrument right? Plants work in one stage after the other and looks where `inflight explain` shows it.

Each row is two explanations: one of the program, one with so much busy time added to a stage. The step of that stage
must grow by so much processor time; in a synchronous loop, by so much time per frame as well.
"""
import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
STEP = {"decode": "decode", "fill": "preprocessing", "callback": "postprocessing", "sink": "sink"}


def explain(options, *arguments):
    command = [ROOT / "build/bin/inflight", "explain", "--json", "-", "--time", str(options.time), "--rounds",
               str(options.rounds), *arguments]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"explain: {done.stderr}")
    return json.loads(done.stdout)


def step(record, name, figure):
    return sum(step[figure] for step in record["waterfall"] if step["name"] == name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", action="append", help="default: the default model; may be repeated")
    parser.add_argument("--clip", action="append", help="default: the default clips; may be repeated")
    parser.add_argument("--ways", default="sync,two-requests,queue")
    parser.add_argument("--sinks", default="nothing,video")
    parser.add_argument("--stages", default="decode,fill,callback,sink")
    parser.add_argument("--ms", type=float, default=2)
    parser.add_argument("--time", type=float, default=30)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    models = options.model or [ROOT / "assets/centerface.onnx"]
    clips = options.clip or [ROOT / "assets" / name for name in ("bikes.mp4", "bigbuckbunny.mp4")]
    print(f"{'model, clip, way, sink':44} {'remainder':>9}  stage      core ms  (off by)   ms/frame", flush=True)
    for model in models:
        for clip in clips:
            for way in options.ways.split(","):
                for sink in options.sinks.split(","):
                    given = ("-m", model, "-i", clip, "--way", way, "--sink", sink)
                    plain = explain(options, *given)
                    share = plain["remainder_ms_per_frame"] / plain["observed_ms_per_frame"]
                    name = f"{pathlib.Path(model).stem}, {pathlib.Path(clip).stem}, {way}, {sink}"
                    doubt = "" if plain["valid"] else "  INVALID: " + "; ".join(plain["reasons"])
                    print(f"{name:44} {share:9.1%}{doubt}", flush=True)
                    for stage in options.stages.split(","):
                        planted = explain(options, *given, "--add", f"{stage}={options.ms}")
                        cores, frame = (step(planted, STEP[stage], figure) - step(plain, STEP[stage], figure)
                                        for figure in ("core_ms_per_frame", "ms_per_frame"))
                        print(f"{'':55} {stage:9} {cores:8.2f}  {cores / options.ms - 1:+8.0%}  {frame:8.2f}", flush=True)


if __name__ == "__main__":
    main()
