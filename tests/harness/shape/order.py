"""Puts what an engine prints in no promised order into one, on both sides, before the lines are compared.

Sets: runs of lines of one form that come as a map or a race gives them. Progress: runs that only count as far as
they got. Each form is known by name; all else is ordered. Builds, ties and streams have modules of their own.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from harness.shape import builds, maps, streams, ties
from harness.shape.lines import Line

_Run = list[Line]

_ADDRESS = r"[0-9a-f.:]{3,45}(?:/\d{1,3}|:\d{1,5})?"
_SETS = {
    "changed path": re.compile(r"[ACD] /.*"),  # docker diff
    "removed image": re.compile(r"(?:untagged|deleted): \S+"),  # the prunes
    "registry": re.compile(rf"  {_ADDRESS}"),  # docker info
    "published port": re.compile(r"\d{1,5}/(?:tcp|udp|sctp) -> \S+"),  # docker port
    "container": re.compile(r" \S (?:Container|Volume|Image|Network) .*"),  # compose 2
    "started": re.compile(r"(?:Creating|Starting|Recreating) \S+ +\.\.\..*|\S+ is up-to-date"),  # compose 1
} | {
    verb: re.compile(rf"{verb} \S+ +\.\.\..*")
    for verb in ("Restarting", "Stopping", "Removing")  # compose 1
}
_FORMS = {
    "layer": re.compile(r"[0-9a-f]{12}: \S.*"),
    "pulled": re.compile(r" \S \S+ (?:\d{1,4} layers? \[\S+\] .*)?Pulled .*"),  # compose 2: an image
    "pulled layer": re.compile(r" {1,5}\S [0-9a-f]{12} (?:Pull complete|Already exists) .*"),  # and what it is made of
    "progress": re.compile(r"\[\+\] [A-Z][a-z]+ \d{1,4}/\d{1,4}"),
    "service log": re.compile(r"\S{1,100} +\| .*"),  # compose
    "words": re.compile(r" *Runtimes: .*|Attaching to .*"),
    "labels": re.compile(r'\{.*"Labels":"[^"]*".*\}'),  # docker ps --format json
    "user": re.compile(r"[^0-9]{1,200}\bcontainer [0-9a-f]{12} is using its referenced image .*"),
    "killed": re.compile(r"(?:true|false) 137"),  # inspect of OOMKilled and ExitCode: the kernel may tell too late
} | _SETS
_LONG_ID = re.compile(r"[0-9a-f]{64}")
_RECORD = re.compile(r"[0-9a-z]{25}\*?")
_USER = re.compile(r"(?<=container )\0short id\0[0-9a-f]*\0")
_LABELS = re.compile(r'(?<="Labels":")[^"]*')
_LAYERS = re.compile(r"\d{1,4} layers? \[[^ ]*\]")
_PROGRESS = re.compile(r"(\[\+\] [A-Z][a-z]+ )(\d{1,4})/(\d{1,4})")

# Lines that an engine prints or not, for reasons of timing.
_OPTIONAL = re.compile(r"ERRO\[\d{4}\] error waiting for container: context canceled ?")  # failed run, 20.10
_REDRAWN = re.compile(r"\S{1,64}@[0-9a-f]{12}:\S{1,80}[#$]")  # docker attach: the prompt once more, at the top


def arrange(sample: Sequence[Line], actual: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both outputs in an order that doesn't depend on the run; lines that don't count are left out."""
    cut_short = builds.cancelled(sample, actual)
    shown, printed = (maps.arrange(builds.arrange(lines, cut_short)) for lines in (sample, actual))
    wanted = Counter(line.key for line in shown) if any(line.is_gap for line in shown) else None
    return streams.arrange(*ties.arrange(_one_side(shown, wanted), _one_side(printed, wanted)))


def _one_side(lines: Sequence[Line], wanted: Counter[str] | None) -> list[Line]:
    arranged: list[Line] = []
    for form, run in groupby(_named(_counting(lines)), lambda named: named[0]):
        same = [line for _, line in run]
        if form in _WAYS:
            same = _WAYS[form](same)
        elif form:
            same = _partial(same, wanted) if wanted else ties.in_order(same)
        arranged += same
    return arranged


def _counting(lines: Sequence[Line]) -> Iterator[Line]:
    for index, line in enumerate(lines):
        again = index == 0 and _REDRAWN.fullmatch(line.text) and lines[1:2] and lines[1].text.startswith(line.text)
        if not again and not _OPTIONAL.fullmatch(line.text):
            yield line


def _named(lines: Iterable[Line]) -> Iterator[tuple[str, Line]]:
    """Each line with its form. A gap within progress is no gap: it leaves out what doesn't count anyway. One beside
    or in a set belongs to the set.
    """
    heading, waiting, last = "", None, ""
    for line in lines:
        if line.is_gap:
            waiting = line
            continue
        form = _form(line, heading)
        if waiting and not (form and form == last and form in _WAYS):
            yield next((near for near in (last, form) if near and near not in _WAYS), ""), waiting
        heading, waiting, last = (line.text if line.text.endswith(":") else heading), None, form
        yield form, line
    if waiting:
        yield (last if last not in _WAYS else ""), waiting


def _form(line: Line, heading: str) -> str:
    if "VOLUME NAME" in line.titles:  # sorted by names, and those may be made up
        return "volume"
    if line.titles:
        return "build record" if line.titles[0] == "CACHE ID" or "RECLAIMABLE" in line.titles[1:2] else ""
    if heading == "Deleted Volumes:" and _LONG_ID.fullmatch(line.text):
        return "volume"
    if heading == "Deleted build cache objects:" and _RECORD.fullmatch(line.text):
        return "build record"
    return next((form for form, pattern in _FORMS.items() if pattern.fullmatch(line.text)), "")


def _partial(run: _Run, wanted: Counter[str]) -> _Run:
    """A set of which the sample may show a part: first what it shows, then the others, or the gap for them."""
    gaps = [line for line in run if line.is_gap]
    seen: Counter[str] = Counter()
    shown: _Run = []
    others: _Run = []
    for line in (line for line in run if not line.is_gap):
        seen[line.key] += 1
        (shown if seen[line.key] <= wanted[line.key] else others).append(line)
    return [*gaps[: run[0].is_gap], *ties.in_order(shown), *ties.in_order(others), *gaps[:1]]


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


def _pulled_layers(run: _Run) -> list[Line]:
    return [run[0].standing_for("layers pulled")]


def _pulled(run: _Run) -> list[Line]:
    return [replace(line, key=_LAYERS.sub("layers", line.key)) for line in run]


def _progress(run: _Run) -> list[Line]:
    """How many of how many are done; what they are stands in the lines below, layers of an image among them."""
    return [replace(line, key=_PROGRESS.sub(_done, line.key)) for line in run]


def _done(match: re.Match[str]) -> str:
    return f"{match[1]}all" if int(match[2]) >= int(match[3]) else match[0]


def _service_logs(run: _Run) -> list[Line]:
    """Each service's lines in their order; which service spoke first is a race."""
    return sorted(run, key=lambda line: line.text.split("|", 1)[0])


def _records(run: _Run) -> list[Line]:
    """One line for each kind of build record: how many there are depends on the builder's timing."""
    seen = {line.key.replace("*", ""): line for line in reversed(run)}
    return [line.standing_for(key) for key, line in sorted(seen.items())]


def _words(run: _Run) -> list[Line]:
    return [replace(line, key=" ".join(sorted(line.key.replace(",", "").split(" ")))) for line in run]


def _labels(run: _Run) -> list[Line]:
    return [
        replace(line, key=_LABELS.sub(lambda found: ",".join(sorted(found[0].split(","))), line.key)) for line in run
    ]


def _killed(run: _Run) -> list[Line]:
    return [line.standing_for("killed, 137") for line in run]


def _users(run: _Run) -> list[Line]:
    """Which of several containers is named as the user of an image is a map's whim: not always one that was shown."""
    return [replace(line, key=_USER.sub("some container", line.key), made_up=line.made_up[1:]) for line in run]


_WAYS: dict[str, Callable[[_Run], _Run]] = {
    "layer": _layers,
    "pulled": _pulled,
    "pulled layer": _pulled_layers,
    "progress": _progress,
    "service log": _service_logs,
    "build record": _records,
    "words": _words,
    "labels": _labels,
    "killed": _killed,
    "user": _users,
}
