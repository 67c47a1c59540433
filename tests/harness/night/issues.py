"""Turns a night into the issues that are to be open after it, one a cause, and reads them back before they are posted.

Who posts them opens those that aren't, edits those that are, and closes those of `night.closed`. Where too much drifts
at once, one issue says so, and the causes that have none yet get none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.claims.characters import printable
from harness.evidence.checked import Key
from harness.night import flood
from harness.night.causes import Cause, causes
from harness.night.findings import Drift, Night
from harness.night.markdown import PLACES, places, show, title
from harness.night.quoting import items, outside_fences, shortened, word

_MOST = 60_000  # characters of a body; GitHub takes 65,536
_TITLE = 100  # characters of a title


@dataclass(frozen=True)
class Issue:
    """An issue that is to be open. Its title begins with its key, by which it is found again."""

    key: Key
    title: str
    body: str


def issues(night: Night) -> list[Issue]:
    """The issues of a night. ValueError where one doesn't say, when it is read, what it is to say."""
    found = causes(night.drifts)
    posted = [_of_cause(cause) for cause in found if cause.key not in night.held_back]
    held_back = [cause for cause in found if cause.key in night.held_back]
    return [*posted, *([_of_flood(night, held_back)] if held_back else [])]


def _of_cause(cause: Cause) -> Issue:
    first, others = cause.drifts[0], cause.drifts[1:]
    more = f" and {len(others)} more" if others else ""
    expected = (
        "Where that is as it should be, `tests/expected.toml` takes it, with the reason, and this issue closes:\n\n"
        f'```toml\n[[expected]]\ncause = "{cause.key}"\nreason = ""\n```'
    )
    parts = [f"One difference, {_counts(cause.drifts)}:", places(cause.drifts), expected]
    for drift in cause.drifts:
        part = f"### {title(drift)}\n\n{show(drift)}"
        if sum(map(len, parts)) + len(part) > _MOST:
            break
        parts.append(part)
    return _checked(cause.key, f"{first.page}: {' '.join(first.command.split())}", more, parts, cause.drifts)


def _of_flood(night: Night, held_back: Sequence[Cause]) -> Issue:
    drifts = [drift for cause in held_back for drift in cause.drifts]
    shares = [
        f"- {word(name)}: {number} of {night.pages[name]} pages drift"
        for name, number in flood.flooded_engines(night.drifts, night.pages).items()
    ]
    words = (
        f"{len(held_back)} differences, {_counts(drifts)}. That is more than pages do by themselves: an engine's "
        "release, the images, the runner or this program has changed. So none of them has an issue of its own yet."
    )
    parts = [words, *(["\n".join(shares)] if shares else []), places(drifts)]
    return _checked(night.flood, f"{len(held_back)} differences at once", "", parts, drifts)


def _counts(drifts: Sequence[Drift]) -> str:
    """In how much it was seen."""
    steps, pages = len({drift.key for drift in drifts}), len({drift.page for drift in drifts})
    return f"in {steps} step{'s' * (steps > 1)} of {pages} page{'s' * (pages > 1)}"


# -- read back


def _checked(key: str, name: str, more: str, parts: Sequence[str], drifts: Sequence[Drift]) -> Issue:
    """The issue of these words, which has to show each drift's place, as text, and nothing else as one."""
    plain = printable(f"[{key}] {name}")
    issue = Issue(key, plain[: _TITLE - len(more)] + more, "\n\n".join(parts))
    shown = [(shortened(f"{drift.page}:{drift.line}"), shortened(drift.command)) for drift in drifts]
    expected, found = shown[:PLACES], _places_in(issue.body)
    if expected != found or len(issue.body) > _MOST + 1000 or printable(issue.title) != issue.title:
        raise ValueError(f"issue {key} is not posted: read back it shows {found}, expected {expected}")
    return issue


def _places_in(body: str) -> list[tuple[str, ...]]:
    """What a person finds listed in it: of each item of its lists the code, as text."""
    return [spans for line in outside_fences(body) for spans in [items(line)] if spans]
