"""What stands behind http: a camera, a running playlist, a file, a server that stalls. All on the loopback address."""
import http.server
import re
import subprocess
import threading


class HttpSource(http.server.ThreadingHTTPServer):
    """Lets `answer` serve each GET until it is closed. Use it with `with`."""
    daemon_threads = True

    def __init__(self, answer, port=0):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # pylint: disable=invalid-name
                try:
                    answer(self)
                except OSError:  # who asked has gone
                    pass

            def log_message(self, *_):  # pylint: disable=arguments-differ
                pass

        super().__init__(("127.0.0.1", port), Handler)
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)
        self.thread.start()

    def __exit__(self, *_):
        self.ended.set()
        self.shutdown()
        self.thread.join()
        self.server_close()

    @property
    def port(self):
        return self.server_address[1]


def ffmpeg(*arguments):
    return subprocess.run(["ffmpeg", "-loglevel", "error", "-nostdin", "-y", "-f", "lavfi", "-i",
                           "testsrc2=size=320x240:rate=30:duration=10", *map(str, arguments)], check=True, capture_output=True).stdout


def camera():
    """Motion JPEG, 30 pictures per second for ever, as many network cameras give it."""
    pictures = ffmpeg("-frames:v", "30", "-c:v", "mjpeg", "-q:v", "5", "-f", "image2pipe", "-").split(b"\xff\xd9\xff\xd8")
    pictures = [b"\xff\xd8" + picture.removeprefix(b"\xff\xd8").removesuffix(b"\xff\xd9") + b"\xff\xd9" for picture in pictures]

    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        handler.end_headers()
        count = 0
        while not handler.server.ended.wait(1 / 30):
            picture = pictures[count % len(pictures)]
            count += 1
            handler.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n" % (len(picture), picture))
    return answer


def file(path):
    """With ranges, as a web server gives it."""
    data = path.read_bytes()

    def answer(handler):
        wanted = handler.headers.get("Range")
        first = int(re.match(r"bytes=(\d+)-", wanted)[1]) if wanted else 0
        handler.send_response(206 if wanted else 200)
        handler.send_header("Accept-Ranges", "bytes")
        handler.send_header("Content-Length", str(len(data) - first))
        if wanted:
            handler.send_header("Content-Range", f"bytes {first}-{len(data) - 1}/{len(data)}")
        handler.end_headers()
        handler.wfile.write(data[first:])
    return answer


def gated(answer, gate):
    """As `answer`, whenever the gate is open."""
    def wait_and_answer(handler):
        while not gate.wait(0.1) and not handler.server.ended.is_set():
            pass
        answer(handler)
    return wait_and_answer


def begin_file(handler, data):
    """Promises all of it, without ranges."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()


def folder(path):
    """Its files as they are at the moment, without ranges."""
    def answer(handler):
        try:
            data = (path / handler.path.split("/")[-1]).read_bytes()
        except FileNotFoundError:
            return handler.send_error(404)
        begin_file(handler, data)
        return handler.wfile.write(data)
    return answer


def breaking_off(path):
    """Half of the file, without ranges, and then the connection ends."""
    data = path.read_bytes()

    def answer(handler):
        begin_file(handler, data)
        handler.wfile.write(data[:len(data) // 2])
    return answer


def stalling(path):
    """A clip of ten seconds, of which two come, and then nothing."""
    ffmpeg("-c:v", "mpeg2video", "-q:v", "2", "-f", "mpegts", path)
    data = path.read_bytes()

    def answer(handler):
        begin_file(handler, data)
        handler.wfile.write(data[:len(data) // 5])
        handler.server.ended.wait()
    return answer
