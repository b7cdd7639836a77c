"""A real Chromium for the tests of the page. It opens pages of this machine only, and no network."""
import pathlib
import unittest

from web_program import PATIENCE, WebTest

CHROMIUM = pathlib.Path("/usr/bin/chromium")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-extensions", "--disable-default-apps", "--no-first-run",
             "--disable-dev-shm-usage")

try:
    from playwright.sync_api import sync_playwright
    MISSING = "" if CHROMIUM.exists() else f"{CHROMIUM} is missing: Debian's chromium"
except ImportError:
    MISSING = "playwright is missing in .venv"


@unittest.skipIf(MISSING, MISSING)
class PageTest(WebTest):
    """Every test fails also on what its pages print to the console, but for `expected` words."""

    @classmethod
    def setUpClass(cls):
        cls.playwright = sync_playwright().start()
        cls.addClassCleanup(cls.playwright.stop)
        cls.browser = cls.playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.served = self.program()
        self.complaints = []
        self.requests = []
        self.expected = ()

    def tearDown(self):
        self.assertEqual([text for text in self.complaints if not any(word in text for word in self.expected)], [])

    def open(self, url=None, **options):
        """A page that shows figures and a picture, in a context of its own."""
        context = self.browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        self.addCleanup(context.close)
        context.set_default_timeout(1000 * PATIENCE)
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(url or self.served.url)
        self.wait_for_picture(page)
        page.wait_for_function("() => document.getElementById('ways').children.length === 3")
        return page

    def wait_for_picture(self, page, other_than=None):
        """Waits for a picture with something on it, other than that one, and returns its pixels."""
        page.wait_for_function("""before => {
            const pixels = document.getElementById("picture").toDataURL();
            window.seen = pixels;
            return pixels.length > 3000 && pixels !== before;
        }""", arg=other_than)
        return page.evaluate("window.seen")

    def wait_for_text(self, page, selector, text):
        page.wait_for_function("([selector, text]) => document.querySelector(selector).textContent === text",
                               arg=[selector, text])

    def text(self, page, selector):
        return page.locator(selector).inner_text()
