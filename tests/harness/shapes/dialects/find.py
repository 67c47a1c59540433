"""find, du and grep -rl: a folder's entries come in the order in which its file system keeps them."""

import re

from harness.claims.commands import Command, parse
from harness.shapes.policies import Dialect, Policy, by_folders
from harness.shapes.policies.typed import walks

_SIZE = re.compile(r"\A\d[\d.]{0,19}[KMGT]?\s+")  # of du


def _last(command: str) -> list[Command]:
    """The program that makes the output, where it goes through folders."""
    found = [one for last in parse(command)[-1:] for one in last.at_work[-1:]]
    return [one for one in found if walks(one)]


def _lists(command: str) -> bool:
    return any(one.program != "du" for one in _last(command))


def _adds_up(command: str) -> bool:
    return any(one.program == "du" for one in _last(command))


def _path(line: str) -> str:
    return _SIZE.sub("", line).rstrip("/")


ROWS = (
    Dialect(
        name="files in the order of their folder",
        policy=Policy.SET,
        command=_lists,
        reduce=by_folders(_path),
        seen=(("/w\n/w/app.py\n/w/test.py", "/w\n/w/test.py\n/w/app.py"),),
        damaged=(
            ("app.py", "map.py"),
            ("/w/test.py\n", ""),
            ("test.py", "app.py"),
            ("/w\n/w/test.py", "/w/test.py\n/w"),
        ),
        typed="find /w",
    ),
    Dialect(
        name="folders behind what is in them",
        policy=Policy.SET,
        command=_adds_up,
        reduce=by_folders(_path, before=False),
        seen=(("4\t/w/a\n8\t/w/b\n16\t/w", "8\t/w/b\n4\t/w/a\n16\t/w"),),
        damaged=(("/w/a", "/w/c"), ("4\t/w/a\n", ""), ("4\t/w/a\n16\t/w", "16\t/w\n4\t/w/a")),
        typed="du /w",
    ),
)
