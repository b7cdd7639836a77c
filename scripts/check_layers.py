#!/usr/bin/env python3
"""Includes go one way: says where a stage names what it may not. Data flows through the stages, src/<stage> and
include/inflight/<stage>, in the order of the table; docs/architecture.md tells why.

usage: check_layers.py [ROOT]
"""
import re
import sys
from pathlib import Path

# stage: the stages that it may include, besides itself; a name with .hpp is that one header.
ALLOWED = {
    "base": [],
    "measure": ["base"],
    "draw": ["base"],
    "media": ["base"],
    "infer": ["base"],
    "vision": ["base", "draw", "media", "infer"],
    "sinks": ["base", "measure", "draw", "media", "vision"],
    "pipeline": ["base", "measure", "media", "infer", "vision", "sinks/sink.hpp"],
    "report": ["base", "measure", "draw"],
    "study": ["base", "measure", "draw", "media", "infer", "vision", "sinks", "pipeline", "report"],
    "cli": ["base", "measure", "draw", "media", "infer", "vision", "sinks", "pipeline", "report", "study"],
}
ANYONE = ["version.hpp"]  # headers of no stage

# A part, how its headers are named, and the only stages that may name them: another part would change these alone.
PARTS = [
    ("FFmpeg", r"lib(av|sw)\w+/", ["media"]),
    ("libyuv", r"libyuv(\.h|/)", ["vision"]),
    ("Cairo", r"cairo", ["draw"]),
    ("libjpeg-turbo", r"(turbojpeg|jpeglib)\.h", ["draw"]),
    ("SDL2", r"SDL", ["sinks"]),
    ("OpenVINO", r"openvino/", ["infer", "vision", "pipeline", "study", "cli"]),
    ("Boost", r"boost/", ["sinks"]),
    ("CLI11", r"CLI/", ["cli"]),
    ("nlohmann-json", r"nlohmann/", ["sinks", "report", "study", "cli"]),
    # inflight::infer is to need OpenVINO only.
    ("fmt", r"fmt/", [stage for stage in ALLOWED if stage not in ("base", "measure", "infer")]),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SPEAKS = re.compile(r"(?<![\w.>])((?:std::)?(?:cout|cerr|clog|v?f?printf|f?puts|putchar|(?:_|quick_)?exit)\b"
                    r"|fmt::v?print(?:ln)?\b)\s*(<<|\(|\.|,|;)")
NOISE = re.compile(r'R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/|\'(?:\\.|[^\'\\\n])\'', re.DOTALL)


def without_noise(text):
    """The code with comments and literals emptied, line for line."""
    return NOISE.sub(lambda match: "\n" * match.group().count("\n"), text)


def included_stage(root, path, name):
    """The path below the stages that the include means, such as "media/frame.hpp", or None for another's header."""
    if name.startswith("inflight/"):
        return name.removeprefix("inflight/")
    for base in (path.parent, root / "src"):
        target = (base / name).resolve()
        if target.is_file() and target.is_relative_to(root / "src"):
            return str(target.relative_to(root / "src"))
    return None


def violations_of(root, path, stage):
    text = path.read_text()
    where = path.relative_to(root)
    if stage not in ALLOWED:
        yield f"{where}:1: the stage {stage} is not in the table of scripts/check_layers.py"
        return
    for number, line in enumerate(text.splitlines(), 1):
        include = INCLUDE.match(line)
        if not include:
            continue
        target = included_stage(root, path, include[2])
        if target is None:
            for part, pattern, stages in PARTS:
                if re.match(pattern, include[2]) and stage not in stages:
                    yield f"{where}:{number}: {stage} may not name {part}; only {', '.join(stages)} may"
        elif target not in ANYONE + ALLOWED[stage] and target.split("/")[0] not in [stage, *ALLOWED[stage]]:
            other = target.split("/")[0]
            partly = any(allowed.startswith(other + "/") for allowed in ALLOWED[stage])
            yield f"{where}:{number}: {stage} may not include {target if partly else other}"
    if stage != "cli":
        for number, line in enumerate(without_noise(text).splitlines(), 1):
            for match in SPEAKS.finditer(line):
                yield f"{where}:{number}: {stage} may not use {match[1]}: only cli prints or exits"


def violations(root):
    for top in ("include/inflight", "src"):
        for path in sorted((root / top).rglob("*.[hc]pp")):
            stage = path.relative_to(root / top).parts[0]
            yield from violations_of(root, path, stage)


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    found = list(violations(root))
    print("\n".join(found) if found else "includes go one way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
