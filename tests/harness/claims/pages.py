"""Turns a page (Markdown) into its blocks in reading order, for the runner and the plugin.

A page under docs/ takes what it shows from snippets/; any other Markdown file holds its sessions in place.
"""

import difflib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from harness.claims import sessions
from harness.claims.markdown import Fence, fences
from harness.claims.shell_kinds import LANGUAGES

MACHINES = ("engine", "no-engine")
_KEYS = ("title", "description", "questions", "hide", "machine", "timeout", "unchecked")
_INCLUDE = re.compile(r"""--8<-- (["'])(?P<name>[^"'\n]+)\1""")


@dataclass(frozen=True)
class Block:
    """A fence of a page. `line` is the fence's, 1-based; `text` is what it shows."""

    line: int
    language: str
    title: str
    text: str
    first_line: int = 0  # the page's line that `text` begins on, where the text stands in the page itself
    snippet: str = ""  # its path under snippets/, where it comes from there
    section: str = ""  # the heading above it, as it is written
    in_place: bool = False  # of a page from elsewhere, which holds its texts itself

    @property
    def is_session(self) -> bool:
        return self.language in LANGUAGES

    @property
    def is_file(self) -> bool:
        """A file that the reader is told to write: the harness writes it into the lab."""
        return not self.is_session and bool(self.title) and (self.in_place or bool(self.snippet))


@dataclass(frozen=True)
class Page:
    """A page as a program: what its machine is like, and its blocks from top to bottom."""

    path: Path
    blocks: tuple[Block, ...]
    title: str = ""
    machine: str = "engine"
    timeout: int = 60  # seconds that one command may take
    unchecked: dict[str, str] = field(default_factory=dict)  # snippet -> why it cannot run here


@dataclass(frozen=True)
class Problem:
    """Something wrong in a page or a snippet, at a line that a person can go to."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class PageError(Exception):
    """A page that cannot be run as it stands; `problems` is never empty."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = list(problems)


def read(path: Path, root: Path, engines: Sequence[str] = ()) -> Page:
    """The page at `path` in the project at `root`. Raises PageError with all that is wrong in it.

    `engines` are the known engines' names, oldest first: the snippets' variants may name no other.
    """
    return _Reader(path, root, engines).read()


def samples(snippet: Path, engines: Sequence[str]) -> dict[str, Path]:
    """By engine, the newest first, the file that holds what it prints: the snippet, or its variant for an older engine.

    `list@20.10.console` is for that engine only, `list@until-28c.console` for it and all before it.
    """
    shown, found = snippet, {}
    have = {path.stem.partition("@")[2]: path for path in variants(snippet)}
    for engine in reversed(engines):
        shown = have.get(f"until-{engine}", shown)
        found[engine] = have.get(engine, shown)
    return found


def sample_for(snippet: Path, engine: str, engines: Sequence[str]) -> Path:
    """The file that holds what `engine` prints."""
    return samples(snippet, engines)[engine]


def variants(snippet: Path) -> list[Path]:
    """The files beside `snippet` that show it on older engines."""
    start, end = f"{snippet.stem}@", snippet.suffix
    # A tenth of the time of a glob, which a build feels.
    with os.scandir(snippet.parent) as folder:
        names = [entry.name for entry in folder if entry.name.startswith(start) and entry.name.endswith(end)]
    return [snippet.with_name(name) for name in sorted(names)]


def check_snippet(path: Path, root: Path) -> list[Problem]:
    """What is wrong with a file in snippets/ as such: that no page shows it."""
    name = path.relative_to(root / "snippets").as_posix()
    shown_as = re.sub(r"@[^/]*(?=\.[^./]*$)", "", name)
    for page in sorted((root / "docs").rglob("*.md")):
        if any(include["name"] == shown_as for include in _INCLUDE.finditer(page.read_text("utf-8", "replace"))):
            return []
    message = f'no page shows this snippet; include it with `--8<-- "{shown_as}"` in a fence, or delete it'
    return [Problem(path.relative_to(root), 1, message)]


class _Reader:
    """Reads one page; gathers everything that is wrong before it complains."""

    def __init__(self, path: Path, root: Path, engines: Sequence[str]) -> None:
        self.path, self.snippets, self.engines = path, root / "snippets", engines
        self.root = root
        self.in_docs = path.is_relative_to(root / "docs")
        self.shown = path.relative_to(root) if path.is_relative_to(root) else path
        self.problems: list[Problem] = []

    def read(self) -> Page:
        lines = (self._text(self.path) or "").split("\n")
        body, settings = self._front_matter(lines)
        blocks = [block for fence in fences(lines, body) if (block := self._block(fence))]
        self._check_files(blocks)
        self._check_sessions(blocks)
        self._check_unchecked(blocks, settings.get("unchecked", {}), lines)
        if self.problems:
            raise PageError(sorted(self.problems, key=lambda problem: (str(problem.path), problem.line)))
        return Page(self.path, tuple(blocks), **settings)

    def _problem(self, line: int, message: str, path: Path | None = None) -> None:
        self.problems.append(Problem(path or self.shown, line, message))

    def _text(self, path: Path) -> str | None:
        """What a file says, whatever ends its lines; None where it can't be read as it has to be."""
        where = path.relative_to(self.root) if path.is_relative_to(self.root) else path
        data = path.read_bytes()
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            found = f"found the byte 0x{data[error.start]:02x}, which is not UTF-8; save the file as UTF-8"
            self._problem(data.count(b"\n", 0, error.start) + 1, found, where)
            return None
        if path != self.path and text.startswith("\ufeff"):
            self._problem(1, "begins with a byte order mark, which readers would see; save the file without it", where)
            return None
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    # -- front matter

    def _front_matter(self, lines: list[str]) -> tuple[int, dict[str, Any]]:
        """Index of the first line of the body, and the settings that the harness knows."""
        if not lines or lines[0] != "---" or "---" not in lines[1:]:
            return 0, {}
        end = lines.index("---", 1)
        try:
            values = yaml.load("\n".join(lines[1:end]), yaml.CSafeLoader) or {}
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self._problem(
                2 + (mark.line if mark else 0), f"front matter is not YAML: {getattr(error, 'problem', error)}"
            )
            return end + 1, {}
        if not isinstance(values, dict) and not self.in_docs:
            return 0, {}  # two rules, with a text between them
        if not isinstance(values, dict):
            self._problem(2, "front matter is no mapping; write `key: value` lines")
            return end + 1, {}
        known = {key: value for key, value in values.items() if key in _KEYS}
        if self.in_docs:
            for key in values.keys() - known.keys():
                self._problem(_line_of(lines, str(key)), f"unknown front-matter key `{key}`; known: {', '.join(_KEYS)}")
        self._check_values(known, lines)
        settings = {key: known[key] for key in ("machine", "timeout", "unchecked") if key in known}
        return end + 1, {"title": str(known.get("title", "")), **settings}

    def _check_values(self, values: dict[str, Any], lines: list[str]) -> None:
        if values.get("machine", "engine") not in MACHINES:
            found = f"machine: {values['machine']}"
            self._problem(_line_of(lines, "machine"), f"found `{found}`; write one of: {', '.join(MACHINES)}")
        timeout = values.get("timeout", 60)
        if not isinstance(timeout, int) or timeout <= 0:
            self._problem(_line_of(lines, "timeout"), f"found `timeout: {timeout}`; write whole seconds, such as 300")
        questions = values.get("questions", [])
        if not isinstance(questions, list) or not all(isinstance(question, str) for question in questions):
            message = (
                "`questions` is no list of what readers ask; write `  - question` lines, those with `: ` in quotes"
            )
            self._problem(_line_of(lines, "questions"), message)
        unchecked = values.get("unchecked", {})
        if not isinstance(unchecked, dict) or not all(isinstance(reason, str) for reason in unchecked.values()):
            message = "`unchecked` is no mapping from snippets to reasons; write `  folder/name.console: reason`"
            self._problem(_line_of(lines, "unchecked"), message)
            values["unchecked"] = {}

    # -- fences

    def _block(self, fence: Fence) -> Block | None:
        """What a fence is on this page; None where it is wrong, or shows nothing."""
        if not fence.closed:
            self._problem(fence.line, f"this fence is never closed; write {fence.ticks} below its last line")
            return None
        text = "".join(f"{row}\n" for row in fence.lines)
        if not text.strip() and fence.language not in LANGUAGES:
            return None  # nothing to read: a place that the site fills
        block = Block(fence.line, fence.language, fence.title, text, fence.line + 1, section=fence.section)
        if not self.in_docs:
            return replace(block, in_place=True)
        if include := _INCLUDE.fullmatch(text.strip()):
            return self._included(block, include["name"])
        if fence.language in LANGUAGES:
            beginning, name = text.strip().partition("\n")[0], f"{self.path.stem}/NAME.console"
            message = (
                f"a {fence.language} fence typed by hand, beginning with `{beginning}`; move its text to "
                f'snippets/{name} and write `--8<-- "{name}"`'
            )
            self._problem(fence.line, message)
            return None
        return block

    def _included(self, block: Block, name: str) -> Block | None:
        file = self.snippets / name
        if not file.is_file() or not file.resolve().is_relative_to(self.snippets.resolve()):
            have = [path.relative_to(self.snippets).as_posix() for path in self.snippets.rglob("*") if path.is_file()]
            near = difflib.get_close_matches(name, have, n=1)
            way_out = f"did you mean `{near[0]}`?" if near else f"write the file snippets/{name}"
            self._problem(block.line + 1, f"the include names no file: `{name}`; {way_out}")
            return None
        text = self._text(file)
        return None if text is None else replace(block, text=text, first_line=0, snippet=name)

    # -- checks that need all blocks

    def _check_files(self, blocks: Sequence[Block]) -> None:
        first: dict[str, Block] = {}
        for block in blocks:
            # A page from elsewhere may show a file again as its reader has to change it.
            before = first.setdefault(block.title, block) if block.is_file and not block.in_place else block
            if before.text != block.text:
                message = (
                    f"`{block.title}` was written at line {before.line} with another text ({before.snippet}, now "
                    f"{block.snippet}); give the second file another title, or include the same snippet"
                )
                self._problem(block.line, message)

    def _check_sessions(self, blocks: Sequence[Block]) -> None:
        terminals: dict[str, list[Block]] = {}
        for block in filter(lambda block: block.is_session, blocks):
            terminals.setdefault(block.title, []).append(block)
            for variant in variants(self.snippets / block.snippet) if block.snippet else []:
                self._check_variant(variant)
        for shown in terminals.values():
            parsed = [self._parse(block) for block in shown]
            for number, error in sessions.explain_prompts([session for session in parsed if session]):
                self._session_problem(shown[number], error)

    def _check_variant(self, variant: Path) -> None:
        where = variant.relative_to(self.root)
        engine = variant.stem.partition("@")[2].removeprefix("until-")
        if engine not in self.engines:
            known = ", ".join(self.engines)
            self._problem(1, f"unknown engine `{engine}` in the file's name; known, oldest first: {known}", where)
        if (text := self._text(variant)) is None:
            return
        try:
            sessions.parse(text)
        except sessions.SessionError as error:
            self._problem(error.line, str(error), where)

    def _parse(self, block: Block) -> sessions.Session | None:
        try:
            return sessions.parse(block.text)
        except sessions.SessionError as error:
            self._session_problem(block, error)
            return None

    def _session_problem(self, block: Block, error: sessions.SessionError) -> None:
        if block.snippet:
            where = (self.snippets / block.snippet).relative_to(self.root)
            self._problem(error.line, f"{error} (shown at {self.shown}:{block.line})", where)
        else:
            self._problem(block.first_line + error.line - 1, str(error))

    def _check_unchecked(self, blocks: Sequence[Block], unchecked: dict[str, str], lines: list[str]) -> None:
        shown = {block.snippet for block in blocks}
        for name in unchecked:
            if name not in shown:
                message = f"`unchecked` names `{name}`, which this page does not show; correct the name or remove it"
                self._problem(_line_of(lines, str(name)), message)


def _line_of(lines: Sequence[str], key: str) -> int:
    """The 1-based line of the front matter on which `key` stands."""
    return next((number for number, line in enumerate(lines, 1) if line.strip().startswith(f"{key}:")), 1)
