"""Turns the project's pages into plain Markdown, and into an index of it (llms.txt), for language models and people who
read without a browser.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.claims.characters import visible
from harness.claims.front_matter import front_matter
from harness.claims.markdown import included, is_snippet_comment, lines_of, regions
from harness.site import texts


@dataclass(frozen=True)
class Plain:
    """A page as plain Markdown. `sources` are the files that it is made of, below the project."""

    name: str  # of its file below docs/
    title: str
    description: str
    text: str
    sources: Sequence[str]
    questions: Sequence[str] = ()  # that it answers, as readers ask them

    @property
    def address(self) -> str:
        """Of its HTML, below the site's."""
        return f"{self.name.removesuffix('.md')}.html"


def plain(path: Path, root: Path) -> Plain:
    """The page at `path`, with what it includes in its place."""
    lines = lines_of(path.read_text("utf-8"))
    front = front_matter(lines)
    body = list(_shown(lines, front.end))
    name = path.relative_to(root / "docs").as_posix()
    return Plain(
        name,
        title=front.values.get("title", name),
        description=front.values.get("description", ""),
        text="\n".join(_with_include(line, root / "snippets") for line in body),
        sources=[f"docs/{name}", *(f"snippets/{include}" for include in map(included, body) if include)],
        questions=front.values.get("questions", []),
    )


def _shown(lines: Sequence[str], index: int) -> Iterator[str]:
    """The lines from `index` on, without the comments of pymdownx.snippets, and no empty lines where those were."""
    hidden = set(range(index))
    for first, last, _ in regions(lines, index):
        if is_snippet_comment(lines[first]):
            hidden |= set(range(first, last + 1))
    is_behind_hidden = False
    for number, line in enumerate(lines):
        if number in hidden:
            is_behind_hidden = True
        elif line or not is_behind_hidden:
            is_behind_hidden = False
            yield line


def _with_include(line: str, snippets: Path) -> str:
    """A line of a page, or what it includes."""
    if not (name := included(line)):
        return line
    indent = line[: len(line) - len(line.lstrip())]
    text = visible((snippets / name).read_text("utf-8").rstrip("\n"))  # an output may hold what a terminal obeyed
    return "\n".join(f"{indent}{shown}".rstrip() for shown in text.split("\n"))


def llms(pages: Sequence[Plain], address: str) -> str:
    """The index, for the site at `address` (empty: relative)."""
    first, *_ = pages
    rows = [f"- [{page.title}]({address}{page.name}): {page.description}" for page in pages]
    return "\n".join(
        [
            f"# {texts.GUIDE}",
            "",
            f"> {first.description}",
            "",
            texts.LLMS.format(f"{address}status.html"),
            "",
            f"## {texts.PAGES}",
            "",
            *rows,
            "",
        ]
    )
