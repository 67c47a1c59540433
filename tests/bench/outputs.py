"""One output of a run, to damage, for damages.py and oracles.py."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from bench import free

HEADER = re.compile(r"[A-Z][A-Z0-9 %/]* {2,}[A-Z][A-Z0-9 %/]*")


@dataclass(frozen=True)
class Output:
    """What a command printed, and what is known of the run until then."""

    command: str
    text: str
    other: str  # the output of another command
    known: frozenset[str]  # the ids that came before, or come twice here
    random: random.Random
    typed: tuple[str, ...] = ()  # the commands until then, this one too

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

    @property
    def header(self) -> int:
        """The index of the first header; the number of lines if there is none."""
        lines = self.lines
        return next((index for index, line in enumerate(lines) if HEADER.fullmatch(line)), len(lines))

    def row(self) -> int:
        """The index of a random row under a header that has to be there; 0 if there is none."""
        rows = [i for i in range(self.header + 1, len(self.lines)) if "   " in self.lines[i] and self.counts(i)]
        return self.random.choice(rows) if rows else 0

    def line(self) -> int:
        """The index of a random line that has to be there; -1 if there is none."""
        filled = [index for index, line in enumerate(self.lines) if line.strip()]
        self.random.shuffle(filled)
        return next((index for index in filled if self.counts(index)), -1)

    def counts(self, *indices: int) -> bool:
        """Whether an output without these lines is another one."""
        return not free.may_lack(self.command, self.lines, indices)

    def without(self, *indices: int) -> str:
        return "\n".join(line for number, line in enumerate(self.lines) if number not in indices)
