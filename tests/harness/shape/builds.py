"""Puts the progress of a BuildKit build in one order: its steps run side by side, so it comes in many.

On a terminal a step is a line and what is indented under it; with --progress=plain it is all lines of one number,
and the numbers follow the order. What the Dockerfile says is read first, base images and the context are fetched
next, then the steps of each stage follow each other. A step that another's failure cut short (CANCELED) shows how
far it got: only its name counts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from harness.shape.lines import Line

_HEADER = "[+] Building "
_STEP = re.compile(r" => (?!=> )(?:(CACHED|ERROR|CANCELED) )?(\S.{0,400}?)(?:  .*)?")
_WARNING = re.compile(r" => WARN: ")  # of a build check; its text stands at the end as well
_PLAIN = re.compile(r"#(\d{1,4})(?: |\Z)")
_STAGE = re.compile(r"\[(?:(\S{1,100}) )?(\d{1,3})/\d{1,3}\] (FROM )?")
_DURATION = " \0duration\0\0"

_Block = list[Line]


def cancelled(*outputs: Sequence[Line]) -> set[str]:
    """The names of the steps that were cut short in any of the outputs."""
    found = (_STEP.fullmatch(line.text) for output in outputs for line in output)
    return {match[2] for match in found if match and match[1] == "CANCELED"}


def arrange(lines: Sequence[Line], cut_short: set[str]) -> list[Line]:
    """The lines of an output, its build steps in an order that doesn't depend on the run."""
    inside = [index for index, line in enumerate(lines) if line.text.startswith((" => ", _HEADER))]
    if inside and lines[inside[0]].text.startswith(_HEADER):
        start, end = inside[0] + 1, inside[-1] + 1
        steps = [_trimmed(block, cut_short) for block in _terminal_blocks(lines[start:end])]
        return [*lines[:start], *_ordered(steps), *_without_excerpts(lines[end:], cut_short)]
    inside = [index for index, line in enumerate(lines) if _PLAIN.match(line.text)]
    if inside and _PLAIN.match(lines[0].text):
        return [*_ordered(_plain_blocks(lines[: inside[-1] + 1])), *lines[inside[-1] + 1 :]]
    return list(lines)


def _terminal_blocks(lines: Iterable[Line]) -> list[_Block]:
    blocks: list[_Block] = []
    for line in lines:
        if _WARNING.match(line.text):
            continue
        if not blocks or _STEP.fullmatch(line.text):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _trimmed(block: _Block, cut_short: set[str]) -> _Block:
    match = _STEP.fullmatch(block[0].text)
    if match is None or match[2] not in cut_short:
        return block
    return [block[0].standing_for(f"cut short: {match[2]}")]


def _without_excerpts(lines: Sequence[Line], cut_short: set[str]) -> list[Line]:
    """What follows the steps, without the three lines that name a failed step once more."""
    names = {f" > {name}:" for name in cut_short}
    left: list[Line] = []
    skip = 0
    for index, line in enumerate(lines):
        if not skip and line.text == "------" and index + 2 < len(lines) and lines[index + 1].text in names:
            skip = 3
        if not skip:
            left.append(line)
        skip = max(skip - 1, 0)
    return left


def _plain_blocks(lines: Iterable[Line]) -> list[_Block]:
    blocks: dict[str, _Block] = {}
    number = ""
    for line in lines:
        match = _PLAIN.match(line.text)
        number = match[1] if match else number
        if line.text:
            key = line.key.removeprefix(f"#{number}").replace(f"{_DURATION} done", " done")
            blocks.setdefault(number, []).append(replace(line, key=key))
    return [list(_finished(block)) for block in blocks.values()]


def _finished(block: _Block) -> Iterable[Line]:
    """The lines of a step without those that came again when they were done."""
    keys = {line.key for line in block}
    return (line for line in block if f"{line.key.removesuffix(_DURATION)} done" not in keys)


def _ordered(blocks: Iterable[_Block]) -> list[Line]:
    begun: set[str] = set()
    ranked = [(_rank(block, begun), block) for block in blocks]
    return [line for _, block in sorted(ranked, key=lambda item: item[0]) for line in block]


def _rank(block: _Block, begun: set[str]) -> tuple[int, str]:
    """Where a step stands; steps of equal rank keep their order. `begun` are the stages with a step before it."""
    step = _STEP.fullmatch(block[0].text)
    if step is None and block[0].text.startswith(" => => "):  # it has lost its step
        return -1, ""
    name = step[2] if step else _PLAIN.sub("", block[0].text, count=1)
    stage = _STAGE.match(name)
    if name == "[internal] load build context" or (stage and stage[3] and (stage[1] or "") not in begun):
        return 1, _text(block)
    if name.startswith("[internal]"):
        return 0, _text(block)
    if stage is None:
        return 3, ""
    begun.add(stage[1] or "")
    return 2, stage[1] or ""


def _text(block: _Block) -> str:
    return "\n".join(line.key for line in block)
