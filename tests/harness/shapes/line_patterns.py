"""Makes patterns of the lines that something prints, of its literal texts and of what stands between: for asked."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

NUMBER = r"(\d{1,20})"
PROCESS = r"(?:[01](?!\d)|(\d{1,20}))"  # 1 is known before: a container's first process; and 0: none
DECIMAL = r"(-?\d{1,20}(?:\.\d{1,20})?)"
KERNEL = r"(\d{1,2}\.\d{1,3}\S{0,80}?)"
ARCHITECTURE = r"(x86_64|amd64|aarch64|arm64|armv7l|arm|ppc64le|riscv64|s390x)"
ANYTHING = ".*?"
# All numbers, octets in hexadecimal too.
EVERY_NUMBER = re.compile(
    r"(?<![0-9A-Za-z_.])([0-9a-f]{2}(?: [0-9a-f]{2}){3,64}|(?=[a-f]{0,7}\d)[0-9a-f]{8,64}|\d{1,20})(?![0-9A-Za-z_.])"
)
CONVERSION = re.compile(r"%[-+ 0-9.]*[a-zA-Z]")  # of printf
_MOST_VALUES = 200  # in one line: nobody asks for more, and a pattern of thousands takes minutes to make
_NO_LINE = re.compile("(?!)")
_BLANK = re.compile(r"(?:\\t|\s)+")
_WHOLE_LINE = re.compile(r"\\A(?:\\s\*)?(.*?)(?:\\s\*)?\\Z")  # as a pattern


class LineForm(NamedTuple):
    """A line made of literal texts, and of the forms of what stands between them: one text more than forms."""

    texts: tuple[str, ...]
    between: tuple[str, ...]

    @classmethod
    def of_text(cls, text: str) -> "LineForm":
        return cls((text,), ())

    @classmethod
    def of_pattern(cls, pattern: re.Pattern[str]) -> "LineForm | None":
        """One thing of the form that a pattern has for a whole line; None where it is not for a whole line."""
        whole = _WHOLE_LINE.fullmatch(pattern.pattern)
        return cls(("", ""), (f"(?:{whole[1]})",)) if whole else None

    @property
    def pattern(self) -> re.Pattern[str]:
        return line_pattern(self.texts, self.between)


def joined_forms(forms: Iterable[LineForm], text: str = "") -> LineForm:
    """The form of a line in which one stands behind the other, with a text between them."""
    texts, between = [""], list[str]()
    for index, form in enumerate(forms):
        first, *others = form.texts
        texts[-1] += (text if index else "") + first
        texts += others
        between += form.between
    return LineForm(tuple(texts), tuple(between))


def line_pattern(texts: Sequence[str], between: Sequence[str]) -> re.Pattern[str]:
    """A line made of literal texts, and what stands between them, in linear time.

    Each text is where it first comes; the one before a number at the end where it last comes.
    """
    if len(between) > _MOST_VALUES:
        return _NO_LINE
    texts = (texts[0].lstrip(), *texts[1:])
    first, *others = [r"\s+".join(map(re.escape, _BLANK.split(text))) for text in texts]
    last = len(others) - 1
    pieces = [
        f"(?>{piece}{text})" if index < last and piece == ANYTHING else f"{piece}{text}"
        for index, (piece, text) in enumerate(zip(between, others, strict=True))
    ]
    if tuple(between[-2:]) in ((ANYTHING, NUMBER), (ANYTHING, PROCESS)):
        pieces[-2] = f".*{others[-2]}"
    return re.compile(rf"\A\s*{first}{''.join(pieces)}\s*\Z")


def joined(texts: Sequence[str], between: Sequence[str]) -> str:
    """A pattern of literal texts, and of what stands between them, for a place inside a line."""
    first, *others = map(re.escape, texts)
    return first + "".join(piece + text for piece, text in zip(between, others, strict=True))


def between(least: int, most: int, *, is_group: bool = True) -> str:
    """A pattern of the whole numbers from one to another, neither of them below 0; a group where that is asked for."""
    lengths = range(len(str(least)), len(str(most)) + 1)
    ranges = [(max(least, 10 ** (length - 1) if length > 1 else 0), min(most, 10**length - 1)) for length in lengths]
    opening = "(" if is_group else "(?:"
    return f"{opening}{'|'.join(_digits(str(low), str(high)) for low, high in ranges)})(?!\\d)"


def _digits(low: str, high: str) -> str:
    """The numbers from one to another that is as long."""
    if low == high:
        return low
    if low[0] == high[0]:
        return low[0] + _digits(low[1:], high[1:])
    behind = len(low) - 1
    is_below, is_above = low[1:] != "0" * behind, high[1:] != "9" * behind
    first, last = int(low[0]) + is_below, int(high[0]) - is_above
    found = [low[0] + _digits(low[1:], "9" * behind)] if is_below else []
    found += [f"[{first}-{last}]\\d{{{behind}}}"] if first <= last else []
    found += [high[0] + _digits("0" * behind, high[1:])] if is_above else []
    return f"(?:{'|'.join(found)})"
