"""The page of the web view in a real browser: what it shows, and what its buttons and keys do."""
import os
import signal
import unittest

from browser import PageTest
from web_program import Program

COMMANDS = {"s": "sync", "t": "two-requests", "a": "queue", "-": "fewer", "+": "more", "l": "hint", "p": "pause",
            " ": "pause", "r": "restart", "q": "quit"}


class Showing(PageTest):
    def test_the_picture_and_the_figures_move(self):
        page = self.open()
        first = self.wait_for_picture(page)
        self.assertNotEqual(self.wait_for_picture(page, other_than=first), first)
        frames = self.text(page, "#frames")
        page.wait_for_function("before => document.getElementById('frames').textContent !== before", arg=frames)
        self.assertEqual(page.evaluate("[picture.width, picture.height]"), [960, 540])

    def test_every_figure_is_there_as_text(self):
        page = self.open()
        self.assertEqual(self.text(page, "#way"), "queue")
        self.assertRegex(self.text(page, "#fps"), r"^4\d\d$")
        self.assertRegex(self.text(page, "#ways li:nth-child(1)"), r"(?s)^sync\s+200 frames/s\s+1.00 × sync\s*$")
        self.assertRegex(self.text(page, "#ways li:nth-child(2)"), r"(?s)^two-requests\s+not yet run\s*$")
        self.assertRegex(self.text(page, "#ways li:nth-child(3)"),
                         r"(?s)^queue\s?running\s+4\d\d frames/s\s+2\.\d\d × sync\s*$")
        self.assertRegex(self.text(page, "#in-flight"), "^[34] of 4$")
        self.assertEqual(page.locator("#cells span").count(), 4)
        self.assertEqual(self.text(page, "#cores"), "1.98 of 2")
        self.assertRegex(self.text(page, "#p50"), r"^1\d\.\d ms$")
        self.assertRegex(self.text(page, "#p99"), r"^1\d\.\d ms$")
        self.assertRegex(self.text(page, "#age"), r"^1\d ms$")
        self.assertRegex(self.text(page, "#picture-age"), r"^1\d ms old$")
        self.assertEqual(self.text(page, "#source"), "live, 30 frames/s")
        self.assertEqual(self.text(page, "#hint"), "throughput")
        self.assertEqual(self.text(page, "#subject"), 'generated <b>"square"</b> · no model · CPU')
        self.assertEqual(page.locator("#ways li[aria-current=true]").count(), 1)

    def test_of_very_many_requests_a_cell_stands_for_several(self):
        page = self.open()
        for in_flight, requests, full, cells in ((40, 100, 40, 100), (128, 256, 64, 128), (1, 256, 1, 128), (256, 256, 128, 128)):
            self.served.tell(f"load {in_flight} {requests}")
            self.wait_for_text(page, "#in-flight", f"{in_flight} of {requests}")
            self.assertEqual([page.locator(f"#cells {which}").count() for which in ("span.full", "span")], [full, cells])

    def test_the_longest_bar_is_the_fastest_way(self):
        page = self.open()
        page.wait_for_function("() => document.querySelector('#ways li:nth-child(3) .bar span').style.width === '100%'")
        width = page.evaluate("parseFloat(document.querySelector('#ways li:nth-child(1) .bar span').style.width)")
        self.assertAlmostEqual(width, 100 * 200 / 441, delta=4)

    def test_the_chart_has_a_line_for_the_way_that_runs(self):
        page = self.open()
        page.wait_for_function("""() =>
            Chart.getChart("chart").data.datasets[2].data.filter(point => point.y > 400).length > 2""")
        names, others = page.evaluate("""() => {
            const sets = Chart.getChart("chart").data.datasets;
            return [sets.map(set => set.label), sets[0].data.filter(point => point.y !== null).length];
        }""")
        self.assertEqual((names, others), (["sync", "two-requests", "queue"], 0))
        page.keyboard.press("s")
        page.wait_for_function("""() => Chart.getChart("chart").data.datasets[0].data.some(point => point.y > 200)""")
        self.assertRegex(page.locator("#chart").get_attribute("aria-label"), "queue 4..")

    def test_nothing_comes_from_elsewhere(self):
        self.open()
        self.assertEqual([url for url in self.requests if not url.startswith(self.served.url)], [])
        self.assertGreater(len(self.requests), 5)

    def test_a_second_page_joins(self):
        one, two = self.open(), self.open()
        self.wait_for_picture(one, other_than=self.wait_for_picture(one))
        self.wait_for_picture(two, other_than=self.wait_for_picture(two))
        self.assertEqual(self.served.metric("web_viewers"), 2)
        two.close()
        while self.served.metric("web_viewers") > 1:
            pass
        self.wait_for_picture(one, other_than=self.wait_for_picture(one))

    def test_a_message_is_below_the_picture_and_announced(self):
        page = self.open()
        self.served.tell("message decoding bounds the speed")
        for selector in ("#message", "#status"):
            self.wait_for_text(page, selector, "decoding bounds the speed")
        self.assertTrue(page.locator("#message").is_visible())
        self.assertTrue(page.locator("#notice").is_hidden())

    def test_a_pause_is_told_on_the_picture(self):
        page = self.open()
        self.served.tell("message the source has ended")
        self.served.tell("pause")
        for selector in ("#notice", "#status"):
            self.wait_for_text(page, selector, "Paused: the source has ended")
        self.assertTrue(page.locator("#notice").is_visible())
        self.assertEqual(self.text(page, "#pause"), "Go on")
        self.served.tell("run")
        page.locator("#notice").wait_for(state="hidden")
        self.assertEqual(self.text(page, "#pause"), "Pause")

    def test_a_picture_that_stands_still_is_told(self):
        page = self.open()
        self.served.tell("message no frame came for 3 s")
        self.served.tell("freeze")
        self.wait_for_text(page, "#notice", "The picture stands still: no frame came for 3 s")
        self.served.tell("thaw")
        page.locator("#notice").wait_for(state="hidden")

    def test_a_source_that_is_slow_by_nature_does_not_stand_still(self):
        page = self.open()
        self.served.tell("freeze")
        self.wait_for_text(page, "#notice", "The picture stands still")
        self.served.tell("message source-bound: it gives 1/s")
        self.served.tell("step")
        page.locator("#notice").wait_for(state="hidden")
        points = "Chart.getChart('chart').data.datasets[0].data.length"  # one for every half second
        page.wait_for_function(f"before => {points} > before + 5", arg=page.evaluate(points))
        self.assertTrue(page.locator("#notice").is_hidden())
        self.served.tell("source 0")  # lost, for the reason that is told
        self.wait_for_text(page, "#notice", "The picture stands still: source-bound: it gives 1/s")


class Commanding(PageTest):
    def test_each_button_sends_its_command(self):
        page = self.open()
        names = page.eval_on_selector_all("button[data-command]", "all => all.map(button => button.dataset.command)")
        self.assertEqual(set(names), set(COMMANDS.values()))
        for name in names:
            page.click(f"button[data-command={name}]")
            self.assertEqual(self.served.expect("command"), f"command {name}")

    def test_each_key_sends_its_command(self):
        page = self.open()
        for key, name in COMMANDS.items():
            page.keyboard.press(key if key != " " else "Space")
            self.assertEqual(self.served.expect("command"), f"command {name}")
        page.keyboard.press("A")  # caps lock
        self.assertEqual(self.served.expect("command"), "command queue")

    def test_the_active_way_is_the_pressed_button(self):
        page = self.open()
        for name in ("sync", "two-requests", "queue"):
            page.click(f"button[data-command={name}]")
            page.wait_for_function("""name => [...document.querySelectorAll("button[aria-pressed=true]")]
                .map(button => button.dataset.command).join() === name""", arg=name)
            self.wait_for_text(page, "#way", name)

    def test_keys_that_the_focused_control_uses_are_its_own(self):
        page = self.open()
        page.focus("button[data-command=hint]")
        page.keyboard.press("Space")
        self.assertEqual(self.served.expect("command"), "command hint")
        page.focus("#keys")
        page.keyboard.press("Space")  # unchecks it
        page.keyboard.press("s")
        page.keyboard.press("Space")
        page.keyboard.press("t")
        self.assertEqual(self.served.expect("command"), "command two-requests")

    def test_keys_with_control_or_held_down_are_not_meant(self):
        page = self.open()
        page.keyboard.press("Control+s")
        page.keyboard.press("Alt+t")
        page.keyboard.down("a")
        page.keyboard.down("a")
        page.keyboard.up("a")
        page.keyboard.press("x")
        page.keyboard.press("Escape")
        page.keyboard.press("l")
        self.assertEqual([self.served.expect("command") for _ in range(2)], ["command queue", "command hint"])


class Ending(PageTest):
    def wait_for_loss(self, page):
        page.wait_for_function("""() =>
            document.getElementById("notice").textContent.startsWith("The connection is lost. Trying again in ")""")

    def test_the_end_of_the_program_is_told(self):
        page = self.open()
        self.served.end("the clip is over")
        for selector in ("#notice", "#status"):
            self.wait_for_text(page, selector, "The program has ended: the clip is over")
        self.assertTrue(page.locator("#connect").is_visible())
        self.assertEqual(page.locator("button[data-command][aria-disabled=true]").count(), 9)

    def test_a_lost_connection_is_told_and_found_again(self):
        self.expected = ("WebSocket connection", "ERR_CONNECTION_REFUSED")
        page = self.open()
        self.served.process.kill()
        self.wait_for_loss(page)
        with Program("--port", str(self.served.port)) as again:
            page.locator("#notice").wait_for(state="hidden")
            self.wait_for_picture(page, other_than=self.wait_for_picture(page))
            self.assertTrue(page.locator("#connect").is_hidden())
            page.keyboard.press("s")
            self.assertEqual(again.expect("command"), "command sync")
            again.end()
            page.locator("#connect").wait_for(state="visible")

    def test_a_program_that_says_nothing_any_more_is_lost_too(self):
        page = self.open()
        os.kill(self.served.process.pid, signal.SIGSTOP)
        self.wait_for_loss(page)
        os.kill(self.served.process.pid, signal.SIGCONT)
        page.locator("#notice").wait_for(state="hidden")

    def test_the_pauses_between_tries_grow(self):
        self.expected = ("WebSocket connection", "ERR_CONNECTION_REFUSED")
        page = self.open()
        page.evaluate("""() => {
            window.told = [];
            new MutationObserver(() => window.told.push(document.getElementById("notice").textContent))
                .observe(document.getElementById("notice"), {childList: true, characterData: true, subtree: true});
        }""")
        self.served.process.kill()
        page.wait_for_function("() => window.told.some(text => text.includes('in 4 s'))")
        self.assertEqual(page.evaluate("window.told.map(text => parseInt(text.match(/in (\\d+) s/)[1]))"), [1, 2, 4])

    def test_the_reader_can_connect_at_once(self):
        self.expected = ("WebSocket connection", "ERR_CONNECTION_REFUSED")
        page = self.open()
        self.served.end("enough")
        with Program("--port", str(self.served.port)):
            page.click("#connect")
            page.locator("#notice").wait_for(state="hidden")
            self.wait_for_picture(page, other_than=self.wait_for_picture(page))


class WithToken(PageTest):
    def test_the_token_goes_from_the_address_into_a_cookie(self):
        served = self.program("--address", "0.0.0.0")
        address = f"http://127.0.0.1:{served.port}/"
        page = self.open(f"{address}?token={served.token}")
        self.assertEqual(page.url, address)
        page.reload()
        self.wait_for_picture(page)
        self.assertEqual(page.evaluate("document.cookie"), "")  # no script reads it


if __name__ == "__main__":
    unittest.main()
