#!/usr/bin/env python3
"""Decode, preprocess, infer, postprocess: how near the queue comes to what the cores allow, and to other loops.

Every round runs, one after the other, the queue with the slices of its stages (build/bin/bench_end_to_end) and, where
there is one, each loop of a peer script; figures are medians over the rounds with the least and the most. Ratios are
taken round by round, so that they hold when the machine's speed drifts.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = Path(os.environ.get("INFLIGHT_REFERENCE_DIR", ROOT.parent / "shared"))
PEER_MODES = ["sync-default", "sync", "two-requests", "queue-default", "queue"]


def run_json(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    if not lines:  # a figure counts even if the program then stumbles over its own end, as Python's queue does at times
        sys.exit(f"{' '.join(map(str, command))}\nfailed: {done.stderr.strip()}")
    return json.loads(lines[-1])


def spread(values, digits=3):
    return f"{statistics.median(values):.{digits}f} [{min(values):.{digits}f} .. {max(values):.{digits}f}]"


def bench_clip(clip, args):
    ours = [ROOT / "build/bin/bench_end_to_end", "--input", clip, "--model", args.model, "--seconds", args.seconds]
    peer = [ROOT / ".venv/bin/python", args.peer] if args.peer else None
    rounds, peers = [], {mode: [] for mode in PEER_MODES}
    for number in range(args.rounds):
        rounds.append(run_json(ours))
        if peer:
            for mode in PEER_MODES:
                peers[mode].append(run_json(peer + [mode, args.model, clip, "--loops", args.loops])["fps"])
        print(f"  round {number + 1} of {args.rounds}: {rounds[-1]['fps']:.0f} frames/s", file=sys.stderr)

    fps = [one["fps"] for one in rounds]
    print(f"\n{clip.name}, {Path(args.model).stem}, {args.rounds} rounds")
    print(f"  queue, frames/s                 {spread(fps, 0)}")
    for stage in ("decode", "preprocess", "inference", "postprocess"):
        print(f"  {stage + ', core ms per frame':<31} {spread([one[stage + '_ms'] for one in rounds])}")
    print(f"  share of cores / summed cost    {spread([one['share_of_limit'] for one in rounds])}")
    if not peer:
        print("  peer loops                      skipped: no peer script (--peer)")
        return
    for mode in PEER_MODES:
        ratios = [own / other for own, other in zip(fps, peers[mode])]
        print(f"  peer {mode:<13} frames/s      {spread(peers[mode], 0):<24} queue / it: {spread(ratios, 2)}")
    best = [own / max(peers[mode][i] for mode in PEER_MODES) for i, own in enumerate(fps)]
    print(f"  queue / best peer of the round  {spread(best, 2)}")


def main():
    model = REFERENCE / "models/face-detection-0200.xml"
    peer = REFERENCE / "peers/openvino_python.py"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", nargs="*", type=Path, default=[ROOT / "assets/bikes.mp4", ROOT / "assets/bigbuckbunny.mp4"])
    parser.add_argument("--model", default=model if model.exists() else ROOT / "assets/centerface.onnx")
    parser.add_argument("--peer", default=peer if peer.exists() else None, help="script with loops to compare with")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.5, help="of every slice")
    parser.add_argument("--loops", type=int, default=2, help="of the clip, for the peer")
    args = parser.parse_args()
    if args.peer and "face-detection" not in str(args.model):
        args.peer = None  # the peer's loops know SSD outputs only
    for clip in args.clips:
        bench_clip(clip, args)


if __name__ == "__main__":
    main()
