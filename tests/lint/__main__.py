"""Says what is wrong with the pages as texts: spelling, terms, units, links, pictures, waits without an end, what a
page leaves on its reader's machine. `python -m lint [PAGE...]`

With `--external` it asks other sites instead, for the pages that are linked to and for the images' tags: for the night.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from harness.claims.pages import Problem
from harness.site import glossary
from lint import housekeeping, links, shown, tags, terms, waits
from lint.answers import unanswered
from lint.prose import Line, prose
from lint.spelling import Spelling, SpellingError

NOT_WRITTEN = ":   쓰지 않는 말:"  # in the glossary, what other pages are held to


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """The exit status: 1 where something was found."""
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
    """What other sites don't have any more of what the pages name."""
    yield from unanswered(pages, root)
    yield from tags.stale(pages, root)


def find(pages: Sequence[Path], root: Path) -> Iterator[Problem]:
    """What is wrong with `pages`, page by page in the order of their lines."""
    own_terms = glossary.terms((root / "docs" / "glossary.md").read_text("utf-8"))
    texts = {page: page.read_text("utf-8") for page in pages}
    shown = {
        page: [line for line in prose(text) if not line.text.startswith(NOT_WRITTEN)] for page, text in texts.items()
    }
    spelt = Spelling(line for lines in shown.values() for line in lines)
    for page, text in texts.items():
        wrong = [*_words(shown[page], own_terms, spelt), *_names(page, text, root)]
        name = page.relative_to(root) if page.is_relative_to(root) else page
        yield from (Problem(name, line, message) for line, message in sorted(wrong))
        yield from _sessions(page, text, root)


def _sessions(page: Path, text: str, root: Path) -> Iterator[Problem]:
    """What is wrong with what a page has its reader type."""
    blocks = list(shown.blocks(page, text, root / "snippets"))
    found: list[tuple[shown.Text | None, int, str]] = list(waits.wrong(blocks))
    if page.is_relative_to(root / "docs"):
        found += housekeeping.wrong(page.stem, text, blocks)
    for where, line, message in found:
        path = where.path if where else page
        yield Problem(path.relative_to(root) if path.is_relative_to(root) else path, line, message)


def _words(lines: Sequence[Line], own_terms: Sequence[glossary.Term], spelt: Spelling) -> Iterator[tuple[int, str]]:
    said = set()
    for number, word, right in terms.replaced(lines, own_terms):
        said.add((number, word))
        yield number, f"`{word}` is not the guide's word; write `{right}`, as docs/glossary.md has it"
    for number, written, right in terms.apart(lines):
        yield number, f"`{written}`: a unit stands at its number; write `{right}`"
    for number, word, way_out in spelt.wrong(lines):
        if not any(line == number and word.startswith(term) for line, term in said):
            yield number, f"`{word}` is no word that is known; {way_out}"


def _names(page: Path, text: str, root: Path) -> Iterator[tuple[int, str]]:
    yield from links.broken(page, text, root / "docs")
    yield from links.dead_includes(text, root / "snippets")
    yield from links.without_text(text, root / "snippets")


if __name__ == "__main__":
    sys.exit(main())
