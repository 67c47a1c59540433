"""What is wrong in a page or a snippet, where, and the way out: gathered, so that all of it is told at once."""

from dataclasses import dataclass
from pathlib import Path

from harness.claims.characters import visible


@dataclass(frozen=True)
class Problem:
    """Something wrong in a page or a snippet, at a line that a person can go to."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return visible(f"{self.path}:{self.line}: {self.message}")


class Problems:
    """What is wrong with one page, `shown` being its path as people are shown it, and with what it includes."""

    def __init__(self, shown: Path) -> None:
        self._shown = shown
        self._found: list[Problem] = []

    def add(self, line: int, message: str, path: Path | None = None) -> None:
        """Something wrong on the page, or in the file at `path`; once, as a snippet may be shown twice."""
        problem = Problem(path or self._shown, line, message)
        self._found += [problem] if problem not in self._found else []

    def in_order(self) -> list[Problem]:
        """All of them, by file and line."""
        return sorted(self._found, key=lambda problem: (str(problem.path), problem.line))


def relative(path: Path, root: Path) -> Path:
    """A path as people are shown it: from `root` on, where it is inside."""
    return path.relative_to(root) if path.is_relative_to(root) else path
