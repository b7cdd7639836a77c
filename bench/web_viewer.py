"""A viewer of the demonstration's page that costs next to nothing: a socket that takes what comes."""
import base64
import json
import os
import socket
import struct
import threading
import time


class WebViewer:
    """Connects to HOST:PORT, counts pictures and keeps the last one and the last figures until it is closed. Use it with `with`."""

    def __init__(self, host, port):
        self.pictures = self.picture_bytes = self.messages = 0
        self.figures = self.picture = None
        self.first = self.last = 0.0  # when pictures came, seconds
        self.socket = socket.create_connection((host, port), timeout=10)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /live HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        self.stream = self.socket.makefile("rb")
        status = self.stream.readline().split()
        if status[1:2] != [b"101"]:
            raise ConnectionError(f"the page refused a viewer: {status}")
        while self.stream.readline() not in (b"\r\n", b""):
            pass
        self.thread = threading.Thread(target=self._take, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def pictures_per_second(self):
        """From the first to the last that came."""
        return (self.pictures - 1) / (self.last - self.first) if self.pictures > 1 else 0.0

    def command(self, name):
        self._send(1, json.dumps({"command": name}).encode())

    def _take(self):
        try:
            while head := self.stream.read(2):
                opcode, length = head[0] & 15, head[1] & 127
                if length >= 126:
                    size = 2 if length == 126 else 8
                    length = int.from_bytes(self.stream.read(size), "big")
                payload = self.stream.read(length)
                if opcode == 2:
                    self.picture = payload
                    self.last = time.monotonic()
                    self.first = self.first or self.last
                    self.pictures += 1
                    self.picture_bytes += length
                elif opcode == 1:
                    self.figures = json.loads(payload)
                    self.messages += 1
                elif opcode == 9:  # ping
                    self._send(10, payload)
        except (OSError, ValueError):  # the end of the program, or of this viewer
            pass

    def _send(self, opcode, payload):
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.socket.sendall(struct.pack("BB", 0x80 | opcode, 0x80 | len(payload)) + mask + masked)
