"""The pages of reports in a real browser: their charts are drawn, and nothing is asked of the network."""
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["INFLIGHT_PAGES_PROGRAM"]
BROWSER = "/usr/bin/chromium"
CHARTS = {"compare.html": ["rounds"], "hostile.html": ["rounds"], "explain.html": ["waterfall", "gain"]}
LOOKS = {"wide": (1200, "light"), "dark": (1200, "dark"), "phone": (360, "light")}

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None

COLOURS = """canvas => {
    const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data, seen = new Set();
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
    return [...seen];
}"""


@unittest.skipUnless(sync_playwright and os.path.exists(BROWSER), "needs Chromium")
class Pages(unittest.TestCase):
    def test_draw_their_charts_by_themselves(self):
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            subprocess.run([PROGRAM, folder], check=True, timeout=60)
            browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
            try:
                for name, charts in CHARTS.items():
                    for look, (width, scheme) in LOOKS.items():
                        with self.subTest(page=name, look=look):
                            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                            self.look_at(page, pathlib.Path(folder) / name, charts)
                            self.keep(page, f"{pathlib.Path(name).stem}-{look}")
                            page.close()
            finally:
                browser.close()

    def look_at(self, page, file, charts):
        asked, errors = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(file.as_uri())
        self.assertEqual(errors, [])
        self.assertEqual(asked, [file.as_uri()])
        canvases = page.locator("canvas[data-chart]")
        self.assertEqual([canvas.get_attribute("data-chart") for canvas in canvases.all()], charts)
        for canvas in canvases.all():
            self.assertGreater(len(canvas.evaluate(COLOURS)), 2, "text, lines and bars have colours of their own")
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), page.viewport_size["width"])

    def keep(self, page, name):
        if folder := os.environ.get("INFLIGHT_SCREENSHOTS"):
            pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)


if __name__ == "__main__":
    unittest.main()
