"""Turns a pipeline that draws octets or asks the clock into the form of the text that it makes of them: for asked.

head -c 8 /dev/urandom | xxd -p                          16 hexadecimal digits
openssl rand -base64 12 | tr -d '+/='                    1 to 16 letters and digits
head -c 8 /dev/urandom | xxd                             8 octets, and what they are as letters
tr -dc A-Z < /dev/urandom | head -c 6                    6 capitals
uuidgen | cut -d- -f1                                    8 hexadecimal digits
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harness.claims.shell import SimpleCommand
from harness.shapes import programs
from harness.shapes.kinds import ASKED, RANDOM_TEXT
from harness.shapes.programs import MANY, Place

_RANDOM_FILES = frozenset({"/dev/random", "/dev/urandom"})
_SOURCE = re.compile(r"/dev/u?random\b|\Adate \+%[sN]")
_OPENSSL = re.compile(r"\bopenssl rand (?P<as>-hex|-base64) (?P<octets>\d{1,3})\b")
_UUID = re.compile(r"uuidgen\b|cat /proc/sys/kernel/random/uuid\b")
_FIRST_OF_UUID = re.compile(r"cut -d ?- -f ?1")
_OCTETS = re.compile(r"\bhead -c ?(\d{1,4})\b")
_LENGTH = re.compile(r"head -c ?(\d{1,3})|cut -[bc] ?1?-(\d{1,3})|fold -w ?(\d{1,3})")
_FIRST_LINES = re.compile(r"head(?: -n ?\d{1,3}| -\d{1,3})?")
_KEPT = re.compile(r"tr -[a-z]{0,2}c[a-z]{0,2} (\S{1,60})")
_CLASSES, _RANGES = re.compile(r"\[:(\w{1,6}):\]"), re.compile(r"(?:\w(?:-\w)?){1,40}")
_OF_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "digit": "0-9",
    "lower": "a-z",
    "upper": "A-Z",
    "xdigit": "0-9a-f",
}
_ENCODES = re.compile(r"base64(?: (?:-w ?\d{1,3}|--wrap=\d{1,3}|/dev/u?random))*")
_SUMS = re.compile(r"(?:md5|sha\d{1,3}|b2|shasum)")
_DIGITS = {"md5sum": 32, "sha1sum": 40, "sha224sum": 56, "sha256sum": 64, "sha384sum": 96, "sha512sum": 128}
_DUMPS = re.compile(r"xxd -(?:p|ps)\b|od -A ?n -t ?x1|hexdump ")
_KEEPS_LETTERS, _DELETES = re.compile(rf"tr |{_ENCODES.pattern}\Z"), re.compile(r"tr -[a-z]{0,2}d")
_MOVED = re.compile(r"tr [^-\s]\S{0,60} (\S{1,60})")
_HEXADECIMAL, _BASE64, _OF_UUID = "[0-9a-f]", "[+/0-9A-Za-z]", "[-0-9a-f]"
_IN_LINE = 16  # octets in a line of a dump


class _Dump(NamedTuple):
    """How a tool shows octets, each line behind its offset."""

    tool: re.Pattern[str]
    offset: str
    octets: str  # the form of so many: `{0}` is how many, `{1}` how many pairs, `{2}` how many are left then
    has_end: bool  # the offset behind the last octet, alone on a line


_DUMPS_WITH_OFFSETS = (
    _Dump(re.compile("xxd"), "{:08x}:", r" ((?:[0-9a-f]{{4}} ){{{1}}}(?:[0-9a-f]{{2}} ){{{2}}} [ -~]{{0,{0}}})", False),
    _Dump(
        re.compile("hexdump -C|hd"),
        "{:08x}",
        r"  ((?:[0-9a-f]{{2}} {{1,2}}){{{0}}}\|[ -~]{{1,{0}}}\|)",  # two blanks are read as one
        True,
    ),
    _Dump(re.compile("od -t ?x1"), "{:07o}", r"((?: [0-9a-f]{{2}}){{{0}}})", True),
)
_OF_XXD = 30  # octets in a line of `xxd -p`


def places(pipeline: Sequence[SimpleCommand]) -> Iterator[Place]:
    """What is made of random octets, or of a clock, is as long as was asked for: `head -c 8 /dev/urandom | xxd -p`."""
    first, *others = (" ".join(simple.program) for simple in pipeline)
    if others and _FIRST_LINES.fullmatch(others[-1]):
        others = others[:-1]
    openssl, uuid = _OPENSSL.search(first), _UUID.match(first)
    is_random = openssl or uuid or _RANDOM_FILES.intersection(pipeline[0].reads) or _SOURCE.search(first)
    if not others or not is_random:
        return
    if uuid and all(map(_MOVED.fullmatch, others)):
        yield Place(re.compile(rf"\A({_letters(others, _OF_UUID)}{{36}})\Z"), 1, RANDOM_TEXT)
    if uuid and _FIRST_OF_UUID.fullmatch(others[-1]):
        yield Place(re.compile(r"\A([0-9a-f]{8})\Z"), 1, RANDOM_TEXT)
    if digits := _DIGITS.get(others[-1]):
        yield Place(re.compile(rf"\A([0-9a-f]{{{digits}}})  ?-\Z"), 1, RANDOM_TEXT)
    octets, length = _OCTETS.search(first), _LENGTH.fullmatch(others[-1])
    number = int(octets[1]) if octets else int(openssl["octets"]) if openssl else 0
    steps = others[:-1] if length else others
    written = "" if not openssl else _HEXADECIMAL if openssl["as"] == "-hex" else _BASE64
    if octets and len(others) == 1:
        yield from _dumped(others[0], number)
    form = _letters((first, *steps), _OF_UUID if uuid else written)
    if form and length:
        yield Place(re.compile(rf"\A({form}{{{int(next(filter(None, length.groups())))}}})\Z"), MANY, RANDOM_TEXT)
    elif len(others) == 1 and _ENCODES.fullmatch(others[0]) and number:
        yield Place(re.compile(rf"\A{programs.base64(number)}\Z"), 1, RANDOM_TEXT)
    elif form == _HEXADECIMAL and 0 < number <= _OF_XXD and not any(map(_SUMS.match, others)):
        yield Place(re.compile(rf"\A({form}{{{number * 2}}})\Z"), 1, RANDOM_TEXT)
    elif number and form and (openssl or any(map(_ENCODES.fullmatch, steps))) and all(map(_KEEPS_LETTERS.match, steps)):
        most = number * 2 if openssl and openssl["as"] == "-hex" else -(-number // 3) * 4
        is_shorter = any(map(_DELETES.match, steps))
        yield Place(re.compile(rf"\A({form}{{{1 if is_shorter else most},{most}}})\Z"), 1, ASKED)


def _dumped(tool: str, octets: int) -> Iterator[Place]:
    """The lines of a dump of so many octets."""
    for dump in (one for one in _DUMPS_WITH_OFFSETS if one.tool.fullmatch(tool)):
        for start in range(0, octets, _IN_LINE):
            number = min(octets - start, _IN_LINE)
            shown = dump.octets.format(number, *divmod(number, 2))
            yield Place(re.compile(rf"\A{dump.offset.format(start)}{shown}\Z"), 1, RANDOM_TEXT)
        if dump.has_end:
            yield Place(re.compile(rf"\A{dump.offset.format(octets)}\Z"), 1)


def _letters(steps: Sequence[str], form: str) -> str:
    """The form of each letter that the steps of a pipeline make of random octets; empty where it isn't known.

    `form`: of what the first one prints, where it writes them as letters itself.
    """
    for step in steps:
        if kept := _KEPT.fullmatch(step):
            ranges = _ranges(kept[1])
            form = f"[{ranges}]" if ranges else r"\S"
        elif _ENCODES.fullmatch(step):
            form = _BASE64
        elif _SUMS.match(step) or _DUMPS.match(step):
            form = _HEXADECIMAL
        elif form and (moved := _MOVED.fullmatch(step)):
            ranges = _ranges(moved[1])
            form = rf"(?:{form}|[{ranges}])" if ranges else r"\S"
    return form


def _ranges(letters: str) -> str:
    """The ranges of letters that `tr` is told, as a pattern has them; empty where they aren't plain."""
    ranges = _CLASSES.sub(lambda name: _OF_CLASSES.get(name[1], ""), letters)
    return ranges if _RANGES.fullmatch(ranges) else ""
