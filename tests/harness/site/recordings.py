"""Turns the recordings of a run (asciicast v2) into scripts for docs/assets/console.js: those load from file:// too.

build/evidence/28/docs/ports/1-HEX.cast, build/evidence/20.10/docs/ports/1-HEX.cast, ... ──> recordings/docs/ports.js
"""

import json
import re
from collections.abc import Iterable, Mapping
from html import unescape

_PLAYED = re.compile(r'data-recording="([^"]+)"')
_END = re.compile(r"(-[0-9a-f]{12})?\.cast$")  # of a path: what tells a run's recording from the next one's


def name_of(recording: str) -> str:
    """What pages call a recording of the evidence."""
    return _END.sub("", recording)


def recordings(html: Iterable[str], casts: Mapping[str, str]) -> dict[str, str]:
    """The scripts with what the pages play of the recordings (`casts`: their texts, by their paths below the evidence),
    by their paths below the site: each has all engines' runs of a page, and adds them by their names to those that
    console.js knows.
    """
    scripts: dict[str, dict[str, str]] = {}
    played = {unescape(name) for text in html for name in _PLAYED.findall(text)}
    for name, path in sorted((name_of(path), path) for path in casts):
        if name in played:
            page = name.partition("/")[2].rpartition("/")[0]
            scripts.setdefault(f"recordings/{page}.js", {})[name] = casts[path]
    return {
        path: f"Object.assign(globalThis.recordings ??= {{}}, {json.dumps(runs, ensure_ascii=False)});\n"
        for path, runs in scripts.items()
    }
