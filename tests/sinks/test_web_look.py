"""How the page looks and how it is used without eyes or mouse. Leaves screenshots in WEB_VIEW_SCREENSHOTS."""
import os
import pathlib
import unittest

from browser import PageTest

SIZES = {"wide": (1280, 800), "phone": (360, 740)}
SHOTS = pathlib.Path(os.environ["WEB_VIEW_SCREENSHOTS"])

# The contrast of every text with what lies behind it, as WCAG 2 defines it: [ratio, text, size].
CONTRASTS = """() => {
  const numbers = color => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const color = numbers(getComputedStyle(node).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const has_text = node =>
    [...node.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim());
  return [...document.querySelectorAll("body *")].filter(node => has_text(node) && node.checkVisibility())
    .map(node => {
      const [one, two] = [light(numbers(getComputedStyle(node).color)), light(behind(node))];
      return [(Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05), node.textContent.trim()];
    });
}"""


class Looking(PageTest):
    def shoot(self, page, name):
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    def views(self):
        for scheme in ("light", "dark"):
            for name, (width, height) in SIZES.items():
                yield f"{name}-{scheme}", {"color_scheme": scheme, "viewport": {"width": width, "height": height}}

    def test_no_size_or_scheme_scrolls_sideways(self):
        for name, options in self.views():
            page = self.open(**options)
            for key in "sta":
                page.keyboard.press(key)
                page.wait_for_function("""index => Chart.getChart("chart").data.datasets[index].data
                    .filter(point => point.y).length > 5""", arg="sta".index(key))
            self.shoot(page, name)
            page.keyboard.press("Space")
            page.locator("#notice").wait_for(state="visible")
            self.shoot(page, f"{name}-paused")
            width = page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(width, options["viewport"]["width"], name)
            page.keyboard.press("Space")
            page.close()

    def test_the_narrowest_phone_and_long_names_do_not_scroll_sideways(self):
        page = self.open(viewport={"width": 320, "height": 600})
        self.served.tell("message " + "a-name-without-any-blank" * 12)
        page.wait_for_function("() => document.getElementById('message').textContent.length > 100")
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 320)

    def test_all_is_in_sight_at_once_on_a_wide_screen(self):
        page = self.open()
        self.assertLessEqual(page.evaluate("document.documentElement.scrollHeight"), 800)

    def test_every_text_has_enough_contrast(self):
        for scheme in ("light", "dark"):
            page = self.open(color_scheme=scheme)
            page.keyboard.press("Space")
            page.locator("#notice").wait_for(state="visible")
            contrasts = page.evaluate(CONTRASTS)
            self.assertGreater(len(contrasts), 40)
            self.assertEqual([entry for entry in contrasts if entry[0] < 4.5], [], scheme)
            page.keyboard.press("Space")

    def test_colours_of_the_chart_follow_the_scheme(self):
        page = self.open(color_scheme="light")
        color = """Chart.getChart("chart").data.datasets[2]?.borderColor"""
        page.wait_for_function(f"() => {color} !== undefined")
        before = page.evaluate(color)
        page.emulate_media(color_scheme="dark")
        page.wait_for_function(f"before => {color} !== before", arg=before)

    def test_who_wants_no_motion_gets_none(self):
        moves = "getComputedStyle(document.querySelector('.bar span')).transitionDuration"
        self.assertEqual(self.open().evaluate(moves), "0.2s")
        self.assertEqual(self.open(reduced_motion="reduce").evaluate(moves), "0s")


class WithoutEyes(PageTest):
    def nodes(self, page):
        client = page.context.new_cdp_session(page)
        for node in client.send("Accessibility.getFullAXTree")["nodes"]:
            if not node.get("ignored"):
                yield node["role"]["value"], node.get("name", {}).get("value", "")

    def test_every_control_and_every_picture_has_a_name(self):
        nodes = list(self.nodes(self.open()))
        for role in ("button", "checkbox", "image", "list", "status", "heading", "region", "group"):
            self.assertIn(role, {found for found, _ in nodes})
        to_name = ("button", "checkbox", "image", "heading", "region", "group")
        self.assertEqual([role for role, name in nodes if role in to_name and not name], [])
        buttons = [name for role, name in nodes if role == "button"]
        self.assertEqual(buttons, ["Sync", "Two requests", "Queue", "Fewer requests", "More requests", "Other hint",
                                   "Pause", "Restart", "Quit"])

    def test_tab_goes_through_all_controls_in_their_order_and_shows_where_it_is(self):
        page = self.open()
        seen = []
        for _ in range(10):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("""() => {
                const node = document.activeElement, style = getComputedStyle(node);
                return [node.dataset.command ?? node.id,
                        style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
                        node.getBoundingClientRect().width > 0];
            }"""))
        names = ["sync", "two-requests", "queue", "fewer", "more", "hint", "pause", "restart", "quit", "keys"]
        self.assertEqual(seen, [[name, True, True] for name in names])

    def test_buttons_are_large_enough_for_a_finger(self):
        page = self.open(viewport={"width": 360, "height": 740})
        boxes = page.eval_on_selector_all("button[data-command]",
                                          "all => all.map(one => one.getBoundingClientRect().toJSON())")
        for box in boxes:
            self.assertGreaterEqual(min(box["width"], box["height"]), 44)

    def watch(self, page):
        """Counts what a screen reader reads out by itself."""
        page.evaluate("""() => {
            window.changes = 0;
            for (const region of document.querySelectorAll("[aria-live], [role=status], [role=alert]")) {
                new MutationObserver(() => ++window.changes).observe(region,
                    {childList: true, characterData: true, subtree: true});
            }
        }""")

    def test_what_does_not_change_is_not_read_again(self):
        page = self.open()
        self.served.tell("message one thing")
        self.wait_for_text(page, "#status", "one thing")
        self.watch(page)
        first = self.text(page, "#frames")
        page.wait_for_function("before => document.getElementById('frames').textContent !== before", arg=first)
        self.assertEqual(page.evaluate("window.changes"), 0)

    def test_the_same_with_other_figures_is_not_read_again(self):
        page = self.open()
        self.served.tell("message source-bound: it gives 29/s, queue could do 400/s")
        self.wait_for_text(page, "#status", "source-bound: it gives 29/s, queue could do 400/s")
        self.watch(page)
        for told in ("it gives 30/s, queue could do 400/s", "it gives 29.5/s, sync could do 200/s"):
            self.served.tell(f"message source-bound: {told}")
            self.wait_for_text(page, "#message", f"source-bound: {told}")
        self.assertEqual(page.evaluate("window.changes"), 0)
        self.served.tell("message the stream ended")
        self.wait_for_text(page, "#status", "the stream ended")


if __name__ == "__main__":
    unittest.main()
