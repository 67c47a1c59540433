"""Turns the evidence of several runs, each of some engines or some pages, into that of one: for a night that is shared
out among machines. It then looks as if one run had written it.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from harness import evidence
from harness.night.compare import Fact, count

_OWN = ("summary.json", "night.*", "junit*.xml")  # of a run as a whole; all else is of one page on one engine


def merge(shards: Sequence[Path], folder: Path, order: Sequence[str]) -> list[Fact]:
    """Puts the evidence of the shards together in `folder`, and returns that of their pages.

    `order` are the engines, oldest first. Raises FileNotFoundError where a shard holds no summary.
    """
    summaries = [json.loads((shard / "summary.json").read_text("utf-8")) for shard in shards]
    facts = {(fact["page"], fact["engine"]): fact for shard in shards for fact in evidence.load(shard)}
    for shard in shards:
        shutil.copytree(shard, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_OWN))
    evidence.write(folder / "junit.xml", _junit(shards))
    named = {engine for summary in summaries for engine in summary["engines"]}
    summarise(folder, list(facts.values()), [name for name in order if name in named], _lane(summaries))
    return list(facts.values())


def summarise(folder: Path, facts: Sequence[Fact], engines: Sequence[str], lane: str) -> None:
    """Writes the summary.json of a run that these are the pages of."""
    evidence.write_summary(folder, count(facts), engines, lane)


def _lane(summaries: Sequence[dict[str, Any]]) -> str:
    """A stand-in anywhere is said: nothing is shown as more than it is."""
    return max((summary["lane"] for summary in summaries), default="")


def _junit(shards: Sequence[Path]) -> str:
    """The test suites of all shards under one root, as JUnit has them."""
    root = ElementTree.Element("testsuites")
    for path in [path for shard in shards for path in sorted(shard.glob("junit*.xml"))]:
        root.extend(ElementTree.parse(path).getroot())  # noqa: S314  (the runs' own)
    return ElementTree.tostring(root, encoding="unicode")
