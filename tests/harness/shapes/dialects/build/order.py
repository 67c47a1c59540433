"""Puts the steps of a build into one order, whether a terminal or plain progress showed them.

What the Dockerfile says is read first, base images and the context are fetched next, then the steps of each stage
follow each other. Of several targets (bake) any may give its name to a step that they share,
and the place that the step has in its own Dockerfile.
"""

import re
from collections.abc import Collection, Container, Sequence
from dataclasses import replace

from harness.shapes.lines import Line, spelled_all

Step = list[Line]  # its head, and what belongs to it
_Rank = tuple[int, str]

HEAD = re.compile(r" => (?!=> )(?:(CACHED|ERROR|CANCELED) )?(\S.{0,400}?)(?:  .*)?")  # on a terminal
NUMBER = re.compile(r"#(\d{1,4})(?: |\Z)")  # in plain progress
_ASKED = re.compile(r"(?: => |#\d{1,4} )\[auth\] \S{1,200} token for \S{1,200}(?:  .*)?")
_TARGET = re.compile(
    r"(?: => |#\d{1,4} )(?:CACHED |ERROR |CANCELED )?\[(\S{1,100}) (?:internal|\S{1,100} \d{1,3}/\d{1,3})\] "
)
_NAME = re.compile(r"(?: => |#\d{1,4} )(?:CACHED |ERROR |CANCELED )?\[(\S{1,100}?)(?: |\])")
_FIRST_NAME = re.compile(r"(?<=\[)(\S{1,100}) ")
_STAGE = re.compile(r"\[(?:(\S{1,100}) )?(\d{1,3})/\d{1,3}\] (FROM )?")
_LABELLED = re.compile(
    r"(?: => |#\d{1,4} )(?:CACHED )?\[(?P<label>[^\[\]]{1,200} \d{1,3}/\d{1,3})\] (?P<does>\S.{0,400}?)(?:  .*)?"
)
_LABEL, _SHARED = re.compile(r"(?<=\[)[^\[\]]{1,200}(?=\] )"), "shared"
_SIZE = r"\d{1,6}(?:\.\d{1,4})?[kMG]?B"
_FETCHED = re.compile(  # a layer of a base image
    rf"(?: => => |#\d{{1,4}} )(?:extracting sha256:[0-9a-f]{{64}}|sha256:[0-9a-f]{{64}} {_SIZE} / {_SIZE})"
    r"(?: +\d{1,5}\.\d{1,3}s)?(?: done)?"
)


def targets_of(shown: Collection[str], printed: Collection[str]) -> frozenset[str]:
    """The targets that were built, by the texts of both outputs; a name that only one of them has is none."""
    sides = [{found[1] for text in side if (found := _NAME.match(text))} for side in (shown, printed)]
    of_steps = {found[1] for side in (shown, printed) for text in side if (found := _TARGET.match(text))}
    return frozenset(of_steps & sides[0] & sides[1])


def with_shared_steps(
    sample: Sequence[Line], actual: Sequence[Line], targets: Collection[str]
) -> tuple[list[Line], list[Line]]:
    """Both outputs, in which a step is called shared that another target has given its name to in the other."""
    ours, theirs = _labels(sample), _labels(actual)
    shared = {step for step in ours.keys() & theirs.keys() if _is_shared(ours[step] | theirs[step], targets)}
    return _named_shared(sample, shared), _named_shared(actual, shared)


def in_order(steps: Sequence[Step], targets: Collection[str]) -> list[Line]:
    """The lines of all steps, but those that only ask a registry for a token: not every registry wants one.

    `targets`: of which each may give its name to what several have in common.
    """
    begun: set[str] = set()
    steps = [_with_one_layer(step) for step in steps]
    if len(targets) > 1:
        steps = sorted([_without_target(step, targets) for step in steps], key=spelled_all)
    ranked = [(_rank(step, begun), step) for step in steps if not is_asking(step)]
    return [line for _, step in sorted(ranked, key=lambda item: item[0]) for line in step]


def _labels(lines: Sequence[Line]) -> dict[str, set[str]]:
    """By what a step does: what stands before it in brackets, which is its target, its stage and its number there."""
    found: dict[str, set[str]] = {}
    for text in {line.text for line in lines}:
        if step := _LABELLED.fullmatch(text):
            found.setdefault(step["does"], set()).add(step["label"])
    return found


def _is_shared(labels: Collection[str], targets: Collection[str]) -> bool:
    """Whether a step that has these labels in two outputs is one of several targets, each of which may name it."""
    named = {label.split(" ", 1)[0] for label in labels}
    return len(labels) == len(named) == 2 and named <= {*targets}


def _named_shared(lines: Sequence[Line], shared: Container[str]) -> list[Line]:
    return [
        replace(line, text=_LABEL.sub(_SHARED, line.text, count=1)).rewritten(_LABEL, _SHARED, count=1)
        if (step := _LABELLED.fullmatch(line.text)) and step["does"] in shared
        else line
        for line in lines
    ]


def is_asking(step: Step) -> bool:
    """Whether the step only asks a registry for a token."""
    return bool(_ASKED.fullmatch(step[0].text))


def _with_one_layer(step: Step) -> Step:
    """The step with one line for all layers of a base: how many, and in which order, is the base image's business.

    On a terminal it stands where the first of them does: what was resolved was so before.
    """
    fetched = set(filter(_FETCHED.fullmatch, {line.text for line in step}))  # each text is looked at once
    layers = [index for index, line in enumerate(step) if index and line.text in fetched] if fetched else []
    if not layers:
        return step
    others = [line for index, line in enumerate(step) if index not in layers]
    first = layers[0] if step[layers[0]].text.startswith(" => => ") else 1
    return [*others[:first], step[layers[0]].standing_for("layers fetched"), *others[first:]]


def _without_target(step: Step, targets: Container[str]) -> Step:
    """The step without the name of the target that it was done for."""

    def name(found: re.Match[str]) -> str:
        return "" if found[1] in targets else found[0]

    head = replace(step[0], text=_FIRST_NAME.sub(name, step[0].text, count=1))
    return [head.rewritten(_FIRST_NAME, name, count=1), *step[1:]]


def _rank(step: Step, begun: set[str]) -> _Rank:
    """Where a step stands; steps of equal rank keep their order. `begun` are the stages with a step before it."""
    head = HEAD.fullmatch(step[0].text)
    if head is None and step[0].text.startswith(" => => "):  # it has lost its step
        return -1, ""
    name = head[2] if head else NUMBER.sub("", step[0].text, count=1)
    stage = _STAGE.match(name)
    is_base = stage and stage[3] and (stage[1] or "") not in begun
    if is_base or name.startswith(("[internal] load build context", f"[{_SHARED}] ")):
        return 1, spelled_all(step)
    if name.startswith("[internal]"):
        return 0, spelled_all(step)
    if stage is None:
        return 3, ""
    begun.add(stage[1] or "")
    return 2, stage[1] or ""
