"""Turns what a night found out into Markdown, for people: one line where there is nothing to do.

The same text is shown on a terminal, on GitHub and in an issue: commands and outputs in it are quoted (quoting.py).
"""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from harness.evidence.facts import Lane, Outcome
from harness.faults import Kind
from harness.lab.engines import WEEKLY, fallback, read
from harness.night.causes import Cause, causes
from harness.night.findings import Drift, EngineDrift, InOrder, Night, Release, Unjudged
from harness.night.quoting import code, fence, word

_IMAGES = {
    Lane.STANDIN: "stand-in images",
    Lane.HUB: "images of Docker Hub",
    Lane.REHEARSAL: "stand-in images",
    None: "no images",
}
PLACES = 100  # of one cause that are listed
_NOTHING_TO_DO = ("Other versions", "Expected")  # sections


def markdown(night: Night) -> str:
    """All of it: what drifted, what was repaired, what could not be judged."""
    sections = [
        ("Other versions", "\n".join(_release(release, night.drifts) for release in night.releases)),
        ("Drifted", "\n\n".join(map(_cause, causes(night.drifts)))),
        ("Repaired", "\n".join(map(_known, night.repaired))),
        ("Could not be judged", "\n\n".join(_not_judged(night))),
        ("Flaky", "\n".join(map(_excused, night.flaky))),
        ("Expected", "\n".join(map(_excused, night.expected))),
        ("Expected, and not seen any more", "\n".join(map(_stale, night.stale))),
        ("In order, on one machine", "\n".join(map(_in_order, night.course))),
    ]
    found = [f"## {name}\n\n{text}\n" for name, text in sections if text]
    if not any(text for name, text in sections if name not in _NOTHING_TO_DO):
        return "\n".join([f"Night of {word(night.date[:10])}: nothing to do. {_run(night)}\n", *found])
    return "\n".join([f"# Night of {word(night.date[:10])}: {_counts(night)}\n", f"{_run(night)}\n", *found])


def show(drift: Drift) -> str:
    """One drift: where and since when, what differs, and the command that repairs it."""
    blocked = max(seen.blocked for seen in drift.engines.values())
    behind = f" {blocked} step{'s' * (blocked > 1)} behind it could not be run." if blocked else ""
    since = f"Differs {_since(drift.engines)}.{behind}"
    return "\n\n".join([since, *(_group(drift, engines) for engines in _groups(drift))])


def places(drifts: Sequence[Drift]) -> str:
    """Where drifts are, an item each, as many as are worth reading."""
    rows = [f"- {title(drift)} on {word(', '.join(drift.engines))}" for drift in drifts]
    rows[PLACES:] = [f"\nand {len(rows) - PLACES} more, in the evidence"] if len(rows) > PLACES else []
    return "\n".join(rows)


def title(drift: Drift) -> str:
    """The place of a drift and its command."""
    return f"{code(f'{drift.page}:{drift.line}')} {code(drift.command)}"


def _counts(night: Night) -> str:
    new = sum(all(seen.new for seen in drift.engines.values()) for drift in night.drifts)
    counts: list[tuple[str, Sequence[object]]] = [
        (f"{len(night.drifts)} drifted ({new} new)", night.drifts),
        (f"{len(night.flaky)} flaky", night.flaky),
        (f"{len(night.repaired)} repaired", night.repaired),
        (f"{len(night.unjudged) + len(_pending(night))} not judged", night.unjudged or _pending(night)),
        (f"{len(night.stale)} expected in vain", night.stale),
        (f"{len(night.course)} in order", night.course),
    ]
    return ", ".join(words for words, found in counts if found)


def _run(night: Night) -> str:
    """What was run, and what it is compared with."""
    summary = night.summary
    steps = f"{summary.counts[Outcome.PASSED]} steps passed on {word(', '.join(summary.engines))}"
    before = f"; compared with the night of {word(night.before[:10])}" if night.before else ""
    return f"{steps} ({_IMAGES[summary.lane]}){before}.{_ended([*summary.engines, *night.resting], night.resting)}"


def _ended(names: Sequence[str], resting: Sequence[str]) -> str:
    """Which engines upstream has ended, and when they are run."""
    ended = [engine.name for engine in read() if engine.name in names and engine.support.ended]
    return f" Upstream has ended {word(', '.join(ended))}: run on {WEEKLY}s." if ended and resting else ""


def _pending(night: Night) -> list[Drift]:
    """The drifts that this night should have judged; what is run another day waits for that."""
    rested = {*night.resting}
    return [drift for drift in night.pending if drift.engines.keys() - rested]


def _release(release: Release, drifts: Sequence[Drift]) -> str:
    new = sum(release.engine in drift.engines and drift.engines[release.engine].new for drift in drifts)
    return f"- {word(release.engine)}: {code(release.version)}, before {code(release.before)}; {new} drifted anew on it"


def _cause(cause: Cause) -> str:
    """A cause: where it is seen, and what it is by the first place."""
    first, others = cause.drifts[0], cause.drifts[1:]
    also = f"\n\nThe same difference (`{cause.key}`) in:\n\n{places(others)}" if others else ""
    return f"### {title(first)}\n\n{show(first)}{also}"


def _excused(drift: Drift) -> str:
    """A drift that is no alarm in one line."""
    seen = next(iter(drift.engines.values()))
    return f"- {title(drift)} on {word(', '.join(drift.engines))} (`{seen.cause}`): {code(seen.reason)}"


def _since(engines: Mapping[str, EngineDrift]) -> str:
    """Since when which engines show it: `on 28, 28c: new, first seen 2026-11-24, held on 2026-11-23 with 28.5.1`."""
    rows: dict[str, list[str]] = {}
    for engine, seen in engines.items():
        held = f"held on {word(seen.held[:10])} with {code(seen.held_on)}" if seen.held else "since when is unknown"
        words = f"{'new, ' if seen.new else ''}first seen {word(seen.first_seen[:10])}, {held}"
        rows.setdefault(words, []).append(word(engine))
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
    others = f", and {word(', '.join(other for other in engines if other != engine))} in the same place"
    where = (
        f"{code(f'{seen.file}:{seen.line}')} on {word(engine)} ({code(seen.version)}){others if engines[1:] else ''}:"
    )
    shown = fence(seen.shown, "diff") if seen.shown else fence("\n".join(seen.differences), "text")
    repair = _repair(shlex.quote(drift.page), shlex.quote(engine))
    return f"{where}\n\n{shown}\n\nTo take over what it prints, and see whether that holds:\n\n{repair}"


def _repair(page: str, engine: str) -> str:
    commands = [
        f"python3 noxfile.py -s record -- --engine {engine} {page}",
        f"python3 noxfile.py -s verify -- --engine all {page}",
    ]
    return fence("\n".join(commands), "sh")


def _recorder(file: str, engines: Sequence[str]) -> str:
    """The engine, of those judged by one file, whose recording all of them are judged by.

    The snippet itself is recorded on the engine that Debian has, which every contributor can have; a variant on the
    newest engine that it is for.
    """
    is_snippet = "@" not in PurePath(file).name
    return fallback() if is_snippet and fallback() in engines else engines[-1]


def _known(drift: Drift) -> str:
    """A drift of earlier nights in one line."""
    return f"- {title(drift)}, drifted {_since(drift.engines)}"


def _not_judged(night: Night) -> Iterator[str]:
    """What could not be judged: first what nobody knows the type of, then a list for each type of fault."""
    rows = [*(_unjudged(row) for row in night.unjudged if not row.fault), *map(_known, _pending(night))]
    if rows:
        yield "\n".join(rows)
    for kind in Kind:
        if found := [row for row in night.unjudged if row.fault is kind]:
            things = dict.fromkeys(code(row.of) for row in found if row.of)
            heading = f"### {kind.capitalize()}{': ' if things else ''}{', '.join(things)}"
            yield "\n".join([f"{heading}\n", *map(_unjudged, found)])


def _unjudged(row: Unjudged) -> str:
    place = f"{row.page}:{row.line}" if row.line else row.page or "every page"
    command = f" {code(row.command)}" if row.command else ""
    return f"- {code(place)}{command} on {word(', '.join(row.engines))}: {code(row.reason)}"


def _stale(cause: str) -> str:
    return f"- `{cause}` in `tests/expected.toml`: nothing shows this difference any more; remove its row"


def _in_order(row: InOrder) -> str:
    place = f"{row.page}:{row.line}" if row.line else row.page
    command = f" {code(row.command)}" if row.command else ""
    return f"- {code(place)}{command} on {word(row.engine)}: {code(row.reason)}"
