"""What a note is once it is read: its fences as blocks, each with the steps that were found in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from harness.claims.fences import Fence


class Said(NamedTuple):
    """Something to tell the note's author: a key of the texts, and what it is about."""

    key: str
    about: str = ""


class Kind(StrEnum):
    """What a fence of a note is."""

    COMMANDS = "commands"
    OUTPUT = "output"  # of the commands in the fence above it
    FILE = "file"  # that the reader writes
    NO_COMMAND = "no command"


@dataclass
class NoteStep:
    """A command of a note, with the output that the note shows for it. Lines are the note's, 1-based."""

    line: int
    prompt: str  # `$ ` and `# ` are the reader's own and root's; another one a container's
    command: str
    sample: list[str] | None = None  # None where the note shows none
    first_line: int = 0  # of the sample
    inside: bool = False  # typed into a shell in a container
    open_value: str = ""  # what it leaves open: then it can't be run
    refused: Said | None = None  # why it is not run
    guesses: list[Said] = field(default_factory=list)
    added: bool = False  # it is not in the note: what leaves a shell that the note leaves open

    @property
    def is_run(self) -> bool:
        return not self.open_value and self.refused is None

    @property
    def as_noted(self) -> str:
        """The command with the tag that the note has, be it misspelt."""
        return next((guess.about for guess in self.guesses if guess.key == "misspelt"), self.command)


@dataclass
class NoteBlock:
    """A fence of a note."""

    fence: Fence
    kind: Kind
    steps: list[NoteStep] = field(default_factory=list)
    waiting: str = ""  # the container's prompt at which it ends
    terminal: str = ""  # which of the reader's terminals, by its title
    file: str = ""  # the name of the file that it is
    reason: Said | None = None  # why it is no command, or whose output it is
    guesses: list[Said] = field(default_factory=list)

    @property
    def line(self) -> int:
        return self.fence.line

    def said(self) -> list[Said]:
        """All guesses, each once."""
        return list(dict.fromkeys([*self.guesses, *(guess for step in self.steps for guess in step.guesses)]))


@dataclass(frozen=True)
class Note:
    """A note, its fences in their order."""

    blocks: Sequence[NoteBlock]
    lines: Sequence[str]
