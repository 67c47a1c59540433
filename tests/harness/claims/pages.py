"""Turns a page (Markdown) into its blocks in reading order, for the runner and the plugin.

A page under docs/ takes what it shows from snippets/; any other Markdown file holds its sessions in place.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from harness.claims import sessions
from harness.claims.as_read import as_read
from harness.claims.fences import Fence, fences
from harness.claims.front_matter import FrontMatter, front_matter, line_of
from harness.claims.markdown import included, lines_of
from harness.claims.mistakes import mistakes
from harness.claims.page_files import PageFiles
from harness.claims.problems import Problem, Problems, relative
from harness.claims.settings import settings, unknown_settings, wrong_settings
from harness.claims.shell_kinds import LANGUAGES, language_of
from harness.claims.snippets import snippet_of, variants
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
class WrongFence:
    """A fence of a page from elsewhere that is written wrongly, or a line between the fences: the rest is run."""

    line: int
    problems: tuple[Problem, ...]
    session: Block | None = None  # that can't be run


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
    wrong: tuple[WrongFence, ...] = ()  # of a page from elsewhere: what is not among its blocks


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


def block_names(page: Page) -> list[str]:
    """What its blocks are called, each in its own way: `list.console`, `list.console (2)`, `line 12`."""
    taken: Counter[str] = Counter()
    names = []
    for block in page.blocks:
        name = Path(block.snippet).name or f"line {block.line}"
        taken[name] += 1
        names.append(f"{name} ({taken[name]})" if taken[name] > 1 else name)
    return names


def check_snippet(path: Path, root: Path) -> list[Problem]:
    """What is wrong with a file in snippets/ as such: that no page shows it."""
    name = shown_as(path, root)
    if any(name in snippets_of(page) for page in sorted((root / "docs").rglob("*.md"))):
        return []
    message = f'no page shows this snippet; include it with `--8<-- "{name}"` in a fence, or delete it'
    return [Problem(path.relative_to(root), 1, message)]


def shown_as(path: Path, root: Path) -> str:
    """The name by which pages include a snippet, whichever engine's variant it is."""
    return snippet_of(path).relative_to(root / "snippets").as_posix()


def snippets_of(page: Path) -> set[str]:
    """The names of the snippets that a page includes, right or wrong as it is."""
    return set(filter(None, map(included, lines_of(page.read_text("utf-8", "replace")))))


class _Reader:
    """Reads one page; gathers everything that is wrong before it complains."""

    def __init__(self, path: Path, root: Path, engines: Sequence[str]) -> None:
        self.path, self.engines = path, engines
        self.in_docs = path.is_relative_to(root / "docs")
        self.problems = Problems(relative(path, root))
        self.files = PageFiles(path, root, self.problems)

    def read(self) -> Page:
        text = self.files.text(self.path)
        lines = lines_of(text or "")
        front = self._front_matter(lines)
        written = list(fences(lines, front.end))
        blocks = [block for fence in written if (block := self._block(fence))]
        self._check_files(blocks)
        self._check_sessions(blocks)
        self._check_characters(lines, blocks)
        page = Page(self.path, tuple(blocks), **settings(front))
        self._check_unchecked(page, lines)
        if not (found := self.problems.in_order()):
            return page
        if self.in_docs or text is None or found[0].line <= front.end:
            raise PageError(found)
        return _without_wrong(page, written, found)

    def _front_matter(self, lines: Sequence[str]) -> FrontMatter:
        """What the page says of itself; what is wrong in it is a problem."""
        front = front_matter(lines)
        if not front.is_mapping and not self.in_docs:
            return FrontMatter()  # two rules, with a text between them
        if not front.is_mapping:
            self.problems.add(2, "front matter is no mapping; write `key: value` lines")
        if front.error:
            self.problems.add(front.error_line, f"front matter is not YAML: {front.error}")
        unknown = unknown_settings(front, lines) if self.in_docs else ()
        for line, message in (*unknown, *wrong_settings(front, lines), *unseen_values(front, lines)):
            self.problems.add(line, message)
        return front

    # -- fences

    def _block(self, fence: Fence) -> Block | None:
        """What a fence is on this page; None where it is wrong, or shows nothing."""
        if not fence.closed:
            self.problems.add(fence.line, f"this fence is never closed; write {fence.ticks} below its last line")
            return None
        block = _block_of(fence)
        if not block.text.strip() and not block.is_session:
            return None  # nothing to read: a place that the site fills
        if not self.in_docs:
            return self._from_elsewhere(block, fence.include)
        if block.language != (ours := language_of(block.language)):
            self.problems.add(fence.line, f"found the language `{block.language}`; write `{ours}`, as the guide does")
            return None
        if fence.include:
            return self._included(block, fence.include)
        if block.is_session:
            self.problems.add(fence.line, self._typed_by_hand(block))
            return None
        return block

    def _from_elsewhere(self, block: Block, include: str) -> Block | None:
        """The block as a page has it that holds its texts itself."""
        block = replace(block, language=language_of(block.language), in_place=True)
        if not block.is_session:
            return block
        if include:
            message = f"`{include}` is included, which only pages under docs/ can; write the session itself"
            self.problems.add(block.first_line, message)
            return None
        return replace(block, text=as_read(block.text))

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
        text = self.files.included(name, block.line + 1)
        return None if text is None else replace(block, text=text, first_line=0, snippet=name)

    # -- checks that need all blocks

    def _check_characters(self, lines: Sequence[str], blocks: Sequence[Block]) -> None:
        """Nothing is hidden from readers, but in what a command printed."""
        in_place = [block for block in blocks if block.is_session and not block.snippet]
        printed = {line for block in in_place for line in printed_lines(block.text, block.first_line)}
        for line, message in (*unseen(lines, printed), *unseen_references(lines)):
            self.problems.add(line, message)
        for block in filter(lambda block: block.snippet, blocks):
            path = self.files.snippets / block.snippet
            self.files.check_characters(path, block.text, is_session=block.is_session)

    def _check_files(self, blocks: Sequence[Block]) -> None:
        """A file that the reader writes has a name, and is the same wherever it is shown."""
        first: dict[str, Block] = {}
        for block in blocks:
            if block.is_file and block.title.rpartition("/")[2] in ("", ".", ".."):
                message = f"`{block.title}` names a folder and no file; end the title with the file's name"
                self.problems.add(block.line, message)
            # A page from elsewhere may show a file again as its reader has to change it.
            before = first.setdefault(block.title, block) if block.is_file and not block.in_place else block
            if before.text != block.text:
                message = (
                    f"`{block.title}` was written at line {before.line} with another text ({before.snippet}, now "
                    f"{block.snippet}); give the second file another title, or include the same snippet"
                )
                self.problems.add(block.line, message)

    def _check_sessions(self, blocks: Sequence[Block]) -> None:
        """Each session and variant can be read, and each terminal's prompts are explained."""
        terminals: dict[str, list[Block]] = {}
        for block in filter(lambda block: block.is_session, blocks):
            terminals.setdefault(block.title, []).append(block)
            for variant in variants(self.files.snippets / block.snippet) if block.snippet else []:
                self.files.check_variant(variant, self.engines)
        for shown in terminals.values():
            parsed = [(block, session) for block in shown if (session := self._parse(block))]
            while found := list(explain_prompts([session for _, session in parsed])):
                for number, error in found:
                    self._session_problem(parsed[number][0], error)
                if self.in_docs:
                    break
                wrong = {number for number, _ in found}  # the others go on without them
                parsed = [one for number, one in enumerate(parsed) if number not in wrong]

    def _parse(self, block: Block) -> sessions.Session | None:
        try:
            session = sessions.parse(block.text)
        except sessions.SessionError as error:
            self._session_problem(block, error)
            return None
        for mistake in (found := list(mistakes(session))):
            self._session_problem(block, mistake)
        return None if found else session

    def _session_problem(self, block: Block, error: sessions.SessionError) -> None:
        if block.snippet:
            where = self.files.shown(self.files.snippets / block.snippet)
            shown_at = f"{self.files.shown(self.path)}:{block.line}"
            self.problems.add(error.line, f"{error} (shown at {shown_at})", where)
        else:
            self.problems.add(block.first_line + error.line - 1, str(error))

    def _check_unchecked(self, page: Page, lines: Sequence[str]) -> None:
        """What is declared as unchecked is shown."""
        shown = {block.snippet for block in page.blocks}
        for name in page.unchecked.keys() - shown:
            message = f"`unchecked` names `{name}`, which this page does not show; correct the name or remove it"
            self.problems.add(line_of(lines, str(name)), message)


def _without_wrong(page: Page, written: Sequence[Fence], problems: Sequence[Problem]) -> Page:
    """The page without the fences that are wrong; each problem goes with its fence, or alone, where it is in none."""
    by_line: dict[int, list[Problem]] = {}
    for problem in problems:
        around = (fence.line for fence in written if fence.line <= problem.line <= fence.line + len(fence.lines) + 1)
        by_line.setdefault(next(around, problem.line), []).append(problem)
    shown = {block.line: block for block in page.blocks if block.is_session}
    wrong = [WrongFence(line, tuple(found), shown.get(line)) for line, found in by_line.items()]
    return replace(page, blocks=tuple(block for block in page.blocks if block.line not in by_line), wrong=tuple(wrong))


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
