"""Turns the time of a run, which the evidence has in UTC, into the day and the minute that readers' clocks showed."""

from datetime import datetime, timedelta, timezone

_KOREA = timezone(timedelta(hours=9))


def minute(started: str) -> str:
    """`2026-11-24 17:05`; what is no time (ISO 8601) stays as it is."""
    try:
        return datetime.fromisoformat(started).astimezone(_KOREA).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return started


def day(started: str) -> str:
    """`2026-11-24`."""
    return minute(started)[:10]
