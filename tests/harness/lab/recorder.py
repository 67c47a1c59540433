"""A terminal's socket -> what came over it and when: for the terminal, and for its recording."""

import codecs
import re
import socket
import time

from harness.lab.host import TerminalError
from harness.lab.screen import screen_text

MOST = 4 << 20  # bytes that one command may print: a program that never stops would fill the memory
WINDOW = 8192  # bytes at the end of the output in which marks and prompts are looked for
_ROWS = 50  # of what the terminal got last, in an error
_AT_ONCE = 65536


class RecordedSocket:
    """A terminal that one writes to and reads from. `zero` (monotonic seconds) is the recording's."""

    def __init__(self, connection: socket.socket, zero: float) -> None:
        self.events: list[tuple[float, str]] = []  # what came, each piece with the seconds since zero
        self.got = bytearray()  # since the last `begin`
        self.closed = False
        self._connection, self._zero = connection, zero
        self._left = MOST
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def begin(self) -> None:
        """A command begins: what came until now is forgotten."""
        self.got.clear()
        self._left = MOST

    def send(self, text: str) -> None:
        try:
            self._connection.sendall(text.encode())
        except OSError:
            self.closed = True  # which the next read tells

    def read(self, seconds: float) -> bool:
        """Whether anything comes within `seconds`; it stands at the end of `got` then."""
        self._connection.settimeout(max(seconds, 0.001))
        try:
            data = self._connection.recv(_AT_ONCE)
        except TimeoutError:
            return False
        except OSError:
            data = b""  # the connection broke: as where the other end closes it
        self.closed = not data
        self.got += data
        self._left -= len(data)
        if self._left < 0:
            raise TerminalError(f"printed more than {MOST >> 20} MiB", last_rows(self.got))
        if text := self._decoder.decode(data):
            self.events.append((time.monotonic() - self._zero, text))
        return bool(data)

    def wait(self, pattern: re.Pattern[bytes], start: int, seconds: float) -> re.Match[bytes] | None:
        """The first match from `start` on in what came; None where there is none within `seconds`."""
        until = time.monotonic() + seconds
        while not (match := pattern.search(self.got, start)):
            left = until - time.monotonic()
            if self.closed or left <= 0:
                return None
            start = max(start, len(self.got) - WINDOW)
            self.read(left)
        return match


def last_rows(output: bytes | bytearray) -> str:
    """The lower end of what the screen shows for `output`, for an error."""
    return "\n".join(screen_text(bytes(output[-WINDOW:])).split("\n")[-_ROWS:])
