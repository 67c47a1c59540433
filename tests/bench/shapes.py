"""Measures harness.shapes on recorded runs: false alarms, and damages it misses. Run by hand.

    PYTHONPATH=tests python tests/bench/shapes.py FOLDER [--engine NAME] [--show KIND]

FOLDER holds a file for each run, ENGINE-runN.jsonl, with one JSON object for each command: id, command, text (and
text_unwrapped where the terminal wrapped a line). Every pair of runs of one engine is replayed in order with one
Bindings, the first run as the page and the second as what the engine printed. Then each output of the second is
damaged in every way a reader would call wrong, one at a time, and has to be refused. Figures come by kind of damage
and by command; `--show KIND` prints each case of that kind that went wrong.

No damage is: what the design leaves free. How many layers, build records, events and repetitions there are, and the
order of what is a set.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

from harness.shapes import Bindings, compare

_Run = dict[str, dict[str, str]]

_ID = r"(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-z])"
_HEADER = re.compile(r"[A-Z][A-Z0-9 %/]* {2,}[A-Z][A-Z0-9 %/]*")
_FREE_NUMBER = re.compile(r"[0-9a-f]{12}: .*|[0-9a-z]{12,25}\*? .*(?:true|false)|[0-9a-z]{25}\*?|.*(?:ERRO\[|WARN:).*")
_SETS = {
    "diff", "volume-ls", "volume-prune", "image-prune", "system-prune", "system-prune-a", "system-df-v",
    "images-format", "images-digests", "images-a", "images-2", "info", "compose-up", "compose-down", "build-kit-plain",
}  # fmt: skip
_WINDOWS = {"events", "logs", "logs-t", "logs-f"}


@dataclass(frozen=True)
class Case:
    """One output to damage."""

    identity: str
    text: str
    other: str  # the output of another command
    known: frozenset[str]  # the ids that came before, or come twice here
    random: random.Random

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def change(self, pattern: str, new: Callable[[str], str]) -> str:
        """The text with one random place that the pattern finds changed."""
        found = [match for match in re.finditer(pattern, self.text, re.MULTILINE) if new(match[0])]
        if not found:
            return self.text
        match = self.random.choice(found)
        return self.text[: match.start()] + new(match[0]) + self.text[match.end() :]

    def row(self) -> int:
        """The index of a random row under a header; 0 if there is none."""
        lines = self.lines
        header = next((index for index, line in enumerate(lines) if _HEADER.fullmatch(line)), len(lines))
        rows = [i for i in range(header + 1, len(lines)) if "   " in lines[i] and not _FREE_NUMBER.fullmatch(lines[i])]
        return self.random.choice(rows) if rows else 0

    def line(self) -> int:
        """The index of a random line that counts; -1 if there is none."""
        counting = [i for i, line in enumerate(self.lines) if line.strip() and not _FREE_NUMBER.fullmatch(line)]
        return self.random.choice(counting) if counting and self.identity not in _WINDOWS else -1


def _without(case: Case, index: int) -> str:
    return "\n".join(line for number, line in enumerate(case.lines) if number != index)


def _row_gone(case: Case) -> str:
    row = case.row()
    return _without(case, row) if row else case.text


def _row_doubled(case: Case) -> str:
    row = case.row()
    return "\n".join([*case.lines[: row + 1], *case.lines[row:]]) if row else case.text


def _column_gone(case: Case) -> str:
    header = next((line for line in case.lines if _HEADER.fullmatch(line)), "")
    starts = [match.start() for match in re.finditer(r"(?<=  )\S", header)]
    if not starts:
        return case.text
    start = case.random.choice(starts)
    end = next((other for other in starts if other > start), 10_000)
    return "\n".join(line[:start] + line[end:] for line in case.lines)


def _misspelt(case: Case) -> str:
    ages = "seconds?|minutes?|hours?|days|weeks|months|years|About|Less|than"
    words = rf"(?<![\w:])(?!(?:{ages})\b)[A-Za-z]{{4,11}}(?![\w-])"
    return case.change(words, lambda word: word[0] + word[2] + word[1] + word[3:] + "q")


def _added(case: Case) -> str:
    where = case.random.randint(0, len(case.lines))
    return "\n".join([*case.lines[:where], "something else happened here", *case.lines[where:]])


def _swapped(case: Case) -> str:
    lines = case.lines
    plain = [re.sub(r"\W+|\d|[a-f]{4,}", "", line) for line in lines]
    places = [
        index
        for index in range(len(lines) - 1)
        if plain[index] != plain[index + 1]
        and lines[index].strip()
        and lines[index + 1].strip()
        and not any(_FREE_NUMBER.fullmatch(line) for line in lines[index : index + 2])
    ]
    if places and case.identity not in _SETS:
        index = case.random.choice(places)
        lines[index], lines[index + 1] = lines[index + 1], lines[index]
    return "\n".join(lines)


def _other_id(case: Case) -> str:
    digits = "".join(case.random.choices("0123456789abcdef", k=64))
    return case.change(_ID, lambda text: digits[: len(text)] if text[:12] in case.known else "")


def _to(pattern: str, new: Callable[[str], str]) -> Callable[[Case], str]:
    return lambda case: case.change(pattern, new)


_WRONG_STATES = {"Up": "Dead", "Created": "Up 2 seconds", "healthy": "unhealthy", "FINISHED": "DONE"}

DAMAGES: dict[str, Callable[[Case], str]] = {
    "header": _to(rf"^{_HEADER.pattern}$", lambda line: line.replace(line.split()[-1], "XTRA")),
    "column gone": _column_gone,
    "row gone": _row_gone,
    "row doubled": _row_doubled,
    "status": _to(
        r"\b(?:Up|Exited \(\d+\)|Created|healthy|Paused|complete|FINISHED)(?!\w)",
        lambda word: _WRONG_STATES.get(word, "Exited (9)" if word.startswith("Exited") else "failed"),
    ),
    "image": _to(r"\b(?:nginx|centos|hello-world|redis|busybox)\b", lambda word: f"{word}x"),
    "name": _to(r"\b(?:web\d?|loop|test1|dd|h1|lim|mynet)\b", lambda word: f"{word}y"),
    "port": _to(r"\b(?:8080|8081|80/tcp|5000|32768)\b", lambda port: "9" + port[1:]),
    "no id, short": _to(_ID, lambda text: text[:-1]),
    "no id, letter": _to(_ID, lambda text: f"{text[:5]}x{text[6:]}"),
    "other id": _other_id,
    "size": _to(r"\b\d+(?:\.\d+)?(?:[kMG]i?)B\b", lambda size: f"{size[:-1]}X"),
    "age": _to(r"\b\d+ (?:seconds|minutes|hours|days|weeks|months|years)\b", lambda age: f"{age.split()[0]} moons"),
    "misspelt": _misspelt,
    "line dropped": lambda case: _without(case, case.line()),
    "line added": _added,
    "lines swapped": _swapped,
    "error instead": lambda _: "Error response from daemon: Something is wrong",
    "empty": lambda _: "",
    "warning before": lambda case: f"WARNING: Something is deprecated\n{case.text}",
    "warning after": lambda case: f"{case.text}\nWARNING: Something is deprecated",
    "other command": lambda case: case.other,
}


@dataclass
class Figures:
    show: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, kind: str, identity: str, wrong: bool, details: list[str]) -> None:
        self.asked[kind] += 1
        if wrong:
            self.wrong[kind, identity] += 1
            if self.show == kind:
                print(f"--- {kind}: {identity}", *details[:12], sep="\n")

    def print(self) -> None:
        for kind, asked in self.asked.items():
            places = Counter({place: number for (other, place), number in self.wrong.items() if other == kind})
            self._line(kind, places.total(), asked)
            if places:
                print("    " + ", ".join(f"{place} {number}" for place, number in places.most_common(12)))
        damages = {kind: asked for kind, asked in self.asked.items() if kind in DAMAGES}
        self._line(
            "all damages", sum(n for (kind, _), n in self.wrong.items() if kind in DAMAGES), sum(damages.values())
        )

    @staticmethod
    def _line(kind: str, wrong: int, asked: int) -> None:
        print(f"{kind:16} {wrong:5} of {asked:6}  {wrong / max(asked, 1):7.2%}")


def load(path: Path) -> _Run:
    """The commands of a run by id, in order."""
    records = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {record["id"]: record for record in records if "text" in record}


def text(record: dict[str, str]) -> str:
    return record.get("text_unwrapped", record["text"])


def replay(page: _Run, run: _Run, figures: Figures, seed: str) -> None:
    """Judge one run by another: as it is, and damaged in every way."""
    bindings = Bindings()
    seen: Counter[str] = Counter()
    outputs = [text(record) for record in run.values()]
    for identity in (key for key in page if key in run):
        sample, actual = text(page[identity]), text(run[identity])
        bindings.resolve(page[identity]["command"])
        before = bindings.copy()
        found = compare(sample, actual, bindings)
        figures.count("false alarm", identity, bool(found), [str(difference) for difference in found])
        seen.update(match[0][:12] for match in re.finditer(rf"{_ID}(?!: )", actual))
        known = frozenset(id_ for id_, number in seen.items() if number > 1)
        choice = random.Random(f"{seed} {identity}")  # noqa: S311
        for kind, damaged in _damaged(Case(identity, actual, choice.choice(outputs), known, choice)):
            missed = not found and not compare(sample, damaged, before.copy())
            figures.count(kind, identity, missed, _changes(actual, damaged) if missed else [])


def _damaged(case: Case) -> Iterator[tuple[str, str]]:
    for kind, damage in DAMAGES.items():
        damaged = damage(case)
        if damaged.strip() != case.text.strip():
            yield kind, damaged


def _changes(actual: str, damaged: str) -> list[str]:
    before, after = actual.split("\n"), damaged.split("\n")
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return [*(f"- {line}" for line in gone), *(f"+ {line}" for line in new)] or after


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", default="")
    parser.add_argument("--show", default="", metavar="KIND")
    options = parser.parse_args()
    figures, started = Figures(options.show), time.perf_counter()
    for first, second in permutations(sorted(options.folder.glob(f"{options.engine}*.jsonl")), 2):
        if first.name.split("-run")[0] == second.name.split("-run")[0]:
            replay(load(first), load(second), figures, f"{first.name} {second.name}")
    figures.print()
    print(f"{time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
