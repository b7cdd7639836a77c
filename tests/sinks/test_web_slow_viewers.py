"""Viewers at their own pace: each picture is encoded once for all, and whoever is slow misses pictures, alone."""
import threading
import unittest

from web_program import WebTest


class SlowViewers(WebTest):
    def test_ten_viewers_cost_one_encoding_per_picture(self):
        served = self.program()
        viewers = [self.viewer(served) for _ in range(10)]
        seen = [[] for _ in viewers]

        def watch(index):
            seen[index] = [viewers[index].picture() for _ in range(20)]

        threads = [threading.Thread(target=watch, args=(index,)) for index in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        different = {picture for pictures in seen for picture in pictures}
        for picture in different:
            self.assertTrue(picture.startswith(b"\xff\xd8\xff") and picture.endswith(b"\xff\xd9"))
        encoded = served.metric("web_pictures_encoded_total")
        sent = served.metric("web_pictures_sent_total")
        self.assertEqual(served.metric("web_viewers"), 10)
        self.assertGreaterEqual(sent, 200)
        self.assertGreaterEqual(encoded, len(different))
        # Ten were sent of each: with room for those before all viewers were there.
        self.assertLess(encoded, sent / 5)

    def test_without_viewers_nothing_is_encoded(self):
        served = self.program("--always", "1")
        with self.viewer(served) as viewer:
            viewer.picture()
        while served.metric("web_viewers") > 0:
            pass
        before = served.metric("web_pictures_encoded_total")
        frames = served.metric("frames_total")
        while served.metric("frames_total") < frames + 14 * 15:
            pass
        self.assertLessEqual(served.metric("web_pictures_encoded_total") - before, 1)

    def test_one_byte_at_a_time_holds_up_nobody(self):
        served = self.program()
        slow = self.viewer(served, receive_buffer=2048)
        quick = self.viewer(served)
        pictures = set()
        while served.metric("web_pictures_overtaken_total") < 10:
            slow.connection.recv(1)
            pictures.add(quick.picture())
        before = len(pictures)
        for _ in range(30):
            slow.connection.recv(1)
            pictures.add(quick.picture())
        self.assertEqual(len(pictures), before + 30)

    def test_a_slow_one_gets_whole_pictures_and_new_ones_when_it_reads_again(self):
        served = self.program()
        slow = self.viewer(served, receive_buffer=2048)
        while served.metric("web_pictures_overtaken_total") < 30:
            pass
        frames = served.metric("frames_total")
        for _ in range(200):  # what the system held back, then what is new
            self.assertTrue(slow.picture().endswith(b"\xff\xd9"))
            if slow.figures()["frames"] > frames:
                return
        self.fail("it never caught up")

    def test_a_silent_page_is_asked_for_a_sign_of_life_and_then_given_up(self):
        served = self.program("--silence-ms", "600")
        silent = self.viewer(served)  # it answers no ping
        seen = []
        try:
            while True:
                seen.append(silent.frame()[0])
        except (EOFError, ConnectionResetError):
            pass
        self.assertIn(9, seen)
        while served.metric("web_viewers") > 0:
            pass

    def test_a_page_that_answers_pings_is_kept(self):
        served = self.program("--silence-ms", "400")
        viewer = self.viewer(served)
        pings = 0
        while pings < 5:
            opcode, payload = viewer.frame()
            if opcode == 9:
                viewer.send(payload, opcode=10)
                pings += 1

    def test_a_stuck_viewer_does_not_hold_up_the_end(self):
        served = self.program("--silence-ms", "600000")  # it is the end that gives it up, not its silence
        stuck = self.viewer(served, receive_buffer=2048)
        while served.metric("web_pictures_overtaken_total") < 3:
            pass
        listening = self.viewer(served)
        self.assertEqual(served.end("enough"), 0)
        served.expect("finished")
        self.assertEqual(listening.close_code(), 1001)
        stuck.connection.close()


if __name__ == "__main__":
    unittest.main()
