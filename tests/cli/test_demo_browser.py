"""inflight demo in a real browser, from the first box to the end that its own button brings."""
import os
import pathlib
import re
import subprocess
import sys
import unittest

from program import CLIP, MODEL, PROGRAM

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "sinks"))
from browser import PATIENCE, PageTest  # noqa: E402  pylint: disable=wrong-import-position

SHOTS = pathlib.Path(os.environ["INFLIGHT_SCREENSHOTS"])

# As green as boxes are; JPEG leaves thin lines less of it than they had.
BOX = """() => {
  const picture = document.getElementById("picture");
  const copy = new OffscreenCanvas(picture.width, picture.height).getContext("2d", {willReadFrequently: true});
  copy.drawImage(picture, 0, 0);
  const bytes = copy.getImageData(0, 0, picture.width, picture.height).data;
  let count = 0;
  for (let i = 0; i < bytes.length; i += 4) count += bytes[i + 1] - Math.max(bytes[i], bytes[i + 2]) > 60;
  return count > 200;
}"""


class Demo:
    """The program; `url` is where its page is."""

    def __init__(self):
        self.process = subprocess.Popen(
            [PROGRAM, "demo", "-i", CLIP, "-m", MODEL, "--view", "web", "--port", "0", "--cycle", "0", "--seconds", "600"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.url = re.search(r"http://\S+", self.process.stdout.readline())[0]


class Page(PageTest):
    def program(self, *_):
        demo = Demo()
        self.addCleanup(demo.process.communicate, timeout=PATIENCE)
        self.addCleanup(demo.process.terminate)
        return demo

    def requests_of(self, page):
        return int(self.text(page, "#in-flight").split()[-1])

    def wait_for_requests(self, page, count):
        page.wait_for_function("end => document.getElementById('in-flight').textContent.endsWith(end)", arg=f" of {count}")

    def choose_each_way(self, page):
        for index, name in ((1, "two-requests"), (2, "queue"), (0, "sync"), (2, "queue")):
            page.click(f"button[data-command={name}]")
            self.wait_for_text(page, "#way", name)
            page.wait_for_function("""index => document.querySelectorAll("#ways li")[index].textContent
                .includes("frames/s")""", arg=index)
        self.assertRegex(self.text(page, "#ways li:nth-child(3)"), r"\d × sync")

    def test_from_the_first_box_to_the_end(self):
        page = self.open()
        page.wait_for_function(BOX)
        self.assertEqual(self.text(page, "#way"), "sync")
        self.choose_each_way(page)

        requests = self.requests_of(page)
        for command, expected in (("more", requests + 1), ("fewer", requests)):
            page.click(f"button[data-command={command}]")
            self.wait_for_requests(page, expected)
        page.click("button[data-command=hint]")
        self.wait_for_text(page, "#hint", "latency")

        page.click("button[data-command=pause]")
        self.wait_for_text(page, "#notice", "Paused")
        page.click("button[data-command=pause]")
        page.locator("#notice").wait_for(state="hidden")
        page.click("button[data-command=restart]")
        self.wait_for_picture(page, other_than=self.wait_for_picture(page))
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / "demo-page.png", full_page=True)

        other = self.open()
        other.wait_for_function(BOX)
        page.click("button[data-command=quit]")
        for one in (page, other):
            self.wait_for_text(one, "#notice", "The program has ended: a viewer ended it")
        _, errors = self.served.process.communicate(timeout=PATIENCE)
        self.assertEqual((self.served.process.returncode, errors), (0, ""))


if __name__ == "__main__":
    unittest.main()
