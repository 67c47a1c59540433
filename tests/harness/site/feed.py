"""Turns what a night found out into a feed (Atom) of what drifted and what was repaired, for readers who come back.

Its oldest entry is always there and says what the feed is for: one without entries looks like one that is broken.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from harness.claims.characters import printable
from harness.lab.engines import Engine
from harness.night.findings import Drift, Night
from harness.site import texts


class _Event(NamedTuple):
    """A drift that came or went."""

    kind: str
    key: str
    drift: Drift
    updated: str  # ISO 8601


def feed(night: Night, began: str, address: str, declared: Mapping[str, Engine]) -> str:
    """The feed, for the site at `address` (empty: relative). `began` is the date of the first night that is known,
    `declared` are the engines by name.
    """
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "ko"})
    _put(root, title=texts.FEED, id="urn:docker-note:feed", updated=night.date)
    SubElement(SubElement(root, "author"), "name").text = texts.GUIDE
    SubElement(root, "link", {"href": f"{address}status.html"})
    SubElement(root, "link", {"rel": "self", "href": f"{address}feed.xml"})
    for event in _events(night):
        _put_entry(root, event, address, declared)
    _put_first(root, began, address)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _events(night: Night) -> Iterator[_Event]:
    for drift in night.drifts:
        first_seen = min(seen.first_seen for seen in drift.engines.values())
        yield _Event(texts.DRIFTED, drift.key, drift, first_seen)
    for drift in night.repaired:
        yield _Event(texts.REPAIRED, f"{drift.key}:{night.date}", drift, night.date)


def _put_entry(root: Element, event: _Event, address: str, declared: Mapping[str, Engine]) -> None:
    entry = SubElement(root, "entry")
    title = f"{event.kind}: {event.drift.command.partition(chr(10))[0]}"
    _put(entry, title=title, id=f"urn:docker-note:{event.key}", updated=event.updated)
    page = event.drift.page.removeprefix("docs/").removesuffix(".md")
    SubElement(entry, "link", {"href": f"{address}{quote(page, errors='replace')}.html"})
    labels = (declared[name].label if name in declared else name for name in event.drift.engines)
    engines = ", ".join(f"Docker {label}" for label in labels)
    _put(entry, summary=texts.ENTRY.format(page=f"{page}.html", engines=engines))


def _put_first(root: Element, began: str, address: str) -> None:
    entry = SubElement(root, "entry")
    _put(entry, title=texts.FIRST_ENTRY, id="urn:docker-note:first", updated=began)
    SubElement(entry, "link", {"href": f"{address}history.html"})
    _put(entry, summary=texts.FIRST_SUMMARY)


def _put(element: Element, **children: str) -> None:
    """XML has no way to write what `printable` shows as a sign."""
    for name, text in children.items():
        SubElement(element, name).text = printable(text)
