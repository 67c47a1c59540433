"""Turns the built pages into the index that docs/assets/search/ searches: a script, so that it loads from file:// as
well, with the lines of each section apart, so that results can show one. What readers ask of a page is one more section
of it.

page (HTML) ──article, without what says itself to be left out──> sections ──> rows: address, title, page, lines, ...
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from harness.site.plain import Plain

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.S)
# No element holds another of its name where it is left out, so that the first end is its own.
_LEFT_OUT = re.compile(
    r"<(?P<name>\w+)\b[^>]* data-search-exclude\b[^>]*>.*?</(?P=name)>|<button\b.*?</button>"
    r'|<a class="headerlink".*?</a>|<div class="tabbed-labels">.*?</div>',
    re.S,
)
_HEADING = re.compile(r'<h[1-6] id="([^"]*)"[^>]*>(.*?)</h[1-6]>', re.S)
_VERBATIM = re.compile(r"(<pre\b.*?</pre>)", re.S)  # the one place where a line's end in the HTML is one for readers
_LINE_END = re.compile(r"</?(?:p|li|ul|ol|dt|dd|tr|div|details|summary|h\d)\b[^>]*>|<br\s*/?>")
_CELL_END = re.compile(r"</(?:t[dh]|text)>")  # a table's, and a picture's
_TAG = re.compile(r"<[^>]*>")
_QUESTIONS = "스스로 확인하기"  # the section of a page that asks what the others answer


class _Section(NamedTuple):
    """What stands under a heading of a page; under its first, and before that, without an anchor."""

    anchor: str
    title: str
    lines: list[str]


def index(pages: Sequence[Plain], html: Mapping[str, str]) -> str:
    """The script, for the pages in their order and the HTML of each by its address."""
    boosts = _boosts(pages)
    rows: list[tuple[str, str, str, list[str], float, bool]] = []
    for page in pages:
        sections = list(_sections(page, html[page.address]))
        for section in sections:
            address = f"{page.address}#{section.anchor}" if section.anchor else page.address
            boost = boosts[page.address] * (0.7 if section.title == _QUESTIONS else 1)
            rows.append((address, section.title, sections[0].title, section.lines, round(boost, 3), False))
    rows += [(page.address, page.title, page.title, [*page.questions], boosts[page.address], True) for page in pages]
    return f"globalThis.searchIndex = {json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n"


def _boosts(pages: Sequence[Plain]) -> dict[str, float]:
    """By its address, how much a page counts: who asks is likelier to need one that stands early in the guide, and the
    home, which speaks of all the others, the least.
    """
    home, *others = pages
    return {page.address: round(1 - 0.25 * at / len(pages), 2) for at, page in enumerate([*others, home])}


def _sections(page: Plain, html: str) -> Iterator[_Section]:
    article = _ARTICLE.search(html)
    before, *parts = _HEADING.split(_LEFT_OUT.sub("", article[1] if article else ""))
    headings = list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
    _, title, text = headings[0] if headings else ("", page.title, "")
    yield _Section("", _text(title), [page.description, *_lines(before + text)])
    for anchor, title, text in headings[1:]:
        yield _Section(anchor, _text(title), [*_lines(text)])


def _lines(html: str) -> Iterator[str]:
    for number, part in enumerate(_VERBATIM.split(html)):
        lines = part.split("\n") if number % 2 else _LINE_END.split(_CELL_END.sub(" ", part))
        yield from filter(None, map(_text, lines))


def _text(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())
