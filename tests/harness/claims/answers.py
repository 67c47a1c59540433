"""A sample -> what the reader answers in it to a program's questions, for sessions.

Are you sure you want to continue? [y/N] y      `[y/N]`: `y`
Proceed (yes/no)?                               `(yes/no)?`: only Enter
"""

import re
from dataclasses import dataclass

_CHOICE = r"(?:y/n|yes/no)"
_ASKED = re.compile(
    rf"^.*?(?P<question>(?:\({_CHOICE}(?:/[^)\n]{{1,30}})?\)|\[{_CHOICE}(?:/[^]\n]{{1,30}})?\]) ?[?:]?)"
    r"(?: +(?P<typed>\S.*))?$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Answer:
    """What is typed, before Enter, once a program's question has come."""

    question: str  # the end of it: its words may change, and that is drift
    typed: str


def answers(sample: str) -> tuple[Answer, ...]:
    """The answers that a sample shows, in their order."""
    return tuple(Answer(found["question"], found["typed"] or "") for found in _ASKED.finditer(sample))
