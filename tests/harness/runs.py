"""Puts what an engine prints in no promised order into one, on both sides, before the lines are compared.

Sets: runs of lines of one form that come as a map or a race gives them. Progress: runs that only count as far as
they got. Repetitions: as many as time allowed. Each form is known by name; all else is ordered.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from harness import builds
from harness.lines import Line

_Run = list[Line]

_ADDRESS = r"[0-9a-f.:]{3,45}(?:/\d{1,3}|:\d{1,5})?"

_SETS = {
    "changed path": re.compile(r"[ACD] /.*"),  # docker diff
    "removed image": re.compile(r"(?:untagged|deleted): \S+"),  # the prunes
    "removed id": re.compile(r"[0-9a-f]{64}"),
    "registry": re.compile(rf"  {_ADDRESS}"),  # docker info
    "compose": re.compile(r" \S (?:Container|Network|Volume|Image) .*"),
    "compose 1": re.compile(r"(?:Creating|Starting|Recreating|Stopping|Removing) \S+ +\.\.\. .*"),
}
_LAYER = re.compile(r"([0-9a-f]{12}): (\S.*)")
_BUILD_RECORD = re.compile(r"[0-9a-z]{25}\*?")
_RUNTIMES = re.compile(r"( *Runtimes: )(.*)")

# Lines that an engine prints or not, for reasons of timing.
_OPTIONAL = re.compile(
    r"ERRO\[\d{4}\] error waiting for container: context canceled ?"  # a failed docker run, 20.10
    r"|\S{1,64}@[0-9a-f]{12}:\S{1,80}[#$]"  # docker attach: the prompt once more
)


def arrange(sample: Sequence[Line], actual: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both outputs in an order that doesn't depend on the run; lines that don't count are left out."""
    partial = any(line.is_gap for line in sample)
    cut_short = builds.cancelled(sample, actual)
    shown, printed = (
        [arranged for form, run in _runs(builds.arrange(lines, cut_short)) for arranged in _put(form, run, partial)]
        for lines in (sample, actual)
    )
    repeated = _repeated(shown) | _repeated(printed)
    return _collapse(shown, repeated), _collapse(printed, repeated)


def _runs(lines: Sequence[Line]) -> Iterator[tuple[str, _Run]]:
    counting = [line for line in lines if not _OPTIONAL.fullmatch(line.text)]
    for form, run in groupby(_without_inner_gaps(counting), _form):
        yield form, list(run)


def _without_inner_gaps(lines: _Run) -> Iterator[Line]:
    """A gap between two lines of progress leaves out lines that don't count anyway."""
    for index, line in enumerate(lines):
        around = {_form(near) for near in lines[max(index - 1, 0) : index + 2] if near is not line}
        if not (line.is_gap and len(around) == 1 and around & _PROGRESS.keys()):
            yield line


def _form(line: Line) -> str:
    if len(line.parts) > 1:
        return _form_of_row([part.where for part in line.parts])
    if _LAYER.fullmatch(line.text):
        return "layer"
    if _BUILD_RECORD.fullmatch(line.text):
        return "build record"
    if _RUNTIMES.fullmatch(line.text):
        return "words"
    return next((form for form, pattern in _SETS.items() if pattern.fullmatch(line.text)), "")


def _form_of_row(titles: list[str]) -> str:
    if "VOLUME NAME" in titles:  # sorted by names that may be made up
        return "volume"
    return "build record" if titles[0] == "CACHE ID" else ""


def _put(form: str, run: _Run, partial: bool) -> list[Line]:
    if form in _PROGRESS:
        return _PROGRESS[form](run)
    return run if not form or partial else sorted(run, key=lambda line: line.key)


def _layers(run: _Run) -> list[Line]:
    """One line for each way that layers went; how many layers, and which, is the image's business."""
    ways: dict[str, list[str]] = {}
    first: dict[str, Line] = {}
    for line in run:
        layer, state = line.text.split(": ", 1)
        first.setdefault(layer, line)
        if state != "Verifying Checksum":
            ways.setdefault(layer, []).append("Pull complete" if state == "Already exists" else state)
    seen = {", ".join(way): first[layer] for layer, way in reversed(ways.items())}
    if len(seen) > 1:
        seen.pop("Pull complete", None)
    return [_progress(line, f"layer: {way}") for way, line in sorted(seen.items())]


def _records(run: _Run) -> list[Line]:
    """One line for each kind of build record: how many there are depends on the builder's timing."""
    seen = {line.key: line for line in reversed(run)}
    return [_progress(line, key) for key, line in sorted(seen.items())]


def _words(run: _Run) -> list[Line]:
    return [replace(line, key=" ".join(sorted(line.key.split(" ")))) for line in run]


_PROGRESS: dict[str, Callable[[_Run], list[Line]]] = {
    "layer": _layers,
    "build record": _records,
    "words": _words,
}


def _progress(line: Line, key: str) -> Line:
    return replace(line, key=key, made_up=())


def _repeated(lines: Sequence[Line]) -> set[str]:
    """The keys that come three times or more on end: a program that says the same again and again."""
    runs = ((key, list(run)) for key, run in groupby(lines, lambda line: line.key))
    return {key for key, run in runs if len(run) >= 3 and not run[0].made_up and any(map(str.isalpha, run[0].text))}


def _collapse(lines: Sequence[Line], repeated: set[str]) -> list[Line]:
    collapsed: list[Line] = []
    for key, run in groupby(lines, lambda line: line.key):
        same = list(run)
        if key in repeated and len(same) > 1:
            same = [_progress(same[0], f"{key}\0again and again")]
        collapsed += same
    return collapsed
