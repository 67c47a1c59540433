"""A terminal's socket -> pexpect's reader of it, which keeps what came and when: for the terminal and its recording."""

import codecs
import socket
import time

from pexpect.socket_pexpect import SocketSpawn

from harness.lab.host import TerminalError
from harness.lab.screen import screen_text

MOST = 4 << 20  # bytes that one command may print: a program that never stops would fill the memory
WINDOW = 8192  # bytes at the end of the output in which marks and prompts are looked for
_ROWS = 50  # of what the terminal got last, in an error


class RecordedSocket(SocketSpawn):  # type: ignore[type-arg]  # generic in its stubs only
    """pexpect (4.9) has no log of what it reads from a socket, so `events` has it: with the seconds since `zero`."""

    def __init__(self, connection: socket.socket, zero: float) -> None:
        super().__init__(connection, maxread=65536)
        self.events: list[tuple[float, str]] = []
        self.left = MOST  # bytes that the current command may still print
        self._zero = zero
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def read_nonblocking(self, size: int = 1, timeout: float | None = -1) -> bytes:
        data: bytes = super().read_nonblocking(size, timeout)
        self.left -= len(data)
        if self.left < 0:
            before = "".join(text for _, text in self.events[-_ROWS:]).encode()  # the last piece may be short
            raise TerminalError(f"printed more than {MOST >> 20} MiB", last_rows(before + data))
        if text := self._decoder.decode(data):
            self.events.append((time.monotonic() - self._zero, text))
        return data


def last_rows(output: bytes) -> str:
    """The lower end of what the screen shows for `output`, for an error."""
    return "\n".join(screen_text(output[-WINDOW:]).split("\n")[-_ROWS:])
