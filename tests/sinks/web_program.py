"""The test program of the web view, and clients that speak to it byte by byte. Loopback only; all ends by itself."""
import base64
import json
import os
import queue
import socket
import struct
import subprocess
import threading
import unittest
from urllib.parse import urlsplit

PATIENCE = 30  # seconds for what must happen; only a failing test takes as long


class Program:
    """web_view_program; use it as a context. `url`, `port`, `token` are where it serves."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([os.environ["WEB_VIEW_PROGRAM"], *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.url = self.expect("url ").removeprefix("url ")
        self.port = urlsplit(self.url).port
        self.token = urlsplit(self.url).query.removeprefix("token=")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        complaints = self.process.stderr.read()  # such as a sanitizer's
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()
        if complaints:
            raise AssertionError(complaints)

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def expect(self, start):
        """The next line that begins with `start`."""
        while True:
            line = self.lines.get(timeout=PATIENCE)
            if line is None:
                raise AssertionError(f"no line '{start}'; it said: {self.process.stderr.read()}")
            if line.startswith(start):
                return line

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self, reason=""):
        """Lets it finish, and returns its exit code."""
        self.tell(f"end {reason}".strip())
        return self.process.wait(PATIENCE)

    def connect(self, receive_buffer=None):
        connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.settimeout(PATIENCE)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def ask(self, request):
        """Sends bytes and returns the answer, whatever they are."""
        with self.connect() as connection:
            try:
                connection.sendall(request)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it may refuse before it has heard all
            return Answer(connection)

    def get(self, target="/", method="GET", host=None, **headers):
        lines = [f"{method} {target} HTTP/1.1", f"Host: {host or f'127.0.0.1:{self.port}'}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return self.ask("\r\n".join([*lines, "", ""]).encode())

    def metric(self, name):
        text = self.get("/metrics").body.decode()
        return float(next(line.split()[-1] for line in text.splitlines() if line.startswith(f"inflight_{name} ")))


class Answer:
    """What came back until the server closed: `status` 0 when that was nothing."""

    def __init__(self, connection):
        received = b""
        try:
            while chunk := connection.recv(65536):
                received += chunk
        except ConnectionResetError:
            pass
        head, _, self.body = received.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        self.status = int(first.split()[1]) if first else 0
        pairs = [line.partition(": ")[::2] for line in rest]
        self.headers = {name.lower(): value for name, value in pairs}
        assert len(self.headers) == len(pairs), f"a header came twice: {pairs}"


class Viewer:
    """A WebSocket client without courtesy: it answers no ping by itself."""

    def __init__(self, program, receive_buffer=None, origin=None, cookie=None, host=None, target="/live"):
        self.connection = program.connect(receive_buffer)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {target} HTTP/1.1", f"Host: {host or f'127.0.0.1:{program.port}'}", "Upgrade: websocket",
                 "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
        lines += [f"Origin: {origin}"] if origin else []
        lines += [f"Cookie: {cookie}"] if cookie else []
        self.connection.sendall("\r\n".join([*lines, "", ""]).encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = self.connection.recv(1)
            if not byte:
                break
            head += byte
        self.status = int(head.split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def receive_exactly(self, count):
        data = b""
        while len(data) < count:
            chunk = self.connection.recv(count - len(data))
            if not chunk:
                raise EOFError
            data += chunk
        return data

    def frame(self):
        """The next frame: opcode and payload. Raises EOFError at the end."""
        first, length = self.receive_exactly(2)
        assert first & 0x80 and not first & 0x70, "a whole message per frame, and nothing that was not agreed on"
        if length == 126:
            length, = struct.unpack(">H", self.receive_exactly(2))
        elif length == 127:
            length, = struct.unpack(">Q", self.receive_exactly(8))
        return first & 0x0F, self.receive_exactly(length)

    def picture(self):
        """The next picture, a JPEG file."""
        while True:
            opcode, payload = self.frame()
            if opcode == 2:
                return payload

    def figures(self):
        """The next text message."""
        while True:
            opcode, payload = self.frame()
            if opcode == 1:
                return json.loads(payload)

    def send(self, payload, opcode=1):
        payload = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        mask = os.urandom(4)
        length = len(payload)
        size = bytes([0x80 | length]) if length < 126 else struct.pack(">BH", 0x80 | 126, length)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.connection.sendall(bytes([0x80 | opcode]) + size + mask + masked)

    def close_code(self):
        """Reads to the end, and returns the code of the close frame, or None without one."""
        code = None
        try:
            while True:
                opcode, payload = self.frame()
                if opcode == 8:
                    code, = struct.unpack(">H", payload[:2])
                    self.send(payload, opcode=8)
        except (EOFError, ConnectionResetError, BrokenPipeError):
            return code


class WebTest(unittest.TestCase):
    def program(self, *arguments):
        return self.enterContext(Program(*arguments))

    def viewer(self, program, **options):
        viewer = self.enterContext(Viewer(program, **options))
        self.assertEqual(viewer.status, 101)
        return viewer
