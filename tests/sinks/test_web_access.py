"""Who gets what from the web view: pages, metrics, and refusals of what is forged, unknown or too much."""
import re
import subprocess
import unittest

from web_program import PATIENCE, Viewer, WebTest


class Pages(WebTest):
    def setUp(self):
        self.served = self.program()

    def test_the_page_and_all_it_names_is_there_and_nothing_comes_from_elsewhere(self):
        page = self.served.get("/")
        self.assertEqual((page.status, page.headers["content-type"]), (200, "text/html; charset=utf-8"))
        names = set(re.findall(r'(?:src|href)="([^"]+)"', page.body.decode()))
        self.assertEqual(names, {"icon.svg", "page.css", "chart.js", "page.js"})
        wanted, seen = list(names), {}
        types = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
        while wanted:
            name = wanted.pop()
            answer = self.served.get(f"/{name}")
            self.assertEqual(answer.status, 200, name)
            self.assertTrue(answer.headers["content-type"].startswith(types[name.rpartition(".")[2]]), name)
            seen[name] = answer.body.decode()
            wanted += [other for other in re.findall(r'from "\./([^"]+)"', seen[name]) if other not in seen]
        self.assertIn("Chart.js v", seen.pop("chart.js"))
        self.assertIn("speed_chart.js", seen)
        for name, text in {**seen, "index.html": page.body.decode()}.items():
            self.assertEqual(set(re.findall(r'https?://[^"\s]+', text)) - {"http://www.w3.org/2000/svg"}, set(), name)

    def test_every_answer_forbids_what_the_page_does_not_need(self):
        for target in ("/", "/page.js", "/metrics", "/nothing", "/live"):
            headers = self.served.get(target).headers
            self.assertTrue(headers["content-security-policy"].startswith("default-src 'self';"), target)
            self.assertNotIn("unsafe", headers["content-security-policy"])
            self.assertIn("frame-ancestors 'none'", headers["content-security-policy"])
            self.assertEqual(headers["x-content-type-options"], "nosniff")
            self.assertEqual(headers["cache-control"], "no-store")
            self.assertNotIn("access-control-allow-origin", headers)

    def test_what_there_is_not(self):
        for target in ("/nothing", "/page.css/", "//page.css", "/PAGE.CSS", "/index", "/live/", "/../page.css", "*",
                       "page.css", "/../../../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                       "/page%2ecss", "/./page.css", "/....//etc/passwd", "/web/page.css", "/page.css%00",
                       "http://127.0.0.1/page.css"):
            with self.subTest(target=target):
                answer = self.served.get(target)
                self.assertEqual(answer.status, 404)
                self.assertNotIn(b"root:", answer.body)

    def test_what_can_only_be_read(self):
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"):
            with self.subTest(method=method):
                answer = self.served.get("/", method=method, Content_Length="0")
                self.assertIn(answer.status, (400, 405) if method == "BREW" else (405,))
                self.assertNotEqual(answer.status == 405, "allow" not in answer.headers)

    def test_head_is_get_without_the_body(self):
        answer, whole = self.served.get("/page.css", method="HEAD"), self.served.get("/page.css")
        self.assertEqual((answer.status, answer.body), (200, b""))
        self.assertEqual(answer.headers["content-length"], str(len(whole.body)))

    def test_a_question_mark_changes_nothing(self):
        self.assertEqual(self.served.get("/page.css?a=b").body, self.served.get("/page.css").body)

    def test_one_connection_serves_many_requests(self):
        request = f"GET /icon.svg HTTP/1.1\r\nHost: 127.0.0.1:{self.served.port}\r\n".encode()
        with self.served.connect() as connection:
            connection.sendall((request + b"\r\n") * 3 + request + b"Connection: close\r\n\r\n")
            received = b""
            while chunk := connection.recv(65536):
                received += chunk
        self.assertEqual(received.count(b"HTTP/1.1 200 OK"), 4)

    def test_metrics_have_help_and_type_and_legal_samples(self):
        self.viewer(self.served).picture()
        answer = self.served.get("/metrics")
        self.assertEqual(answer.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8")
        label = r'[a-z_]+="(?:[^"\\\n]|\\["\\n])*"'
        sample = re.compile(r"(inflight_[a-z_0-9]+)(\{%s(?:,%s)*\})? \S+" % (label, label))
        helped, typed, seen = {}, {}, set()
        text = answer.body.decode()
        self.assertTrue(text.endswith("\n"))
        for line in text.splitlines():
            if line.startswith("# "):
                _, kind, name, rest = line.split(" ", 3)
                table = {"HELP": helped, "TYPE": typed}[kind]
                self.assertNotIn(name, table, "told once")
                table[name] = rest
                continue
            match = sample.fullmatch(line)
            self.assertTrue(match, line)
            self.assertIn(match[1], helped)
            self.assertIn(typed[match[1]], ("gauge", "counter"))
            self.assertEqual(typed[match[1]] == "counter", match[1].endswith("_total"), line)
            self.assertNotIn((match[1], match[2]), seen)
            seen.add((match[1], match[2]))
            float(line.rsplit(" ", 1)[1])
        self.assertEqual({name for name, _ in seen}, set(helped))
        self.assertIn(("inflight_frames_per_second", '{way="queue"}'), seen)


class Forged(WebTest):
    def setUp(self):
        self.served = self.program()
        self.own = f"127.0.0.1:{self.served.port}"

    def test_a_foreign_host_gets_nothing(self):
        for target in ("/", "/metrics", "/page.js", "/nothing"):
            for host in ("evil.example", f"evil.example:{self.served.port}", "127.0.0.1:1"):
                self.assertEqual(self.served.get(target, host=host).status, 403, (target, host))
        self.assertEqual(self.served.get("/", host=f"localhost:{self.served.port}").status, 200)

    def test_no_host_or_two(self):
        self.assertEqual(self.served.ask(b"GET / HTTP/1.0\r\n\r\n").status, 403)
        two = f"GET / HTTP/1.1\r\nHost: {self.own}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        self.assertEqual(self.served.ask(two.encode()).status, 400)

    def test_a_foreign_origin_gets_no_websocket(self):
        for origin in ("http://evil.example", "null", "http://127.0.0.1:1", f"http://localhost:{self.served.port}"):
            with Viewer(self.served, origin=origin) as viewer:
                self.assertEqual(viewer.status, 403, origin)
        with Viewer(self.served, host="evil.example", origin="http://evil.example") as viewer:
            self.assertEqual(viewer.status, 403)
        self.viewer(self.served, origin=f"http://{self.own}").picture()
        self.viewer(self.served).picture()

    def test_a_foreign_origin_may_not_post(self):
        for origin, status in (("http://evil.example", 403), (f"http://{self.own}", 405)):
            self.assertEqual(self.served.get("/", method="POST", Origin=origin, Content_Length=0).status, status)

    def test_the_websocket_is_at_its_place_only(self):
        with Viewer(self.served, target="/") as viewer:
            self.assertEqual(viewer.status, 200)  # the page, since an upgrade is only an offer
        with Viewer(self.served, target="/other") as viewer:
            self.assertEqual(viewer.status, 404)
        self.assertEqual(self.served.get("/live").status, 426)


class Token(WebTest):
    def setUp(self):
        self.served = self.program("--address", "0.0.0.0")
        self.assertRegex(self.served.token, "^[0-9a-f]{32}$")

    def test_nothing_without_it(self):
        for target in ("/", "/metrics", "/page.js", "/nothing", "/?token=", "/?token=" + "0" * 32):
            self.assertEqual(self.served.get(target).status, 403, target)
        with Viewer(self.served) as viewer:
            self.assertEqual(viewer.status, 403)

    def test_once_in_the_address_then_as_a_cookie(self):
        answer = self.served.get(f"/?token={self.served.token}", host="camera.lan")
        self.assertEqual(answer.status, 200)
        cookie, *attributes = answer.headers["set-cookie"].split("; ")
        self.assertEqual(attributes, ["Path=/", "HttpOnly", "SameSite=Strict"])
        self.assertEqual(cookie, f"inflight-{self.served.port}={self.served.token}")
        with_cookie = self.served.get("/page.js", host="camera.lan", Cookie=cookie)
        self.assertEqual(with_cookie.status, 200)
        self.assertNotIn("set-cookie", with_cookie.headers)
        self.viewer(self.served, cookie=cookie, host="camera.lan", origin="http://camera.lan").picture()

    def test_the_origin_counts_all_the_same(self):
        cookie = f"inflight-{self.served.port}={self.served.token}"
        with Viewer(self.served, cookie=cookie, origin="http://evil.example") as viewer:
            self.assertEqual(viewer.status, 403)

    def test_another_program_has_another_one(self):
        self.assertNotEqual(self.program("--address", "0.0.0.0").token, self.served.token)


class Port(WebTest):
    def test_a_taken_port_is_told_with_who_has_it(self):
        served = self.program()
        done = subprocess.run([served.process.args[0], "--port", str(served.port)], stdin=subprocess.DEVNULL, text=True,
                              capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, f"port {served.port} of 127.0.0.1 is taken by web_view_progra "
                         f"(process {served.process.pid}); give another one with --port, or 0 for any that is free\n")

    def test_it_is_free_again_at_once(self):
        served = self.program()
        self.viewer(served).picture()
        self.assertEqual(served.end(), 0)
        again = self.program("--port", str(served.port))
        self.assertEqual(again.get("/").status, 200)

    def test_without_a_token_where_none_is_needed(self):
        self.assertEqual(self.program().token, "")


if __name__ == "__main__":
    unittest.main()
