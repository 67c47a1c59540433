"""The feed of what drifted and what was repaired."""

from collections import Counter
from xml.etree import ElementTree

from harness.evidence.facts import Lane
from harness.evidence.summary import Summary
from harness.lab.engines import Engine
from harness.night.findings import Drift, EngineDrift, Night
from harness.site.feed import feed

ATOM = "{http://www.w3.org/2005/Atom}"
BEGAN, FIRST, SECOND = "2026-11-01T17:00:00+00:00", "2026-11-21T17:00:00+00:00", "2026-11-22T17:00:00+00:00"
DECLARED = {"28c": Engine("28c", "28 (containerd)")}


def drift(key: str, command: str, **first_seen: str) -> Drift:
    seen = {
        engine.removeprefix("on_"): EngineDrift(
            date, new=True, version="28.1", file="", line=1, differences=[], shown="", cause="0" * 8
        )
        for engine, date in first_seen.items()
    }
    return Drift(key, "docs/guide/a.md", 3, "a.console", command, seen)


def entries(night: Night, address: str = "") -> list[list[str]]:
    """Title, id, date, link and summary of each entry."""
    root = ElementTree.fromstring(feed(night, BEGAN, address, DECLARED))
    found = []
    for entry in root.iter(f"{ATOM}entry"):
        title, name, date, summary = (
            entry.findtext(f"{ATOM}{name}", "") for name in ("title", "id", "updated", "summary")
        )
        [link] = [link.attrib["href"] for link in entry.iter(f"{ATOM}link")]
        found.append([title, name, date, link, summary])
    return found


def test_a_drift_is_dated_by_the_first_engine_that_showed_it_and_a_repair_by_its_night() -> None:
    seen = drift("k1", "docker ps\n-a", on_28c=SECOND, on_31=FIRST)
    night = Night(SECOND, FIRST, Summary(Counter(), [], Lane.HUB), [seen], repaired=[drift("k2", "ls", on_28c=FIRST)])
    assert entries(night, "https://example.org/")[:-1] == [
        [
            "달라짐: docker ps", "urn:docker-note:k1", FIRST, "https://example.org/guide/a.html",
            "guide/a.html의 예제입니다. 엔진: Docker 28 (containerd), Docker 31",
        ],
        [
            "바로잡음: ls", f"urn:docker-note:k2:{SECOND}", SECOND, "https://example.org/guide/a.html",
            "guide/a.html의 예제입니다. 엔진: Docker 28 (containerd)",
        ],
    ]  # fmt: skip


def test_the_first_entry_is_there_when_there_is_nothing_to_tell_and_stays_the_same() -> None:
    quiet = Night(SECOND, "", Summary(Counter(), [], None))
    [[title, name, date, link, summary]] = entries(quiet)
    assert (title, name, date, link) == (
        "예제가 달라지거나 바로잡히면 여기에 알립니다", "urn:docker-note:first", BEGAN, "history.html",
    )  # fmt: skip
    assert "알릴 것이 없었습니다" in summary
    loud = Night(FIRST, "", Summary(Counter(), [], None), [drift("k1", "docker ps", on_31=FIRST)])
    assert entries(loud)[-1] == entries(quiet)[0]
