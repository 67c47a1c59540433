"""Turns a page (Markdown) into its blocks in reading order, for the runner and the plugin.

A page under docs/ takes what it shows from snippets/; any other Markdown file holds its sessions in place.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from harness.claims import sessions
from harness.claims.characters import visible
from harness.claims.fences import Fence, fences
from harness.claims.front_matter import FrontMatter, front_matter, line_of
from harness.claims.markdown import included, lines_of
from harness.claims.settings import settings, unknown_settings, wrong_settings
from harness.claims.shell_kinds import LANGUAGES
from harness.claims.snippets import engines_of, variants
from harness.claims.terminals import explain_prompts
from harness.claims.unseen import printed_lines, unseen, unseen_references, unseen_values


@dataclass(frozen=True)
class Block:
    """A fence of a page. `line` is the fence's, 1-based; `text` is what it shows."""

    line: int
    language: str
    title: str
    text: str
    first_line: int = 0  # the page's line that `text` begins on, where the text stands in the page itself
    snippet: str = ""  # its path under snippets/, where it comes from there
    section: str = ""  # the heading above it, as readers see it
    anchor: str = ""  # of that heading
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
    memory: str = "3g"  # that its machine has, swap included
    processes: int = 4096  # that its machine may have
    disk: str = "10g"  # that its machine has
    unchecked: dict[str, str] = field(default_factory=dict)  # snippet -> why it cannot run here


@dataclass(frozen=True)
class Problem:
    """Something wrong in a page or a snippet, at a line that a person can go to."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return visible(f"{self.path}:{self.line}: {self.message}")


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


def relative(path: Path, root: Path) -> Path:
    """A path as people are shown it: from `root` on, where it is inside."""
    return path.relative_to(root) if path.is_relative_to(root) else path


def check_snippet(path: Path, root: Path) -> list[Problem]:
    """What is wrong with a file in snippets/ as such: that no page shows it."""
    name = path.relative_to(root / "snippets").as_posix()
    shown_as = re.sub(r"@[^/]*(?=\.[^./]*$)", "", name)
    for page in sorted((root / "docs").rglob("*.md")):
        if shown_as in map(included, lines_of(page.read_text("utf-8", "replace"))):
            return []
    message = f'no page shows this snippet; include it with `--8<-- "{shown_as}"` in a fence, or delete it'
    return [Problem(path.relative_to(root), 1, message)]


class _Reader:
    """Reads one page; gathers everything that is wrong before it complains."""

    def __init__(self, path: Path, root: Path, engines: Sequence[str]) -> None:
        self.path, self.snippets, self.engines = path, root / "snippets", engines
        self.root = root
        self.in_docs = path.is_relative_to(root / "docs")
        self.shown = relative(path, root)
        self.problems: list[Problem] = []

    def read(self) -> Page:
        lines = lines_of(self._text(self.path) or "")
        front = self._front_matter(lines)
        blocks = [block for fence in fences(lines, front.end) if (block := self._block(fence))]
        self._check_files(blocks)
        self._check_sessions(blocks)
        self._check_characters(lines, blocks)
        page = Page(self.path, tuple(blocks), **settings(front))
        self._check_unchecked(page, lines)
        if self.problems:
            raise PageError(sorted(self.problems, key=lambda problem: (str(problem.path), problem.line)))
        return page

    def _problem(self, line: int, message: str, path: Path | None = None) -> None:
        problem = Problem(path or self.shown, line, message)
        self.problems += [problem] if problem not in self.problems else []  # a snippet may be shown twice

    def _text(self, path: Path) -> str | None:
        """What a file says; None where it can't be read as it has to be."""
        where = relative(path, self.root)
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
        return "\n".join(lines_of(text))

    def _front_matter(self, lines: Sequence[str]) -> FrontMatter:
        """What the page says of itself; what is wrong in it is a problem."""
        front = front_matter(lines)
        if not front.is_mapping and not self.in_docs:
            return FrontMatter()  # two rules, with a text between them
        if not front.is_mapping:
            self._problem(2, "front matter is no mapping; write `key: value` lines")
        if front.error:
            self._problem(front.error_line, f"front matter is not YAML: {front.error}")
        unknown = unknown_settings(front, lines) if self.in_docs else ()
        for line, message in (*unknown, *wrong_settings(front, lines), *unseen_values(front, lines)):
            self._problem(line, message)
        return front

    # -- fences

    def _block(self, fence: Fence) -> Block | None:
        """What a fence is on this page; None where it is wrong, or shows nothing."""
        if not fence.closed:
            self._problem(fence.line, f"this fence is never closed; write {fence.ticks} below its last line")
            return None
        block = _block_of(fence)
        if not block.text.strip() and not block.is_session:
            return None  # nothing to read: a place that the site fills
        if not self.in_docs:
            return replace(block, in_place=True)
        if fence.include:
            return self._included(block, fence.include)
        if block.is_session:
            self._problem(fence.line, self._typed_by_hand(block))
            return None
        return block

    def _typed_by_hand(self, block: Block) -> str:
        """What is wrong with a session that stands on the page itself."""
        first = block.text.strip().partition("\n")[0]
        if first.strip("-").startswith("8<"):
            return (
                f"readers would see `{first}` as it stands; write it alone on its line, "
                "without `>` before it or blanks behind"
            )
        return (
            f"a console fence typed by hand, beginning with `{first}`; move its text "
            f'to snippets/{self.path.stem}/NAME.console and write `--8<-- "{self.path.stem}/NAME.console"`'
        )

    def _included(self, block: Block, name: str) -> Block | None:
        """The block with the text of the snippet that it includes."""
        file = self.snippets / name
        if not _is_file_in(self.snippets, file):
            have = [path.relative_to(self.snippets).as_posix() for path in self.snippets.rglob("*") if path.is_file()]
            near = difflib.get_close_matches(name, have, n=1)
            way_out = f"did you mean `{near[0]}`?" if near else f"write the file snippets/{name}"
            self._problem(block.line + 1, f"the include names no file: `{name}`; {way_out}")
            return None
        text = self._text(file)
        return None if text is None else replace(block, text=text, first_line=0, snippet=name)

    # -- checks that need all blocks

    def _check_characters(self, lines: Sequence[str], blocks: Sequence[Block]) -> None:
        """Nothing is hidden from readers, but in what a command printed."""
        in_place = [block for block in blocks if block.is_session and not block.snippet]
        printed = {line for block in in_place for line in printed_lines(block.text, block.first_line)}
        for line, message in (*unseen(lines, printed), *unseen_references(lines)):
            self._problem(line, message)
        for block in filter(lambda block: block.snippet, blocks):
            self._check_snippets_characters(self.snippets / block.snippet, block.text, block.is_session)

    def _check_snippets_characters(self, path: Path, text: str, is_session: bool) -> None:
        for line, message in unseen(text.split("\n"), printed_lines(text) if is_session else ()):
            self._problem(line, message, relative(path, self.root))

    def _check_files(self, blocks: Sequence[Block]) -> None:
        """A file that the reader writes has a name, and is the same wherever it is shown."""
        first: dict[str, Block] = {}
        for block in blocks:
            if block.is_file and block.title.rpartition("/")[2] in ("", ".", ".."):
                message = f"`{block.title}` names a folder and no file; end the title with the file's name"
                self._problem(block.line, message)
            # A page from elsewhere may show a file again as its reader has to change it.
            before = first.setdefault(block.title, block) if block.is_file and not block.in_place else block
            if before.text != block.text:
                message = (
                    f"`{block.title}` was written at line {before.line} with another text ({before.snippet}, now "
                    f"{block.snippet}); give the second file another title, or include the same snippet"
                )
                self._problem(block.line, message)

    def _check_sessions(self, blocks: Sequence[Block]) -> None:
        """Each session and variant can be read, and each terminal's prompts are explained."""
        terminals: dict[str, list[Block]] = {}
        for block in filter(lambda block: block.is_session, blocks):
            terminals.setdefault(block.title, []).append(block)
            for variant in variants(self.snippets / block.snippet) if block.snippet else []:
                self._check_variant(variant)
        for shown in terminals.values():
            parsed = [(block, session) for block in shown if (session := self._parse(block))]
            for number, error in explain_prompts([session for _, session in parsed]):
                self._session_problem(parsed[number][0], error)

    def _check_variant(self, variant: Path) -> None:
        where = variant.relative_to(self.root)
        engine = engines_of(variant).removeprefix("until-")
        if engine not in self.engines:
            known = ", ".join(self.engines)
            self._problem(1, f"unknown engine `{engine}` in the file's name; known, oldest first: {known}", where)
        if (text := self._text(variant)) is None:
            return
        self._check_snippets_characters(variant, text, is_session=True)
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

    def _check_unchecked(self, page: Page, lines: Sequence[str]) -> None:
        """What is declared as unchecked is shown."""
        shown = {block.snippet for block in page.blocks}
        for name in page.unchecked.keys() - shown:
            message = f"`unchecked` names `{name}`, which this page does not show; correct the name or remove it"
            self._problem(line_of(lines, str(name)), message)


def _is_file_in(folder: Path, path: Path) -> bool:
    try:
        return path.is_file() and path.resolve().is_relative_to(folder.resolve())
    except OSError:  # a name that is too long for any file
        return False


def _block_of(fence: Fence) -> Block:
    """A fence with its own text, as a page from elsewhere has it."""
    return Block(
        line=fence.line,
        language=fence.language,
        title=fence.title,
        text="".join(f"{line}\n" for line in fence.lines),
        first_line=fence.line + 1,
        section=fence.heading.title if fence.heading else "",
        anchor=fence.heading.anchor if fence.heading else "",
    )
