"""Turns the recordings of a run (asciicast v2) into scripts for docs/assets/console.js: those load from file:// too.

A lab's terminal is 200 columns wide; a reader's screen is not. As nothing in a recording depends on its size but where
a line wraps and what scrolls out of sight, it is given the size that was used.
"""

import json
import re
from unicodedata import east_asian_width

_NARROWEST, _LOWEST = 80, 3  # columns and rows
_RIGHT = re.compile(r"\x1b\[(\d*)C")
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_ROW = re.compile(r"\n|\x1b\[(?P<up>\d*)A|\x1b\[(?P<down>\d*)B")


def script(name: str, cast: str) -> str:
    """The script that adds the recording `name` (its path without `.cast`) to those that the page knows."""
    first, _, rest = cast.partition("\n")
    header = json.loads(first)
    printed = "".join(json.loads(line)[2] for line in rest.splitlines())
    size = {"width": min(_columns(printed), header["width"]), "height": min(_rows(printed), header["height"])}
    text = f"{json.dumps(header | size, ensure_ascii=False)}\n{rest}"
    return f"(globalThis.recordings ??= {{}})[{json.dumps(name)}] = {json.dumps(text, ensure_ascii=False)};\n"


def _columns(printed: str) -> int:
    """How wide the widest line is that was ever printed."""
    text = _ESCAPE.sub("", _RIGHT.sub(lambda found: " " * int(found[1] or 1), printed))
    widths = (len(line) + sum(east_asian_width(one) in "WF" for one in line) for line in re.split(r"[\r\n]", text))
    return max(_NARROWEST, *widths)


def _rows(printed: str) -> int:
    """The lowest row that the cursor came to, 1-based."""
    row = lowest = 0
    for found in _ROW.finditer(printed):
        row = max(0, row - int(found["up"] or 1)) if found[0].endswith("A") else row + int(found["down"] or 1)
        lowest = max(lowest, row)
    return max(_LOWEST, lowest + 1)
