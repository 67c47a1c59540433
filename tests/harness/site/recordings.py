"""Turns the recordings of a run (asciicast v2) into scripts for docs/assets/console.js: those load from file:// too.

build/evidence/28/docs/ports/1.cast, build/evidence/20.10/docs/ports/1.cast, ... ──> recordings/docs/ports.js

A lab's terminal is 200 columns wide; a reader's screen is not. As nothing in a recording depends on its size but where
a line wraps and what scrolls out of sight, it is given the size that was used.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from unicodedata import east_asian_width

_PLAYED = re.compile(r'data-recording="([^"]+)"')
_NARROWEST, _LOWEST = 80, 3  # columns and rows
_RIGHT = re.compile(r"\x1b\[(\d*)C")
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_ROW = re.compile(r"\n|\x1b\[(?P<up>\d*)A|\x1b\[(?P<down>\d*)B")


def recordings(html: Iterable[str], folder: Path) -> dict[str, str]:
    """The scripts with what the pages play of the evidence in `folder`: one for all engines' runs of a page, by its
    path below the site's.
    """
    scripts: dict[str, dict[str, str]] = {}
    for name in sorted({name for text in html for name in _PLAYED.findall(text)}):
        page = name.partition("/")[2].rpartition("/")[0]
        scripts.setdefault(f"recordings/{page}.js", {})[name] = (folder / f"{name}.cast").read_text("utf-8")
    return {path: script(casts) for path, casts in scripts.items()}


def script(casts: Mapping[str, str]) -> str:
    """The script that adds recordings by their names (their paths without `.cast`) to those that the page knows."""
    fitted = {name: _fitted(cast) for name, cast in casts.items()}
    return f"Object.assign(globalThis.recordings ??= {{}}, {json.dumps(fitted, ensure_ascii=False)});\n"


def _fitted(cast: str) -> str:
    first, _, rest = cast.partition("\n")
    header = json.loads(first)
    printed = "".join(text for _, _, text in json.loads(f"[{','.join(rest.splitlines())}]"))
    size = {"width": min(_columns(printed), header["width"]), "height": min(_rows(printed), header["height"])}
    return f"{json.dumps(header | size, ensure_ascii=False)}\n{rest}"


def _columns(printed: str) -> int:
    """How wide the widest line is that was ever printed."""
    text = _ESCAPE.sub("", _RIGHT.sub(lambda found: " " * int(found[1] or 1), printed))
    return max(_NARROWEST, *map(len if text.isascii() else _width, re.split(r"[\r\n]", text)))


def _width(line: str) -> int:
    """In columns: a Korean letter takes two."""
    return len(line) + sum(line.count(one) for one in set(line) if east_asian_width(one) in "WF")


def _rows(printed: str) -> int:
    """The lowest row that the cursor came to, 1-based."""
    row = lowest = 0
    for found in _ROW.finditer(printed):
        row = max(0, row - int(found["up"] or 1)) if found[0].endswith("A") else row + int(found["down"] or 1)
        lowest = max(lowest, row)
    return max(_LOWEST, lowest + 1)
