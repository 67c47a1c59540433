"""A sample -> what the reader answers in it to a program's questions, for sessions.

Are you sure you want to continue? [y/N] y      `[y/N]`: `y`
Proceed (yes/no)?                               `(yes/no)?`: only Enter
Password: secret                                `Password:`: `secret`, which a terminal doesn't show
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.claims.questions import asked

_CHOICE = r"(?:y/n|yes/no)"
_CHOOSES = re.compile(
    rf".*?(?P<question>(?:\({_CHOICE}(?:/[^)\n]{{1,30}})?\)|\[{_CHOICE}(?:/[^]\n]{{1,30}})?\]) ?[?:]?)"
    r"(?: +(?P<typed>\S.*))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
    """What is typed, before Enter, once a program's question has come."""

    question: str  # what the screen ends with
    typed: str
    at_once: bool = False  # nothing but a question ends so: nobody has to see first that the program waits


def answers(sample: str) -> tuple[Answer, ...]:
    """The answers that a sample shows, in their order. What is never asked is no answer."""
    return tuple(answer for line in sample.split("\n") for answer in _in_line(line))


def _in_line(line: str) -> Iterator[Answer]:
    if found := _CHOOSES.fullmatch(line):
        # The words before it may change, and that is drift.
        yield Answer(found["question"], found["typed"] or "", at_once=True)
        return
    yield from (Answer(question, typed) for question, typed in asked(line))
