#!/usr/bin/env python3
"""A file names one thing and stays short enough to be read at once: says which are longer than 300 lines. Pictures are
loaded with the page they stand on: says which have more than 2 MB.

usage: check_sizes.py [ROOT]
"""
import sys
from pathlib import Path

LIMIT = 300
SUFFIXES = {".cpp", ".hpp", ".py", ".sh", ".js", ".css", ".html"}
PICTURES = {".gif", ".png", ".svg"}
MOST_BYTES = 2_000_000
NOT_OURS = {".git", ".venv", "assets", "build", "out"}

# path: why it may be longer.
EXCEPTIONS: dict[str, str] = {}


def files(root, suffixes):
    for top in sorted(root.iterdir()):
        if top.name not in NOT_OURS:
            yield from (path for path in sorted([top, *top.rglob("*")]) if path.suffix in suffixes and path.is_file())


def violations(root, exceptions):
    for path in files(root, PICTURES):
        if (size := path.stat().st_size) > MOST_BYTES:
            yield f"{path.relative_to(root)}:1: {size} bytes, more than {MOST_BYTES}: make it smaller"
    lengths = {str(path.relative_to(root)): len(path.read_text().splitlines()) for path in files(root, SUFFIXES)}
    for name, length in lengths.items():
        if length > LIMIT and name not in exceptions:
            yield f"{name}:{LIMIT + 1}: {length} lines, more than {LIMIT}: split it by what its parts are for"
    for name in exceptions:
        if lengths.get(name, 0) <= LIMIT:
            yield f"{name}:1: needs no exception in scripts/check_sizes.py any more"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    found = list(violations(root, EXCEPTIONS))
    print("\n".join(found) if found else f"no file has more than {LIMIT} lines, no picture more than {MOST_BYTES} bytes")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
