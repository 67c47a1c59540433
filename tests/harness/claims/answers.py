"""A sample -> what the reader answers in it to a program's questions, for sessions.

Are you sure you want to continue? [y/N] y      `[y/N]`: `y`
Proceed (yes/no)?                               `(yes/no)?`: only Enter
Port [8080]:                                    `Port [8080]:`: only Enter
Password: secret                                `Password:`: `secret`, which a terminal doesn't show
Go on? y                                        `Go on?`: `y`, without Enter where `read -n 1` asks
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from harness.claims.commands import Command, parse
from harness.claims.questions import asked, asked_by, labelled

_CHOICE = r"(?:y/n|yes/no)"
_CHOOSES = re.compile(
    rf".*?(?P<question>(?:\({_CHOICE}(?:/[^)\n]{{1,30}})?\)|\[{_CHOICE}(?:/[^]\n]{{1,30}})?\]) ?[?:]?)"
    r"(?: +(?P<typed>\S.*))?",
    re.IGNORECASE,
)
_HAS_DEFAULT = re.compile(r"\s{0,8}[^\W\d][^\[\]:\n]{0,80}\[[^\[\]\n]{1,40}\] ?:")
_TAKES_KEYS = re.compile(r" -\w{0,4}[nN] ?(\d{1,3})\b")


@dataclass(frozen=True)
class Answer:
    """What is typed, before Enter, once a program's question has come."""

    question: str  # what the screen ends with
    typed: str
    at_once: bool = False  # nothing but a question ends so: nobody has to see first that the program waits
    is_guess: bool = False  # an output may be written so as well: the program has to wait for long
    enter: bool = True

    def is_to(self, line: str) -> bool:
        """Whether it answers what the screen ends with."""
        question = self.question.rstrip()
        return line.rstrip() == question if self.is_guess else line.endswith(question)


def answers(sample: str, command: str = "") -> tuple[Answer, ...]:
    """The answers that the sample of a command shows, in their order. What is never asked is no answer."""
    questions = asked_by(command)
    keys = max(map(_keys, parse(command)), default=0)
    found = (answer for line in sample.split("\n") for answer in _in_line(line, questions))
    return tuple(replace(answer, enter=not keys or len(answer.typed) < keys) for answer in found)


def _keys(command: Command) -> int:
    """How many keys bash's `read -n 1` takes, without Enter behind them; 0 for another command."""
    if command.program != "read":
        return 0
    found = _TAKES_KEYS.search(" ".join(command.words))
    return int(found[1]) if found else 0


def _in_line(line: str, questions: Sequence[str]) -> Iterator[Answer]:
    for question in questions:
        if line.startswith(question) and (typed := line[len(question) :].strip()):
            yield Answer(question, typed)
            return
    if found := _CHOOSES.fullmatch(line):
        # The words before it may change, and that is drift.
        yield Answer(found["question"], found["typed"] or "", at_once=True)
        return
    if _HAS_DEFAULT.fullmatch(line.rstrip()):
        yield Answer(line.rstrip(), "")
        return
    known = [Answer(question, typed) for question, typed in asked(line)]
    yield from known
    if not known and (label := labelled(line)):
        yield Answer(*label, is_guess=True)
