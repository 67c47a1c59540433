"""Turns a night into night.json and back: for the next night, the feed, and machines that watch for drift."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from harness.evidence import files
from harness.evidence.checked import Date, DateOrNone, checked, record
from harness.evidence.summary import Summary
from harness.night.findings import Drift, InOrder, Night, Unjudged
from harness.night.markdown import show

SCHEMA = 1
_Row = TypeVar("_Row")


def to_json(night: Night) -> dict[str, Any]:
    """The night as night.json holds it: what `from_json` reads, and for machines its status, what it closes, and the
    title and Markdown of each drift.
    """
    drifts = [asdict(drift) | {"title": drift.title, "markdown": show(drift)} for drift in night.drifts]
    return {
        "schema": SCHEMA,
        "status": night.status,
        "closed": night.closed,
        "date": night.date,
        "before": night.before,
        "summary": night.summary.to_json(),
        "drifts": drifts,
        "repaired": [asdict(drift) for drift in night.repaired],
        "pending": [asdict(drift) for drift in night.pending],
        "unjudged": [asdict(row) for row in night.unjudged],
        "course": [_in_order_json(row) for row in night.course],
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
        unjudged=_rows(Unjudged, written, "unjudged"),
        course=_rows(InOrder, written, "course", _in_order),
    )


def read(path: Path) -> Night | None:
    """The night saved at `path`; None where its schema is another. EvidenceError; FileNotFoundError."""
    return files.read_json(path, from_json)


def _rows(
    kind: type[_Row],
    written: Mapping[str, Any],
    name: str,
    turn: Callable[[dict[str, Any]], dict[str, Any]] = lambda row: row,
) -> list[_Row]:
    """What stands in a night under `name`; `turn` gives each the fields of its dataclass."""
    rows = checked(list[dict[str, Any]], written.get(name, []), name)
    return [record(kind, turn(row), f"{name}[{at}]") for at, row in enumerate(rows)]


def _drifts(written: Mapping[str, Any], name: str) -> list[Drift]:
    found = _rows(Drift, written, name, _without_words)
    for at, drift in enumerate(found):
        if not drift.engines:
            raise ValueError(f"{name}[{at}].engines: found none, expected those on which it drifts")
    return found


def _without_words(row: dict[str, Any]) -> dict[str, Any]:
    """A drift without what is made of it for machines."""
    return {name: value for name, value in row.items() if name not in ("title", "markdown")}


def _in_order_json(row: InOrder) -> dict[str, Any]:
    return {
        "page": row.page,
        "line": row.line,
        "command": row.command,
        "engine": row.engine,
        "outcome": row.outcome or "",
        "told": row.reason,
    }


def _in_order(row: dict[str, Any]) -> dict[str, Any]:
    renamed = {"reason" if name == "told" else name: value for name, value in row.items()}
    return renamed | {"outcome": row.get("outcome") or None}
