"""Turns the history into what readers see of earlier nights: since when something comes out as it does, and its last
nights as a strip.

A night is as wide as another. Low is passed, high differs, dots were not judged, and where nothing stands nothing is
known: without colour, and in words below.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from harness.evidence.facts import Outcome, worst
from harness.night.history import SHOWN_NIGHTS, Streak
from harness.site import clock, texts
from harness.site.escaping import escape


class Nights(NamedTuple):
    """What an example came to in the shown nights, oldest first; None where it was not run, or that isn't known."""

    engine: str  # as readers know it
    outcomes: Sequence[Outcome | None]


_SHAPES = ("low", "high", "dots")  # lines along the lower edge, as thick as the style sheet says
_SHAPE_OF: Mapping[Outcome | None, str] = {
    None: "",
    **dict.fromkeys(Outcome, "dots"),
    Outcome.PASSED: "low",
    Outcome.DIFFERS: "high",
}


def since(streaks: Sequence[Streak]) -> str:
    """The day since which all of these come out as they do now; empty where it isn't known."""
    last = max((streak.first for streak in streaks), default="")
    is_known = any(streak.before for streak in streaks if streak.first == last)
    return clock.day(last) if is_known else ""


def strip(shown: Sequence[Nights]) -> str:
    """The HTML of the last nights of an example, each by the worst of its engines; empty where it was never judged."""
    together = _together(shown)
    if not any(outcome and outcome.is_judged for outcome in together):
        return ""
    view = f"0 0 {SHOWN_NIGHTS} 1"
    drawing = (
        f'<svg class="strip" viewBox="{view}" preserveAspectRatio="none" aria-hidden="true">{_paths(together)}</svg>'
    )
    return f"{drawing}<span>{_words(shown, together)}</span>"


def _together(shown: Sequence[Nights]) -> list[Outcome | None]:
    nights = ({*night} for night in zip(*(one.outcomes for one in shown), strict=True))
    return [worst(filter(None, night)) if night != {None} else None for night in nights]


def _paths(outcomes: Sequence[Outcome | None]) -> str:
    shapes = [""] * (SHOWN_NIGHTS - len(outcomes)) + [_SHAPE_OF[outcome] for outcome in outcomes]
    lines = {shape: _line([one == shape for one in shapes]) for shape in _SHAPES if shape in shapes}
    return "".join(f'<path class="{shape}" d="{line}"/>' for shape, line in lines.items())


def _line(nights: Sequence[bool]) -> str:
    """A line along these nights; from one to the next it moves in few letters, as there are hundreds of strips."""
    steps = [(is_drawn, len(list(group))) for is_drawn, group in groupby(nights)]
    return "M0 1" + "".join(f"h{count}" if is_drawn else f"m{count} 0" for is_drawn, count in steps)


def _words(shown: Sequence[Nights], together: Sequence[Outcome | None]) -> str:
    counts = Counter(filter(None, map(_SHAPE_OF.get, together)))
    words = texts.NIGHTS.format(counts.total())
    if counts.keys() == {"low"}:
        return f"{words} {texts.ALL_PASSED}"
    return f"{words} {' · '.join(_counted(shape, counts[shape], shown) for shape in _SHAPES if counts[shape])}"


def _counted(shape: str, count: int, shown: Sequence[Nights]) -> str:
    met = dict.fromkeys(one.engine for one in shown if shape in map(_SHAPE_OF.get, {*one.outcomes}))
    is_on_all = met.keys() == {one.engine for one in shown}
    where = "" if shape == "low" or is_on_all else f": {escape(', '.join(met))}"
    return f"{texts.SHAPES[shape].format(count)}{where}"
