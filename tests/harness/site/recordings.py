"""Turns the recordings of a run (asciicast v2) into scripts for docs/assets/console.js: those load from file:// too.

build/evidence/28/docs/ports/1-HEX.cast, build/evidence/20.10/docs/ports/1-HEX.cast, ... ──> recordings/docs/ports.js
"""

import json
import re
from collections.abc import Callable, Iterable
from html import unescape
from pathlib import Path

from harness.evidence import files
from harness.evidence.files import EvidenceError

_PLAYED = re.compile(r'data-recording="([^"]+)"')
_END = re.compile(r"(-[0-9a-f]{12})?\.cast$")  # of a path: what tells a run's recording from the next one's


def name_of(recording: str) -> str:
    """What pages call a recording of the evidence."""
    return _END.sub("", recording)


def recordings(
    html: Iterable[str], recorded: Iterable[str], folder: Path, say: Callable[[str], object]
) -> dict[str, str]:
    """The scripts with what the pages play of what is `recorded` in the evidence in `folder`, by their paths below the
    site: each has all engines' runs of a page, and adds them by their names to those that console.js knows. `say` is
    told of what can't be played.
    """
    scripts: dict[str, dict[str, str]] = {}
    played = {unescape(name) for text in html for name in _PLAYED.findall(text)}
    for name, path in sorted((name_of(path), path) for path in recorded):
        if name not in played:
            continue
        try:
            cast = files.read_recording(folder, path)
        except EvidenceError as error:
            say(str(error))
            continue
        page = name.partition("/")[2].rpartition("/")[0]
        scripts.setdefault(f"recordings/{page}.js", {})[name] = cast
    return {
        path: f"Object.assign(globalThis.recordings ??= {{}}, {json.dumps(casts, ensure_ascii=False)});\n"
        for path, casts in scripts.items()
    }
