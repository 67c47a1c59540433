"""Turns the recordings of a run (asciicast v2) into scripts for docs/assets/console.js: those load from file:// too.

build/evidence/28/docs/ports/1.cast, build/evidence/20.10/docs/ports/1.cast, ... ──> recordings/docs/ports.js
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

_PLAYED = re.compile(r'data-recording="([^"]+)"')


def recordings(html: Iterable[str], folder: Path) -> dict[str, str]:
    """The scripts with what the pages play of the evidence in `folder`, by their paths below the site: each has all
    engines' runs of a page, and adds them by their own paths, without `.cast`, to those that console.js knows.
    """
    scripts: dict[str, dict[str, str]] = {}
    for name in sorted({name for text in html for name in _PLAYED.findall(text)}):
        page = name.partition("/")[2].rpartition("/")[0]
        scripts.setdefault(f"recordings/{page}.js", {})[name] = (folder / f"{name}.cast").read_text("utf-8")
    return {
        path: f"Object.assign(globalThis.recordings ??= {{}}, {json.dumps(casts, ensure_ascii=False)});\n"
        for path, casts in scripts.items()
    }
