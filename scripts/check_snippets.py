#!/usr/bin/env python3
"""Code in documents is code that runs: says which blocks after a line `<!-- PATH -->` are not what stands in that file
between a line with `[loop]` and one with `[end]`, but for its indentation.

usage: check_snippets.py [ROOT]
"""
import re
import sys
import textwrap
from pathlib import Path

NOT_OURS = {".git", ".venv", "assets", "build", "out"}
SNIPPET = re.compile(r"^<!-- (examples/\S+) -->\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARKED = re.compile(r"^[^\n]*\[loop\]\n(.*?)^[^\n]*\[end\]$", re.MULTILINE | re.DOTALL)


def violations(root):
    for page in sorted(root.rglob("*.md")):
        if page.relative_to(root).parts[0] in NOT_OURS:
            continue
        text = page.read_text()
        for snippet in SNIPPET.finditer(text):
            where = f"{page.relative_to(root)}:{text.count(chr(10), 0, snippet.start()) + 1}"
            path = root / snippet[1]
            marked = MARKED.search(path.read_text()) if path.is_file() else None
            if marked is None:
                yield f"{where}: {snippet[1]} has no lines between [loop] and [end]"
            elif textwrap.dedent(marked[1]) != snippet[2]:
                yield f"{where}: is not what {snippet[1]} has between [loop] and [end]"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    found = list(violations(root))
    print("\n".join(found) if found else "code in documents is code that runs")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
