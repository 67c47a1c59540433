"""Measures harness.shapes on recorded runs: false alarms, and damages it misses. Run by hand.

    PYTHONPATH=tests python tests/bench/shapes.py FOLDER... [--yardsticks] [--part held-out] [--show KIND]

A folder holds a file for each run, ENGINE-runN.jsonl, with one JSON object for each command: id, command, text (and
text_unwrapped where the terminal wrapped a line), files that a page would show before it. Every pair of runs of one
engine is replayed in order with one Bindings, the first run as the page and the second as what the engine printed. Then
each output of the second is damaged in every way a reader would call wrong, one at a time, and has to be refused
(damages.py, values.py). Each run is also its own page, with gaps put over it and its lines in another order, where the
right answer is known: some have to be accepted, some refused (oracles.py). One command of four is held out: it only
counts with `--part held-out`, which gives no details, so that rules are not written for it.

What is no damage is in free.py, and printed at the end with its reasons.
"""

import argparse
import hashlib
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

from bench import free, oracles
from bench.damages import DAMAGES, ID
from bench.outputs import Output
from bench.rows import rows_about
from bench.tally import FALSE_ALARM, OURS, Place, Tally
from bench.yardsticks import YARDSTICKS
from harness.claims.commands import parse
from harness.shapes import Bindings, compare

_Record = dict[str, Any]
_Run = dict[str, _Record]
_Counts = Callable[[str], bool]  # whether a command, by its id, counts
_HELD_OUT = 4  # one of so many commands, by the hash of its id


def load(path: Path) -> _Run:
    """The commands of a run by id, in order."""
    records = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {record["id"]: record for record in records if "text" in record}


def text(record: _Record) -> str:
    return str(record.get("text_unwrapped", record["text"]))


def read(record: _Record, bindings: Bindings) -> None:
    """The page until an output: the files that it shows, and the command."""
    for path, written in record.get("files", {}).items():
        bindings.write_file(path, written)
    bindings.resolve(record["command"])


def is_held_out(identity: str) -> bool:
    """Whether nobody looks at this command's outputs while writing rules."""
    return hashlib.sha256(identity.encode()).digest()[0] % _HELD_OUT == 0


def program(command: str) -> str:
    """The one that makes the output, as the harness calls it: the last one of docker's, else the last one."""
    names = [found.plain_name for found in parse(command)]
    return next((name for name in reversed(names) if name.startswith("docker")), names[-1] if names else "")


def outputs(run: _Run, seed: str) -> Iterator[tuple[str, Output]]:
    """Each output of a run, with what is known at its time."""
    seen: Counter[str] = Counter()
    texts = [text(record) for record in run.values()]
    typed: tuple[str, ...] = ()
    for identity, record in run.items():
        choice = random.Random(f"{seed} {identity}")  # noqa: S311
        typed = (*typed, record["command"])
        seen.update(match[0][:12] for match in re.finditer(rf"{ID}(?!: )", text(record)))
        known = frozenset(id_ for id_, number in seen.items() if number > 1)
        yield identity, Output(record["command"], text(record), choice.choice(texts), known, choice, typed)


def replay(page: _Run, run: _Run, tally: Tally, seed: str, counts: _Counts) -> None:
    """Judge one run by another: as it is, and damaged in every way. Only what `counts` is counted."""
    bindings = Bindings()
    common = {identity: record for identity, record in run.items() if identity in page}
    for identity, output in outputs(common, seed):
        sample, command = text(page[identity]), page[identity]["command"]
        read(page[identity], bindings)
        before = bindings.copy()
        found = compare(sample, output.text, bindings)
        if not counts(identity):
            continue
        where = Place(FALSE_ALARM, identity, program(command))
        alarms = {name: not YARDSTICKS[name](sample, output.text) for name in tally.judges if name in YARDSTICKS}
        tally.count(where, {OURS: bool(found), **alarms}, [str(difference) for difference in found])
        for kind, damaged in _damaged(output):
            missed = {name: YARDSTICKS[name](sample, damaged) for name in tally.judges if name in YARDSTICKS}
            missed[OURS] = not found and not compare(sample, damaged, before.copy())
            tally.count(where._replace(kind=kind), missed, changes(output.text, damaged))
            if missed[OURS]:
                tally.rows.update((row, kind) for row in rows_about(output.typed, output.text, damaged))


def ask(run: _Run, tally: Tally, seed: str, counts: _Counts) -> None:
    """Judge a run by itself, with gaps and in another order."""
    bindings = Bindings()
    for identity, output in outputs(run, seed):
        read(run[identity], bindings)
        before = bindings.copy()
        compare(output.text, output.text, bindings)
        if not counts(identity):
            continue
        for question in oracles.questions(output):
            found = compare(question.sample, question.actual, before.copy())
            kind = f"{FALSE_ALARM}, {question.kind}" if question.same else question.kind
            wrong = {OURS: bool(found) == question.same}
            details = [*map(str, found), *changes(question.sample, question.actual)]
            tally.count(Place(kind, identity, program(output.command)), wrong, details)


def _damaged(output: Output) -> Iterator[tuple[str, str]]:
    for kind, damage in DAMAGES.items():
        damaged = damage(output)
        is_same = damaged.strip("\n") == output.text.strip("\n") or free.is_same(output.command, output.text, damaged)
        if not is_same:
            yield kind, damaged


def changes(before: str, after: str) -> list[str]:
    """What has changed, as lines that are gone and lines that are new; all of it where only the order has."""
    gone = Counter(before.split("\n")) - Counter(after.split("\n"))
    new = Counter(after.split("\n")) - Counter(before.split("\n"))
    return [*(f"- {line}" for line in gone), *(f"+ {line}" for line in new)] or after.split("\n")


PARTS: dict[str, _Counts] = {
    "seen": lambda identity: not is_held_out(identity),
    "held-out": is_held_out,
    "all": lambda _: True,
}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--engine", default="", help="only this one")
    parser.add_argument("--part", choices=PARTS, default="seen", help="which commands count")
    parser.add_argument("--yardsticks", action="store_true", help="measure simpler ways to compare as well")
    parser.add_argument("--show", default="", metavar="KIND", help="print each case of that kind that went wrong")
    options = parser.parse_args()
    if options.show and options.part != "seen":
        parser.error("what is held out is not looked at")
    return options


def main() -> None:
    options, started = _options(), time.perf_counter()
    tally = Tally([OURS, *(YARDSTICKS if options.yardsticks else ())], options.show)
    runs = [path for folder in options.folder for path in sorted(folder.glob(f"{options.engine or '*'}-run*.jsonl"))]
    for path in runs:
        ask(load(path), tally, path.name, PARTS[options.part])
    for first, second in permutations(runs, 2):
        if first.parent == second.parent and first.name.split("-run")[0] == second.name.split("-run")[0]:
            replay(load(first), load(second), tally, f"{first.name} {second.name}", PARTS[options.part])
    tally.print()
    print(f"\n{free.explain()}\n\n{time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
