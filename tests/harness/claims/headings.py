"""Turns the headings of a Markdown text into the anchors that the site gives them, for links to an example.

## `docker ps` 또 {#again}     ->     docker ps 또     #again
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown.extensions.toc import unique
from pymdownx.slugs import slugify  # type: ignore[import-untyped]

from harness.claims.markdown import text_lines

_HEADING = re.compile(r"(?P<indent>[ \t]*)#{1,6}(?!#)(?P<text>.*[^#\s].*?)#*[ \t]*")
_ATTRIBUTES = re.compile(r"[ ]+\{:?[ ]*(?P<attributes>[^{}\n]*?)[ ]*\}[ ]*$")  # attr_list's
_ID = re.compile(r"(?:^|[ ])#(?P<id>[^\s#.{}]+)")
_CODE = re.compile(r"(`+)(?!`)(?P<code>.+?)(?<!`)\1(?!`)")
_MARKUP = [
    (re.compile(r"!\[[^\]]*\]\([^)]*\)|</?[A-Za-z][^>]*>"), ""),
    (re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)"), ""),
]
_slug = slugify(case="lower")  # as mkdocs.yml names the anchors


@dataclass(frozen=True)
class Heading:
    """A heading as it is written, without its attributes. `line` is 1-based."""

    line: int
    text: str
    anchor: str
    indented: bool = False  # it stands in a tab, a list or an admonition, and so heads nothing outside of that

    @property
    def title(self) -> str:
        """What readers see of it."""
        return _title(self.text)


def headings(lines: Sequence[str], index: int = 0) -> Iterator[Heading]:
    """The headings (`## …`) from line `index` (0-based) on, with the anchors that Python-Markdown gives them."""
    found = [(number, match) for number, line in text_lines(lines, index) if (match := _HEADING.fullmatch(line))]
    written = [_ATTRIBUTES.sub("", match["text"]).strip() for _, match in found]
    given = [_given_id(match["text"]) for _, match in found]
    used = {name for name in given if name}
    for (number, match), text, name in zip(found, written, given, strict=True):
        yield Heading(number, text, name or unique(_slug(_title(text), "-"), used), bool(match["indent"]))


def _given_id(text: str) -> str:
    """The anchor that a heading names itself: `here` in `제목 {#here}`."""
    attributes = _ATTRIBUTES.search(text)
    name = _ID.search(attributes["attributes"]) if attributes else None
    return name["id"] if name else ""


def _title(text: str) -> str:
    """A heading's text without its markup; what stands in its code is kept."""
    shown, at = "", 0
    for code in _CODE.finditer(text):
        shown += _without_markup(text[at : code.start()]) + code["code"].strip()
        at = code.end()
    return html.unescape(shown + _without_markup(text[at:])).strip()


def _without_markup(text: str) -> str:
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text
