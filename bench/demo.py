#!/usr/bin/env python3
"""What showing costs the live demonstration: the queue's frames per second in a window, with pages watching, and without
any view, interleaved. Cores are shared, so the core time of drawing, encoding, serving and of the display server is
taken off first: what is left of the ratio is waiting, which there should be none of. Then: how old pictures of a camera
are, how soon a viewer's command shows, and how soon the first picture.

The window is on a display of its own without a screen (Xvfb), which copies pictures into memory as any does without a
graphics card.
"""
import argparse
import statistics
import tempfile
import time
from pathlib import Path

from demo_run import CLIP, MODEL, DemoRun
from virtual_display import VirtualDisplay
from web_viewer import WebViewer

CAMERA = "lavfi:testsrc2=size=640x480:rate=30,realtime"


def run(clip, model, seconds, viewers=None, display=None):
    """The summary of a demonstration with so many pages, or in a window on that display, or without a view."""
    view = "window" if display else "web" if viewers else "none"
    with tempfile.TemporaryDirectory() as folder:
        before = display.cpu_seconds() if display else 0
        with DemoRun("--way", "queue", "--seconds", seconds, clip=clip, model=model, view=view, folder=folder,
                     display=display and display.name) as demo:
            watching = [WebViewer(demo.host, demo.port) for _ in range(viewers or 0)]
            summary = demo.result()
        summary["received"] = [viewer.pictures for viewer in watching]
        summary["display_core_seconds"] = display.cpu_seconds() - before if display else 0
        return summary


def rate(summary):
    return summary["frames"] / summary["seconds"]


def adjusted(summary):
    """Frames per second if the cores that drew had inferred."""
    shown = (summary["pictures"]["core_seconds"] + summary["pictures"]["serving_core_seconds"]
             + summary["display_core_seconds"])
    return rate(summary) / (1 - shown / (summary["cores"] * summary["seconds"]))


def wait_for(condition):
    """Seconds until it holds. Looks often: what is measured is tens of milliseconds."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > 30:
            raise TimeoutError("the demonstration did not follow")
        time.sleep(0.001)
    return time.monotonic() - began


def switch_times(clip, model, switches):
    """Milliseconds from a viewer's command to figures of the other way, the first turn of each way left out."""
    taken = []
    with tempfile.TemporaryDirectory() as folder, \
            DemoRun("--cycle", "0", "--seconds", 3600, clip=clip, model=model, view="web", folder=folder) as demo, \
            WebViewer(demo.host, demo.port) as viewer:
        wait_for(lambda: viewer.figures is not None)
        for number in range(switches + 3):
            name, index = (("queue", 2), ("two-requests", 1), ("sync", 0))[number % 3]
            viewer.command(name)
            taken.append(1e3 * wait_for(lambda index=index: viewer.figures["running"] == index))
    return taken[3:]


def first_picture(clip, model, starts):
    """Seconds from the start of the program to its first picture at a viewer, with compiled models in a cache."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(starts + 1):
            began = time.monotonic()
            with DemoRun("--cache-dir", Path(folder) / "cache", "--seconds", 3600, clip=clip, model=model, view="web",
                         folder=folder) as demo, WebViewer(demo.host, demo.port) as viewer:
                wait_for(lambda viewer=viewer: viewer.pictures > 0)
                taken.append(time.monotonic() - began)
    return taken[1:]


def spread(values, digits=3):
    return f"{statistics.median(values):.{digits}f} [{min(values):.{digits}f} .. {max(values):.{digits}f}]"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clip", type=Path, default=CLIP)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=5)
    args = parser.parse_args()
    with VirtualDisplay() as display:
        kinds = {"no view": {}, "no view, again (A/A)": {}, "window": {"display": display}, "one page": {"viewers": 1},
                 "ten pages": {"viewers": 10}}
        found = {kind: [] for kind in kinds}
        for number in range(args.rounds):
            for kind, view in kinds.items():
                found[kind].append(run(args.clip, args.model, args.seconds, **view))
            print(f"  round {number + 1} of {args.rounds}", flush=True)

    base = [rate(one) for one in found["no view"]]
    print(f"\n{args.clip.name}, {args.model.stem}, queue, {args.rounds} rounds of {args.seconds:g} s")
    for kind, runs in found.items():
        raw = [rate(one) / other for one, other in zip(runs, base)]
        fair = [adjusted(one) / other for one, other in zip(runs, base)]
        print(f"  {kind:<22} {spread([rate(one) for one in runs], 0):<24} of no view {spread(raw)}, "
              f"without the cores of drawing {spread(fair)}")
    for kind in ("window", "one page", "ten pages"):
        pictures = [one["pictures"] for one in found[kind]]
        drawn = [p["core_seconds"] / p["shown"] * 1e3 for p in pictures]
        given = [(p["serving_core_seconds"] + one["display_core_seconds"]) / p["shown"] * 1e3
                 for p, one in zip(pictures, found[kind])]
        print(f"  {kind}: {spread([p['per_second'] for p in pictures], 1)} pictures/s; core ms per picture: drawing and "
              f"{'showing' if kind == 'window' else 'encoding'} {spread(drawn, 2)}, "
              f"{'display server' if kind == 'window' else 'serving'} {spread(given, 2)}")
    camera = [run(CAMERA, args.model, args.seconds, viewers=1) for _ in range(3)]
    print(f"  30/s source: age of a picture p95 {spread([one['pictures']['age_ms']['p95'] for one in camera], 1)} ms")
    print(f"  command to figures of the other way: {spread(switch_times(args.clip, args.model, 21), 0)} ms")
    print(f"  start to first picture, models in the cache: {spread(first_picture(args.clip, args.model, 5), 2)} s")


if __name__ == "__main__":
    main()
