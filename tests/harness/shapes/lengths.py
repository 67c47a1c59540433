"""Says whether a count is known before, though nobody knows what is counted: for asked.

head -c 9 /dev/urandom | wc -c               9
head -c 9 /dev/urandom | wc -l               not known
head -c 9 /dev/urandom | base64 | wc -l      1
shuf -i 1-45 -n 6 | wc -l                    6
"""

import re
from collections.abc import Sequence

from harness.claims.commands import Command, commands_of
from harness.claims.shell import SimpleCommand
from harness.shapes.mixed import prints_all
from harness.shapes.policies.typed import mixes

_OCTETS = frozenset({"-c", "--bytes", "-m", "--chars"})
_LINES = frozenset({"-l", "--lines", "-w", "--words"})
_MAKE_LETTERS = re.compile(r"openssl|uuidgen|(?:md5|sha\d{1,3}|b2)sum")  # always as many
_ENCODES = re.compile(r"base32|base64|hexdump|od|xxd")
_SO_MANY = re.compile(r"-[Nln] ?\d{0,9}\Z")  # of od, xxd and hexdump
_FILLING = re.compile(r"(?:=|\\n| )+")  # what is always as much
_KEEP = frozenset({"cat", "nl", "rev", "sort", "tac", "tee"})


def is_known(pipeline: Sequence[SimpleCommand]) -> bool:
    """Whether a pipeline only says how long something random is, of which that is known."""
    steps = [one for simple in pipeline for command in commands_of(simple) for one in command.at_work]
    if not steps or steps[-1].program != "wc" or steps[-1].arguments or not steps[-1].options:
        return False
    known: frozenset[str] = frozenset()
    for step in steps[:-1]:
        known = _known(step, known)
    return known.issuperset(steps[-1].options)


def _known(step: Command, before: frozenset[str]) -> frozenset[str]:
    """What is known of the length of what a step prints, as options of wc; `before`: of what it reads."""
    if mixes(step):
        return _OCTETS | _LINES if prints_all(step) else _LINES
    if (step.program == "head" and step.has("-c", "--bytes")) or (
        step.program == "dd" and any(word.startswith("count=") for word in step.words)
    ):
        return _OCTETS
    is_encoded = _ENCODES.fullmatch(step.program) and (before or any(map(_SO_MANY.match, step.words)))
    if _MAKE_LETTERS.fullmatch(step.program) or is_encoded:
        return _OCTETS | _LINES
    if step.program == "tr" and step.has("-d", "--delete"):
        is_filling = before >= _LINES and all(map(_FILLING.fullmatch, step.arguments))  # of base64
        return before & _OCTETS if is_filling else frozenset()
    if step.program in ("pgrep", "pidof"):
        return _LINES
    if step.program in ("head", "tail"):
        return before & _LINES
    return before if step.program in _KEEP else frozenset()
