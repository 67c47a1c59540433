"""Finds pages that write into the reader's home directory, or leave their folder behind.

A page makes a folder under ~/docker-note and enters it before it writes anything, and removes it at its end.
"""

import posixpath
import re
import shlex
from collections.abc import Iterator, Sequence

from harness.claims.commands import Command, read_command
from harness.claims.front_matter import front_matter
from harness.claims.markdown import lines_of
from harness.claims.shell import simple_commands
from lint.texts import Block, Text

FOLDERS = "~/docker-note/"
CLEAN_UP = "정리"  # the heading of the section that removes what a page made
_MAKERS = {"mkdir", "touch", "tee"}  # they make all that they name
_COPIERS = {"cp", "mv", "ln", "install"}  # they make what they name last


def wrong(page: str, text: str, blocks: Sequence[Block]) -> Iterator[tuple[Text | None, int, str]]:
    """(text, line, what is wrong) of the page named `page`, whose Markdown is `text`; no text means the page itself."""
    settings = front_matter(lines_of(text)).values
    if settings.get("machine") == "no-engine" or not any(block.is_session for block in blocks):
        return
    engines = dict.fromkeys(["", *(text.engine for block in blocks for text in block.texts)])
    found = [finding for engine in engines for finding in _Walk(page, engine).over(blocks)]
    yield from dict.fromkeys(found)


class _Walk:
    """Goes through a page as its reader does, on one engine: with its variants where it has any."""

    def __init__(self, page: str, engine: str) -> None:
        folder = _for_shell(FOLDERS + page)
        self.engine, self.way_in = engine, f"`$ mkdir -p {folder} && cd {folder}`"
        self.where: dict[str, str] = {}  # each terminal's directory
        self.last_word = "~"  # of the command before, as `$_` has it
        self.made: dict[str, tuple[Text, int]] = {}  # each folder of the guide with the text and line that make it
        self.removed: set[str] = set()
        self.complained = False

    def over(self, blocks: Sequence[Block]) -> Iterator[tuple[Text | None, int, str]]:
        last = next(block for block in reversed(blocks) if block.is_session)
        for block in blocks:
            if block.is_file and self._at_home(block.title, "") and not self.complained:
                self.complained = True
                yield None, block.line, self._written(block.title)
            if block.is_session:
                yield from self._session(block, at_end=block is last or block.section == CLEAN_UP)
        for folder in self.made.keys() - self.removed:
            text, line = self.made[folder]
            way_out = f"write `$ cd ~ && rm -r {_for_shell(folder)}` in `## {CLEAN_UP}`"
            yield text, line, f"nothing removes {folder} at the page's end; {way_out}"

    def _session(self, block: Block, *, at_end: bool) -> Iterator[tuple[Text | None, int, str]]:
        text = next((text for text in block.texts if text.engine == self.engine), block.texts[0])
        for step in text.steps():
            for simple in simple_commands(step.command) if step.at_host else ():
                line = text.above + step.line + simple.line
                command = read_command(simple.program).started if simple.program else None
                yield from self._make([*simple.writes, *_makes(command)], block.title, text, line)
                yield from self._remove(_removes(command) if at_end else (), block.title, text, line)
                if command:
                    self._move(command, block.title)

    def _make(self, paths: Sequence[str], terminal: str, text: Text, line: int) -> Iterator[tuple[Text, int, str]]:
        for path in paths:
            if self._at_home(path, terminal) and not self.complained:
                self.complained = True
                yield text, line, self._written(path)
            if (made := _path(path, self._here(terminal))).startswith(FOLDERS):
                self.made.setdefault("/".join(made.split("/")[:3]), (text, line))

    def _remove(self, paths: Sequence[str], terminal: str, text: Text, line: int) -> Iterator[tuple[Text, int, str]]:
        here = self._here(terminal)
        for folder in (_path(path, here) for path in paths):
            self.removed.add(folder)
            if folder.startswith(FOLDERS) and f"{here}/".startswith(f"{folder}/"):
                yield text, line, f"the reader still stands in {folder}, which goes; write `cd ~ &&` before"

    def _move(self, command: Command, terminal: str) -> None:
        if command.program == "cd":
            to = command.words[1] if len(command.words) > 1 else "~"
            self.where[terminal] = _path(self.last_word if to == "$_" else to, self._here(terminal))
        self.last_word = command.words[-1]

    def _here(self, terminal: str) -> str:
        return self.where.get(terminal, "~")

    def _at_home(self, path: str, terminal: str) -> bool:
        """Whether a path leads into the home directory, but not into a folder of the guide."""
        full = _path(path, self._here(terminal))
        return full.startswith("~") and not f"{full}/".startswith(FOLDERS)

    def _written(self, path: str) -> str:
        return (
            f"`{path}` is written into the reader's home directory, where other pages' files lie; before it, make a "
            f"folder and enter it: {self.way_in}"
        )


def _for_shell(folder: str) -> str:
    """A folder of the guide as a shell takes it: its `~` stays the reader's home."""
    return FOLDERS + shlex.quote(folder.removeprefix(FOLDERS))


def _makes(command: Command | None) -> Sequence[str]:
    """The files and folders that a command makes."""
    if command is None:
        return ()
    if command.program in _MAKERS:
        return command.arguments
    if command.program in _COPIERS or command.plain_name == "docker cp":
        return [path for path in command.arguments[-1:] if ":" not in path and path != "-"]
    if command.words[:2] == ("git", "clone"):
        _, *named = command.arguments
        return [named[1] if len(named) > 1 else posixpath.basename(named[-1]).removesuffix(".git")]
    if command.program in ("curl", "wget") or command.plain_name in ("docker save", "docker export"):
        return [*command.options.get("-o", ()), *command.options.get("--output", ())]
    return ()


def _removes(command: Command | None) -> Sequence[str]:
    """The folders that a command removes."""
    is_recursive = command and command.program == "rm" and command.has("-r", "-R", "--recursive")
    return command.arguments if command and is_recursive else ()


def _path(path: str, here: str) -> str:
    """A path from the home directory on (`~/note`), or an absolute one."""
    path = re.sub(r"^(?:\$HOME|\$\{HOME\})(?=/|$)", "~", re.sub(r"^(?:\$PWD|\$\{PWD\})(?=/|$)", ".", path))
    if path.startswith("$"):
        return "/"  # only a shell knows
    full = path if path.startswith(("~", "/")) else posixpath.join(here, path)
    return posixpath.normpath(full)
