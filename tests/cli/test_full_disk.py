"""A disk that is really full: a small file system in memory, which only the test and the program in it see."""
import shutil
import subprocess
import sys
import tempfile
import unittest

from program import CLIP, MODEL, PROGRAM, ProgramTest

PAGE = 4096
DISK = 16 * PAGE
MOUNT = f'mount -t tmpfs -o size={DISK} tmpfs "$0"'

# $0: where to mount, $1: a file there that exists, $2: bytes to fill, $3...: the program. Shows the disk after its end.
SCRIPT = MOUNT + """ && printf old >"$1" && head -c "$2" /dev/zero >"$0/filler" || exit 99
disk=$0 old=$1
shift 2
"$@"
code=$?
echo "left: $(ls -A "$disk" | tr '\\n' ' ')"
printf old | cmp -s - "$old" && echo "the old file is unchanged"
exit $code
"""


def way_in():
    """The command that may mount, for root or anybody; or None, and why not."""
    if shutil.which("unshare") is None:
        return None, "there is no program unshare"
    refusal = ""
    for enter in (["unshare", "-m"], ["unshare", "-rm"]):
        with tempfile.TemporaryDirectory() as folder:
            tried = subprocess.run([*enter, "sh", "-c", MOUNT, folder], capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            return enter, ""
        refusal = tried.stderr.strip()
    return None, refusal


ENTER, REFUSAL = way_in()


class FullDisk(ProgramTest):
    def compare(self, flag, name, free, *arguments):
        """The program on a disk with so many bytes free, beside an older file of the name that it is to write."""
        disk = self.folder / "disk"
        disk.mkdir(exist_ok=True)
        done = subprocess.run([*ENTER, "sh", "-c", SCRIPT, disk, disk / name, str(DISK - PAGE - free), PROGRAM, "compare",
                               "-i", CLIP, "-m", MODEL, "--rounds", "1", "--ways", "sync", *arguments, flag, disk / name],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False)
        return disk / name, done

    def test_is_told_and_leaves_what_was_there(self):
        for flag, name, arguments, frees in (("--json", "c.json", ("--frames", "5"), (0,)),
                                             ("--html", "c.html", ("--frames", "5"), (0, PAGE)),
                                             ("--video", "c.mp4", ("--frames", "100"), (0, PAGE, 10 * PAGE))):
            for free in frees:
                with self.subTest(flag=flag, free=free):
                    target, done = self.compare(flag, name, free, *arguments)
                    self.assertEqual(done.returncode, 1, done.stderr + done.stdout)
                    self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                    self.assertIn(f"inflight: {target}: cannot be written", done.stderr)
                    self.assertIn("No space left on device", done.stderr)
                    self.assertRegex(done.stderr, "make room|check the space")
                    self.assertRegex(done.stdout, r"(?m)^sync +\d+")
                    self.assertNotIn("wrote", done.stdout)
                    self.assertIn(f"left: {name} filler \nthe old file is unchanged\n", done.stdout)

    def test_with_room_enough_the_file_is_replaced(self):
        for flag, name in (("--json", "c.json"), ("--video", "c.mp4")):
            with self.subTest(flag=flag):
                target, done = self.compare(flag, name, 10 * PAGE, "--frames", "5")
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertIn(f"wrote {target}", done.stdout)
                self.assertIn(f"left: {name} filler \n", done.stdout)
                self.assertNotIn("unchanged", done.stdout)


if __name__ == "__main__":
    if ENTER is None:
        print(f"skipped: mounting a file system is not allowed here: {REFUSAL}")
        sys.exit(77)
    unittest.main()
