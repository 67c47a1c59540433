"""Turns the form of a date, as `date` and strftime take it, into the pattern of what it prints: for programs, printed.

%A %H:%M      (Friday) (11):(48)
"""

import re
from collections.abc import Iterator

from harness.shapes.line_patterns import ANYTHING, NUMBER, joined

_CONVERSION = re.compile(r"%(?P<flags>[-_0^#:]{0,3})(?P<width>\d{0,2})(?P<letter>[A-Za-z%])")
_MONTH, _DAY, _HOUR, _SIXTY = r"(?:0\d|1[0-2])", r"[0-3]\d", r"[01]\d|2[0-3]", r"[0-6]\d"
_FORMS = {
    "%": "%",
    **dict.fromkeys("CegGklnuw", NUMBER),
    **dict.fromkeys("UVWy", r"(\d\d)"), "d": f"({_DAY})", "m": f"({_MONTH})", "H": f"({_HOUR})", "I": r"(0\d|1[0-2])",
    **dict.fromkeys("MS", f"({_SIXTY})"),
    "j": r"(\d{3})", "Y": r"(\d{4})", "N": r"(\d{1,9})", "s": r"(\d{10})", "f": r"(\d{6})",
    "a": r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun|[월화수목금토일])",
    "A": r"((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[월화수목금토일]요일)",
    **dict.fromkeys("bh", r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d{1,2}월)"),
    "B": r"(January|February|March|April|May|June|July|August|September|October|November|December|\d{1,2}월)",
    **dict.fromkeys("pP", r"([AaPp][Mm]|오[전후])"),
    "D": rf"({_MONTH}/{_DAY}/\d\d)", "F": rf"(\d{{4}}-{_MONTH}-{_DAY})", "R": f"((?:{_HOUR}):{_SIXTY})",
    "T": f"((?:{_HOUR}):{_SIXTY}:{_SIXTY})",
}  # fmt: skip
_UNPADDED = {**dict.fromkeys("dImUVWyHMS", r"(\d{1,2})"), "j": r"(\d{1,3})"}  # %-d, %_d
_A_DAY = re.compile(r"@\d+|.*\d{4}-\d\d-\d\d.*|.*\d{1,2}/\d{1,2}/\d{4}.*")
_FROM_NOW = re.compile(r"ago|last|next|now|today|tomorrow|yesterday")
_SO_LONG = re.compile(r"[-+]? ?\d{1,6} ?(?:sec|min|hour|day|week|month|year)[a-z]*")
_BY_COMMAND = re.compile(r"\$\(|`")


def is_fixed(text: str) -> bool:
    """Whether `date -d` is told a day that is the same whenever it is asked."""
    return bool(_A_DAY.fullmatch(text)) and not _FROM_NOW.search(text)


def is_of_run(text: str) -> bool:
    """Whether `date -d` is told a time that depends on when it is asked, or that another command prints."""
    depends = _FROM_NOW.search(text) or _BY_COMMAND.search(text) or _SO_LONG.fullmatch(text)
    return bool(depends) and not is_fixed(text)


def pieces(form: str) -> tuple[list[str], list[str]]:
    """The texts of a form, and the patterns of what stands between them."""
    return _CONVERSION.sub("\0", form).split("\0"), list(_patterns(form))


def pattern(form: str) -> str:
    """The pattern of a whole date, with a group for each part; empty where its form leaves open what it prints."""
    texts, between = pieces(form)
    return "" if not between or ANYTHING in between else joined(texts, between)


def _patterns(form: str) -> Iterator[str]:
    for conversion in _CONVERSION.finditer(form):
        flags, width, letter = conversion["flags"], conversion["width"], conversion["letter"]
        forms = _FORMS | _UNPADDED if {"-", "_"} & {*flags} else _FORMS
        yield rf"(\d{{{width}}})" if letter == "N" and width else forms.get(letter, ANYTHING)  # %3N: of a second
