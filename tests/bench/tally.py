"""Counts how often each judge was wrong, for tests/bench/shapes.py."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

FALSE_ALARM = "false alarm"
OURS = "shapes"
_DETAILS = 12  # lines of each case that went wrong


class Place(NamedTuple):
    """Where something was asked."""

    kind: str  # of damage or question; begins with FALSE_ALARM where the right answer is that both are the same
    identity: str  # of the command in its list
    program: str  # `docker compose logs`: whose outputs have habits of their own


@dataclass
class Tally:
    """What was asked, and what each judge got wrong."""

    judges: Sequence[str]
    show: str = ""
    asked: Counter[tuple[str, Place]] = field(default_factory=Counter)
    wrong: Counter[tuple[str, Place]] = field(default_factory=Counter)
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)  # of dialects/, where shapes was wrong, by kind

    def count(self, place: Place, wrong: Mapping[str, bool], details: Sequence[str]) -> None:
        """What each judge that was asked got wrong or right."""
        self.asked.update((judge, place) for judge in wrong)
        self.wrong.update((judge, place) for judge in wrong if wrong[judge])
        if wrong[OURS] and self.show == place.kind:
            print(f"--- {place.kind}: {place.identity}", *details[:_DETAILS], sep="\n")

    def print(self) -> None:
        print(f"{'':32} {'asked':>7} " + " ".join(f"{judge:>16}" for judge in self.judges))
        kinds = {place.kind for _, place in self.asked}
        alarms = {kind for kind in kinds if kind.startswith(FALSE_ALARM)}
        for kind in (*sorted(alarms), *sorted(kinds - alarms)):
            self._line(kind, {kind})
        self._line("all that has to be refused", kinds - alarms)
        self._by_row()
        self._by("program", "by command")
        self._by("identity", "by example")

    def _line(self, name: str, kinds: set[str]) -> None:
        asked, wrong = _by_judge(self.asked, kinds), _by_judge(self.wrong, kinds)
        rates = (
            f"{wrong[judge]:6} {wrong[judge] / asked[judge]:8.2%} " if asked[judge] else "" for judge in self.judges
        )
        print(f"{name:32} {asked[OURS]:7} " + " ".join(rates))

    def _by_row(self) -> None:
        print("\nrows of dialects/ that are about what was missed")
        for (row, kind), number in self.rows.most_common():
            print(f"{row:50} {number:5}   {kind}")

    def _by(self, field_: str, title: str) -> None:
        """Where shapes is wrong, the most often first."""
        asked, found = Counter[str](), dict[str, Counter[str]]()
        for (judge, place), number in self.asked.items():
            asked[getattr(place, field_)] += number if judge == OURS else 0
        for (judge, place), number in self.wrong.items():
            if judge == OURS:
                found.setdefault(getattr(place, field_), Counter())[place.kind] += number
        print(f"\n{title}, where shapes is wrong")
        for name, kinds in sorted(found.items(), key=lambda item: -item[1].total()):
            print(f"{name:24} {asked[name]:7} " + ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))


def _by_judge(counted: Counter[tuple[str, Place]], kinds: set[str]) -> Counter[str]:
    found = Counter[str]()
    for (judge, place), number in counted.items():
        found[judge] += number if place.kind in kinds else 0
    return found
