"""Says what is wrong with the pages as texts, for contributors: `python -m lint [PAGE...]`.

It looks at spelling, terms, clumsy phrases, units, links, pictures, waits without an end, and what a page leaves on its
reader's machine. With `--external` it asks other sites instead whether the linked pages and the images' tags are still
there.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from harness.claims import glossary
from harness.claims.problems import Problem, relative
from lint import housekeeping, links, style, tags, terms, texts, waits
from lint.external_links import unanswered
from lint.prose import Line, prose
from lint.spelling import Spelling, SpellingError

NOT_WRITTEN = ":   쓰지 않는 말:"  # in the glossary: words that no other page may have


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Prints what is wrong with the pages; the exit status is 1 where something is."""
    options = argparse.ArgumentParser(prog="lint", description=__doc__.partition("\n")[0] if __doc__ else "")
    options.add_argument("pages", nargs="*", type=Path, help="Markdown files (default: all under docs/)")
    options.add_argument("--external", action="store_true", help="ask other sites for links and tags, and only that")
    chosen = options.parse_args(arguments)
    root = (root or Path.cwd()).resolve()
    pages = [page.resolve() for page in chosen.pages] or sorted((root / "docs").rglob("*.md"))
    try:
        found = list(outside(pages, root) if chosen.external else find(pages, root))
    except SpellingError as error:
        sys.exit(str(error))
    for finding in found:
        print(finding)
    print(f"{len(found)} findings in {len(pages)} pages" if found else f"{len(pages)} pages: nothing found")
    return 1 if found else 0


def outside(pages: Sequence[Path], root: Path) -> Iterator[Problem]:
    """The links and the images' tags on `pages` that other sites don't have any more."""
    yield from unanswered(pages, root)
    yield from tags.stale(pages, root)


def find(pages: Sequence[Path], root: Path) -> Iterator[Problem]:
    """What is wrong with `pages`, page by page in the order of their lines. Raises SpellingError."""
    own_terms = glossary.terms((root / "docs" / "glossary.md").read_text("utf-8"))
    written = {page: page.read_text("utf-8") for page in pages}
    lines = {page: [line for line in prose(text) if not _names_other_words(line)] for page, text in written.items()}
    spelling = Spelling(line for of_page in lines.values() for line in of_page)
    for page, text in written.items():
        wrong = [*_words(lines[page], own_terms, spelling), *_names(page, text, root)]
        yield from (Problem(relative(page, root), line, message) for line, message in sorted(wrong))
        yield from _sessions(page, text, root)


def _names_other_words(line: Line) -> bool:
    """Whether a line of the glossary names words that the guide doesn't use."""
    return line.text.startswith(NOT_WRITTEN)


def _sessions(page: Path, text: str, root: Path) -> Iterator[Problem]:
    """What is wrong with what a page has its reader type."""
    blocks = list(texts.blocks(page, text, root / "snippets"))
    found: list[tuple[texts.Text | None, int, str]] = list(waits.wrong(blocks))
    if page.is_relative_to(root / "docs"):
        found += housekeeping.wrong(page.stem, text, blocks)
    for where, line, message in found:
        yield Problem(relative(where.path if where else page, root), line, message)


def _words(lines: Sequence[Line], own_terms: Sequence[glossary.Term], spelling: Spelling) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of the words and units of a page's prose; a word is named once."""
    named = set()
    for number, word, right in terms.replaced(lines, own_terms):
        named.add((number, word))
        yield number, f"`{word}` is not the guide's word; write `{right}`, as docs/glossary.md has it"
    for number, phrase, right in style.clumsy(lines):
        yield number, f"`{phrase}` is not how the guide speaks; write {right}"
    for number in style.questions(lines):
        yield number, "a heading names its section and asks nothing; the question belongs into the text"
    for number, written, right in terms.apart(lines):
        yield number, f"`{written}`: a unit stands at its number; write `{right}`"
    for number, word, way_out in spelling.wrong(lines):
        if not any(line == number and word.startswith(term) for line, term in named):
            yield number, f"`{word}` is no word that is known; {way_out}"


def _names(page: Path, text: str, root: Path) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of what a page names: other pages, anchors, snippets, pictures."""
    yield from links.broken(page, text, root / "docs")
    yield from links.dead_includes(text, root / "snippets")
    yield from links.without_text(text, root / "snippets")


if __name__ == "__main__":
    sys.exit(main())
