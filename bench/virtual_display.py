"""An X server without a screen (Xvfb), on a number that it finds free. Use it with `with`."""
import os
import selectors
import subprocess


class VirtualDisplay:
    """`name` is what DISPLAY is to be."""

    def __init__(self):
        reading, writing = os.pipe()
        with open(reading, encoding="ascii") as answer:
            try:
                self.process = subprocess.Popen(
                    ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1000x24", "-nolisten", "tcp", "-noreset"],
                    pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            except FileNotFoundError as error:
                raise RuntimeError("Xvfb is not there; Debian: xvfb") from error
            finally:
                os.close(writing)
            with selectors.DefaultSelector() as selector:
                selector.register(answer, selectors.EVENT_READ)
                number = answer.readline().strip() if selector.select(60) else ""
        if not number:
            self.__exit__()
            raise RuntimeError("Xvfb did not start")
        self.name = f":{number}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)

    def cpu_seconds(self):
        """CPU time of the server since it started."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            user, system = stat.read().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
