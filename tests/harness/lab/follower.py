"""Follows a command on a terminal until a shell waits again, for the terminal.

The reader's own shell tells its end with a mark. A shell in a container shows a prompt, as any output can; so a blank
is typed behind it and taken back (BLANK). Who draws that tells who waits:

- a line editor (readline, ash's), by erasing to the end of the line: it reads now, so the command has ended.
- the kernel, as for any program: dash waits, or a program goes on and only its output looks like a prompt. Then
  nothing may come for a while (_QUIET, or _SILENCE where the page shows another prompt). This is a guess.
- nobody: the echo is off, or an editor drew its line anew. The line has to stand still for _ECHO seconds.

A prompt that is drawn anew later is no output: that begins behind the echo of the next command.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.claims.answers import Answer
from harness.claims.prompts import looks_like_prompt
from harness.claims.questions import asks
from harness.claims.shell_kinds import ShellKind
from harness.lab.host import TerminalError
from harness.lab.recorder import WINDOW, RecordedSocket, last_rows
from harness.lab.screen import begins_anew, last_line

ECHO = 2.0  # seconds to wait for what was typed to appear; a program may have turned the echo off
_QUIET = 0.15  # seconds without output after which the prompt that the page shows is taken to be waiting
_SILENCE = 2.0  # the same for another prompt, and for a question that the page doesn't answer
_LONG_SILENCE = 5.0  # the same for what an output may say as well: `Name: `
_BLANK = " \x7f"
_DRAWN = re.compile(rb" \x08(?:(?P<editor>\x1b\[[0-2]?[JK])| \x08)")
_LINE_END = b"\n"
ENTER = "\r"  # as the key sends it: a program that reads keys (redis-cli) takes a newline for another one
_CTRL_C = "\x03"
_LEFT_TO_END = 0.2  # of the time of a command that is interrupted in any case: for its end
TO_END = 15.0  # seconds that a program may be silent behind Ctrl+C, at least: docker kills after 10
WAITS_FOR_MORE = "waits for input, which the page does not give"
_WAY_OUT = "what is typed stands behind it on the page, also where a terminal does not show it"
_DRAWS_ON = 2.0  # seconds that a screen may be drawn anew behind Ctrl+C, before it is pressed again
_MOST_PRESSES = 3  # `docker stats NAME` of 28 ends at the third one (docker/cli#6090)
_COST = 5  # times as long as judging an output took, nothing is judged again


@dataclass(frozen=True)
class Ended:
    """Which shell waits, and where the output ends."""

    prompt: str  # with its closing blank
    status: int | None  # None in a container
    folder: str = ""
    end: int | None = None  # of the output, in what came; None where the prompt stands in its last line
    nonce: bytes = b""  # in the mark of the reader's shell
    said: bytes = b""  # by the reader's shell behind the command's end: which jobs are done


class Follower:
    """One command, from its typing to its end."""

    def __init__(
        self,
        terminal: RecordedSocket,
        kind: ShellKind,
        awaited: re.Pattern[str] | None,
        timeout: float,
        *,
        at_host: bool = True,
        answers: Sequence[Answer] = (),
        questions: Sequence[str] = (),
        nonce: bytes = b"",
        waits: Callable[[], bool] = lambda: False,
    ) -> None:
        self.start = 0  # what came from here on is the echo of the command's last line, and the output
        self._terminal, self._end = terminal, re.compile(kind.end)
        self._mark_before = kind.begin
        self._begin = kind.begin if at_host else _LINE_END
        self._awaited, self._answers, self._questions = awaited, list(answers), tuple(questions)
        self._timeout, self._deadline = timeout, time.monotonic() + timeout
        self._waits_for_input = waits
        self._nonce = nonce  # of the machine's marks; empty while none was seen
        self._to_end = max(TO_END, timeout / 4)
        self._searched = 0  # how far the end's mark was looked for
        self.typed: list[tuple[int, str]] = []  # how much had come, and what was typed then
        self.pressed_at: int | None = None  # how much had come when Ctrl+C was pressed last
        self.presses = 0
        self._pressed = 0.0  # when, by the monotonic clock

    def output(self, end: int | None = None) -> bytes:
        """What came behind the command's echo. The reader's shell says some things itself before the mark: an error in
        the syntax, and which jobs are done."""
        came = bytes(self._terminal.got[self.start : end])
        return came.partition(_LINE_END)[2].replace(self._mark_before, b"", 1)

    def wait_for_continuation(self, prompt: str, line: str) -> None:
        """Waits until the reader's shell asks for `line`."""
        asked = re.compile(rb"\n" + re.escape(prompt.encode()) + rb"\Z")
        while not (match := asked.search(self._terminal.got, self.start)):
            if self._begin in self._terminal.got or self._mark():
                raise TerminalError(f"the command was complete before its line `{prompt}{line}`", "")
            self._read(self._deadline)
        self.start = match.end()

    def follow(self, *, attached: bool = False) -> Ended:
        """Waits for the end. Behind a shell that is `attached` to, Enter is pressed where nothing comes: it drew its
        prompt before anybody watched. TerminalError."""
        until = min(time.monotonic() + ECHO, self._deadline) if attached else self._deadline
        while True:
            came = len(self._terminal.got)
            if ended := self._ended():
                return ended
            if self._draws_on():
                self._press()
            if until < self._deadline and time.monotonic() >= until:
                self._terminal.send(ENTER)
                until = self._deadline
            elif len(self._terminal.got) == came:
                self._read(until)

    def interrupt(self, when: Callable[[str], bool], screen: Callable[[bytes], str]) -> tuple[str, int] | None:
        """Presses Ctrl+C once `when` holds for what the screen shows, or when its time is nearly over, and gives what
        that showed, with where it ends. None where the command ended by itself.
        """
        press, judged, shown, pause = self._deadline - self._timeout * _LEFT_TO_END, -1, "", 0.0
        while time.monotonic() < press:
            if self._terminal.closed or self._has_ended():
                return None
            if len(self._terminal.got) != judged and self._terminal.got.find(self._begin, self.start) >= 0:
                began, judged = time.monotonic(), len(self._terminal.got)
                shown = screen(self.output())
                if when(shown):
                    self._press_in_a_moment()
                    return shown, judged
                pause = time.monotonic() + (time.monotonic() - began) * _COST
            self._terminal.read(min(press - time.monotonic(), 1))
            while time.monotonic() < pause and self._terminal.read(pause - time.monotonic()):
                pass
        shown, came = screen(self.output()), len(self._terminal.got)
        self._press()
        return shown, came

    def _press(self) -> None:
        self.pressed_at, self._pressed = len(self._terminal.got), time.monotonic()
        self.presses += 1
        self._terminal.send(_CTRL_C)
        self._deadline = max(self._deadline, time.monotonic() + self._to_end)

    def _press_in_a_moment(self) -> None:
        """Not at once: a shell that is about to start a program would get the key, and the program would go on."""
        until = time.monotonic() + _QUIET
        while not self._terminal.closed and time.monotonic() < until:
            self._terminal.read(until - time.monotonic())
        self._press()

    def _draws_on(self) -> bool:
        """Whether a screen is still drawn anew, long behind Ctrl+C: whoever sees that presses it again."""
        if self.pressed_at is None or self.presses == _MOST_PRESSES or time.monotonic() < self._pressed + _DRAWS_ON:
            return False
        return begins_anew(self._terminal.got[self.pressed_at :])

    def _has_ended(self) -> bool:
        """Whether the command seems to have ended by itself: then the key would be the shell's."""
        if self._mark():
            return True
        return bool(self._prompt(last_line(self._terminal.got))) and not self._terminal.read(_QUIET)

    def _mark(self) -> re.Match[bytes] | None:
        """The mark of the reader's shell behind the command's end, where it has come; one that a program printed has
        another nonce, and is output."""
        found = self._end.finditer(self._terminal.got, max(0, self._searched - WINDOW))
        match = next((match for match in found if match["nonce"] == (self._nonce or match["nonce"])), None)
        self._searched = 0 if match else len(self._terminal.got)
        return match

    def _ended(self) -> Ended | None:
        """Which shell waits; None where none does."""
        if match := self._mark():
            folder = (match["folder"] or b"").decode(errors="replace")
            nonce, said = bytes(match["nonce"]), bytes(match["said"])
            return Ended(match["prompt"].decode(), int(match["status"]), folder, match.start(), nonce, said)
        line = last_line(self._terminal.got)
        prompt, quiet = self._prompt(line) or ("", 0)
        return Ended(prompt, None) if prompt and self._waits(line, quiet) else None

    def _prompt(self, line: str) -> tuple[str, float] | None:
        """The prompt that the last line seems to end with, and for how long nothing may come behind it."""
        found = self._awaited.search(f"{line} ") if self._awaited else None
        if found and (found.start() == 0 or not looks_like_prompt(line)):
            return found[0], _QUIET
        return (f"{line.rstrip()} ", _SILENCE) if looks_like_prompt(line) else None

    def _waits(self, line: str, quiet: float) -> bool:
        """Whether a shell waits at what looks like its prompt, `line`."""
        end = len(self._terminal.got)
        self._terminal.send(_BLANK)
        drawn = self._terminal.wait(_DRAWN, end, ECHO)
        if drawn is None:
            return last_line(self._terminal.got) == line
        by_editor = bool(drawn["editor"])
        del self._terminal.got[drawn.start() : drawn.end()]
        if drawn.start() > end:
            return False  # more came before: that was part of the output, or is drawn again
        return by_editor or not (len(self._terminal.got) > end or self._terminal.read(quiet))

    def _read(self, until: float) -> None:
        """Waits for more, until then. TerminalError where nothing more is to come."""
        line = last_line(self._terminal.got)
        answer = next((one for one in self._answers if one.is_to(line)), None)
        left = until - time.monotonic()
        silent = left if self.pressed_at is None else min(left, self._to_end)
        patience = min(silent, self._patience(line, answer, silent))
        if left > 0 and (self._terminal.read(patience) if answer else self._comes(patience)):
            return
        if answer and not self._terminal.closed:
            self._answer(answer)
            return
        screen = last_rows(self._terminal.got)
        if self._terminal.closed:
            raise TerminalError("closed the terminal", screen)
        if patience < silent:
            asked = f"waits for input: the screen ends with `{line.strip()}`, which the page does not answer"
            raise TerminalError(f"{asked}; {_WAY_OUT}", screen)
        if silent < left:
            raise TerminalError(f"goes on although Ctrl+C was pressed: for {silent:g} s it has said nothing", screen)
        if time.monotonic() >= self._deadline:
            pressed = "" if self.pressed_at is None else ", although Ctrl+C was pressed"
            raise TerminalError(f"did not end within its time ({self._timeout:g} s){pressed}", screen)

    def _comes(self, seconds: float) -> bool:
        """Whether anything comes within `seconds`. TerminalError where the program is seen to wait for input instead,
        two times in a row: one that only just reads what was typed is seen once."""
        until, pause, waited = time.monotonic() + seconds, _SILENCE, False
        while (left := until - time.monotonic()) > 0 and not self._terminal.closed:
            if self._terminal.read(min(pause, left)):
                return True
            if pause < left and self.pressed_at is None:
                waits = self._waits_for_input()
                if waits and waited:
                    raise TerminalError(WAITS_FOR_MORE, last_rows(self._terminal.got))
                waited, pause = waits, _SILENCE if waits else pause * 2
        return False

    def _patience(self, line: str, answer: Answer | None, silent: float) -> float:
        """For how long nothing may come behind a question, before it is answered, or found to have no answer."""
        if answer:
            return _QUIET if answer.at_once else _LONG_SILENCE if answer.is_guess else _SILENCE
        return _SILENCE if asks(line) or line.strip().endswith(self._questions) else silent

    def _answer(self, answer: Answer) -> None:
        """Types it; those before it were for what was not asked."""
        del self._answers[: self._answers.index(answer) + 1]
        self.typed.append((len(self._terminal.got), answer.typed))
        self._terminal.send(f"{answer.typed}{ENTER}" if answer.enter else answer.typed)
        self._terminal.read(ECHO)
