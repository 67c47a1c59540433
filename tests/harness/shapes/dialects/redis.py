"""redis-cli: what is in a set, which keys there are, and the settings that a pattern finds come in no order."""

import re

from harness.claims.commands import parse
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy
from harness.shapes.policies.typed import programs

_NUMBER = re.compile(r"\A *\d{1,6}\) ")
_IN_NO_ORDER = frozenset({"keys", "sdiff", "sinter", "smembers", "sunion"})


def _asks_for_set(command: str) -> bool:
    return any(
        one.program == "redis-cli" and "".join(one.arguments[:1]).lower() in _IN_NO_ORDER for one in programs(command)
    )


def _only_asks_for_set(command: str) -> bool:
    """Whether a set is all that it shows; without a terminal its members have no numbers."""
    return len(parse(command)) == 1 and _asks_for_set(command)


def _only_asks_for_settings(command: str) -> bool:
    found = parse(command)
    asked = [[word.lower() for word in one.arguments[:2]] for one in programs(command) if one.program == "redis-cli"]
    return len(found) == 1 and asked == [["config", "get"]]


def _in_pairs(run: list[Line]) -> list[Line]:
    """The lines, each name with the value below it, in the order of the names."""
    lines = [line.rewritten(_NUMBER, "- ") for line in run]
    pairs = [lines[start : start + 2] for start in range(0, len(lines), 2)]
    return [line for pair in sorted(pairs, key=lambda pair: pair[0].spelled) for line in pair]


def _without_numbers(run: list[Line]) -> list[Line]:
    return sorted((line.rewritten(_NUMBER, "- ") for line in run), key=lambda line: line.spelled)


ROWS = (
    Dialect(
        name="members of a set, beside other answers",
        lines=r" *\d{1,6}\) .*",
        policy=Policy.REDUCED,
        command=_asks_for_set,
        reduce=_without_numbers,
        seen=(('1) "red"\n2) "blue"', '1) "blue"\n2) "red"'),),
        damaged=(("red", "rod"), ('\n2) "red"', "")),
        typed="docker exec cache redis-cli sadd tags red; docker exec cache redis-cli smembers tags",
    ),
    Dialect(
        name="a set",
        policy=Policy.SET,
        command=_only_asks_for_set,
        reduce=_without_numbers,
        seen=(("city:1\ncapital", "capital\ncity:1"),),
        damaged=(("capital", "capitol"), ("\ncity:1", "")),
        typed="docker exec cache redis-cli keys 'c*'",
    ),
    Dialect(
        name="settings",
        policy=Policy.REDUCED,
        command=_only_asks_for_settings,
        reduce=_in_pairs,
        seen=(("maxmemory\n0\nmaxclients\n500", "maxclients\n500\nmaxmemory\n0"),),
        damaged=(("maxclients", "maxclient"), ("500", "50"), ("maxclients\n500", "500\nmaxclients"), ("\n0", "")),
        typed="docker exec cache redis-cli config get 'max*'",
    ),
)
