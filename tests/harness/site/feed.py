"""Turns what a night found out into a feed (Atom) of what drifted and what was repaired, for readers who come back."""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from harness.lab.engines import Engine
from harness.night.compare import Drift, Night


def feed(night: Night, address: str, declared: Mapping[str, Engine]) -> str:
    """The feed, for the site at `address` (empty: relative). `declared` are the engines by name."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "ko"})
    _put(root, title="도커 노트: 달라진 예제와 바로잡은 예제", id="urn:docker-note:feed", updated=night.date)
    SubElement(SubElement(root, "author"), "name").text = "도커 노트"
    SubElement(root, "link", {"href": f"{address}status.html"})
    for kind, key, drift, updated in _events(night):
        entry = SubElement(root, "entry")
        _put(
            entry, title=f"{kind}: {drift.command.partition(chr(10))[0]}", id=f"urn:docker-note:{key}", updated=updated
        )
        page = drift.page.removeprefix("docs/").removesuffix(".md")
        SubElement(entry, "link", {"href": f"{address}{page}.html"})
        labels = (declared[name].label if name in declared else name for name in drift.engines)
        engines = ", ".join(f"Docker {label}" for label in labels)
        _put(entry, summary=f"{page}.html의 예제입니다. 엔진: {engines}")
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _events(night: Night) -> Iterator[tuple[str, str, Drift, str]]:
    """(kind, key, drift, when) of all that there is to tell."""
    for drift in night.drifts:
        yield "달라짐", drift.key, drift, min(seen.first_seen for seen in drift.engines.values())
    for drift in night.repaired:
        yield "바로잡음", f"{drift.key}:{night.date}", drift, night.date


def _put(element: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(element, name).text = text
