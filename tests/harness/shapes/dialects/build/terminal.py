"""The progress of a build on a terminal: a step is a line, and what is indented under it.

    [+] Building 5.4s (8/8) FINISHED                                docker:default
     => [internal] load build definition from Dockerfile                      0.0s
     => => transferring dockerfile: 38B                                       0.0s

A step that another's failure cut short (CANCELED) shows how far it got: only its name counts.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile

from harness.shapes.dialects.build import said
from harness.shapes.dialects.build.order import HEAD, Step, in_order, is_asking
from harness.shapes.keys import literal
from harness.shapes.lines import Line

_HEADER = "[+] Building "
_EXCERPT = "------"  # the line above what a failed step has said, which stands below all steps
_WARNING = re.compile(r" => WARN: (\S.{0,400}?)(?:  .*)?")  # of a build check; its text stands at the end as well
_MANY_WARNINGS = 50
_COUNT = re.compile(r"\((\d{1,4})/(\d{1,4})\)")
# Of a line of an excerpt, as its key is spelled; of ten seconds or more, as long as a time of less is.
_TIME = re.compile(r"\A(?:(?:#\d{1,4} )?\0seconds\0\0|(?:\d\d\.\d\d|\d{3}\.\d|\d{4}\.)(?= ))")
_DIGEST = re.compile(r"@sha256:[0-9a-f]{1,64}")
_BASE_WAS_THERE = re.compile(r"(?<=\A => )CACHED (?=\[.* FROM )")


def cancelled(texts: Iterable[str]) -> set[str]:
    """The names of the steps that were cut short, by the texts of all lines."""
    heads = (HEAD.fullmatch(text) for text in texts if text.startswith(" => CANCELED "))
    return {_name(head) for head in heads if head}


def _name(head: re.Match[str]) -> str:
    """What a step is called, without the digest that its base has today."""
    return _DIGEST.sub("", head[2])


def arrange(lines: Sequence[Line], cut_short: set[str], targets: Collection[str]) -> list[Line]:
    """The lines of an output, its build steps in one order. `cut_short`: the names of which only the name counts."""
    above = takewhile(lambda line: line.text != _EXCERPT, lines)
    inside = [index for index, line in enumerate(above) if line.text.startswith((" => ", _HEADER))]
    if not inside:
        return list(lines)
    first, end = inside[0], inside[-1] + 1
    headers = [line for line in lines[first : first + 1] if line.text.startswith(_HEADER)]
    warned = [line.text for line in lines[end:] if line.text.startswith(" - ")][:_MANY_WARNINGS]
    steps = [_name_only(step, cut_short) for step in _steps(lines[first + len(headers) : end], warned)]
    if any(step[0].text.startswith((" => ERROR ", " => CANCELED ")) for step in steps):
        # Where another step failed, nobody waits for a base.
        steps = [[step[0].rewritten(_BASE_WAS_THERE, ""), *step[1:]] for step in steps]
    asked = sum(map(is_asking, steps))
    headers = [line.rewritten(_COUNT, lambda of: f"({int(of[1]) - asked}/{int(of[2]) - asked})", 1) for line in headers]
    rest = said.of_excerpts(_excerpts_alike(lines[end:]))
    return [*lines[:first], *headers, *in_order(steps, targets), *_without_excerpts(rest, cut_short)]


def _steps(lines: Iterable[Line], warned: Iterable[str]) -> list[Step]:
    steps: list[Step] = []
    for line in lines:
        warning = _WARNING.fullmatch(line.text)
        if warning and any(text.startswith(f" - {warning[1]}") for text in warned):  # a narrow terminal cuts it
            continue
        if not steps or HEAD.fullmatch(line.text):
            steps.append([])
        steps[-1].append(line)
    return steps


def _name_only(step: Step, cut_short: set[str]) -> Step:
    """The step; of one that was cut short its name, and what doesn't belong to a step at all, as a broken digest."""
    head = HEAD.fullmatch(step[0].text)
    if head is None or _name(head) not in cut_short:
        return step
    odd = [line for line in step[1:] if not line.text.startswith(" => => ") or "sha256:" in line.spelled]
    return [step[0].standing_for(f"cut short: {_name(head)}"), *odd]


def _excerpts_alike(lines: Sequence[Line]) -> list[Line]:
    """What follows the steps; each line of the excerpt of a failed one without the step's number, its time made up."""
    arranged: list[Line] = []
    is_inside = False
    for line in lines:
        is_inside = line.text != _EXCERPT and (is_inside or line.text.startswith(" > ["))
        key, times = _TIME.subn("at some time", line.spelled)
        arranged.append(line.with_key((literal(key),)) if is_inside and times else line)
    return arranged


def _without_excerpts(lines: Sequence[Line], cut_short: set[str]) -> list[Line]:
    """What follows the steps, without the three lines that name a failed step once more."""
    names = {f" > {name}:" for name in cut_short}
    named = [
        at
        for at in range(1, len(lines) - 1)
        if _DIGEST.sub("", lines[at].text) in names and lines[at - 1].text == _EXCERPT
    ]
    gone = {near for at in named for near in (at - 1, at, at + 1)}
    return [line for index, line in enumerate(lines) if index not in gone]
