"""Rude clients of the web view: too much, too slow, too many, or no HTTP at all. The others notice nothing."""
import os
import socket
import unittest

from web_program import Answer, Viewer, WebTest

MUCH = 10_000_000


class TooMuch(WebTest):
    def setUp(self):
        self.served = self.program()

    def head(self, *lines):
        return "\r\n".join(["POST / HTTP/1.1", f"Host: 127.0.0.1:{self.served.port}", *lines, "", ""]).encode()

    def test_a_body_of_ten_megabytes_is_refused_also_while_it_is_sent(self):
        self.assertEqual(self.served.ask(self.head(f"Content-Length: {MUCH}") + b"x" * MUCH).status, 413)

    def test_before_the_body_comes(self):
        self.assertEqual(self.served.ask(self.head(f"Content-Length: {MUCH}")).status, 413)

    def test_in_pieces_of_unknown_number(self):
        piece = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
        request = self.head("Transfer-Encoding: chunked") + piece * 300 + b"0\r\n\r\n"
        self.assertEqual(self.served.ask(request).status, 413)

    def test_a_body_within_the_limit_is_read_and_refused_for_its_method(self):
        request = self.head("Content-Length: 60000", "Connection: close") + b"x" * 60000
        self.assertEqual(self.served.ask(request).status, 405)

    def test_a_header_too_large(self):
        self.assertEqual(self.served.ask(self.head("X: " + "y" * 20_000)).status, 431)
        self.assertEqual(self.served.ask(self.head(*(f"X{i}: {i}" for i in range(5000)))).status, 431)
        self.assertIn(self.served.ask(b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n").status, (400, 431))

    def test_a_message_too_large_ends_that_page_only(self):
        other, viewer = self.viewer(self.served), self.viewer(self.served)
        viewer.send(b'{"command":"queue","x":"' + b"y" * 4100 + b'"}')
        self.assertEqual(viewer.close_code(), 1009)
        other.picture()

    def test_a_message_whose_length_is_a_lie_ends_that_page_only(self):
        other, viewer = self.viewer(self.served), self.viewer(self.served)
        viewer.connection.sendall(b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff" + os.urandom(4))
        viewer.close_code()
        other.picture()


class NoHttp(WebTest):
    def setUp(self):
        self.served = self.program("--request-ms", "300")

    def test_garbage_is_refused_or_cut_off(self):
        greeting_of_tls = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(300)
        for garbage in (b"\r\n" * 5000, greeting_of_tls, b"\x00" * 3000, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                        b"GET / HTTP/1.1\nHost: x\n\n", b"\xff\xfe\xfd", b"HELO there\r\n\r\n",
                        b"GET / HTTP/1.1\r\nHost 127.0.0.1\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"):
            with self.subTest(garbage=garbage[:20]):
                self.assertIn(self.served.ask(garbage).status, (0, 400, 403, 431))
        for _ in range(50):
            self.assertIn(self.served.ask(os.urandom(2000)).status, (0, 400, 431))
        self.assertEqual(self.served.get("/").status, 200)

    def test_garbage_after_the_handshake_ends_that_page_only(self):
        other = self.viewer(self.served)
        for garbage in (b"\xff" * 100, b"\x81\x05hello", b"\x80\x80" + bytes(4), os.urandom(500),
                        b"\x88\x80" + bytes(4)):
            viewer = self.viewer(self.served)
            viewer.connection.sendall(garbage)
            viewer.connection.shutdown(socket.SHUT_WR)
            viewer.close_code()
        other.picture()
        other.picture()

    def test_half_a_request_is_waited_for_so_long_and_no_longer(self):
        for half in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127",
                     b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"):
            with self.subTest(half=half), self.served.connect() as connection:
                connection.sendall(half)
                self.assertEqual(Answer(connection).status, 0)

    def test_a_request_that_trickles_in_is_cut_off_though_bytes_keep_coming(self):
        with self.served.connect() as connection:
            connection.settimeout(0.02)
            cut = False
            for byte in b"GET / HTTP/1.1\r\nX: " + b"y" * 3000:
                try:
                    connection.sendall(bytes([byte]))
                    cut = connection.recv(1) == b""
                except TimeoutError:
                    continue  # nothing came, as should be
                except OSError:
                    cut = True
                if cut:
                    break
            self.assertTrue(cut)

    def test_half_a_request_and_gone(self):
        for _ in range(100):
            with self.served.connect() as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nHo")
        self.assertEqual(self.served.get("/").status, 200)


class TooMany(WebTest):
    def test_five_hundred_idle_connections_disturb_no_viewer(self):
        served = self.program("--request-ms", "2000")
        viewer = self.viewer(served)
        viewer.picture()
        idle = [self.enterContext(served.connect()) for _ in range(500)]
        for _ in range(30):
            viewer.picture()
        self.assertEqual({Answer(connection).status for connection in idle}, {0}, "each is closed without a word")
        viewer.picture()
        self.assertEqual(served.get("/").status, 200)

    def test_idle_connections_keep_nobody_out(self):
        for address in ("127.0.0.1", "0.0.0.0"):
            served = self.program("--address", address, "--request-ms", "1000000")
            cookie = f"inflight-{served.port}={served.token}"
            for start in (b"", b"GET / HTTP/1.1\r\nHo"):
                with self.subTest(address=address, start=start):
                    for _ in range(100):
                        self.enterContext(served.connect()).sendall(start)
                    self.assertEqual(served.get("/", Cookie=cookie).status, 200)
                    self.viewer(served, cookie=cookie).picture()

    def test_who_lingers_after_a_refusal_keeps_nobody_out(self):
        served = self.program()
        for _ in range(100):
            self.enterContext(served.connect()).sendall(b"HELO there\r\n\r\n")
        self.assertEqual(served.get("/").status, 200)

    def test_sixty_four_viewers_and_no_more(self):
        served = self.program()
        viewers = [self.viewer(served) for _ in range(64)]
        with Viewer(served) as one_more:
            self.assertEqual(one_more.status, 503)
        self.assertEqual(served.get("/").status, 200, "who looks keeps no place of those who ask")
        for viewer in viewers:
            viewer.picture()
        viewers[0].connection.close()
        self.wait_for_a_place(served)

    def wait_for_a_place(self, served):
        for _ in range(1000):
            with Viewer(served) as viewer:
                if viewer.status == 101:
                    return
        self.fail("a place that was left is not given again")


if __name__ == "__main__":
    unittest.main()
