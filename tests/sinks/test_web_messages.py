"""What the web view and its pages say to each other."""
import unittest

from web_program import WebTest

COMMANDS = ("sync", "two-requests", "queue", "more", "fewer", "hint", "pause", "restart", "quit")


class Messages(WebTest):
    def setUp(self):
        self.served = self.program()

    def test_every_command_arrives_in_order(self):
        viewer = self.viewer(self.served)
        for command in COMMANDS:
            viewer.send({"command": command})
        self.assertEqual([self.served.expect("command") for _ in COMMANDS], [f"command {name}" for name in COMMANDS])

    def test_other_messages_are_ignored(self):
        viewer = self.viewer(self.served)
        for message in (b"", b"queue", b"[]", b"{", b'{"command":"explode"}', b'{"command":7}', b"[" * 4000,
                        b'{"command":"pause"}' * 2):
            viewer.send(message)
        viewer.send(b'{"command":"hint"}', opcode=2)  # in a binary message it is the same
        viewer.send({"command": "sync"})
        self.assertEqual(self.served.expect("command"), "command hint")
        self.assertEqual(self.served.expect("command"), "command sync")

    def test_figures_come_about_ten_times_a_second_and_not_more_often(self):
        viewer = self.viewer(self.served)
        seconds = [viewer.figures()["seconds"] for _ in range(21)]
        self.assertGreater(seconds[-1] - seconds[0], 20 * 0.085)  # by the program's own stamps

    def test_a_late_viewer_gets_the_picture_that_stands_still(self):
        first = self.viewer(self.served)
        self.served.tell("pause")
        while not first.figures()["paused"]:
            pass
        late = self.viewer(self.served)
        self.assertTrue(late.figures()["paused"])
        self.assertTrue(late.picture().startswith(b"\xff\xd8\xff"))

    def test_figures_go_on_while_the_picture_stands_still(self):
        viewer = self.viewer(self.served)
        self.served.tell("message why it stands")
        self.served.tell("pause")
        while not viewer.figures()["paused"]:
            pass
        seconds = [viewer.figures() for _ in range(5)]
        self.assertEqual({figures["message"] for figures in seconds}, {"why it stands"})
        self.assertEqual(sorted(figures["seconds"] for figures in seconds), [figures["seconds"] for figures in seconds])

    def test_the_end_is_told_and_closed_with_going_away(self):
        viewers = [self.viewer(self.served) for _ in range(3)]
        for viewer in viewers:
            viewer.picture()
        self.served.tell("end the clip is over")
        for viewer in viewers:
            last = viewer.figures()
            while "ended" not in last or last["ended"] is False:
                last = viewer.figures()
            self.assertEqual(last, {"ended": True, "message": "the clip is over"})
            self.assertEqual(viewer.close_code(), 1001)
        self.served.expect("finished")

    def test_a_page_that_goes_is_no_viewer_any_more(self):
        viewer = self.viewer(self.served)
        viewer.picture()
        self.assertEqual(self.served.metric("web_viewers"), 1)
        viewer.send(b"\x03\xe9", opcode=8)
        self.assertEqual(viewer.close_code(), 1001)
        while self.served.metric("web_viewers") > 0:
            pass


if __name__ == "__main__":
    unittest.main()
