"""Finds pages that write into the reader's home directory, or leave their folder behind.

A page makes a folder under ~/docker-note and enters it before it writes anything, and removes it at its end.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lint.shell import Command, commands, docker
from lint.shown import Block, Text

FOLDERS = "~/docker-note/"
CLEAN_UP = "정리"  # the heading of the section that removes what a page made
_NO_ENGINE = re.compile(r"^machine: *no-engine *$", re.MULTILINE)
_MAKERS = {"mkdir", "touch", "tee"}  # what they name is made
_COPIERS = {"cp", "mv", "ln", "install"}  # the last that they name is made


def wrong(page: str, text: str, blocks: Sequence[Block]) -> Iterator[tuple[Text | None, int, str]]:
    """(text of a snippet, None for the page itself; line; what is wrong) of the page named `page`."""
    if _NO_ENGINE.search(text) or not any(block.is_session for block in blocks):
        return
    engines = dict.fromkeys(["", *(text.engine for block in blocks for text in block.texts)])
    found = [finding for engine in engines for finding in _Walk(page, engine).over(blocks)]
    yield from dict.fromkeys(found)


class _Walk:
    """Goes through a page as its reader does, with the variants of one engine where there are any."""

    def __init__(self, page: str, engine: str) -> None:
        self.engine, self.way_in = engine, f"`$ mkdir -p {FOLDERS}{page} && cd {FOLDERS}{page}`"
        self.where: dict[str, str] = {}  # each terminal's directory
        self.last_word = "~"  # of the command before: `$_`
        self.made: dict[str, tuple[Text, int]] = {}  # the folders, each with where it is made
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
            message = f"nothing removes {folder} at the page's end; write `$ cd ~ && rm -r {folder}` in `## {CLEAN_UP}`"
            yield text, line, message

    def _session(self, block: Block, *, at_end: bool) -> Iterator[tuple[Text | None, int, str]]:
        text = next((text for text in block.texts if text.engine == self.engine), block.texts[0])
        for step in text.steps():
            for command in commands(step.command) if step.at_host else ():
                line = text.above + step.line + command.line
                here = self.where.get(block.title, "~")
                for path in _writes(command):
                    if self._at_home(path, block.title) and not self.complained:
                        self.complained = True
                        yield text, line, self._written(path)
                    if (made := _path(path, here)).startswith(FOLDERS):
                        self.made.setdefault("/".join(made.split("/")[:3]), (text, line))
                for path in _removes(command) if at_end else ():
                    folder = _path(path, here)
                    self.removed.add(folder)
                    if folder.startswith(FOLDERS) and f"{here}/".startswith(f"{folder}/"):
                        yield text, line, f"the reader still stands in {folder}, which goes; write `cd ~ &&` before"
                self._move(command, block.title)

    def _move(self, command: Command, terminal: str) -> None:
        words = command.program
        if words[:1] == ["cd"]:
            to = words[1] if len(words) > 1 else "~"
            self.where[terminal] = _path(self.last_word if to == "$_" else to, self.where.get(terminal, "~"))
        self.last_word = words[-1] if words else self.last_word

    def _at_home(self, path: str, terminal: str) -> bool:
        """Whether a path leads into the home directory, and not into a folder of the guide's."""
        full = _path(path, self.where.get(terminal, "~"))
        return full.startswith("~") and not f"{full}/".startswith(FOLDERS)

    def _written(self, path: str) -> str:
        return (
            f"`{path}` is written into the reader's home directory, where other pages' files lie; before it, make a "
            f"folder and enter it: {self.way_in}"
        )


def _writes(command: Command) -> list[str]:
    """The files and folders that a command makes."""
    words = command.program
    name, named = (words[0], [word for word in words[1:] if not word.startswith("-")]) if words else ("", [])
    found = list(command.writes)
    if name in _MAKERS:
        found += named
    elif name in _COPIERS or docker(words)[0] == "cp":
        found += [path for path in named[-1:] if ":" not in path and path != "-"]
    elif words[:2] == ["git", "clone"]:
        found.append(named[2] if len(named) > 2 else posixpath.basename(named[-1]).removesuffix(".git"))
    found += (value for option, value in pairwise(words) if _names_output(words, option))
    return found


def _names_output(words: Sequence[str], option: str) -> bool:
    """`curl -o FILE`, `docker save -o FILE`."""
    return bool(re.fullmatch("-[a-zA-Z]*o|--output", option)) and (
        words[0] in ("curl", "wget") or docker(words)[0] in ("save", "export")
    )


def _removes(command: Command) -> list[str]:
    words = command.program
    recursive = any(re.fullmatch(r"-[a-zA-Z]*[rR][a-zA-Z]*|--recursive", word) for word in words[1:])
    return [word for word in words[1:] if not word.startswith("-")] if words[:1] == ["rm"] and recursive else []


def _path(path: str, here: str) -> str:
    """A path from the home directory on (`~/note`), or an absolute one."""
    path = re.sub(r"^(?:\$HOME|\$\{HOME\})(?=/|$)", "~", re.sub(r"^(?:\$PWD|\$\{PWD\})(?=/|$)", ".", path))
    if path.startswith("$"):
        return "/"  # only a shell knows
    full = path if path.startswith(("~", "/")) else posixpath.join(here, path)
    return posixpath.normpath(full)
