"""Compares what a page shows with what the engine printed: sample + actual -> differences, for the runner.

What the reader typed or the page fixed is literal. What was made up in this run is free, but has to be the right kind
of thing and has to stay the same thing over the page. An output goes through these steps, each a module:

    text      CONTAINER ID   STATUS                      NAMES
              588ec8830392   Exited (0) 33 seconds ago   priceless_swartz
    lines     rows of cells under titles, else one part for the whole line (reading, tables, lines)
    tokens    `588ec8830392` a short id, `33 seconds ago` an age, `Exited (0) ` literal (tokens, KINDS in kinds); what
              was typed is literal (spellings, fixed), a number that was asked for is made up (asked)
    keys      what must be equal: literal texts, kinds, and what is bound under its name in this run (keys, bindings)
    gaps      `...` inside a line takes up what stands there (gaps)
    order     what comes in no promised order is put in one on both sides (arranging, policies/, the rows of dialects/)
    pairs     sample's line and actual line, gaps of the sample (`...`) taking up what stands between (align)
    verdict   equal keys throughout: the pairs teach the bindings; else what differs, in words (explain, excerpts)

The command that was typed last says what an output is: a window in time, a list sorted by what it does not show, the
answer to a question for a made-up number, the text of a file. Without a command nothing of that is assumed.

What a new row does to both errors on whole runs says tests/bench/shapes.py.
"""

import gc
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from harness.claims.commands import parse
from harness.shapes import amounts, asked, explain, gaps
from harness.shapes.align import Pair, align, pair, within
from harness.shapes.arranging import arrange
from harness.shapes.bindings import Bindings
from harness.shapes.dialects.pull import FIRST_TIME
from harness.shapes.dialects.sort import is_of_sorted
from harness.shapes.difference import Difference
from harness.shapes.kinds import BEGINNING, JOB
from harness.shapes.lines import Line, has_gap
from harness.shapes.reading import Reader, Titles, key_both
from harness.shapes.tokens import Token

_CACHED = re.compile(r"(?<=\A => )CACHED ")  # a step of a build that was done before
_COUNTS = frozenset({"TOTAL", "ACTIVE"})  # docker system df: how many there are on the machine


@contextmanager
def _without_looking_for_cycles() -> Iterator[None]:
    """Lines and tokens make no cycles; to look for some among those of a long output takes as long as all the rest."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_looking_for_cycles()
def compare(sample: str, actual: str, bindings: Bindings) -> list[Difference]:
    """What differs between a sample and this run's output; empty where both have the same shape.

    Without differences `bindings` has learnt what is what in this run; else it is as before. Prompts can be
    compared like outputs. Takes time in proportion to both texts.
    """
    shown, printed = read_both(sample, actual, bindings)
    arranged = _arranged(shown, printed, bindings)
    found = _judge(align(*arranged), bindings)
    if found and has_gap(shown) and arranged != (shown, printed):
        # A part of what comes in no promised order may be the same as it stands.
        found = found if _judge(align(shown, printed), bindings) else []
    by_chance = bindings.typed_elsewhere(actual) - bindings.typed_elsewhere(sample) if found else set[str]()
    if by_chance:  # a measure may come to what was typed elsewhere: 5MiB are in use, `max-size: 5m`
        with bindings.without_typed(by_chance):
            return compare(sample, actual, bindings)
    in_this_run = bindings.with_pieces_of(actual, sample) if found else sample
    return [] if in_this_run != sample and not compare(in_this_run, actual, bindings) else found


def compare_prompts(sample: str, actual: str, bindings: Bindings) -> list[Difference]:
    """As `compare`, of prompts: the command that was typed last says nothing about them."""
    alone = bindings.copy()
    alone.commands = []
    found = compare(sample.rstrip(), actual.rstrip(), alone)
    if not found:
        bindings.take(alone)
    return found


def missing(sample: str, actual: str, bindings: Bindings) -> list[Difference]:
    """What of a sample is not in this run's output, where other things than the page's are on the machine too.

    As `compare`, but what stands between the sample's lines doesn't count, nor what is only printed the first time: a
    pull's lines where the image is there already, a build's steps without the word that they were done before.
    """
    if not compare(sample, actual, bindings):
        return []
    shown, printed = (
        [_as_on_a_used_machine(line) for line in lines if not line.is_gap]
        for lines in _arranged(*read_both(sample, actual, bindings), bindings)
    )
    pairs = list(within(shown, printed))
    there = {line.number for line, _, _ in pairs if line}
    of_pulls = set(_numbers_of_pulls(shown))
    if not all(line.number in there or line.number in of_pulls for line in shown):
        pairs = [
            (line, other, before)
            for line, other, before in pair(shown, printed)
            if line and ((other and line.key == other.key) or line.number not in of_pulls)
        ]
    return _judge(pairs, bindings)


def _numbers_of_pulls(lines: Sequence[Line]) -> Iterator[int]:
    """The lines that a pull prints, and blank ones below them, which would begin the output without it."""
    is_of_pull = False
    for line in lines:
        is_of_pull = (is_of_pull and not line.text) or (not line.titles and bool(FIRST_TIME.fullmatch(line.text)))
        if is_of_pull:
            yield line.number


def _as_on_a_used_machine(line: Line) -> Line:
    """The line without what a machine that was used before makes of it: other things take room there, too."""
    line = replace(line, keys=amounts.unnamed(line.keys), key=amounts.unnamed(line.key))
    if set(line.titles) >= _COUNTS and line.is_row:
        keys = tuple(() if title in _COUNTS else key for title, key in zip(line.titles, line.keys, strict=True))
        return replace(line, keys=keys, key=keys)
    return line.rewritten(_CACHED, "")


def _arranged(shown: list[Line], printed: list[Line], bindings: Bindings) -> tuple[list[Line], list[Line]]:
    """The lines of both outputs in an order that doesn't depend on the run."""
    # What docker run itself says of a container may come or not.
    is_fixed = not any(one.inner for one in parse(bindings.command)) and bindings.is_output_fixed
    return (shown, printed) if is_fixed else arrange(shown, printed, bindings.commands, bindings.files.values())


def read_both(sample: str, actual: str, bindings: Bindings) -> tuple[list[Line], list[Line]]:
    """Both outputs as lines with their keys, as they stand."""
    sample = bindings.in_sample(sample)
    reader = Reader(bindings)
    printed, shown = reader.read(actual), reader.read(sample)
    left_out = _headers(printed) - _headers(shown)
    if left_out and has_gap(shown):
        reader = Reader(bindings, left_out)
        printed, shown = reader.read(actual), reader.read(sample)
    return key_both(*gaps.fill(shown, printed, bindings.typed), bindings)


def _headers(lines: Iterable[Line]) -> set[Titles]:
    return {line.titles for line in lines if line.titles and line.is_header}


def _judge(pairs: Iterable[Pair], bindings: Bindings) -> list[Difference]:
    """What differs between the lines of each pair; where nothing does, the bindings have learnt from them."""
    found: list[Difference] = []
    teaching: list[tuple[Line, Line]] = []
    processes: list[tuple[Line, Line]] = []  # rows of ps and docker top
    jobs: list[tuple[Line, Line]] = []
    beginnings: list[tuple[Line, Line]] = []
    asks_for_jobs = asked.asks_for_jobs(bindings.commands, bindings.files)
    for shown, printed, before in pairs:
        if shown is None or printed is None:
            found.append(explain.alone(shown, printed, before))
        elif shown.key != printed.key:
            found += explain.between(shown, printed, bindings)
        elif shown.made_up and printed.made_up:  # a line that stands for others teaches nothing
            teaching.append((shown, printed))
        elif shown.is_row and "PPID" in shown.titles:
            processes.append((shown, printed))
        elif asks_for_jobs and shown.has(JOB):
            jobs.append((shown, printed))
        elif shown.has(BEGINNING):
            beginnings.append((shown, printed))
    found = found or [*_changelings(processes), *_other_jobs(jobs), *_other_ids(beginnings, bindings)]
    if not found and teaching:
        learnt = bindings.copy()
        found = [difference for both in teaching for difference in _learn(*both, learnt)]
        if not found:
            bindings.take(learnt)
    return sorted(found, key=lambda difference: difference.line)


def _changelings(rows: Sequence[tuple[Line, Line]]) -> Iterator[Difference]:
    """The processes with another parent of the same output than the page's; where that is sure to be one process."""
    often = Counter(key for shown, _ in rows for key in (shown.key, shown.cell("PID")))
    parents = {
        shown.cell("PID"): printed.cell("PID")
        for shown, printed in rows
        if often[shown.key] == 1 == often[shown.cell("PID")]
    }
    for shown, printed in rows:
        named, there = shown.cell("PPID"), printed.cell("PPID")
        if there != (known := parents.get(named, there)):
            yield explain.contradiction(shown, printed, Token("PPID", named), Token("PPID", there), (named, known))


def _other_jobs(lines: Sequence[tuple[Line, Line]]) -> Iterator[Difference]:
    """The numbers of a shell's jobs that are not the same ones in an output's lines: `$!` is what `[1] 4242` says."""
    there: dict[Token, Token] = {}
    for shown, printed in lines:
        for named, came in zip(shown.of_kind(JOB), printed.of_kind(JOB), strict=True):
            if (known := there.setdefault(named, came)) != came:
                yield explain.contradiction(shown, printed, named, came, (named.text, known.text))


def _other_ids(lines: Sequence[tuple[Line, Line]], bindings: Bindings) -> Iterator[Difference]:
    """The first digits, in an output's lines, that an id has which is another thing of the page.

    Where they were sorted, by digits that are new in each run, nobody knows which comes first.
    """
    if lines and is_of_sorted(bindings.commands):
        return
    for shown, printed in lines:
        for named, came in zip(shown.of_kind(BEGINNING), printed.of_kind(BEGINNING), strict=True):
            if came.text != (known := bindings.expected_beginning(named.text) or came.text):
                yield explain.contradiction(shown, printed, named, came, (named.text, known))


def _learn(sample: Line, actual: Line, learnt: Bindings) -> Iterator[Difference]:
    for shown, printed in zip(sample.made_up, actual.made_up, strict=True):
        guessed = shown.guessed or printed.guessed
        bound = learnt.bind(shown.token, printed.token, content=shown.content, guessed=guessed)
        if bound and not guessed:
            yield explain.contradiction(sample, actual, shown.token, printed.token, bound)
