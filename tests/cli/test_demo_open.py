"""inflight demo --open: the browser that it starts, and when there is none."""
import os
import pathlib
import signal
import subprocess
import unittest

from demo_program import PageTest, WebViewer

# Says what it was given and how it was started, and stays until the test has seen that. No shell: that would set right
# which signals are blocked.
BROWSER = """#!/usr/bin/awk -f
BEGIN {
  folder = ENVIRON["FOLDER"]
  print "what a browser prints"
  print "and complains of" >"/dev/stderr"
  print ARGV[1] >(folder "/told.new")
  while ((getline line <"/proc/self/status") > 0) if (line ~ /^Sig(Blk|Ign)/) print line >(folder "/told.new")
  getline line <"/proc/self/stat"
  split(line, fields)
  print fields[6] >(folder "/told.new")
  close(folder "/told.new")
  system("mv '" folder "/told.new' '" folder "/told'; timeout 60 cat '" folder "/end'")
}
"""


class Browser(PageTest):
    def path(self, *, with_browser):
        """The value of PATH where xdg-open is the one above, or is not there."""
        programs = self.folder / "programs"
        programs.mkdir()
        if not with_browser:
            return str(programs)
        (programs / "xdg-open").write_text(BROWSER)
        (programs / "xdg-open").chmod(0o755)
        os.mkfifo(self.folder / "end")
        return f"{programs}:{os.environ['PATH']}"

    def children(self, process):
        return pathlib.Path(f"/proc/{process.pid}/task").glob("*/children")

    def test_is_started_apart_from_the_program(self):
        process, host, port = self.start("--open", PATH=self.path(with_browser=True), FOLDER=str(self.folder))
        told = self.folder / "told"
        self.wait_for(told.exists, "no browser was started")
        url, blocked, ignored, session = told.read_text().split("\n", 3)
        self.assertEqual(url, f"http://{host}:{port}/")
        self.assertEqual(int(blocked.split()[1], 16), 0)
        self.assertEqual(int(ignored.split()[1], 16) & 1 << (signal.SIGPIPE - 1), 0)
        self.assertNotEqual(int(session), os.getsid(process.pid))
        (self.folder / "end").write_text("end\n")
        self.wait_for(lambda: not any(file.read_text() for file in self.children(process)), "it is not waited for")
        process.send_signal(signal.SIGINT)
        self.assertNotIn("what a browser prints", process.communicate(timeout=60)[0])
        self.assertEqual(process.returncode, 130)

    def test_that_is_not_there_leaves_the_page(self):
        process, host, port = self.start("--open", stderr=subprocess.PIPE, PATH=self.path(with_browser=False))
        line = process.stderr.readline()
        self.assertIn("no xdg-open", line)
        self.assertIn(f"http://{host}:{port}/", line)
        with WebViewer(host, port) as viewer:
            self.wait_for(lambda: viewer.pictures > 0, "no picture came")


if __name__ == "__main__":
    unittest.main()
