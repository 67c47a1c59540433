"""Turns MkDocs' own index of sections (search/search_index.json) into the one that docs/assets/search/ searches: a
script, so that it loads from file:// as well, with the lines of each section apart, so that results can show one. What
readers ask of a page is one more section of it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from harness.site.plain import Plain

_LINE_END = re.compile(r"\n|</?(?:p|li|ul|ol|dt|dd|pre|h\d)>|<br\s*/?>")
_QUESTIONS = "스스로 확인하기"  # the section of a page that asks what the others answer
_TAG = re.compile(r"<[^>]*>")


def index(built: Mapping[str, Any], pages: Sequence[Plain]) -> str:
    """The script, for the JSON that MkDocs' search plugin writes, and the pages that it may have left out."""
    titles = {entry["location"]: entry["title"] for entry in built["docs"] if "#" not in entry["location"]}
    descriptions = {page.address: [page.description] for page in pages}
    boosts = _boosts(pages)
    rows = [
        (
            entry["location"],
            _text(entry["title"]),
            _text(titles[address := entry["location"].partition("#")[0]]),
            [*descriptions.get(entry["location"], []), *_lines(entry["text"])],
            boosts.get(address, 1) * (0.7 if entry["title"] == _QUESTIONS else 1),
            False,
        )
        for entry in built["docs"]
    ]
    left_out = [page for page in pages if page.address not in titles]
    rows += [(page.address, page.title, page.title, [page.description], 1, False) for page in left_out]
    rows += [(page.address, page.title, page.title, [*page.questions], boosts[page.address], True) for page in pages]
    return f"globalThis.searchIndex = {json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n"


def _boosts(pages: Sequence[Plain]) -> dict[str, float]:
    """By its address, how much a page counts: who asks is likelier to need one that stands early in the guide, and the
    home, which speaks of all the others, the least.
    """
    home, *others = pages
    return {page.address: round(1 - 0.25 * at / len(pages), 2) for at, page in enumerate([*others, home])}


def _lines(html: str) -> Iterator[str]:
    return filter(None, (_text(line) for line in _LINE_END.split(html)))


def _text(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())
