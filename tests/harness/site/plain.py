"""Turns the project's pages into plain Markdown, and into an index of it (llms.txt), for language models and people who
read without a browser.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from harness.claims.characters import visible
from harness.claims.front_matter import front_matter
from harness.claims.markdown import included, is_snippet_comment, lines_of, regions
from harness.evidence import facts
from harness.site import engine_tabs, proof_html, texts
from harness.site.inputs import Project
from harness.site.meanings import MEANINGS
from harness.site.proofs import Proof

_NOTED = re.compile(r"^\s*(?:\[\d+\]|\.\.\.)$", re.M)  # what `NOTATION` explains
_MADE = re.compile(r"^``` (commands|history|status)\n```$", re.M)  # fences that the site fills


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


def plain(path: Path, project: Project) -> Plain:
    """The page at `path`, with what it includes in its place, and under each example what is proved of it, and what
    older engines print.
    """
    lines = lines_of(path.read_text("utf-8"))
    front = front_matter(lines)
    body = list(_shown(lines, front.end))
    name = path.relative_to(project.root / "docs").as_posix()
    shown = "\n".join(_lines(body, project))
    link = f"[{texts.ON_THE_SITE}]({Path(name).stem}.html)"
    text = _MADE.sub(lambda fence: _made(fence[1], link), shown)
    return Plain(
        name,
        title=front.values.get("title", name),
        description=front.values.get("description", ""),
        text=f"{text.rstrip()}\n\n---\n\n{texts.NOTATION}\n" if _NOTED.search(text) else text,
        sources=[f"docs/{name}", *(f"snippets/{include}" for include in map(included, body) if include)],
        questions=front.values.get("questions", []),
    )


def _made(fence: str, link: str) -> str:
    """What stands for a fence that the site fills. What the tables of results say stands under each example as well."""
    meanings = [f"- `{name}`: {meaning}" for name, meaning in MEANINGS.items()] if fence == "commands" else []
    return "\n".join([*meanings, "", link] if meanings else [link])


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


def _lines(body: Sequence[str], project: Project) -> Iterator[str]:
    """The page's lines; behind the end of a fence that includes an example stands what `_behind` says of it."""
    example, snippets = None, project.root / "snippets"
    for line in body:
        name, indent = included(line), line[: len(line) - len(line.lstrip())]
        yield _included(snippets / name, indent) if name else line
        if name.endswith(".console"):
            example = snippets / name
        elif example:  # the fence's end
            yield from (f"{indent}{said}".rstrip() for said in _behind(example, project))
            example = None


def _behind(example: Path, project: Project) -> Iterator[str]:
    """What is proved of an example, and what older engines print instead, with what is proved of that."""
    yield from ("", _words(example, project))
    for tab in engine_tabs.of_samples(project.samples(example), project.declared)[1:]:
        text = visible(project.text(tab.path).rstrip("\n"))
        yield from ("", f"{tab.label}:", "", "``` console", *text.split("\n"), "```", "", _words(tab.path, project))


def _words(example: Path, project: Project) -> str:
    proof = project.proofs.get(facts.digest(project.text(example)), Proof())
    return "> " + unescape(re.sub(r"<[^>]+>", "", " · ".join(proof_html.line(proof))))


def _included(path: Path, indent: str) -> str:
    """What a line includes that begins with `indent`."""
    text = visible(path.read_text("utf-8").rstrip("\n"))  # an output may hold what a terminal obeyed
    return "\n".join(f"{indent}{shown}".rstrip() for shown in text.split("\n"))


def in_full(pages: Sequence[Plain]) -> str:
    """All pages as one text, for who has room for it."""
    return "\n\n".join([texts.NOTATION, *(page.text.strip() for page in pages)]) + "\n"


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
            texts.LLMS.format(status=f"{address}status.html", full=f"{address}llms-full.txt"),
            "",
            texts.NOTATION,
            "",
            f"## {texts.PAGES}",
            "",
            *rows,
            "",
        ]
    )
