"""Puts what an engine prints in no promised order into one, on both sides, before the lines are compared.

Runs of lines of one form (forms.py) are sorted, or come down to what counts; builds, maps, ties, events and logs have
modules of their own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from harness.shapes import builds, events, logs, maps, ports, races, ties
from harness.shapes.forms import SET_WAYS, WAYS, form, listed
from harness.shapes.reading import Line

# Lines that an engine prints or not, for reasons of timing.
_OPTIONAL = re.compile(r"ERRO\[\d{4}\] error waiting for container: context canceled ?")  # failed run, 20.10
_REDRAWN = re.compile(r"\S{1,64}@[0-9a-f]{12}:\S{1,80}[#$]")  # docker attach: the prompt once more, at the top


def arrange(sample: Sequence[Line], actual: Sequence[Line], command: str) -> tuple[list[Line], list[Line]]:
    """Both outputs of a command in an order that doesn't depend on the run; lines that don't count are left out."""
    cut_short = builds.cancelled(sample, actual)
    shown, printed = (maps.arrange(builds.arrange(lines, cut_short)) for lines in (sample, actual))
    shown, printed = races.arrange(shown, printed)
    wanted = Counter(line.key for line in shown) if any(line.is_gap for line in shown) else None
    shown, printed = (_one_side(lines, wanted, listed(command)) for lines in (shown, printed))
    return logs.arrange(*events.arrange(*ties.arrange(shown, printed), command), command)


def _one_side(lines: Sequence[Line], wanted: Counter[str] | None, whole: str) -> list[Line]:
    """The lines, each run of one form as that form goes; `whole` is the form of the whole output, if it has one."""
    arranged: list[Line] = []
    for name, run in groupby(_named(_counting(lines), whole), lambda named: named[0]):
        same = [line for _, line in run]
        if name in WAYS:
            same = WAYS[name](same)
        elif name:
            same = SET_WAYS[name](same) if name in SET_WAYS else same
            same = _partial(same, wanted) if wanted else ties.in_order(same)
        arranged += same
    return arranged


def _counting(lines: Sequence[Line]) -> Iterator[Line]:
    doubles = ports.doubles(line.text for line in lines)
    for index, line in enumerate(lines):
        again = index == 0 and _REDRAWN.fullmatch(line.text) and lines[1:2] and lines[1].text.startswith(line.text)
        if not again and line.text not in doubles and not _OPTIONAL.fullmatch(line.text):
            yield line


def _named(lines: Iterable[Line], whole: str) -> Iterator[tuple[str, Line]]:
    """Each line with its form. A gap within progress is no gap: it leaves out what doesn't count anyway. One beside
    or in a set belongs to the set.
    """
    heading, waiting, last = "", None, ""
    for line in lines:
        if line.is_gap:
            waiting = line
            continue
        name = "" if line.is_header else whole or form(line, heading)
        if waiting and not (name and name == last and name in WAYS):
            yield next((near for near in (last, name) if near and near not in WAYS), ""), waiting
        heading = line.text if line.text.endswith(":") or not line.text else heading
        waiting, last = None, name
        yield name, line
    if waiting:
        yield (last if last not in WAYS else ""), waiting


def _partial(run: list[Line], wanted: Counter[str]) -> list[Line]:
    """A set of which the sample may show a part: first what it shows, then the others, or the gap for them."""
    gaps = [line for line in run if line.is_gap]
    seen: Counter[str] = Counter()
    shown: list[Line] = []
    others: list[Line] = []
    for line in (line for line in run if not line.is_gap):
        seen[line.key] += 1
        (shown if seen[line.key] <= wanted[line.key] else others).append(line)
    return [*gaps[: run[0].is_gap], *ties.in_order(shown), *ties.in_order(others), *gaps[:1]]
