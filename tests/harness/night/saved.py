"""Turns a night into night.json and back: for the next night, the feed, and machines that watch for drift."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.evidence.facts import Outcome
from harness.evidence.summary import Summary
from harness.night.findings import Drift, EngineDrift, InOrder, Night, Unjudged
from harness.night.markdown import show

SCHEMA = 1


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
    """The night that `to_json` wrote; None where the schema is another."""
    if not isinstance(written, dict) or written.get("schema") != SCHEMA:
        return None
    return Night(
        written["date"],
        written["before"],
        Summary.from_json(written["summary"]),
        drifts=_drifts(written["drifts"]),
        repaired=_drifts(written["repaired"]),
        pending=_drifts(written["pending"]),
        unjudged=[Unjudged(**row) for row in written["unjudged"]],
        course=[_in_order(row) for row in written.get("course", [])],
    )


def read(path: Path) -> Night | None:
    """The night saved at `path`; None where its schema is another. OSError; ValueError where it is no JSON."""
    return from_json(json.loads(path.read_text("utf-8")))


def _drifts(rows: Sequence[dict[str, Any]]) -> list[Drift]:
    return [_drift(row) for row in rows]


def _drift(row: dict[str, Any]) -> Drift:
    engines = {engine: EngineDrift(**seen) for engine, seen in row["engines"].items()}
    return Drift(row["key"], row["page"], row["line"], row["snippet"], row["command"], engines)


def _in_order_json(row: InOrder) -> dict[str, Any]:
    return {
        "page": row.page,
        "line": row.line,
        "command": row.command,
        "engine": row.engine,
        "outcome": row.outcome or "",
        "told": row.reason,
    }


def _in_order(row: dict[str, Any]) -> InOrder:
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    return InOrder(row["page"], row["line"], row["command"], row["engine"], outcome, row["told"])
