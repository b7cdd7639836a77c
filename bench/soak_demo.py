#!/usr/bin/env python3
"""Whether the live demonstration's memory stays flat: goes round the ways for a long time with a page watching, and
compares the most memory of the last third with that of the second. Fails when it grew by more than --allow MiB.
"""
import argparse
import sys
import tempfile
import time

from demo_run import DemoRun
from web_viewer import WebViewer


def samples(minutes, cycle):
    """Resident bytes, about ten times per cycle."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = minutes * 60
        with DemoRun("--cycle", f"{cycle}s", "--seconds", seconds, view="web", folder=folder) as run:
            taken = []
            with WebViewer(run.host, run.port) as viewer:
                began = time.monotonic()
                while run.process.poll() is None and time.monotonic() - began < seconds - 1:
                    time.sleep(cycle / 10)
                    taken.append(run.resident_memory())
                    print(f"\r{(time.monotonic() - began) / 60:.1f} min, {taken[-1] / 1048576:.1f} MiB, "
                          f"{viewer.pictures} pictures", end="", file=sys.stderr)
                print(file=sys.stderr)
            run.result()
            return taken


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--cycle", type=float, default=2, help="seconds of a way")
    parser.add_argument("--allow", type=float, default=8, help="MiB")
    args = parser.parse_args()
    taken = samples(args.minutes, args.cycle)
    third = len(taken) // 3
    middle, last = max(taken[third:2 * third]), max(taken[2 * third:])
    grown = (last - middle) / 1048576
    print(f"{args.minutes:g} minutes: most resident memory {middle / 1048576:.1f} MiB in the second third, "
          f"{last / 1048576:.1f} MiB in the last: {grown:+.1f} MiB")
    return 1 if grown > args.allow else 0


if __name__ == "__main__":
    sys.exit(main())
