"""Commands that ask for what differs in each run, so that every number they print is made up."""

import re
from functools import lru_cache

from harness.shapes.policies import Row
from harness.shapes.policies.typed import CACHED, programs

_PROGRAMS = {"pgrep", "pidof", "shuf"}
_FIELDS = (".Pid", ".SizeRootFs", ".SizeRw")
_CODE = re.compile(r"\$RANDOM\b|\$!|/dev/u?random\b|\b(?:getpid|rand(?:om|int)?)\b")


@lru_cache(maxsize=CACHED)
def is_asked(command: str) -> bool:
    """Whether the command asks for a number that nobody knows before."""
    return any(
        one.program in _PROGRAMS
        or any(field.endswith(_FIELDS) for field in one.asks_for)
        or any(map(_CODE.search, one.words))
        for one in programs(command)
    )


ROWS = (
    Row(
        name="numbers that are asked for",
        seen=(("762 2026-11-24T11:30:11.956258599Z", "7611 2026-11-24T11:31:33.752620429Z"),),
        damaged=((" 2026", " x 2026"), ("7611", "none")),
        typed="docker inspect -f '{{.State.Pid}} {{.State.StartedAt}}' redis",
    ),
    Row(
        name="octets that are asked for",
        seen=((" ec 21 e9 0d 40 69 13 10", " 9f 1d d4 59 69 5d 4d e6"),),
        damaged=((" 9f", " x9f"), ("4d e6", "4d g6")),
        typed="docker run --rm debian sh -c 'head -c 8 /dev/urandom | od -An -tx1'",
    ),
)
