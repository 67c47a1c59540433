"""Measures harness.shapes on recorded runs: false alarms, and damages it misses. Run by hand.

    PYTHONPATH=tests python tests/bench/shapes.py FOLDER [--engine NAME] [--show WHAT]

FOLDER holds one file a run, ENGINE-runN.jsonl, one JSON object a command: id, command, text, exit_code. Every
pair of runs of one engine is replayed in order, the first run as the page and the second as what the engine
printed, with one Bindings. Then the second run's outputs are damaged, one way at a time, and should be refused.
--show false or --show KIND prints each case; figures come by kind of damage and by command.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from harness.shapes import Bindings, compare

_WORD = re.compile(r"[A-Za-z]{4,}")
_ID = re.compile(r"(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-z])")
_MADE_UP_WORDS = re.compile(r"second|minute|hour|days|week|month|year|[a-z]+_[a-z]+|\d|About|Less")


@dataclass(frozen=True)
class Case:
    """One output of the run that is damaged, and what is around it."""

    text: str
    command: str
    other: str  # another command's output
    random: random.Random

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def pick(self, pattern: str) -> re.Match[str] | None:
        found = list(re.finditer(pattern, self.text, re.MULTILINE))
        return self.random.choice(found) if found else None

    def replace(self, match: re.Match[str], text: str) -> str:
        return self.text[: match.start()] + text + self.text[match.end() :]


def _change(pattern: str, new: Callable[[Case, str], str]) -> Callable[[Case], str]:
    """A damage to one place of the text that the pattern finds."""

    def damage(case: Case) -> str:
        match = case.pick(pattern)
        return case.replace(match, new(case, match[0])) if match else case.text

    return damage


def _row(case: Case) -> int:
    """The index of a row under a header of capitals; 0 if there is none."""
    headers = [i for i, line in enumerate(case.lines) if re.fullmatch(r"[A-Z][A-Z %/]+ {2,}[A-Z][A-Z %/]+", line)]
    if not headers:
        return 0
    rows = [i for i in range(headers[0] + 1, len(case.lines)) if "   " in case.lines[i]]
    return case.random.choice(rows) if rows else 0


def _row_gone(case: Case) -> str:
    row = _row(case)
    return "\n".join(line for i, line in enumerate(case.lines) if not row or i != row)


def _row_doubled(case: Case) -> str:
    row = _row(case)
    return "\n".join([*case.lines[: row + 1], *case.lines[row:]]) if row else case.text


def _column_gone(case: Case) -> str:
    header = next((line for line in case.lines if re.fullmatch(r"(?:[A-Z][A-Z %/]+ {2,})+[A-Z %/]+", line)), "")
    starts = [match.start() for match in re.finditer(r"(?<=  )\S", header)]
    if not starts:
        return case.text
    start = case.random.choice(starts)
    end = next((other for other in starts if other > start), 10_000)
    return "\n".join(line[:start] + line[end:] for line in case.lines)


def _misspelt(case: Case) -> str:
    words = [match for match in _WORD.finditer(case.text) if not re.search(r"[0-9a-f_]{12}|" + _MADE_UP_WORDS.pattern,
             re.search(r"\S*\Z", case.text[: match.end()])[0])]  # type: ignore[index]
    if not words:
        return case.text
    word = case.random.choice(words)
    return case.replace(word, word[0][0] + word[0][2] + word[0][1] + word[0][3:] + "q")


def _dropped(case: Case) -> str:
    filled = [i for i, line in enumerate(case.lines) if line.strip()]
    gone = case.random.choice(filled) if filled else -1
    return "\n".join(line for i, line in enumerate(case.lines) if i != gone)


def _added(case: Case) -> str:
    where = case.random.randint(0, len(case.lines))
    return "\n".join([*case.lines[:where], "something else happened here", *case.lines[where:]])


def _swapped(case: Case) -> str:
    lines = case.lines
    places = [i for i in range(len(lines) - 1) if re.sub(r"\W+|\d", "", lines[i]) != re.sub(r"\W+|\d", "", lines[i + 1])]
    if places:
        i = case.random.choice(places)
        lines[i], lines[i + 1] = lines[i + 1], lines[i]
    return "\n".join(lines)


def _other_id(case: Case) -> str:
    match = case.pick(_ID.pattern)
    if not match:
        return case.text
    digits = "".join(case.random.choices("0123456789abcdef", k=len(match[0])))
    return case.replace(match, digits)


_ERROR = "Error response from daemon: Something is wrong"
_WARNING = "WARNING: Something is deprecated"

DAMAGES: dict[str, Callable[[Case], str]] = {
    "header": _change(r"^(?:[A-Z][A-Z %/]+ {2,})+[A-Z %/]+$", lambda _, line: line.replace(line.split()[-1], "XTRA")),
    "column gone": _column_gone,
    "row gone": _row_gone,
    "row doubled": _row_doubled,
    "status": _change(r"\b(?:Up|Exited \(\d+\)|Created|healthy|Paused|complete|FINISHED)\b",
                      lambda _, word: "Exited (9)" if word.startswith("Ex") else "Dead"),
    "image": _change(r"\b(?:nginx|centos|hello-world|redis|busybox)\b", lambda _, word: word + "x"),
    "name": _change(r"\b(?:web\d?|loop|test1|dd|h1|lim|mynet)\b", lambda _, word: word + "y"),
    "port": _change(r"\b(?:8080|8081|80/tcp|5000)\b", lambda _, port: "9" + port[1:]),
    "no id": _change(_ID.pattern, lambda case, text: case.random.choice((text[:-1], text[:5] + "x" + text[6:]))),
    "other id": _other_id,
    "size": _change(r"\b\d+(?:\.\d+)?(?:k|M|G)i?B\b", lambda _, size: size[:-1] + "X"),
    "age": _change(r"\b\d+ (?:seconds|minutes|hours|days|weeks|months|years)\b", lambda _, age: age[:-2] + "z"),
    "misspelt": _misspelt,
    "line dropped": _dropped,
    "line added": _added,
    "lines swapped": _swapped,
    "error instead": lambda _: _ERROR,
    "empty": lambda _: "",
    "warning before": lambda case: f"{_WARNING}\n{case.text}",
    "warning after": lambda case: f"{case.text}\n{_WARNING}",
    "other command": lambda case: case.other,
}


def load(path: Path) -> dict[str, dict[str, str]]:
    """The commands of a run by id, in order."""
    records = (json.loads(line) for line in path.read_text().splitlines())
    return {record["id"]: record for record in records if "text" in record}


def text(record: dict[str, str]) -> str:
    return record.get("text_unwrapped", record["text"])


@dataclass
class Figures:
    show: str
    asked: Counter[str]
    wrong: Counter[str]

    def count(self, kind: str, identity: str, wrong: bool, detail: Callable[[], object]) -> None:
        self.asked[kind] += 1
        self.wrong[kind] += wrong
        self.wrong[f"{kind} @ {identity}"] += wrong
        if wrong and self.show == kind:
            print(f"--- {kind} @ {identity}\n{detail()}\n")


def replay(page: dict[str, dict[str, str]], run: dict[str, dict[str, str]], figures: Figures, name: str) -> None:
    """Judge one run by another: as it is, and damaged in every way."""
    bindings = Bindings()
    others = [text(record) for record in run.values()]
    for identity in (key for key in page if key in run):
        sample, actual = text(page[identity]), text(run[identity])
        bindings.resolve(page[identity]["command"])
        before = bindings.copy()
        found = compare(sample, actual, bindings)
        figures.count("false alarm", identity, bool(found), lambda found=found: "\n".join(map(str, found[:8])))
        if found:
            continue
        choice = random.Random(f"{name} {identity}")  # noqa: S311
        case = Case(actual, page[identity]["command"], choice.choice(others), choice)
        for kind, damaged in _damaged(case):
            missed = not compare(sample, damaged, before.copy())
            figures.count(kind, identity, missed, lambda damaged=damaged: _diff(actual, damaged))


def _damaged(case: Case) -> Iterator[tuple[str, str]]:
    for kind, damage in DAMAGES.items():
        damaged = damage(case)
        if damaged.strip() != case.text.strip():
            yield kind, damaged


def _diff(actual: str, damaged: str) -> str:
    before, after = actual.split("\n"), damaged.split("\n")
    return "\n".join([*(f"- {line}" for line in before if line not in after), *(f"+ {line}" for line in after if line not in before)][:12]) or damaged[:600]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", default="")
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    figures = Figures(options.show, Counter(), Counter())
    started = time.perf_counter()
    for first, second in permutations(sorted(options.folder.glob(f"{options.engine}*.jsonl")), 2):
        if first.name.split("-run")[0] == second.name.split("-run")[0]:
            replay(load(first), load(second), figures, f"{first.name} {second.name}")
    seconds = time.perf_counter() - started
    for kind, asked in figures.asked.items():
        wrong = figures.wrong[kind]
        print(f"{kind:16} {wrong:5} of {asked:6}  {wrong / asked:7.2%}")
        where = Counter({key.split(" @ ")[1]: n for key, n in figures.wrong.items() if key.startswith(f"{kind} @ ") and n})
        print(" " * 18 + ", ".join(f"{key} {n}" for key, n in where.most_common(14)))
    asked = sum(figures.asked.values()) - figures.asked["false alarm"]
    missed = sum(figures.wrong[kind] for kind in DAMAGES)
    print(f"missed damages   {missed:5} of {asked:6}  {missed / max(asked, 1):7.2%}    {seconds:.1f} s")


if __name__ == "__main__":
    main()
