"""Puts what an engine prints in no promised order into one, on both sides, before the lines are compared.

Sets: runs of lines of one form that come as a map or a race gives them. Progress: runs that only count as far as
they got. Each form is known by name; all else is ordered. Builds, ties and streams have modules of their own.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from harness.shape import builds, streams, ties
from harness.shape.kinds import BOUND, Token
from harness.shape.lines import Line, Made

_Run = list[Line]

_ADDRESS = r"[0-9a-f.:]{3,45}(?:/\d{1,3}|:\d{1,5})?"

_SETS = {
    "changed path": re.compile(r"[ACD] /.*"),  # docker diff
    "removed image": re.compile(r"(?:untagged|deleted): \S+"),  # the prunes
    "registry": re.compile(rf"  {_ADDRESS}"),  # docker info
    "container": re.compile(r" \S (?:Container|Volume|Image) .*"),  # compose 2
    "started": re.compile(r"(?:Creating|Starting|Recreating) \S+ +\.\.\. .*"),  # compose 1
    "stopped": re.compile(r"Stopping \S+ +\.\.\. .*"),
    "removed": re.compile(r"Removing \S+ +\.\.\. .*"),
}
_FORMS = {
    "layer": re.compile(r"[0-9a-f]{12}: \S.*"),
    "build record": re.compile(r"[0-9a-z]{25}\*?"),
    "words": re.compile(r" *Runtimes: .*"),
    "user": re.compile(r".*\bcontainer [0-9a-f]{12} is using its referenced image .*"),
} | _SETS
_LONG_ID = re.compile(r"[0-9a-f]{64}")
_USER = re.compile(r"(?<=container )\0short id\0[0-9a-f]*\0")

# Lines that an engine prints or not, for reasons of timing.
_OPTIONAL = re.compile(r"ERRO\[\d{4}\] error waiting for container: context canceled ?")  # failed run, 20.10
_REDRAWN = re.compile(r"\S{1,64}@[0-9a-f]{12}:\S{1,80}[#$]")  # docker attach: the prompt once more, at the top


def arrange(sample: Sequence[Line], actual: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both outputs in an order that doesn't depend on the run; lines that don't count are left out."""
    partial = any(line.is_gap for line in sample)
    cut_short = builds.cancelled(sample, actual)
    shown, printed = (_one_side(builds.arrange(lines, cut_short), partial) for lines in (sample, actual))
    return streams.arrange(*ties.arrange(shown, printed))


def _one_side(lines: Sequence[Line], partial: bool) -> list[Line]:
    arranged: list[Line] = []
    for form, run in groupby(_named(_counting(lines)), lambda named: named[0]):
        same = [line for _, line in run]
        if form in _WAYS:
            same = _WAYS[form](same)
        elif form and not partial:
            same = ties.in_order(same)
        arranged += same
    return arranged


def _counting(lines: Sequence[Line]) -> Iterator[Line]:
    for index, line in enumerate(lines):
        again = index == 0 and _REDRAWN.fullmatch(line.text) and lines[1:2] and lines[1].text.startswith(line.text)
        if not again and not _OPTIONAL.fullmatch(line.text):
            yield line


def _named(lines: Iterable[Line]) -> Iterator[tuple[str, Line]]:
    """Each line with its form; a gap within progress is no gap: it leaves out what doesn't count anyway."""
    heading, waiting, last = "", None, ""
    for line in lines:
        if line.is_gap:
            waiting = line
            continue
        form = _form(line, heading)
        if waiting and not (form and form == last and form in _WAYS):
            yield "", waiting
        heading, waiting, last = (line.text if line.text.endswith(":") else heading), None, form
        yield form, line
    if waiting:
        yield "", waiting


def _form(line: Line, heading: str) -> str:
    if "VOLUME NAME" in line.titles:  # sorted by names, and those may be made up
        return "volume"
    if line.titles:
        return "build record" if line.titles[0] == "CACHE ID" else ""
    if heading == "Deleted Volumes:" and _LONG_ID.fullmatch(line.text):
        return "volume"
    return next((form for form, pattern in _FORMS.items() if pattern.fullmatch(line.text)), "")


def _layers(run: _Run) -> list[Line]:
    """One line for each way that layers went; how many layers, and which, is the image's business."""
    ways: dict[str, list[str]] = {}
    first: dict[str, Line] = {}
    for line in run:
        layer, state = line.text.split(": ", 1)
        first.setdefault(layer, line)
        if state != "Verifying Checksum":
            ways.setdefault(layer, []).append("Pull complete" if state == "Already exists" else state)
    seen = {", ".join(way): layer for layer, way in reversed(ways.items())}
    if len(seen) > 1:
        seen.pop("Pull complete", None)
    return [first[layer].standing_for(f"layer: {way}", f"{layer}: {way}") for way, layer in sorted(seen.items())]


def _records(run: _Run) -> list[Line]:
    """One line for each kind of build record: how many there are depends on the builder's timing."""
    seen = {line.key: line for line in reversed(run)}
    return [line.standing_for(key) for key, line in sorted(seen.items())]


def _words(run: _Run) -> list[Line]:
    return [replace(line, key=" ".join(sorted(line.key.split(" ")))) for line in run]


def _users(run: _Run) -> list[Line]:
    """Which of several containers is named as the user of an image is a map's whim."""
    return [replace(line, key=_USER.sub("some container", line.key), made_up=tuple(_user(line))) for line in run]


def _user(line: Line) -> Iterator[Made]:
    made_up = iter(line.made_up)
    for before, token in pairwise((Token("", ""), *line.parts[0].tokens)):
        if token.kind in BOUND:
            yield next(made_up)._replace(any_known=before.text.endswith("container "))


_WAYS: dict[str, Callable[[_Run], _Run]] = {
    "layer": _layers,
    "build record": _records,
    "words": _words,
    "user": _users,
}
