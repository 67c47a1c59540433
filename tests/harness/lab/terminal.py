"""Types a session's commands into a shell on a terminal, and gives what its screen shows at the end of each.

The reader's own shells mark where a command's output begins and ends (OSC 133, see tests/labs/), so nothing is
guessed there. A shell inside a container has no marks: its next prompt is known from the sample.
"""

import codecs
import re
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pexpect
import pyte
from pexpect.socket_pexpect import SocketSpawn

# FinalTerm's marks: C before a command's output, D with its status after it; then the folder (OSC 7) and the prompt.
_BEGIN = b"\x1b]133;C\x07"
_END = rb"\x1b\]133;D;(?P<status>\d+)\x07(?:\x1b\]7;file://[\w.-]*(?P<folder>/[^\x07]*)\x07)?(?P<prompt>[$#] )"
_ESCAPES = rb"(?:\x1b\[[0-9;?]{0,16}[A-Za-z])*"
_QUIET = 0.15  # seconds without output after which a container's prompt is taken to be waiting
_ECHO = 2.0  # seconds to wait for a typed command to appear; a program may have turned the echo off
_CTRL_C = "\x03"
_ATTACH = re.compile(r"\bdocker (?:container )?attach\b")
_PATIENCE = 10.0  # seconds to wait for the lines after which Ctrl+C is pressed
_WINDOW = 8192  # bytes at the end of the output in which marks and prompts are looked for
_MOST = 4 << 20  # bytes that one command may print: a program that never stops would fill the memory
_ROWS = 50  # of what the terminal got last, in an error
_WIDEST = 2000  # columns; pyte's time for erasing a line grows with them
# What moves the cursor or is no text: with any of it in an output, a terminal has to be asked what it shows.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[^\r\n]\r[^\n]")
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class TerminalError(Exception):
    """The command could not be followed to its end; `screen` is what the terminal showed until then."""

    def __init__(self, message: str, screen: str) -> None:
        super().__init__(message)
        self.screen = screen


@dataclass(frozen=True)
class Ran:
    """What became of a command: its output as the screen shows it, and the shell that waits now."""

    text: str
    prompt: str
    status: int | None  # None where a container's shell waits: it can't be seen from outside


@dataclass
class Recorder:
    """Keeps what the terminal gets, with the seconds since `started`, for the recording."""

    started: float
    events: list[tuple[float, str]] = field(default_factory=list)
    _decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")(errors="replace")
    )

    def write(self, data: bytes) -> None:
        if text := self._decoder.decode(data):
            self.events.append((time.monotonic() - self.started, text))


class _RecordedSocket(SocketSpawn):  # type: ignore[type-arg]  # generic in its stubs only
    """pexpect's reader of a socket; it has no log of what it reads (pexpect 4.9), so `recorder` gets it here."""

    def __init__(self, connection: socket.socket, recorder: Recorder) -> None:
        super().__init__(connection, maxread=65536)
        self.recorder = recorder
        self.left = _MOST  # bytes that the current command may still print

    def read_nonblocking(self, size: int = 1, timeout: float | None = -1) -> bytes:
        data: bytes = super().read_nonblocking(size, timeout)
        self.left -= len(data)
        if self.left < 0:
            before = "".join(text for _, text in self.recorder.events[-_ROWS:]).encode()  # the last piece may be short
            raise TerminalError(f"printed more than {_MOST >> 20} MiB", _last_rows(before + data))
        self.recorder.write(data)
        return data


class Terminal:
    """One shell of the reader's on a terminal, and whatever shells it opens in containers."""

    def __init__(self, spawn: _RecordedSocket) -> None:
        self._spawn = spawn
        self.recorder = spawn.recorder
        self.prompt = ""
        self.folder = ""  # that the reader's shell is in; empty where it doesn't tell
        self._timeout = 0.0  # seconds that the current command has in all

    def run(
        self,
        command: str,
        next_prompt: re.Pattern[str] | None,
        timeout: float,
        *,
        interrupted_after: int | None = None,
    ) -> Ran:
        """Types `command` and follows it until a shell waits again: the reader's, or the one in a container that
        shows `next_prompt`. Ctrl+C is pressed after so many lines of output, if any number is given. Raises
        TerminalError after `timeout` seconds, or where the terminal closes."""
        self._timeout = timeout
        self._spawn.left = _MOST
        deadline = time.monotonic() + timeout
        opener = self.prompt in ("$ ", "# ")
        if opener:
            self._type_at_host(command, deadline)
        else:
            self._type_in_container(command)
        if interrupted_after is not None:
            self._interrupt(interrupted_after, _BEGIN if opener else b"\n")
        attached = opener and bool(_ATTACH.search(command))
        output, self.prompt, status = self._until_prompt(next_prompt, deadline, attached=attached)
        if opener:
            output = output.partition(_BEGIN)[2]
            text = _without_redraws(screen_text(output), self.prompt) if status is None else screen_text(output)
        else:
            text = screen_text(output.partition(b"\n")[2])
        return Ran(text, self.prompt, status)

    def _type_at_host(self, command: str, deadline: float) -> None:
        """Line by line: bash asks for each continuation with `> `."""
        first, *rest = command.split("\n")
        self._spawn.send(first + "\n")
        for line in rest:
            found = self._expect([re.escape(_BEGIN), rb"\n> \Z"], deadline)
            if found == 0:
                raise TerminalError(f"the command was complete before its line `> {line}`", "")
            self._spawn.send(line + "\n")

    def _type_in_container(self, command: str) -> None:
        """Waits for the command to stand on the screen before Enter, so that all after it is output, however
        often an attached shell has drawn its prompt anew."""
        self._spawn.send(command)
        tail = command[-12:].encode()
        if tail:
            wrapped = rb"(?: ?\r)?".join(re.escape(bytes([byte])) for byte in tail)
            self._spawn.expect([wrapped, pexpect.TIMEOUT, pexpect.EOF], timeout=_ECHO)
        self._spawn.send("\n")

    def _interrupt(self, lines: int, start: bytes) -> None:
        """Presses Ctrl+C once so many lines have come after `start`, or been waited for in vain; never where the
        command has ended by itself."""
        until = time.monotonic() + _PATIENCE
        while True:
            self._came(_QUIET)
            _, begun, output = (self._spawn.before or b"").partition(start)
            if self._spawn.after is pexpect.EOF or re.search(_END, output):
                return
            if (begun and output.count(b"\n") >= lines) or time.monotonic() > until:
                break
        self._spawn.send(_CTRL_C)

    def _until_prompt(
        self, next_prompt: re.Pattern[str] | None, deadline: float, *, attached: bool
    ) -> tuple[bytes, str, int | None]:
        """(all output until a prompt, that prompt, the status if the reader's shell told it)."""
        patterns = [_END]
        if next_prompt:
            patterns.append(rb"(?P<waiting>" + next_prompt.pattern.encode() + rb")" + _ESCAPES + rb"\Z")
        output = b""
        until = time.monotonic() + _ECHO if attached else deadline
        while True:
            found = self._wait(patterns, until)
            if found == len(patterns) and until < deadline:
                # The shell drew its prompt before anybody watched; a person presses Enter.
                self._spawn.send("\n")
                until = deadline
                continue
            self._check(found, patterns, output)
            output += self._spawn.before or b""
            match = self._match()
            if found == 0:
                self.folder = (match["folder"] or b"").decode(errors="replace")
                return output, match["prompt"].decode(), int(match["status"])
            if not self._came(_QUIET):
                return output, match["waiting"].decode(errors="replace"), None
            # What looked like the prompt was part of the output, or is drawn again.
            output += match[0]

    def _expect(self, patterns: Sequence[bytes], deadline: float) -> int:
        """The index of the pattern that was found. Raises TerminalError where none is by `deadline`."""
        found = self._wait(patterns, deadline)
        self._check(found, patterns)
        return found

    def _check(self, found: int, patterns: Sequence[bytes], before: bytes = b"") -> None:
        if found < len(patterns):
            return
        late = f"did not end within its time ({self._timeout:g} s)"
        screen = _last_rows(before + (self._spawn.before or b""))
        raise TerminalError(late if found == len(patterns) else "closed the terminal", screen)

    def _wait(self, patterns: Sequence[bytes], until: float) -> int:
        """The index of the pattern that was found; that of a time-out or a closed terminal comes after them."""
        left = max(until - time.monotonic(), 0)
        found = self._spawn.expect([*patterns, pexpect.TIMEOUT, pexpect.EOF], left, searchwindowsize=_WINDOW)
        return int(found)

    def _came(self, quiet: float) -> bool:
        """Whether anything comes within `quiet` seconds; it stays to be read."""
        self._spawn.expect([pexpect.TIMEOUT, pexpect.EOF], timeout=quiet)
        return bool(self._spawn.before)

    def start(self, timeout: float) -> None:
        """Waits for the shell's first prompt."""
        self._timeout = timeout
        self._expect([_END], time.monotonic() + timeout)
        self.prompt = self._match()["prompt"].decode()
        self.folder = (self._match()["folder"] or b"").decode(errors="replace")

    def _match(self) -> re.Match[bytes]:
        match = self._spawn.match
        assert isinstance(match, re.Match)  # after an expect that found a pattern
        return match


@contextmanager
def terminal(connection: socket.socket, started: float, timeout: float = 30) -> Iterator[Terminal]:
    """The terminal behind `connection`, once its shell waits. `started` (monotonic seconds) is the recording's zero."""
    try:
        opened = Terminal(_RecordedSocket(connection, Recorder(started)))
        opened.start(timeout)
        yield opened
    finally:
        connection.close()


def screen_text(output: bytes) -> str:
    """The lines that a terminal shows in the end for `output`; a line that the terminal would have wrapped is one.

    Wide enough for any line: only programs break lines at the 200 columns they are told.
    """
    text = output.decode("utf-8", "replace")
    if not _CONTROL.search(text):
        return "\n".join(line.rstrip() for line in text.replace("\r", "").expandtabs().split("\n")).rstrip("\n")
    columns = min(max(map(len, text.split("\n"))) + 1, _WIDEST)
    screen = pyte.Screen(columns, text.count("\n") + 60)
    pyte.Stream(screen).feed(text)
    rows = range(max(screen.buffer.keys(), default=-1) + 1)
    return "\n".join(_row_text(screen, row) for row in rows).rstrip("\n")


def _last_rows(output: bytes) -> str:
    return "\n".join(screen_text(output[-_WINDOW:]).split("\n")[-_ROWS:])


def _row_text(screen: pyte.Screen, row: int) -> str:
    cells = screen.buffer[row]
    text = "".join(cells[column].data for column in range(max(cells.keys(), default=-1) + 1))
    return _NO_TEXT.sub("", text).rstrip()  # nothing that another terminal could take for an order


def _without_redraws(text: str, prompt: str) -> str:
    """`docker attach`, and a change of the window's size, draw the prompt anew, now and then after an empty line."""
    lines = text.split("\n")
    while lines and lines[0].strip() in ("", prompt.strip()):
        lines.pop(0)
    return "\n".join(lines)
