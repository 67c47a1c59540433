"""Types a session's commands into a shell on a terminal, and gives what its screen shows at the end of each.

The reader's own shells mark where a command's output begins and ends (OSC 133, see tests/labs/), so nothing is guessed
there. A shell in a container has no marks: its end is known by its prompt (see follower), and its output begins behind
the echo of the command.
"""

import re
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from harness.claims import python_blocks
from harness.claims.answers import Answer
from harness.claims.commands import parse
from harness.claims.questions import asked_by
from harness.claims.shell_kinds import BASH, ShellKind
from harness.lab.follower import ECHO, ENTER, Ended, Follower
from harness.lab.host import Ran
from harness.lab.recorder import RecordedSocket
from harness.lab.screen import begins_anew, screen_text, with_typed, without_redraws

_CTRL_C = "^C"  # as terminals show it
_KEYS = re.compile(r"(?:\^[A-Z])+")
_IN_BLOCK = re.compile(rb"\n[^\n]*" + re.escape(python_blocks.CONTINUATION.rstrip().encode()))
_ASKS_FOR_MORE = re.compile(rb"\n(?:\r|\x1b\[[\d;?]*[A-Za-z])*> ")
_TAKE_BACK = "\x15"  # Ctrl+U
_TAB = "\x16\t"  # behind Ctrl+V: by itself it is the key that completes a word
_INTERRUPTED = 130
_WRAPPED = rb"(?: ?\r)?"  # what stands between two characters where the terminal breaks the line


class Terminal:
    """A Shell behind a socket."""

    def __init__(self, connection: RecordedSocket, kind: ShellKind, waits: Callable[[], bool]) -> None:
        self.prompt = ""
        self.folder = ""
        self.at_host = True
        self._socket = connection
        self._kind = kind
        self._waits = waits
        self._nonce = b""  # of the marks, as the first of them has it: before that nothing of a page runs here

    @property
    def events(self) -> Sequence[tuple[float, str]]:
        """What the terminal got so far, each piece with the seconds since the recording's zero."""
        return self._socket.events

    def forget(self, first: int, last: int) -> None:
        """Shell.forget."""
        del self._socket.events[first:last]

    def run(
        self,
        command: str,
        next_prompt: re.Pattern[str] | None,
        timeout: float,
        interrupted_when: Callable[[str], bool] | None = None,
        answers: Sequence[Answer] = (),
    ) -> Ran:
        """Shell.run. What isn't done at `timeout` raises TerminalError, as does a program that floods the terminal."""
        self._socket.begin()
        follower = Follower(
            self._socket,
            self._kind,
            next_prompt,
            timeout,
            at_host=self.at_host,
            answers=answers,
            questions=asked_by(command),
            nonce=self._nonce,
            waits=self._waits,
        )
        self._type(command, follower)
        pressed = follower.interrupt(interrupted_when, screen_text) if interrupted_when else None
        attached = self.at_host and any(run.plain_name == "docker attach" for run in parse(command))
        ended = follower.follow(attached=attached)
        text = self._text(command, follower, ended, pressed)
        self._wait_at(ended)
        # What ends only when Ctrl+C is pressed again ends as it can.
        return Ran(text, self.prompt, _INTERRUPTED if follower.presses > 1 and self.at_host else ended.status)

    def start(self, timeout: float) -> None:
        """Waits for the shell's first prompt."""
        ended = Follower(self._socket, self._kind, None, timeout).follow()
        self._nonce = ended.nonce
        self._wait_at(ended)

    def _wait_at(self, ended: Ended) -> None:
        self.prompt, self.at_host = ended.prompt, ended.status is not None
        self.folder = ended.folder if self.at_host else self.folder

    def _type(self, command: str, follower: Follower) -> None:
        """Line by line: the shell asks for each further one."""
        first, *rest = command.split("\n")
        self._type_line(first, follower)
        for line in rest:
            if self.at_host:
                follower.wait_for_continuation(self._kind.continuation, line)
            else:
                self._wait_for_more(follower)
            self._type_line(line, follower)
        if self.prompt == python_blocks.PROMPT and not (self.at_host or python_blocks.is_complete(command)):
            self._wait_for_more(follower)  # the page lacks the blank line that ends it
            self._type_line("", follower)

    def _wait_for_more(self, follower: Follower) -> None:
        """In a container, waits until the shell asks for another line: what is typed before may stand above that
        prompt. Python begins a line by itself with the blanks of the one above, which are taken back."""
        in_python = self.prompt == python_blocks.PROMPT
        asked = self._socket.wait(_IN_BLOCK if in_python else _ASKS_FOR_MORE, follower.start, ECHO)
        follower.start = asked.end() if asked else follower.start
        if in_python:
            self._socket.send(_TAKE_BACK)

    def _type_line(self, line: str, follower: Follower) -> None:
        """In a container Enter waits for the line to stand on the screen, so that all after it is output, however
        often an attached shell has drawn its prompt anew. `^P^Q` and `^D` are the keys, without Enter."""
        if _KEYS.fullmatch(line) and not self.at_host:
            follower.start = len(self._socket.got)
            self._socket.send("".join(chr(ord(key) - 64) for key in line[1::2]))
            return
        self._socket.send(line if self.prompt == python_blocks.PROMPT else line.replace("\t", _TAB))
        if not self.at_host:
            tail = line.rpartition("\t")[2][-12:].encode()
            echo = re.compile(_WRAPPED.join(re.escape(bytes([byte])) for byte in tail))
            echoed = self._socket.wait(echo, follower.start, ECHO)
            follower.start = echoed.end() if echoed else len(self._socket.got)
        self._socket.send(ENTER)

    def _text(self, command: str, follower: Follower, ended: Ended, pressed: tuple[str, int] | None) -> str:
        """The output as the screen shows it, with the keys that the program didn't let the terminal show."""
        output = follower.output(ended.end) + ended.said
        if pressed and begins_anew(output):
            text = self._last_screen(ended, *pressed)
        else:
            hidden = [(len(follower.output(at)), keys) for at, keys in self._hidden(follower, ended)]
            text = with_typed(output, hidden)
        if ended.status is not None:
            return without_redraws(text, self.prompt, command) if not self.at_host else text
        text = text.removesuffix(ended.prompt.rstrip()).rstrip("\n")
        return without_redraws(text, ended.prompt if self.at_host else self.prompt, "" if self.at_host else command)

    def _hidden(self, follower: Follower, ended: Ended) -> Iterator[tuple[int, str]]:
        """What was typed while the command ran and the screen doesn't show, each with what had come before."""
        for at, text in follower.typed:
            line = bytes(self._socket.got[at : ended.end].partition(b"\n")[0])
            is_drawn = b"\x1b" in line and text.encode() in line  # by an editor, with more around it
            if not (line.startswith(text.encode()) or is_drawn):
                yield at, f"{text}\n"
        pressed = follower.pressed_at
        if pressed is not None and _CTRL_C.encode() not in self._socket.got[pressed : ended.end]:
            yield pressed, _CTRL_C

    def _last_screen(self, ended: Ended, shown: str, came: int) -> str:
        """Of a screen that is drawn over and over: the one for which Ctrl+C was pressed, when `came` bytes had come,
        and what the program says then, unless it draws one more."""
        behind = bytes(self._socket.got[came : ended.end]) + ended.said
        said = behind.partition(_CTRL_C.encode())[2]  # such programs may hide the key
        return f"{shown}\n{_CTRL_C}{'' if begins_anew(said) else screen_text(said)}".strip("\n")


@contextmanager
def terminal(
    connection: socket.socket,
    zero: float,
    kind: ShellKind = BASH,
    timeout: float = 30,
    waits: Callable[[], bool] = lambda: False,
) -> Iterator[Terminal]:
    """The terminal behind `connection`, once its shell waits. `zero` (monotonic seconds) is the recording's. `waits`
    says whether what runs in the foreground waits for input, where that can be known."""
    try:
        opened = Terminal(RecordedSocket(connection, zero), kind, waits)
        opened.start(timeout)
        yield opened
    finally:
        connection.close()
