"""Types a session's commands into a shell on a terminal, and gives what its screen shows at the end of each.

The reader's own shells mark where a command's output begins and ends (OSC 133, see tests/labs/), so nothing is
guessed there. A shell inside a container has no marks: its next prompt is known from the sample.
"""

import re
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pexpect

from harness.claims.answers import Answer
from harness.claims.commands import parse
from harness.claims.shell_kinds import BASH, ShellKind
from harness.lab.host import Ran, TerminalError
from harness.lab.recorder import MOST, WINDOW, RecordedSocket, last_rows
from harness.lab.screen import screen_text, without_redraws

_ESCAPES = rb"(?:\x1b\[[0-9;?]{0,16}[A-Za-z])*"
_QUIET = 0.15  # seconds without output after which a container's prompt is taken to be waiting
_ECHO = 2.0  # seconds to wait for a typed command to appear; a program may have turned the echo off
_CTRL_C = "\x03"
_PATIENCE = 10.0  # seconds to wait for the lines after which Ctrl+C is pressed


class Terminal:
    """A Shell behind a socket."""

    def __init__(self, spawn: RecordedSocket, kind: ShellKind) -> None:
        self.prompt = ""
        self.folder = ""
        self._spawn = spawn
        self._kind = kind
        self._timeout = 0.0  # seconds that the current command has in all

    @property
    def events(self) -> Sequence[tuple[float, str]]:
        """What the terminal got so far, each piece with the seconds since the recording's zero."""
        return self._spawn.events

    def run(
        self,
        command: str,
        next_prompt: re.Pattern[str] | None,
        timeout: float,
        interrupted_after: int | None = None,
        answers: Sequence[Answer] = (),
    ) -> Ran:
        """Shell.run. What isn't done at `timeout` raises TerminalError, as does a program that floods the terminal."""
        self._timeout = timeout
        self._spawn.left = MOST
        deadline = time.monotonic() + timeout
        at_host = self.prompt in self._kind.users
        if at_host:
            self._type_at_host(command, deadline)
        else:
            self._type_in_container(command)
        self._answer(answers, next_prompt, deadline)
        if interrupted_after is not None:
            self._interrupt(interrupted_after, self._kind.begin if at_host else b"\n")
        attached = at_host and any(run.plain_name == "docker attach" for run in parse(command))
        output, self.prompt, status = self._until_prompt(next_prompt, deadline, attached=attached)
        text = screen_text(output.partition(self._kind.begin if at_host else b"\n")[2])
        if at_host and status is None:
            text = without_redraws(text, self.prompt)
        return Ran(text, self.prompt, status)

    def _type_at_host(self, command: str, deadline: float) -> None:
        """Line by line: the shell asks for each further one."""
        first, *rest = command.split("\n")
        self._spawn.send(first + "\n")
        asks = self._kind.continuation
        for line in rest:
            found = self._expect([re.escape(self._kind.begin), rb"\n" + re.escape(asks.encode()) + rb"\Z"], deadline)
            if found == 0:
                raise TerminalError(f"the command was complete before its line `{asks}{line}`", "")
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

    def _answer(self, answers: Sequence[Answer], next_prompt: re.Pattern[str] | None, deadline: float) -> None:
        """Types each answer once its question stands at the end of what came, unless the command ends before."""
        ends = self._kind.end + (rb"|" + next_prompt.pattern.encode() if next_prompt else b"")
        answered = 0  # bytes of the output, up to the last question
        for answer in answers:
            asked = re.compile(re.escape(answer.question.encode()) + rb" *" + _ESCAPES + rb"\Z")
            while True:
                self._came(_QUIET)
                output = (self._spawn.before or b"")[answered:]
                if self._spawn.after is pexpect.EOF or re.search(ends, output) or time.monotonic() > deadline:
                    return
                if asked.search(output):
                    break
            answered += len(output)
            self._spawn.send(answer.typed + "\n")

    def _interrupt(self, lines: int, start: bytes) -> None:
        """Presses Ctrl+C once so many lines have come after `start`, or been waited for in vain; never where the
        command has ended by itself."""
        until = time.monotonic() + _PATIENCE
        while True:
            self._came(_QUIET)
            _, begun, output = (self._spawn.before or b"").partition(start)
            if self._spawn.after is pexpect.EOF or re.search(self._kind.end, output):
                return
            if (begun and output.count(b"\n") >= lines) or time.monotonic() > until:
                break
        self._spawn.send(_CTRL_C)

    def _until_prompt(
        self, next_prompt: re.Pattern[str] | None, deadline: float, *, attached: bool
    ) -> tuple[bytes, str, int | None]:
        """(all output until a prompt, that prompt, the status if the reader's shell told it)."""
        patterns = [self._kind.end]
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
                return output, self._host_prompt(match), int(match["status"])
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
        screen = last_rows(before + (self._spawn.before or b""))
        raise TerminalError(late if found == len(patterns) else "closed the terminal", screen)

    def _wait(self, patterns: Sequence[bytes], until: float) -> int:
        """The index of the pattern that was found; that of a time-out or a closed terminal comes after them."""
        left = max(until - time.monotonic(), 0)
        found = self._spawn.expect([*patterns, pexpect.TIMEOUT, pexpect.EOF], left, searchwindowsize=WINDOW)
        return int(found)

    def _came(self, quiet: float) -> bool:
        """Whether anything comes within `quiet` seconds; it stays to be read."""
        self._spawn.expect([pexpect.TIMEOUT, pexpect.EOF], timeout=quiet)
        return bool(self._spawn.before)

    def start(self, timeout: float) -> None:
        """Waits for the shell's first prompt."""
        self._timeout = timeout
        self._expect([self._kind.end], time.monotonic() + timeout)
        self.prompt = self._host_prompt(self._match())

    def _host_prompt(self, end: re.Match[bytes]) -> str:
        """The prompt of the reader's own shell after the mark `end`, which also says where that shell is."""
        self.folder = (end["folder"] or b"").decode(errors="replace")
        return end["prompt"].decode()

    def _match(self) -> re.Match[bytes]:
        match = self._spawn.match
        assert isinstance(match, re.Match)  # after an expect that found a pattern
        return match


@contextmanager
def terminal(connection: socket.socket, zero: float, kind: ShellKind = BASH, timeout: float = 30) -> Iterator[Terminal]:
    """The terminal behind `connection`, once its shell waits. `zero` (monotonic seconds) is the recording's."""
    try:
        opened = Terminal(RecordedSocket(connection, zero), kind)
        opened.start(timeout)
        yield opened
    finally:
        connection.close()
