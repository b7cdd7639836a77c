#!/usr/bin/env python3
"""How often inflight gate is right: the same against itself, and with a slowdown planted.

  ./dev bench gate record DIR         makes records to resample, of many rounds each
  ./dev bench gate resample RECORD... draws records from their rounds and judges them, thousands of times
  ./dev bench gate trials             does it for real, 30 times each; takes an hour or two, on a machine that is otherwise idle

Counts are printed with their exact (Clopper and Pearson) bounds of 95 %. A slowdown of P % is planted by work added to
the callback of every frame: P % of the time that a frame takes in the way that is judged, one core for each at a time.
"""
import argparse
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/bin/inflight"
RESAMPLE = ROOT / "build/bin/bench_gate_resample"
OUTCOMES = {0: "passed", 10: "regressed", 11: "not comparable", 12: "undecided"}


def at_most(count, trials, chance):
    """Probability of at most so many in so many trials."""
    if chance <= 0 or chance >= 1:
        return 1.0 if chance <= 0 or count >= trials else 0.0
    logs = (math.lgamma(trials + 1) - math.lgamma(i + 1) - math.lgamma(trials - i + 1) + i * math.log(chance)
            + (trials - i) * math.log1p(-chance) for i in range(count + 1))
    return min(1.0, math.fsum(math.exp(log) for log in logs))


def solve(decreasing, target):
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if decreasing(middle) > target else (low, middle)
    return low


def bounds(count, trials):
    """Clopper and Pearson's interval of 95 % for the chance."""
    low = 0.0 if count == 0 else solve(lambda chance: at_most(count - 1, trials, chance), 0.975)
    high = 1.0 if count == trials else solve(lambda chance: at_most(count, trials, chance), 0.025)
    return low, high


def tell(mode, slowdown, counts):
    trials = sum(counts.values())
    low, high = bounds(counts["regressed"], trials)
    others = ", ".join(f"{name} {counts[name]}" for name in counts if name != "regressed" and counts[name])
    print(f"{mode:<8} {slowdown:>4.0%} slower: regression in {counts['regressed']} of {trials} "
          f"({low:.1%} to {high:.1%}){'; ' + others if others else ''}", flush=True)


def compare(args, *more):
    return ["compare", "-i", args.clip, "-m", args.model, "--ways", args.way, "--frames", args.frames, "--loop", *more]


def run(*command):
    done = subprocess.run([str(part) for part in (PROGRAM, *command)], capture_output=True, text=True, check=False)
    if done.returncode not in OUTCOMES:
        sys.exit(f"{' '.join(map(str, command))}\nfailed: {done.stderr.strip()}")
    return done


def record(args):
    args.folder.mkdir(parents=True, exist_ok=True)
    for number in range(args.count):
        path = args.folder / f"record-{number}.json"
        run("compare", "-i", args.clip, "-m", args.model, "--frames", args.frames, "--loop", "--brief", "--rounds",
            args.rounds, "--json", path)
        print(path, flush=True)


def resample(args):
    done = subprocess.run([RESAMPLE, *args.records, "--trials", str(args.trials), "--rounds", str(args.rounds)],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr.strip())
    for line in done.stdout.splitlines():
        one = json.loads(line)
        tell(one["mode"], one["slowdown"], {name: one[name] for name in ("regressed", "passed", "undecided")})


def frame_time(args):
    """Milliseconds that a frame takes in the way that is judged."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.json"
        run(*compare(args, "--rounds", 7, "--brief", "--json", path))
        return 1000 / json.loads(path.read_text(encoding="utf-8"))["ways"][0]["fps"]["median"]


def planted(args, slowdown, frame_ms):
    return ["--add", f"callback={slowdown * frame_ms:.6f}"] if slowdown else []


def trial_records(args, slowdown, frame_ms, folder):
    old, new = Path(folder) / "old.json", Path(folder) / "new.json"
    run(*compare(args, "--rounds", args.rounds, "--brief", "--json", old))
    run(*compare(args, "--rounds", args.rounds, "--brief", "--json", new, *planted(args, slowdown, frame_ms)))
    return run("gate", old, new).returncode


def trial_runs(args, slowdown, frame_ms, _folder):
    old = compare(args, "--rounds", 3)
    new = compare(args, "--rounds", 3, *planted(args, slowdown, frame_ms))
    return run("gate", "--versus", PROGRAM, "--time", args.time, "--", *old, "--", *new).returncode


def trials(args):
    frame_ms = frame_time(args)
    print(f"{args.way}: {frame_ms:.2f} ms a frame", flush=True)
    plan = [("records", trial_records, 0.0), ("records", trial_records, 0.10), ("runs", trial_runs, 0.0),
            ("runs", trial_runs, 0.05)]
    with tempfile.TemporaryDirectory() as folder:
        for mode, trial, slowdown in plan:
            if args.only and mode != args.only:
                continue
            counts = dict.fromkeys(["regressed", "passed", "undecided", "not comparable"], 0)
            for number in range(args.trials):
                outcome = OUTCOMES[trial(args, slowdown, frame_ms, folder)]
                counts[outcome] += 1
                print(f"  {mode} {slowdown:.0%}, trial {number + 1}: {outcome}", file=sys.stderr, flush=True)
            tell(mode, slowdown, counts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--clip", type=Path, default=ROOT / "assets/carphone_pristine.mp4")
    common.add_argument("--model", type=Path, default=ROOT / "assets/centerface.onnx")
    common.add_argument("--frames", type=int, default=60, help="of a round")
    one = commands.add_parser("record", parents=[common])
    one.add_argument("folder", type=Path)
    one.add_argument("--count", type=int, default=8)
    one.add_argument("--rounds", type=int, default=40)
    one = commands.add_parser("resample")
    one.add_argument("records", type=Path, nargs="+")
    one.add_argument("--trials", type=int, default=2000)
    one.add_argument("--rounds", type=int, default=40)
    one = commands.add_parser("trials", parents=[common])
    one.add_argument("--trials", type=int, default=30)
    one.add_argument("--rounds", type=int, default=40, help="of each record")
    one.add_argument("--time", type=int, default=600, help="seconds for each gate --versus")
    one.add_argument("--way", default="sync", help="the way that is slowed down and judged")
    one.add_argument("--only", choices=["records", "runs"])
    args = parser.parse_args()
    {"record": record, "resample": resample, "trials": trials}[args.command](args)


if __name__ == "__main__":
    main()
