"""Puts the progress of a BuildKit build in one order: its steps run side by side, so it comes in many.

On a terminal a step is a line and what is indented under it; with --progress=plain it is all lines of one number,
and the numbers follow the order. What the Dockerfile says is read first, base images and the context are fetched
next, then the steps of each stage follow each other. Of several targets (bake) any may give its name to a step that
they share. A step that another's failure cut short (CANCELED) shows how far it got: only its name counts.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from harness.shapes.reading import Line

_HEADER = "[+] Building "
_STEP = re.compile(r" => (?!=> )(?:(CACHED|ERROR|CANCELED) )?(\S.{0,400}?)(?:  .*)?")
_WARNING = re.compile(r" => WARN: (\S.{0,400}?)(?:  .*)?")  # of a build check; its text stands at the end as well
_PLAIN = re.compile(r"#(\d{1,4})(?: |\Z)")
_TARGET = re.compile(r"(?: => |#\d{1,4} )\[(\S{1,100}) internal\] ")
_INTERRUPTED = re.compile(r"#\d{1,4} \.\.\.")  # another step speaks in between; this one says its name again after
_AUTH = re.compile(r"(?: => |#\d{1,4} )\[auth\] \S{1,200} token for \S{1,200}(?:  .*)?")  # only where it is asked for
_DONE = re.compile(r"#\d{1,4} DONE \d{1,5}\.\ds")
_COUNT = re.compile(r"\((\d{1,4})/(\d{1,4})\)")
_DIGEST = re.compile(r"#\d{1,4} sha256:[0-9a-f]{64}")
_BASE = re.compile(r"\[\S{1,100} 1/\d{1,3}\] (?=FROM )")  # of several stages on one base, any may give its name
_SIZE = r"\d{1,6}(?:\.\d{1,4})?[kMG]?B"
_FETCHED = re.compile(  # a layer of a base image
    rf"(?: => => |#\d{{1,4}} )(?:extracting sha256:[0-9a-f]{{64}}|sha256:[0-9a-f]{{64}} {_SIZE} / {_SIZE})"
    r"(?: +\d{1,5}\.\d{1,3}s)?(?: done)?"
)
_EXCERPT_LINES = 30  # at most, of a failed step's output
_EXCERPT = re.compile(r"\A#\d{1,4} (?=\0seconds)")
_STAGE = re.compile(r"\[(?:(\S{1,100}) )?(\d{1,3})/\d{1,3}\] (FROM )?")
_DURATION = " \0duration\0\0"
_PROGRESS = re.compile(r"(?: \0(?:size|duration)\0\0){0,2}(?: done)?\Z")

_Block = list[Line]


def cancelled(*outputs: Sequence[Line]) -> set[str]:
    """The names of the steps that were cut short in any of the outputs."""
    lines = (line.text for output in outputs for line in output if line.text.startswith(" => CANCELED "))
    return {match[2] for match in map(_STEP.fullmatch, lines) if match}


def arrange(lines: Sequence[Line], cut_short: set[str]) -> list[Line]:
    """The lines of an output, its build steps in an order that doesn't depend on the run."""
    inside = [index for index, line in enumerate(lines) if line.text.startswith((" => ", _HEADER))]
    if inside and lines[inside[0]].text.startswith(_HEADER):
        first, end = inside[0], inside[-1] + 1
        warned = {line.text for line in lines[end:]}
        steps = [_trimmed(block, cut_short) for block in _terminal_blocks(lines[first + 1 : end], warned)]
        if any(step[0].text.startswith((" => ERROR ", " => CANCELED ")) for step in steps):
            steps = [_uncached_base(step) for step in steps]
        counted = [step for step in steps if not _AUTH.fullmatch(step[0].text)]
        header = _counting(lines[first], len(steps) - len(counted))
        rest = [replace(line, key=_EXCERPT.sub("", line.key)) for line in lines[end:]]
        return [*lines[:first], header, *_ordered(counted), *_without_excerpts(rest, cut_short)]
    if lines and _PLAIN.match(lines[0].text):
        inside = [index for index, line in enumerate(lines) if _PLAIN.match(line.text)]
        end = inside[-1] + 1
        steps = [step for step in _plain_blocks(lines[:end]) if not _AUTH.fullmatch(step[0].text)]
        return [*_ordered(steps), *_without_echo(lines[end:], lines[:end])]
    return list(lines)


def _counting(header: Line, uncounted: int) -> Line:
    """The header without the steps that don't count in its number of steps."""
    key = _COUNT.sub(lambda found: f"({int(found[1]) - uncounted}/{int(found[2]) - uncounted})", header.key, count=1)
    return replace(header, key=key)


def _terminal_blocks(lines: Iterable[Line], warned: Container[str]) -> list[_Block]:
    blocks: list[_Block] = []
    for line in lines:
        warning = _WARNING.fullmatch(line.text)
        if warning and f" - {warning[1]}" in warned:
            continue
        if not blocks or _STEP.fullmatch(line.text):
            blocks.append([])
        blocks[-1].append(line)
    return [_tidied(block) for block in blocks]


def _tidied(block: _Block) -> _Block:
    """The step without the name of one stage of several where it fetches a base, and with one line for all layers
    of that: how many, and in which order, is the base image's business.
    """
    block[0] = replace(block[0], key=_BASE.sub("[base] ", block[0].key, count=1))
    layers = [line for line in block[1:] if _FETCHED.fullmatch(line.text)]
    if not layers:
        return block
    others = [line for line in block[1:] if not _FETCHED.fullmatch(line.text)]
    return [block[0], layers[0].standing_for("layers fetched"), *others]


def _uncached_base(block: _Block) -> _Block:
    """The step; of a base without the word that it was there: where another step failed, nobody waits for that."""
    is_base = block[0].key.startswith(" => CACHED [") and " FROM " in block[0].text
    return [replace(block[0], key=block[0].key.replace("CACHED ", "", 1)), *block[1:]] if is_base else block


def _trimmed(block: _Block, cut_short: set[str]) -> _Block:
    match = _STEP.fullmatch(block[0].text)
    if match is None or match[2] not in cut_short:
        return block
    odd = (line for line in block[1:] if not line.text.startswith(" => => ") or "sha256:" in line.key)  # no digest
    return [block[0].standing_for(f"cut short: {match[2]}"), *odd]


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


def _without_echo(lines: Sequence[Line], before: Sequence[Line]) -> list[Line]:
    """What follows the steps, without the excerpt of a failed one: it repeats the end of that one's output, and the
    first line of it may have lost its beginning.
    """
    start = next((index for index, line in enumerate(lines) if line.text.startswith(" > [")), len(lines)) + 1
    end = next((index for index in range(start, len(lines)) if lines[index].text == "------"), start)
    said = [line.text for line in before[-_EXCERPT_LINES:]]
    excerpt = lines[start:end][:_EXCERPT_LINES]
    other = [line for line in excerpt if not any(text.endswith(line.text) for text in said)]
    return [*lines[:start], *other, *lines[start + len(excerpt) :]]


def _plain_blocks(lines: Iterable[Line]) -> list[_Block]:
    blocks: dict[str, _Block] = {}
    number = ""
    for line in lines:
        match = _PLAIN.match(line.text)
        number = match[1] if match else number
        if line.text and not _INTERRUPTED.fullmatch(line.text):
            key = line.key.removeprefix(f"#{number}").replace(f"{_DURATION} done", " done")
            blocks.setdefault(number, []).append(replace(line, key=key))
    return [_tidied(list(_finished(block))) for block in blocks.values()]


def _finished(block: _Block) -> Iterable[Line]:
    """The lines of a step without those that came again: its name and digest, and of what was done in the end how far
    it had come before.
    """
    block = [line for line in block[:-1] if not _DONE.fullmatch(line.text)] + block[-1:]
    heads = {line.text for line in block[:2] if line is block[0] or _DIGEST.fullmatch(line.text)}
    again = [line for index, line in enumerate(block) if index < len(heads) or line.text not in heads]
    last = {_task(line): line for line in again}
    return (line for line in again if line is last[_task(line)] or not last[_task(line)].key.endswith(" done"))


def _task(line: Line) -> str:
    """The key of a line, however far that has come."""
    return _PROGRESS.sub("", line.key)


def _ordered(blocks: Sequence[_Block]) -> list[Line]:
    begun: set[str] = set()
    targets = {found[1] for block in blocks if (found := _TARGET.match(block[0].text))}
    if len(targets) > 1:
        blocks = sorted([_untargeted(block, targets) for block in blocks], key=_text)
    ranked = [(_rank(block, begun), block) for block in blocks]
    return [line for _, block in sorted(ranked, key=lambda item: item[0]) for line in block]


def _untargeted(block: _Block, targets: Iterable[str]) -> _Block:
    """The step without the name of the target that it was done for."""
    name = re.compile(rf"(?<=\[)(?:{'|'.join(map(re.escape, sorted(targets)))}) ")
    head = block[0]
    return [replace(head, text=name.sub("", head.text, count=1), key=name.sub("", head.key, count=1)), *block[1:]]


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
