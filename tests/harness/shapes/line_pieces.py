r"""Cuts pieces out of the form of a line, by columns or by a regular expression: for filters.

(64 digits), up to column 7                       (7 digits)
 "Pid": (4242), what `[0-9]*` is behind `: `      (4242)

A regular expression is tried on examples of the line. It says nothing where they don't agree on its places.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from harness.shapes.line_patterns import PROCESS, LineForm

_OF_SIGNS = re.compile(r"\((?P<ranges>\[[^\]]*\]|\\d)\{(?:(?P<least>\d{1,3}),)?(?P<width>\d{1,3})\}\)")
_RANGE = re.compile(r"(.)-(.)|\\?(.)", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_UNKNOWN = "\N{OBJECT REPLACEMENT CHARACTER}"  # is in no range of signs
_OPEN_WIDTH = 4  # of an example of what may be longer
_PART = re.compile(r"\\.|\[\^?\]?(?:\[:\w{1,10}:\]|[^\]])*\]|.", re.DOTALL)
_CLASSES = {
    "alnum": "0-9A-Za-z", "alpha": "A-Za-z", "digit": "0-9", "lower": "a-z", "space": " \t\n", "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}  # fmt: skip
_CLASS = re.compile(r"\[:(\w{1,10}):\]")
_MOST_REPEATS = 3  # so that an expression takes no long time
_REPEAT = re.compile(r"(?<!\\)(?:[*+]|\{\d{1,9},\d{0,9}\})")
_REPEATED_GROUP = re.compile(r"(?<!\\)\)[*+{]")
_KEPT_FROM = r"\K"

Spans = tuple[tuple[int, int], ...]  # of a match and its groups


class Signs(NamedTuple):
    """The signs of which something made up consists."""

    ranges: str  # as a pattern
    width: int
    is_wide: bool  # as wide as that, always

    @property
    def letters(self) -> frozenset[str]:
        return frozenset(in_order("0-9" if self.ranges == r"\d" else self.ranges[1:-1]))

    def of(self, letters: frozenset[str], *, is_wide: bool) -> "Signs":
        """As many of other signs."""
        return Signs(f"[{''.join(map(re.escape, sorted(letters)))}]", self.width, is_wide)

    @property
    def form(self) -> str:
        return rf"({self.ranges}{{{self.width if self.is_wide else f'0,{self.width}'}}})"


def signs(form: str) -> Signs | None:
    """The signs of what has this form; None where the form says more than that."""
    if form == PROCESS:
        return Signs(r"\d", 20, is_wide=False)
    found = _OF_SIGNS.fullmatch(form)
    return Signs(found["ranges"], int(found["width"]), is_wide=not found["least"]) if found else None


def in_order(ranges: str) -> str:
    """The signs that `a-f`, `0-9` or `[:upper:]` names, as `tr` reads them."""
    found = []
    for low, high, alone in _RANGE.findall(_CLASS.sub(lambda name: _CLASSES.get(name[1], ""), ranges)):
        found += [chr(number) for number in range(ord(low), ord(high) + 1)] if low else [alone]
    return "".join(found)


# What `tr` is told to make large letters of small ones, and small ones of large ones.
UPPER, LOWER = (in_order("a-zA-Z"), in_order("A-ZA-Z")), (in_order("a-zA-Z"), in_order("a-za-z"))


class _Example(NamedTuple):
    """A line of a form, and where what is made up stands in it."""

    text: str
    values: Spans


def example(form: LineForm) -> str:
    return _example(form).text


def _example(form: LineForm, preferred: str = "4") -> _Example:
    text, values = form.texts[0], []
    for one, behind in zip(form.between, form.texts[1:], strict=True):
        known = signs(one)
        sign = (
            preferred if known and preferred in known.letters else min(known.letters, default="") if known else _UNKNOWN
        )
        width = (known.width if known.is_wide else _OPEN_WIDTH) if known else 1
        values.append((len(text), len(text) + width))
        text += sign * width + behind
    return _Example(text, tuple(values))


def piece(form: LineForm, start: int, end: int) -> LineForm | None:
    """What stands between two places of its examples; None where it cuts through what may be longer."""
    example = _example(form)
    texts, between, done = [""], list[str](), 0
    for one, (first, last) in zip((*form.between, ""), (*example.values, (len(example.text),) * 2), strict=True):
        texts[-1] += example.text[max(start, done) : max(min(end, first), start)] if start < first else ""
        done = last
        low, high = max(start, first), min(end, last)
        if low >= high:
            continue
        known = signs(one)
        if high - low < last - first and not (known and known.is_wide):
            return None
        between.append(known._replace(width=high - low).form if known and high - low < last - first else one)
        texts.append("")
    return LineForm(tuple(texts), tuple(between))


def columns(form: LineForm, start: int, end: int) -> LineForm:
    """The characters from one to before another, to the end for 0; itself where their places are not known.

    A `start` below 0 counts from the end.
    """
    example = _example(form)
    is_open = [not ((known := signs(one)) and known.is_wide) for one in form.between]
    if start < 0:
        start = max(len(example.text) + start, 0)
        is_known = not any(
            is_open_ and last > start for is_open_, (_, last) in zip(is_open, example.values, strict=True)
        )
    else:
        limit = end or start
        is_known = not any(
            is_open_ and first < limit for is_open_, (first, _) in zip(is_open, example.values, strict=True)
        )
    return (piece(form, start, end or len(example.text)) if is_known else None) or form


def matches(form: LineForm, expression: re.Pattern[str]) -> list[Spans] | None:
    """Where an expression is in the line, with its groups; None where nobody knows."""
    lines = [_example(form, preferred).text for preferred in "4a"]
    found = [[match.regs for match in expression.finditer(line)] for line in lines]
    return found[0] if found[0] == found[1] else None


@lru_cache(maxsize=256)
def expression(text: str, *, is_extended: bool) -> re.Pattern[str] | None:
    r"""The regular expression of a text tool; None where it isn't read. What stands behind `\K` is its group "kept"."""
    before, kept, behind = text.partition(_KEPT_FROM)
    written = "".join(_parts(f"{before}(?P<kept>{behind})" if kept else text, is_extended=is_extended or bool(kept)))
    if len(_REPEAT.findall(written)) > _MOST_REPEATS or _REPEATED_GROUP.search(written):
        return None
    try:
        return re.compile(written)
    except re.error:
        return None


def _parts(text: str, *, is_extended: bool) -> Iterator[str]:
    for part in _PART.findall(text):
        if part[0] == "[" and len(part) > 1:
            yield _CLASS.sub(lambda name: _CLASSES.get(name[1], ""), part).replace("[", r"\[").replace(r"\[", "[", 1)
        elif is_extended:
            yield part
        elif part[-1] in "(){}|+?":
            yield part[-1] if part[0] == "\\" else rf"\{part}"
        else:
            yield part


def mapped(form: LineForm, old: str, new: str) -> LineForm:
    """The line with other signs in the place of some."""
    table = str.maketrans(old, new)
    between = tuple(_mapped_form(one, old, new) for one in form.between)
    return LineForm(tuple(text.translate(table) for text in form.texts), between)


def _mapped_form(form: str, old: str, new: str) -> str:
    known = signs(form)
    if not known:  # its letters may be larger, or smaller
        return f"(?i:{form})" if old.lower() == new.lower() else form
    letters = frozenset("".join(known.letters).translate(str.maketrans(old, new)))
    return form if letters == known.letters else known.of(letters, is_wide=known.is_wide).form


def fields_of(form: LineForm, separator: str) -> list[LineForm]:
    """The fields of a line; what stands between its texts is taken to be part of one."""
    several = expression(separator, is_extended=True) if len(separator) > 1 else None
    cut = several if several and not several.groups else None
    cut = cut or (re.compile(re.escape(separator)) if separator.strip() or separator == "\t" else _BLANKS)
    texts = form.texts if separator else (form.texts[0].lstrip(), *form.texts[1:])
    fields = [[""]]
    values: list[list[str]] = [[]]
    for index, text in enumerate(texts):
        first, *others = cut.split(text)
        fields[-1][-1] += first
        fields += [[other] for other in others]
        values += [[] for _ in others]
        if index < len(form.between):
            values[-1].append(form.between[index])
            fields[-1].append("")
    return [LineForm(tuple(some), tuple(others)) for some, others in zip(fields, values, strict=True)]
