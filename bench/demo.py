#!/usr/bin/env python3
"""What showing costs the live demonstration: the queue's frames per second in a window, with pages watching, and without
any view, in rounds of random order. Cores are shared, so the core time of drawing, encoding, serving and of the display
server is taken off first: what is left of the ratio is waiting, which there should be none of. Then: what a picture costs
beside the bare calls of the libraries, how many pictures reach a viewer, how old those of a camera are, how soon a key or
a viewer's command shows, and how soon the first picture.

Figures are medians, with the least and the most. Beside each is the bar that it is held to; fails when one is not reached.

The window is on a display of its own without a screen (Xvfb), which copies pictures into memory as any does without a
graphics card.
"""
import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from demo_run import CLIP, MODEL, ROOT, DemoRun
from keyed_window import KeyedWindow
from virtual_display import VirtualDisplay
from web_viewer import WebViewer

CAMERA = "lavfi:testsrc2=size=640x480:rate=30,realtime"
TURNS = ("queue", "two-requests", "sync")  # it begins with sync
PACE = {"least": 28, "most": 30.5}  # pictures per second: 30 are asked for, and counted over some seconds
INDEX = {"sync": 0, "two-requests": 1, "queue": 2}


def metric(demo, name):
    with urllib.request.urlopen(f"http://{demo.host}:{demo.port}/metrics") as answer:
        return float(re.search(rf"^inflight_{name} (\S+)$", answer.read().decode(), re.M)[1])


def run(clip, model, seconds, viewers=None, display=None):
    """The summary of a demonstration with so many pages, or in a window on that display, or without a view."""
    view = "window" if display else "web" if viewers else "none"
    with tempfile.TemporaryDirectory() as folder:
        before = display.cpu_seconds() if display else 0
        with DemoRun("--way", "queue", "--seconds", seconds, clip=clip, model=model, view=view, folder=folder,
                     display=display and display.name) as demo:
            watching = [WebViewer(demo.host, demo.port) for _ in range(viewers or 0)]
            counts = {}
            if watching:
                time.sleep(0.8 * seconds)
                counts = {name: metric(demo, f"web_pictures_{name}_total") for name in ("encoded", "sent")}
            summary = demo.result() | counts
        summary["received_per_second"] = [viewer.pictures_per_second() for viewer in watching]
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


def switch(choose, shows, count):
    """Milliseconds from the choice of another way until it shows: of the first turn of each way, which warms it up, and
    of so many later ones."""
    taken = []
    for number in range(len(TURNS) + count):
        way = TURNS[number % len(TURNS)]
        choose(way)
        taken.append(1e3 * wait_for(lambda way=way: shows(way)))
    return taken[:2], taken[3:]  # the third goes back to sync, which has had its first turn at the start


def command_times(clip, model, count, folder):
    """From a viewer's command to figures of the other way."""
    with DemoRun("--cycle", "0", "--seconds", 3600, clip=clip, model=model, view="web", folder=folder) as demo, \
            WebViewer(demo.host, demo.port) as viewer:
        wait_for(lambda: viewer.figures is not None)
        return switch(viewer.command, lambda way: viewer.figures["running"] == INDEX[way], count)


def key_times(clip, model, count, folder, display):
    """From a key to the other way's colour on the screen."""
    with DemoRun("--cycle", "0", "--seconds", 3600, clip=clip, model=model, view="window", folder=folder,
                 display=display.name), KeyedWindow(display.name) as window:
        wait_for(lambda: window.shows("sync"))
        return switch(window.choose, window.shows, count)


def switch_times(times, starts, *arguments):
    """Of several starts, each with first turns and later ones."""
    first, later = [], []
    for _ in range(starts):
        with tempfile.TemporaryDirectory() as folder:
            some, others = times(*arguments[:3], folder, *arguments[3:])
        first += some
        later += others
    return first, later


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


def drawing_over_bare(clip):
    """A picture drawn and encoded, as times of the bare calls."""
    done = subprocess.run([ROOT / "build/bin/bench_demo_drawing", "--clip", clip], capture_output=True, text=True, check=True)
    return float(re.search(r"painter, JPEG encoder +[\d.]+ ms +([\d.]+) ", done.stdout)[1])


def spread(values, digits=3):
    return f"{statistics.median(values):.{digits}f} [{min(values):.{digits}f} .. {max(values):.{digits}f}]"


class Bars:
    """What is to be reached, told beside each figure."""

    def __init__(self):
        self.missed = 0

    def hold(self, name, values, digits=3, unit="", least=None, most=None):
        middle = statistics.median(values)
        reached = (least is None or middle >= least) and (most is None or middle <= most)
        self.missed += not reached
        limits = (("at least", least), ("at most", most))
        bar = " and ".join(f"{word} {limit:g}" for word, limit in limits if limit is not None)
        print(f"  {name}: {spread(values, digits)}{unit} ({bar}: {'reached' if reached else 'NOT reached'})", flush=True)


def compare_views(args, display):
    """The summaries of each kind of view, round by round."""
    kinds = {"no view": {}, "no view, again (A/A)": {}, "window": {"display": display}, "one page": {"viewers": 1},
             "ten pages": {"viewers": 10}}
    found = {kind: [] for kind in kinds}
    for number in range(args.rounds):
        for kind in random.sample(list(kinds), len(kinds)):
            found[kind].append(run(args.clip, args.model, args.seconds, **kinds[kind]))
        print(f"  round {number + 1} of {args.rounds}", flush=True)
    return found


def tell_views(found, bars):
    base = [rate(one) for one in found["no view"]]
    for kind, runs in found.items():
        raw = [rate(one) / other for one, other in zip(runs, base)]
        print(f"  {kind:<22} {spread([rate(one) for one in runs], 0):<24} of no view {spread(raw)}")
    for kind in ("no view, again (A/A)", "window", "one page", "ten pages"):
        fair = [adjusted(one) / other for one, other in zip(found[kind], base)]
        if kind in ("window", "one page"):
            bars.hold(f"{kind}, of no view without the cores of drawing", fair, least=0.97)
        else:
            print(f"  {kind}, of no view without the cores of drawing: {spread(fair)}")
    for kind in ("window", "one page", "ten pages"):
        pictures = [one["pictures"] for one in found[kind]]
        drawn = [p["core_seconds"] / p["shown"] * 1e3 for p in pictures]
        given = [(p["serving_core_seconds"] + one["display_core_seconds"]) / p["shown"] * 1e3
                 for p, one in zip(pictures, found[kind])]
        print(f"  {kind}: core ms per picture: drawing and {'showing' if kind == 'window' else 'encoding'} "
              f"{spread(drawn, 2)}, {'display server' if kind == 'window' else 'serving'} {spread(given, 2)}")
        bars.hold(f"{kind}, pictures painted", [p["per_second"] for p in pictures], 1, "/s", **PACE)
        if kind != "window":
            bars.hold(f"{kind}, pictures received by the viewer with the fewest",
                      [min(one["received_per_second"]) for one in found[kind]], 1, "/s", **PACE)
    bars.hold("ten pages, pictures sent for each that was encoded", [one["sent"] / one["encoded"] for one in found["ten pages"]],
              2, least=9.5)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clip", type=Path, default=CLIP)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=5)
    args = parser.parse_args()
    bars = Bars()
    with VirtualDisplay() as display:
        found = compare_views(args, display)
        print(f"\n{args.clip.name}, {args.model.stem}, queue, {args.rounds} rounds of {args.seconds:g} s")
        tell_views(found, bars)
        bars.hold("a picture drawn and encoded, of the bare calls", [drawing_over_bare(args.clip)], 2, most=1.2)
        camera = [run(CAMERA, args.model, args.seconds, viewers=1) for _ in range(3)]
        bars.hold("30/s source: age of a picture when it is sent, p95", [one["pictures"]["age_ms"]["p95"] for one in camera],
                  1, " ms", most=100)
        for name, times, more in (("key to the other way's colour in the window", key_times, (display,)),
                                  ("command to figures of the other way at a viewer", command_times, ())):
            first, later = switch_times(times, 3, args.clip, args.model, 9, *more)
            bars.hold(f"{name}, first turn of a way", first, 0, " ms", most=300)
            bars.hold(f"{name}, later", later, 0, " ms", most=300)
        bars.hold("start to first picture, models in the cache", first_picture(args.clip, args.model, 5), 2, " s", most=1.5)
    print(f"{bars.missed} bars are not reached" if bars.missed else "all bars are reached")
    return 1 if bars.missed else 0


if __name__ == "__main__":
    sys.exit(main())
