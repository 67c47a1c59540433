"""Turns the history into history.jsonl and back: a line a night, then a line an example on an engine.

A line that can't be read costs what it says, and no other: `say` is told of the first. What is written is whole.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.evidence.checked import quoted_json, record
from harness.night.history import Example, History, NightRun
from harness.project import write

NAME = "history.jsonl"
SCHEMA = 1  # of each line


def save(path: Path, history: History) -> None:
    write(path, to_lines(history))


def load(path: Path, say: Callable[[str], object]) -> History:
    """The history at `path`, as far as it can be read; one of nothing where there is none."""
    try:
        return from_lines(path.read_bytes().decode("utf-8", "replace"), str(path), say)
    except FileNotFoundError:
        return History()
    except OSError as error:
        say(f"the history is not known: {error}")
        return History()


def to_lines(history: History) -> str:
    rows = [*map(asdict, history.nights), *map(asdict, history.examples.values())]
    return "".join(json.dumps({"schema": SCHEMA, **row}, separators=(",", ":")) + "\n" for row in rows)


def from_lines(text: str, file: str, say: Callable[[str], object]) -> History:
    nights, examples, refused = [], {}, list[str]()
    for number, line in enumerate(text.split("\n")[:-1], 1):
        try:
            row = _row(line)
        except (ValueError, RecursionError) as error:
            refused.append(f"{file}:{number}: this line of the history is left out: {error}")
        else:
            if isinstance(row, NightRun):
                nights.append(row)
            else:
                examples[row.name] = row
    if refused:
        say(refused[0] + (f" ({len(refused)} lines in all)" if refused[1:] else ""))
    return History(sorted(nights, key=lambda night: night.date), examples)


def _row(line: str) -> NightRun | Example:
    """ValueError, RecursionError where it is neither."""
    written: Any = json.loads(line)
    schema = written.pop("schema", "unknown") if isinstance(written, dict) else "unknown"
    if schema != SCHEMA:
        raise ValueError(f"found schema {quoted_json(schema)}, and only schema {SCHEMA} is read")
    if "date" in written:
        return record(NightRun, written)
    example = record(Example, written)
    dates = [date for stretch in example.stretches for date in (stretch.first, stretch.last)]
    if not dates or dates != sorted(dates):
        raise ValueError("stretches: expected some, each after the one before")
    return example
