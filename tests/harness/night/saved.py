"""Turns a night into night.json and back: for the next night, the feed, and machines that watch for drift."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from harness.evidence import files
from harness.evidence.checked import Date, DateOrNone, EngineName, Key, KeyOrNone, checked, record
from harness.evidence.summary import Summary
from harness.night.findings import Drift, InOrder, Night, Release, Unjudged
from harness.night.issues import issues
from harness.project import write

SCHEMA = 2
_Row = TypeVar("_Row")


def to_json(night: Night) -> dict[str, Any]:
    """The night as night.json holds it: what `from_json` reads, and for machines its status and the issues that are to
    be open.
    """
    return {
        "schema": SCHEMA,
        "status": night.status,
        "issues": [asdict(issue) for issue in issues(night)],
        "closed": [*night.closed],
        "date": night.date,
        "before": night.before,
        "summary": night.summary.to_json(),
        "drifts": [asdict(drift) for drift in night.drifts],
        "repaired": [asdict(drift) for drift in night.repaired],
        "pending": [asdict(drift) for drift in night.pending],
        "expected": [asdict(drift) for drift in night.expected],
        "flaky": [asdict(drift) for drift in night.flaky],
        "unjudged": [asdict(row) for row in night.unjudged],
        "course": [asdict(row) for row in night.course],
        "releases": [asdict(release) for release in night.releases],
        "pages": {**night.pages},
        "held_back": [*night.held_back],
        "flood": night.flood,
        "resting": [*night.resting],
        "stale": [*night.stale],
    }


def from_json(written: Any) -> Night | None:
    """The night that `to_json` wrote; None where the schema is another. ValueError where it is no night."""
    if not isinstance(written, dict) or written.get("schema") != SCHEMA:
        return None
    return Night(
        checked(Date, written.get("date"), "date"),
        checked(DateOrNone, written.get("before"), "before"),
        Summary.from_json(written.get("summary")),
        drifts=_drifts(written, "drifts"),
        repaired=_drifts(written, "repaired"),
        pending=_drifts(written, "pending"),
        expected=_drifts(written, "expected"),
        flaky=_drifts(written, "flaky"),
        unjudged=_rows(Unjudged, written, "unjudged"),
        course=_rows(InOrder, written, "course"),
        releases=_rows(Release, written, "releases"),
        pages=checked(dict[EngineName, int], written.get("pages"), "pages"),
        held_back=checked(list[Key], written.get("held_back"), "held_back"),
        flood=checked(KeyOrNone, written.get("flood"), "flood"),
        resting=checked(list[EngineName], written.get("resting", []), "resting"),
        stale=checked(list[Key], written.get("stale", []), "stale"),
        closed=checked(list[Key], written.get("closed"), "closed"),
    )


def save(path: Path, night: Night) -> None:
    """Writes a night that reads back as it is. ValueError where it doesn't."""
    text = json.dumps(to_json(night), ensure_ascii=False, indent=1)
    if from_json(json.loads(text)) != night:
        raise ValueError(f"{path}: not written: this night doesn't read back as it is")
    write(path, text)


def read(path: Path) -> Night | None:
    """The night saved at `path`; None where its schema is another. EvidenceError; FileNotFoundError."""
    return files.read_json(path, from_json)


def _rows(kind: type[_Row], written: Mapping[str, Any], name: str) -> list[_Row]:
    """What stands in a night under `name`."""
    rows = checked(list[dict[str, Any]], written.get(name, []), name)
    return [record(kind, row, f"{name}[{at}]") for at, row in enumerate(rows)]


def _drifts(written: Mapping[str, Any], name: str) -> list[Drift]:
    found = _rows(Drift, written, name)
    for at, drift in enumerate(found):
        if not drift.engines:
            raise ValueError(f"{name}[{at}].engines: found none, expected those on which it drifts")
    return found
