"""Measures harness.shapes on recorded runs: false alarms, and damages it misses. Run by hand.

    PYTHONPATH=tests python tests/bench/shapes.py FOLDER... [--yardsticks] [--part held-out] [--show KIND]

A folder holds a file for each run, ENGINE-runN.jsonl, with one JSON object for each command: id, command, text (and
text_unwrapped where the terminal wrapped a line). Every pair of runs of one engine is replayed in order with one
Bindings, the first run as the page and the second as what the engine printed. Then each output of the second is
damaged in every way a reader would call wrong, one at a time, and has to be refused. One command of four is held
out: it only counts with `--part held-out`, which gives no details, so that rules are not written for it.

No damage is: what the design leaves free. How many layers, build records, events and repetitions there are, and the
order of what is a set.
"""

import argparse
import hashlib
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import permutations
from pathlib import Path

from harness.shapes import Bindings, compare

_Run = dict[str, dict[str, str]]

_ID = r"(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-z])"
_HEADER = re.compile(r"[A-Z][A-Z0-9 %/]* {2,}[A-Z][A-Z0-9 %/]*")
_FREE_NUMBER = re.compile(
    r"[0-9a-f]{12}: .*|[0-9a-z]{12,25}\*? .*(?:true|false).*|[0-9a-z]{25}\*?|deleted: sha256:.*|.*(?:ERRO\[|WARN:).*"
)
# What comes in no promised order, and what shows as much as there was time for.
_SETS = re.compile(
    r"docker (?:(?:container )?(?:diff|port)|(?:system )?(?:events|info)|volume ls|(?:volume|image|system) prune"
    r"|system df (?:-v|--verbose)|images?\b|buildx (?:du|bake)|builder prune|network inspect|stack deploy"
    r"|build .*--progress[= ]plain)|compose (?:.* )?(?:up|down|stop|restart|logs)"
    r"|config --services|nslookup|.*--progress[= ]plain"
)
_SIDE_BY_SIDE = re.compile(r" => (?:\[internal\]|(?:CACHED )?\[(?:\S+ )?1/)")
_WINDOWS = re.compile(r"docker (?:events|logs)|compose (?:.* )?logs")
_FALSE_ALARM = "false alarm"
_HELD_OUT = 4  # one of so many commands, by the hash of its id


@dataclass(frozen=True)
class Case:
    """One output to damage."""

    command: str
    text: str
    other: str  # the output of another command
    known: frozenset[str]  # the ids that came before, or come twice here
    random: random.Random

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @property
    def is_window(self) -> bool:
        return bool(_WINDOWS.search(self.command))

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
        return self.random.choice(counting) if counting and not self.is_window else -1


def _without(case: Case, index: int) -> str:
    return "\n".join(line for number, line in enumerate(case.lines) if number != index)


def _column_more(case: Case) -> str:
    header = next((index for index, line in enumerate(case.lines) if _HEADER.fullmatch(line)), -1)
    return (
        case.text
        if header < 0
        else "\n".join(
            f"{line}   {'EXTRA' if index == header else 'x'}" if index >= header and line else line
            for index, line in enumerate(case.lines)
        )
    )


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
    words = rf"(?<![\w:])(?<!tmp\.)(?!(?:{ages})\b)[A-Za-z]{{4,11}}(?![\w-])"
    return case.change(words, lambda word: word[0] + word[2] + word[1] + word[3:] + "q")


def _added(case: Case) -> str:
    where = case.random.randint(0, len(case.lines))
    return "\n".join([*case.lines[:where], "something else happened here", *case.lines[where:]])


def _half(case: Case) -> str:
    kept, left = case.lines[: len(case.lines) // 2], case.lines[len(case.lines) // 2 :]
    counts = any(line.strip() and not _FREE_NUMBER.fullmatch(line) for line in left)
    return "\n".join(kept) if counts and not case.is_window else case.text


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
        and not all(_SIDE_BY_SIDE.match(line) for line in lines[index : index + 2])
    ]
    if places and not _SETS.search(case.command):
        index = case.random.choice(places)
        lines[index], lines[index + 1] = lines[index + 1], lines[index]
    return "\n".join(lines)


def _other_id(case: Case) -> str:
    digits = "".join(case.random.choices("0123456789abcdef", k=64))
    return case.change(
        rf"(?<!=> sha256:)(?<!extracting sha256:){_ID}(?!: )",
        lambda text: digits[: len(text)] if text[:12] in case.known else "",
    )


def _to(pattern: str, new: Callable[[str], str]) -> Callable[[Case], str]:
    return lambda case: case.change(pattern, new)


_WRONG_STATES = {"Up": "Dead", "Created": "Up 2 seconds", "healthy": "unhealthy", "FINISHED": "DONE"}
_EXIT = r"(?:(?<=Exited \()|(?<=exit code: )|(?<=exitCode=)|(?<=\"ExitCode\": ))\d+"
_OCTETS = r"(?<![\d.])172\.\d+\.\d+\.\d+(?![\d.])"

DAMAGES: dict[str, Callable[[Case], str]] = {
    "exit code": _to(_EXIT, lambda code: "1" if code != "1" else "2"),
    "header": _to(rf"^{_HEADER.pattern}$", lambda line: line.replace(line.split()[-1], "XTRA")),
    "column gone": _column_gone,
    "column more": _column_more,
    "row gone": _row_gone,
    "row doubled": _row_doubled,
    "status": _to(
        r"\b(?:Up|Exited(?= \()|Created|healthy|Paused|complete|FINISHED|running|Started)(?!\w)",
        lambda word: _WRONG_STATES.get(word, "failed"),
    ),
    "image": _to(r"\b(?:nginx|centos|hello-world|redis|busybox)\b", lambda word: f"{word}x"),
    "name": _to(r"\b(?:web\d?|loop|test1|dd|h1|lim|mynet)\b", lambda word: f"{word}y"),
    "random name": _to(r"(?<= )[a-z]{4,}_[a-z]{4,}$", lambda name: f"{name[:2]}{name[3:]}"),
    "port": _to(r"\b(?:8080|8081|80/tcp|5000|32768)\b", lambda port: "9" + port[1:]),
    "address": _to(_OCTETS, lambda address: f"{address}0.1"),
    "no id, short": _to(_ID, lambda text: text[:-1]),
    "no id, letter": _to(_ID, lambda text: f"{text[:5]}x{text[6:]}"),
    "other id": _other_id,
    "size": _to(r"\b\d+(?:\.\d+)?(?:[kMG]i?)B\b", lambda size: f"{size[:-1]}X"),
    "age": _to(r"\b\d+ (?:seconds|minutes|hours|days|weeks|months|years)\b", lambda age: f"{age.split()[0]} moons"),
    "time": _to(r"\d{4}-\d\d-\d\dT\d\d:", lambda time: f"{time[:5]}99{time[7:]}"),
    "misspelt": _misspelt,
    "line dropped": lambda case: _without(case, case.line()),
    "line added": _added,
    "lines swapped": _swapped,
    "half": _half,
    "error instead": lambda _: "Error response from daemon: Something is wrong",
    "empty": lambda _: "",
    "warning before": lambda case: f"WARNING: Something is deprecated\n{case.text}",
    "warning after": lambda case: f"{case.text}\nWARNING: Something is deprecated",
    "other command": lambda case: case.text if _sed(case.other) == _sed(case.text) else case.other,
}

# What somebody without the harness would do.
_SED = (
    (r"[0-9a-f]{64}|\b[0-9a-f]{12}\b", "ID"),
    (r"(?:\d+|About an?|Less than a) (?:second|minute|hour|day|week|month|year)s?(?: ago)?", "AGE"),
    (r"\b\d+(?:\.\d+)?(?:[kKMG]i?)?B\b", "SIZE"),
    (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME"),
    (r"\b\d+\.\d+s\b", "DURATION"),
    (r" {2,}", "  "),
)


def _sed(text: str) -> str:
    for pattern, new in _SED:
        text = re.sub(pattern, new, text)
    return text


def _similar(sample: str, actual: str) -> bool:
    matcher = SequenceMatcher(None, sample.split(), actual.split(), autojunk=False)
    return matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR


_SIMILAR = 0.8
YARDSTICKS: dict[str, Callable[[str, str], bool]] = {
    "exact": lambda sample, actual: sample == actual,
    "sed rules": lambda sample, actual: _sed(sample) == _sed(actual),
    "similarity 0.8": _similar,
}
OURS = "shapes"


@dataclass
class Figures:
    """How often each judge was wrong, by kind of damage (or false alarm) and by command."""

    judges: list[str]
    show: str = ""
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def count(self, kind: str, identity: str, wrong: dict[str, bool], details: list[str]) -> None:
        self.asked[kind, identity] += 1
        self.wrong.update((judge, kind, identity) for judge in self.judges if wrong.get(judge))
        if wrong[OURS] and self.show == kind:
            print(f"--- {kind}: {identity}", *details[:12], sep="\n")

    def print(self) -> None:
        print(f"{'':20} {'cases':>7} " + " ".join(f"{judge:>16}" for judge in self.judges))
        kinds = list(dict.fromkeys(kind for kind, _ in self.asked))
        for kind in [_FALSE_ALARM, *(kind for kind in kinds if kind != _FALSE_ALARM)]:
            self._line(kind, {kind})
        self._line("all damages", set(DAMAGES))
        print("\nby command, where shapes is wrong")
        for identity in dict.fromkeys(place for judge, _, place in self.wrong if judge == OURS):
            found = Counter({k: n for (judge, k, place), n in self.wrong.items() if (judge, place) == (OURS, identity)})
            cases = sum(number for (_, place), number in self.asked.items() if place == identity)
            print(f"{identity:20} {cases:7} " + ", ".join(f"{kind} {number}" for kind, number in found.items()))

    def _line(self, name: str, wanted: set[str]) -> None:
        asked = sum(number for (kind, _), number in self.asked.items() if kind in wanted)
        wrong = Counter(judge for (judge, kind, _), n in self.wrong.items() if kind in wanted for _ in range(n))
        rates = (f"{wrong[judge]:6} {wrong[judge] / max(asked, 1):8.2%} " for judge in self.judges)
        print(f"{name:20} {asked:7} " + " ".join(rates))


def load(path: Path) -> _Run:
    """The commands of a run by id, in order."""
    records = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {record["id"]: record for record in records if "text" in record}


def text(record: dict[str, str]) -> str:
    return record.get("text_unwrapped", record["text"])


def is_held_out(identity: str) -> bool:
    """Whether nobody looks at this command's outputs while writing rules."""
    return hashlib.sha256(identity.encode()).digest()[0] % _HELD_OUT == 0


def replay(page: _Run, run: _Run, figures: Figures, seed: str, counts: Callable[[str], bool]) -> None:
    """Judge one run by another: as it is, and damaged in every way. Only what `counts` is counted."""
    bindings = Bindings()
    seen: Counter[str] = Counter()
    outputs = [text(record) for record in run.values()]
    for identity in (key for key in page if key in run):
        sample, actual, command = text(page[identity]), text(run[identity]), page[identity]["command"]
        bindings.resolve(command)
        before = bindings.copy()
        found = compare(sample, actual, bindings)
        seen.update(match[0][:12] for match in re.finditer(rf"{_ID}(?!: )", actual))
        if not counts(identity):
            continue
        alarms = {name: not same(sample, actual) for name, same in YARDSTICKS.items() if name in figures.judges}
        details = [str(difference) for difference in found]
        figures.count(_FALSE_ALARM, identity, {OURS: bool(found), **alarms}, details)
        known = frozenset(id_ for id_, number in seen.items() if number > 1)
        choice = random.Random(f"{seed} {identity}")  # noqa: S311
        for kind, damaged in _damaged(Case(command, actual, choice.choice(outputs), known, choice)):
            missed = {name: same(sample, damaged) for name, same in YARDSTICKS.items() if name in figures.judges}
            missed[OURS] = not found and not compare(sample, damaged, before.copy())
            figures.count(kind, identity, missed, _changes(actual, damaged) if missed[OURS] else [])


def _damaged(case: Case) -> Iterator[tuple[str, str]]:
    for kind, damage in DAMAGES.items():
        damaged = damage(case)
        if damaged.strip() != case.text.strip():
            yield kind, damaged


def _changes(actual: str, damaged: str) -> list[str]:
    before, after = actual.split("\n"), damaged.split("\n")
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return [*(f"- {line}" for line in gone), *(f"+ {line}" for line in new)] or after


PARTS: dict[str, Callable[[str], bool]] = {
    "seen": lambda identity: not is_held_out(identity),
    "held-out": is_held_out,
    "all": lambda _: True,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--engine", default="", help="only this one")
    parser.add_argument("--part", choices=PARTS, default="seen", help="which commands count")
    parser.add_argument("--yardsticks", action="store_true", help="measure simpler ways to compare as well")
    parser.add_argument("--show", default="", metavar="KIND", help="print each case of that kind that went wrong")
    options = parser.parse_args()
    if options.show and options.part != "seen":
        parser.error("what is held out is not looked at")
    figures, started = Figures([OURS, *(YARDSTICKS if options.yardsticks else ())], options.show), time.perf_counter()
    runs = [path for folder in options.folder for path in sorted(folder.glob(f"{options.engine or '*'}-run*.jsonl"))]
    for first, second in permutations(runs, 2):
        if first.parent == second.parent and first.name.split("-run")[0] == second.name.split("-run")[0]:
            replay(load(first), load(second), figures, f"{first.name} {second.name}", PARTS[options.part])
    figures.print()
    print(f"{time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
