"""Turns what a night found out into Markdown, for people: one line where there is nothing to do.

Commands and outputs in it are data. They stand in code spans and fences that they cannot end, and hold nothing that a
terminal would obey, so that the same text can be shown on a terminal, on GitHub and in an issue.
"""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from harness.lab.engines import FALLBACK
from harness.night.compare import Drift, InOrder, Night, Seen, Unjudged
from harness.shapes import printable

_LINES = 40  # of a difference that are shown
_CHARACTERS = 200  # of a command or a reason that are shown
_IMAGES = {"standin": "stand-in images", "hub": "images of Docker Hub", "rehearsal": "stand-in images"}


def markdown(night: Night) -> str:
    """All of it: what drifted, what was repaired, what could not be judged."""
    sections = [
        ("Drifted", "\n\n".join(f"### {_title(drift)}\n\n{show(drift)}" for drift in night.drifts)),
        ("Repaired", "\n".join(map(_known, night.repaired))),
        ("Could not be judged", "\n".join([*map(_unjudged, night.unjudged), *map(_known, night.pending)])),
        ("In order, on one machine", "\n".join(map(_in_order, night.course))),
    ]
    if not any(text for _, text in sections):
        return f"Night of {night.date[:10]}: nothing to do. {_run(night)}\n"
    found = [f"## {name}\n\n{text}\n" for name, text in sections if text]
    return "\n".join([f"# Night of {night.date[:10]}: {_counts(night)}\n", f"{_run(night)}\n", *found])


def show(drift: Drift) -> str:
    """One drift: where and since when, what differs, and the command that repairs it."""
    return "\n\n".join([f"Differs {_since(drift.engines)}.", *(_group(drift, engines) for engines in _groups(drift))])


def _counts(night: Night) -> str:
    new = sum(all(seen.new for seen in drift.engines.values()) for drift in night.drifts)
    counts: list[tuple[str, Sequence[object]]] = [
        (f"{len(night.drifts)} drifted ({new} new)", night.drifts),
        (f"{len(night.repaired)} repaired", night.repaired),
        (f"{len(night.unjudged) + len(night.pending)} not judged", night.unjudged or night.pending),
        (f"{len(night.course)} in order", night.course),
    ]
    return ", ".join(words for words, found in counts if found)


def _run(night: Night) -> str:
    """What was run, and what it is compared with."""
    steps = f"{night.summary['passed']} steps passed on {', '.join(night.summary['engines'])}"
    images = _IMAGES.get(night.summary["lane"], "no images")
    before = f"; compared with the night of {night.before[:10]}" if night.before else ""
    return f"{steps} ({images}){before}."


def _title(drift: Drift) -> str:
    return f"{_code(f'{drift.page}:{drift.line}')} {_code(drift.command)}"


def _since(engines: Mapping[str, Seen]) -> str:
    """Since when which engines show it: `on 28, 28c: new, first seen 2026-11-24`."""
    rows: dict[str, list[str]] = {}
    for engine, seen in engines.items():
        rows.setdefault(f"{'new, ' if seen.new else ''}first seen {seen.first_seen[:10]}", []).append(engine)
    return "; ".join(f"on {', '.join(names)}: {words}" for words, names in rows.items())


def _groups(drift: Drift) -> list[list[str]]:
    """The engines that were judged by one file and differ in the same places: mostly one recording serves all."""
    rows: dict[tuple[str, int, str], list[str]] = {}
    for engine, seen in drift.engines.items():
        page = "\n".join(row for row in seen.shown.split("\n") if row.startswith("-"))
        rows.setdefault((seen.file, seen.line, page), []).append(engine)
    return list(rows.values())


def _group(drift: Drift, engines: Sequence[str]) -> str:
    engine = _recorder(drift.engines[engines[-1]].file, engines)
    seen = drift.engines[engine]
    others = f", and {', '.join(other for other in engines if other != engine)} in the same place"
    said = f"{_code(f'{seen.file}:{seen.line}')} on {engine} ({_code(seen.version)}){others if engines[1:] else ''}:"
    shown = _fence(seen.shown, "diff") if seen.shown else _fence("\n".join(seen.differences), "text")
    page = shlex.quote(drift.page)
    commands = [
        f"python3 noxfile.py -s record -- --engine {engine} {page}",
        f"python3 noxfile.py -s verify -- --engine all {page}",
    ]
    repair = _fence("\n".join(commands), "sh")
    return f"{said}\n\n{shown}\n\nTo take over what it prints, and see whether that holds:\n\n{repair}"


def _recorder(file: str, engines: Sequence[str]) -> str:
    """The engine, of those judged by one file, whose recording all of them are judged by.

    The snippet itself is recorded on the engine that Debian has, which every contributor can have; a variant on the
    newest engine that it is for.
    """
    return FALLBACK if FALLBACK in engines and "@" not in PurePath(file).name else engines[-1]


def _known(drift: Drift) -> str:
    """A drift of earlier nights in one line."""
    return f"- {_title(drift)}, drifted {_since(drift.engines)}"


def _unjudged(row: Unjudged) -> str:
    place = f"{row.page}:{row.line}" if row.line else row.page or "every page"
    command = f" {_code(row.command)}" if row.command else ""
    return f"- {_code(place)}{command} on {', '.join(row.engines)}: {_code(row.reason)}"


def _in_order(row: InOrder) -> str:
    place = f"{row.page}:{row.line}" if row.line else row.page
    command = f" {_code(row.command)}" if row.command else ""
    return f"- {_code(place)}{command} on {row.engine}: {_code(row.told)}"


# -- data as text


def _code(text: str) -> str:
    """A code span on one line that shows the text as it is."""
    words = printable(" ".join(text.split()))
    short = words if len(words) <= _CHARACTERS else words[: _CHARACTERS - 1] + "…"
    ticks = "`" * (max(_runs(short), default=0) + 1)
    space = " " if short.startswith("`") or short.endswith("`") else ""
    return f"{ticks}{space}{short}{space}{ticks}" if short else ""


def _fence(text: str, language: str) -> str:
    """A fenced block that shows the text as it is, as far down as is worth reading."""
    lines = [printable(line) for line in text.split("\n")]
    lines[_LINES:] = [f"… {len(lines) - _LINES} lines more, in the evidence"] if len(lines) > _LINES else []
    ticks = "`" * max(3, 1 + max(_runs("\n".join(lines)), default=0))
    return "\n".join([f"{ticks}{language}", *lines, ticks])


def _runs(text: str) -> Iterator[int]:
    return (len(run) for run in re.findall("`+", text))
