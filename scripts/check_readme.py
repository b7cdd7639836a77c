#!/usr/bin/env python3
"""Documents tell the truth: says which links of the *.md files lead nowhere, and which commands in their ```sh blocks
name a verb, a subcommand or an option that does not exist.

usage: check_readme.py [--program build/bin/inflight] [ROOT]
"""
import argparse
import functools
import re
import shlex
import subprocess
import sys
from pathlib import Path

NOT_OURS = {".git", ".venv", "assets", "build", "out"}
PASSED_ON = {"demo": "compare", "live": "demo"}  # verbs of ./dev that hand their options to a subcommand of inflight

FENCE = re.compile(r"^\s*(```+|~~~+)\s*(\w*)")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
OPTION = re.compile(r"(?<![\w-])--?[a-zA-Z][\w-]*")
SEPARATORS = {"|", "||", "&&", ";", "&"}


class Document:
    """The lines of one page: prose with its code emptied, shell commands, and the anchors of its headings."""

    def __init__(self, path):
        self.prose, self.commands, self.anchors = [], [], set()
        fence = language = None
        pending, started = "", 0
        for number, line in enumerate(path.read_text().splitlines(), 1):
            mark = FENCE.match(line)
            if mark and (fence is None or (mark[1].startswith(fence) and not mark[2])):
                fence, language = (mark[1], mark[2]) if fence is None else (None, None)
            elif fence is None:
                self.prose.append((number, re.sub(r"`[^`]*`", "", line)))
                self.add_heading(line)
            elif language == "sh":
                started = started if pending else number
                pending += line.removesuffix("\\") + " "
                if not line.endswith("\\"):
                    self.commands.append((started, pending))
                    pending = ""

    def add_heading(self, line):
        """Adds the anchor as GitHub makes it: lower case, punctuation dropped, spaces to dashes, repeats numbered."""
        heading = re.match(r"#{1,6}\s+(.*?)\s*#*$", line)
        if heading:
            text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).lower()
            anchor = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
            count = sum(1 for known in self.anchors if re.fullmatch(re.escape(anchor) + r"(-\d+)?", known))
            self.anchors.add(f"{anchor}-{count}" if count else anchor)
        self.anchors.update(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", line))


class Programs:
    """What ./dev and inflight say about themselves; each is asked once. `inflight` is None while it isn't built."""

    def __init__(self, root, inflight):
        self.root, self.inflight = root, inflight if inflight.is_file() else None

    @functools.lru_cache(maxsize=None)
    def help(self, *command):
        return subprocess.run([str(part) for part in command], cwd=self.root, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=60, check=False).stdout

    def dev(self, *arguments):
        return self.help(self.root / "dev", *arguments)

    def run(self, *arguments):
        return self.help(self.inflight, *arguments)


def names(text, word):
    """Whether a help text lists the word: at the start of an indented line."""
    return re.search(rf"^\s+{re.escape(word)}(\s|$)", text, re.MULTILINE) is not None


def unknown_options(words, *help_texts):
    known = {option for text in help_texts for option in OPTION.findall(text)} | {"--help", "-h"}
    return [word.split("=")[0] for word in words if OPTION.match(word) and word.split("=")[0] not in known]


def dev_faults(programs, words):
    if not words:
        return
    verb, arguments = words[0], words[1:]
    if not names(programs.dev("help"), verb):
        yield f"./dev has no verb '{verb}'"
        return
    texts = [programs.dev("help", verb)]
    if verb in PASSED_ON:
        if programs.inflight is None:
            return
        texts.append(programs.run(PASSED_ON[verb], "--help"))
    if verb != "bench" and verb != "test":  # these hand theirs to a benchmark, to ctest
        yield from (f"./dev {verb} has no option '{option}'" for option in unknown_options(arguments, *texts))


def inflight_faults(programs, words):
    if programs.inflight is None:
        return
    top = programs.run("--help")
    subcommand = next((word for word in words if not word.startswith("-")), None)
    if subcommand is None:
        yield from (f"inflight has no option '{option}'" for option in unknown_options(words, top))
    elif not names(top, subcommand):
        yield f"inflight has no command '{subcommand}'"
    else:
        text = programs.run(subcommand, "--help")
        yield from (f"inflight {subcommand} has no option '{option}'" for option in unknown_options(words, top, text))


def command_faults(programs, line):
    try:
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words = list(lexer)
    except ValueError as error:
        yield f"the shell would not understand this line: {error}"
        return
    while words:
        end = next((index for index, word in enumerate(words) if word in SEPARATORS), len(words))
        command, words = words[:end], words[end + 1:]
        while command and re.match(r"\w+=", command[0]):  # VARIABLE=value in front of a command
            command = command[1:]
        if command[:1] == ["./dev"]:
            yield from dev_faults(programs, command[1:])
        elif command and command[0] in ("inflight", "build/bin/inflight"):
            yield from inflight_faults(programs, command[1:])


def link_fault(root, path, target, documents):
    if re.match(r"[a-z][a-z+.-]*:", target):
        return None
    name, _, anchor = target.partition("#")
    file = (root / name[1:] if name.startswith("/") else path.parent / name).resolve() if name else path
    if not file.exists():
        return f"there is no '{name}'"
    if anchor and file.suffix == ".md" and anchor not in documents[file].anchors:
        return f"'{file.relative_to(root)}' has no heading '#{anchor}'"
    return None


def violations(root, programs):
    pages = [path for path in sorted(root.rglob("*.md")) if path.relative_to(root).parts[0] not in NOT_OURS]
    documents = {path: Document(path) for path in pages}
    for path, document in documents.items():
        where = path.relative_to(root)
        for number, line in document.prose:
            faults = (link_fault(root, path, target, documents) for target in LINK.findall(line))
            yield from (f"{where}:{number}: {fault}" for fault in faults if fault)
        for number, line in document.commands:
            yield from (f"{where}:{number}: {fault}" for fault in command_faults(programs, line))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, help="default: build/bin/inflight")
    parser.add_argument("root", type=Path, nargs="?", default=Path(__file__).parent.parent)
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    programs = Programs(root, (arguments.program or root / "build/bin/inflight").resolve())
    found = list(violations(root, programs))
    if found:
        print("\n".join(found))
    else:
        skipped = "" if programs.inflight else "; commands of inflight skipped: it is not built"
        print("links and commands exist" + skipped)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
