"""Turns the recordings of a run (asciicast v2) into scripts for docs/assets/console.js: those load from file:// too.

A lab's terminal is 200 columns wide; a reader's screen is not. As nothing in a recording depends on the width but where
a line wraps, it is given the width that was used.
"""

import json

import pyte

_NARROWEST, _LOWEST = 80, 3  # columns and rows


def script(name: str, cast: str) -> str:
    """The script that adds the recording `name` (its path without `.cast`) to those that the page knows."""
    header, *events = (json.loads(line) for line in cast.splitlines())
    columns, rows = _used(header["width"], header["height"], [text for _, _, text in events])
    lines = [header | {"width": columns, "height": rows}, *events]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return f"(globalThis.recordings ??= {{}})[{json.dumps(name)}] = {json.dumps(text, ensure_ascii=False)};\n"


def _used(width: int, height: int, texts: list[str]) -> tuple[int, int]:
    """How many columns and rows of the terminal were ever used."""
    screen = pyte.Screen(width, height)
    stream = pyte.Stream(screen)
    columns, rows = _NARROWEST, _LOWEST
    for text in texts:
        stream.feed(text)
        for changed in screen.dirty:
            shown = screen.buffer[changed].items()
            columns = max([columns, *(column + 1 for column, cell in shown if cell.data != " ")])
        screen.dirty.clear()
        rows = max(rows, screen.cursor.y + 1)
    return min(columns, width), min(rows, height)
