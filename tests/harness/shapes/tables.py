"""Reads tables: those that Docker prints, a header of titles in capitals and cells under them; those of ps, top, df
and free, whose columns are set to the right, so that a row is cut at its blanks; those of psql, cut at their bars.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

_TITLE = re.compile(r"[A-Z][A-Z0-9 %/.-]{0,40}|#")
_GAP = re.compile(r" {2,}")
_MOST_TITLES = 100
_CUT_AT_BLANKS = -1
_CUT_AT_BARS = -2
_RULE = re.compile(r"-+(?:\+-+)+")  # under the titles of psql
_PROGRAMS = frozenset(
    [
        *(
            "UID",
            "USER",
            "PID",
            "PPID",
            "PGID",
            "SID",
            "TPGID",
            "LWP",
            "STARTED",
            "ELAPSED",
            "NLWP",
            "PRI",
            "PSR",
            "WCHAN",
            "C",
            "STIME",
            "START",
            "TTY",
            "TT",
            "STAT",
            "S",
            "TIME",
            "TIME+",
            "CMD",
            "COMMAND",
        ),
        *("VSZ", "%VSZ", "VIRT", "RSS", "%RSS", "RES", "SHR", "CPU", "%CPU", "%MEM", "PR", "NI"),
        *("Filesystem", "Size", "1K-blocks", "Used", "Available", "Avail", "Use%", "Mounted"),
        *("NS", "TYPE", "NPROCS", "NETNSID", "NSFS"),
        *("Inodes", "IUsed", "IFree", "IUse%"),
        *("total", "used", "free", "shared", "buffers", "buff/cache", "cached", "available"),
    ]
)

_SET_RIGHT = re.compile(r" |P?PID {1,3}\S")  # ps; that of busybox under a title that begins the line


class Column(NamedTuple):
    title: str
    start: int  # offset in the line, 0-based; less than that where the row is cut at its blanks or bars
    is_left: bool = True  # its cells begin where the title does
    width: int = 0  # in columns of a terminal, of a row's first cell that is set to the right; 0 where nothing says it


def columns(line: str, below: str = "") -> tuple[Column, ...]:
    """The columns that a header line opens, with the line below it; empty where the line is no header."""
    if _RULE.fullmatch(below) and below.count("+") == line.count("|"):
        width = below.index("+")
        return tuple(Column(title.strip(), _CUT_AT_BARS, is_left=False, width=width) for title in line.split("|"))
    if " " not in line:
        return ()
    words = line.replace("Mounted on", "Mounted").split()
    if len(words) > 1 and _PROGRAMS.issuperset(words) and (len(words) > 3 or "PID" in words):
        titles = ["", *words] if words[0] == "total" else words
        is_left = not titles[0] or not _SET_RIGHT.match(line)
        end = line.index(words[0]) + len(words[0]) if line[0] == " " and not is_left else 0
        return tuple(Column(title, _CUT_AT_BLANKS, is_left, end) for title in titles)
    if "  " not in line or not line.lstrip()[0].isupper():
        return ()
    titles = _GAP.split(line.strip())
    if not 2 <= len(titles) <= _MOST_TITLES or not all(_TITLE.fullmatch(title) for title in titles):
        return ()
    found, position = [], 0
    for title in titles:
        position = line.index(title, position)
        found.append(Column(title, position))
        position += len(title)
    return tuple(found)


def barred(line: str, known: Iterable[Sequence[Column]]) -> tuple[Column, ...]:
    """The columns of a header that is one of the `known`, where the line below it is left out; else none."""
    titles = [title.strip() for title in line.split("|")]
    found = (header for header in known if header and header[0].start == _CUT_AT_BARS)
    same = next((header for header in found if [column.title for column in header] == titles), ())
    return tuple(column._replace(width=0) for column in same)


def indent(line: str, header: Sequence[Column]) -> str:
    """What a line of a table is indented by; where columns are set to the right, how far off its first cell is."""
    if header[0].is_left:
        return line[: len(line) - len(line.lstrip())]
    if header[0].start == _CUT_AT_BLANKS and header[0].width:
        blanks = len(line) - len(line.lstrip())
        first = line.split(None, 1)[0]
        return " " * abs(blanks - max(header[0].width - len(first), 0))
    first = line.partition("|")[0]
    wide = sum(east_asian_width(character) in "WF" for character in first)
    return " " * (len(first) + wide - header[0].width) if header[0].width else ""


def cells(line: str, header: Sequence[Column]) -> tuple[str, ...]:
    """The cells of a row, without their padding; empty where the line is no row of this table."""
    if header[0].start == _CUT_AT_BARS:
        found = [cell.strip() for cell in line.split("|")]
        return tuple(found) if len(found) == len(header) else ()
    starts = [0, *(column.start for column in header[1:])]
    if header[0].start == _CUT_AT_BLANKS:
        found = line.split(None, len(header) - 1)
        found += [""] * (len(header) - len(found) if not header[0].title else 0)  # free says less of the swap
        return tuple(found) if len(found) == len(header) else ()
    ends = [*starts[1:], len(line)]
    found = [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    is_cut = any(line[start - 1 : start] not in ("", " ") for start in starts[1:])
    # Two cells in one are none, where the row's own gaps make as many as there are titles: docker builder prune.
    if is_cut or any(_GAP.search(cell) for cell in found):
        found = _moved_cells(_GAP.split(line.strip()), [column.title for column in header]) or ([] if is_cut else found)
    return tuple(found) if sum(map(bool, found)) > 1 else ()


def _moved_cells(found: list[str], titles: list[str]) -> list[str]:
    """The cells of a row whose padding an editor has changed: only PORTS can be empty then."""
    if len(found) == len(titles) - 1 and "PORTS" in titles:
        found.insert(titles.index("PORTS"), "")
    return found if len(found) == len(titles) else []
