"""find, du, grep -rl and tar: a folder's entries come in the order in which its file system keeps them."""

import re
from collections.abc import Sequence

from harness.claims.commands import Command, parse
from harness.shapes.keys import literal
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy, by_folders
from harness.shapes.policies.typed import in_its_order, programs, walks

_SIZE = re.compile(r"\A\d[\d.]{0,19}[KMGT]?\s+")  # of du

_SUMMARIZED = re.compile(r"-[a-z]*s[a-z]*|--summarize")  # what du was given, in that order
_LISTS = re.compile(r"t|x.*v|v.*x")  # of the letters of tar
_IN_ARCHIVE = re.compile(r"\A[-a-z]{10} +\S+ +\d+ \d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? ")  # of tar -tv
_LISTING = "backup/\nbackup/app.py\nbackup/test.py"


def _last(command: str) -> list[Command]:
    """The program that makes the output, where it goes through folders."""
    last = in_its_order(command)
    return [one for one in last.at_work[-1:] if walks(one)] if last else []


def _lists(command: str) -> bool:
    return any(one.program != "du" for one in _last(command))


def _adds_up(command: str) -> bool:
    return any(one.program == "du" and not any(map(_SUMMARIZED.fullmatch, one.words)) for one in _last(command))


def _path(line: str) -> str:
    return _SIZE.sub("", line).rstrip("/")


def _lists_archive(command: str) -> bool:
    found = [one for last in parse(command)[-1:] for one in last.at_work[-1:]]
    return any(one.program == "tar" and not one.piped and _LISTS.search("".join(one.words[1:2])) for one in found)


def _has_packed(commands: Sequence[str]) -> bool:
    """Whether tar has made an archive, and not docker, which sorts what it packs."""
    found = (one for command in commands for one in programs(command) if one.program == "tar")
    return any("c" in "".join(one.words[1:2]) for one in found)


def _behind_their_folders(run: list[Line]) -> list[Line]:
    """The lines, each that has no folder above it with its place: what was named itself comes as it was named."""
    paths = [_IN_ARCHIVE.sub("", line.text).rstrip("/") for line in run]
    return [
        line if path.rpartition("/")[0] in paths[:place] else line.standing_for((literal(f"at {place}"), *line.key))
        for place, (line, path) in enumerate(zip(run, paths, strict=True))
    ]


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
    Dialect(
        name="files of an archive in the order of their folder",
        policy=Policy.SET,
        command=_lists_archive,
        history=_has_packed,
        reduce=_behind_their_folders,
        seen=((_LISTING, "backup/\nbackup/test.py\nbackup/app.py"),),
        damaged=(("app.py", "map.py"), ("\nbackup/app.py", ""), ("backup/\nbackup/test.py", "backup/test.py\nbackup/")),
        typed="tar cf backup.tar backup; tar tf backup.tar",
    ),
)
