"""What a row asks of the command that was typed, which is parsed once (claims/commands.py)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from harness.claims.commands import Command, parse

CACHED = 4096  # answers that are kept: the output of a command is compared several times
TEXT_TOOLS = frozenset(
    {
        *("awk", "cat", "column", "cut", "echo", "grep", "head", "less", "more", "nl", "printf", "rev", "sed", "sort"),
        *("tac", "tail", "tr", "uniq"),
    }
)

_KEEP_ORDER = frozenset({"cat", "grep", "head", "tail", "tee", "uniq"})
_SELECTS = re.compile(r"sed (?:-n [\d$]{1,9}(?:,[\d$]{1,9})?p|\d{1,9}q|\d{1,9}(?:,[\d$]{1,9})?d)")
_MAY_DROP_TITLES = frozenset({"awk", "cut", "grep", "sed", "tail", "tr"})  # or leave none of their columns


@dataclass(frozen=True)
class Typed:
    """Whether a typed text runs a program of that plain name, with one of the options, with `word` in a word of it."""

    name: str = ""  # with its subcommand, or of all its subcommands; empty: any
    options: tuple[str, ...] = ()
    word: str = ""

    @lru_cache(maxsize=CACHED)  # noqa: B019  (rows are there as long as the program runs)
    def __call__(self, text: str) -> bool:
        return any(
            f"{command.plain_name} ".startswith(f"{self.name} " if self.name else "")
            and (not self.options or command.has(*self.options))
            and any(self.word in word for word in command.words)
            for command in programs(text)
        )


def without_titles(name: str) -> Callable[[str], bool]:
    """Whether a typed text lists things without titles, or a text tool may have left these out; not sorted."""
    asks, lists = Typed(name, ("-q", "--quiet", "--format")), Typed(name)

    def lists_without(text: str) -> bool:
        drops = any(one.program in _MAY_DROP_TITLES for one in parse(text))
        return asks(text) or (lists(text) and drops and not is_sorted(text))

    return lists_without


@lru_cache(maxsize=CACHED)
def shows_text(text: str) -> bool:
    """Whether a typed text only shows what stands in files, or in the text itself: no tool's own words."""
    found = [command for one in parse(text) for command in one.at_work]
    return bool(found) and all(one.program in TEXT_TOOLS and not (walks(one) or mixes(one)) for one in found)


def walks(command: Command) -> bool:
    """Whether a program goes through folders and names the files in them: find, du, `grep -rl`, `tar -cv`."""
    is_grep = command.program == "grep" and any(word[:1] == "-" and {"r", "l"} <= {*word} for word in command.words)
    is_tar = command.program == "tar" and {"c", "v"} <= {*"".join(command.words[1:2])}
    return not command.piped and (command.program in ("find", "du") or is_grep or is_tar)


def keeps_order(command: Command) -> bool:
    """Whether a program prints lines that it reads, or what it takes of them, in their order."""
    if command.program == "column":
        return command.options.keys() <= {"-t", "--table"}
    if command.program == "sed":
        return bool(_SELECTS.fullmatch(" ".join(command.words)))
    return command.program in _KEEP_ORDER


@lru_cache(maxsize=CACHED)
def in_its_order(text: str) -> Command | None:
    """The last program of a text that gives the lines their order: behind it these are only chosen."""
    found = parse(text)
    while found and found[-1].piped and keeps_order(found[-1]):
        found = found[:-1]
    return found[-1] if found else None


@lru_cache(maxsize=CACHED)
def is_sorted(text: str) -> bool:
    """Whether the order of the lines is that of `sort`."""
    last = in_its_order(text)
    return last is not None and last.program == "sort" and not mixes(last)


def mixes(command: Command) -> bool:
    """Whether a program prints the lines that it reads in an order that nobody knows before."""
    return command.program == "shuf" or (command.program == "sort" and command.has("-R", "--random-sort"))


@lru_cache(maxsize=CACHED)
def programs(text: str) -> tuple[Command, ...]:
    """All programs that a typed text runs, with those in containers whose output is shown."""
    return tuple(_with_inner(parse(text)))


def _with_inner(commands: Iterable[Command]) -> Iterator[Command]:
    for command in commands:
        yield command
        if command.inner and not command.has("-d", "--detach"):
            yield from _with_inner(command.inner.unwrapped)
