"""Turns the evidence of several runs, each of some engines or some pages, into that of one: for a night that is shared
out among machines, or tries again what broke. It then looks as if one run had written it.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from harness.evidence import facts
from harness.night.compare import Fact, count
from harness.project import write

DURATIONS = "durations.json"
_OWN = ("summary.json", "night.*", "junit.xml", DURATIONS)  # of a run as a whole; all else is of one page on one engine


def merge(shards: Sequence[Path], folder: Path, order: Sequence[str]) -> list[Fact]:
    """Puts the evidence of the shards together in `folder`, and returns that of their pages.

    `order` are the engines, oldest first. Raises FileNotFoundError where a shard holds no summary.
    """
    summaries = [json.loads((shard / "summary.json").read_text("utf-8")) for shard in shards]
    evidence = {(fact["page"], fact["engine"]): fact for shard in shards for fact in facts.load(shard)}
    for shard in shards:
        shutil.copytree(shard, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_OWN))
    write(folder / "junit.xml", _junit(shards))
    named = {engine for summary in summaries for engine in summary["engines"]}
    summarise(folder, list(evidence.values()), [name for name in order if name in named], _lane(summaries))
    return list(evidence.values())


def summarise(folder: Path, evidence: Sequence[Fact], engines: Sequence[str], lane: str) -> None:
    """Writes what says something of a run as a whole, these being its pages: summary.json and durations.json."""
    facts.write_summary(folder, count(evidence), engines, lane)
    write(folder / DURATIONS, json.dumps(durations(evidence), ensure_ascii=False, indent=1))


def durations(evidence: Sequence[Fact]) -> dict[str, float]:
    """Seconds that each page took on each engine, under pytest's id of its first block: what pytest-split goes by."""
    return {
        _first_block(fact): round(sum(block["seconds"] for block in fact["blocks"]), 3)
        for fact in sorted(evidence, key=lambda fact: (fact["page"], fact["engine"]))
    }


def _first_block(fact: Fact) -> str:
    first = fact["blocks"][0]
    name = Path(first["snippet"]).name or f"line {first['line']}"
    return f"{fact['page']}::{fact['engine']}::{name}"


def _lane(summaries: Sequence[dict[str, Any]]) -> str:
    """A stand-in anywhere is said: nothing is shown as more than it is."""
    return max((summary["lane"] for summary in summaries), default="")


def _junit(shards: Sequence[Path]) -> str:
    """The test suites of all shards under one root, as JUnit has them."""
    root = ElementTree.Element("testsuites")
    for path in [shard / "junit.xml" for shard in shards if (shard / "junit.xml").exists()]:
        root.extend(ElementTree.parse(path).getroot())  # noqa: S314  (the runs' own)
    return ElementTree.tostring(root, encoding="unicode")


def retried(folder: Path, again: Path) -> None:
    """Puts the cases of the report `again` in the place of those in junit.xml, which then counts what came of them."""
    if not again.exists():
        return
    report = ElementTree.parse(folder / "junit.xml")  # noqa: S314  (the runs' own)
    newer = {_name(case): case for case in ElementTree.parse(again).iter("testcase")}  # noqa: S314
    for suite in report.iter("testsuite"):
        for index, case in enumerate(suite):
            if case.tag == "testcase":
                suite[index] = newer.get(_name(case), case)
        for counted, tag in (("errors", "error"), ("failures", "failure"), ("skipped", "skipped")):
            suite.set(counted, str(len(suite.findall(f"testcase/{tag}"))))
    write(folder / "junit.xml", ElementTree.tostring(report.getroot(), encoding="unicode"))
    again.unlink()


def _name(case: ElementTree.Element) -> tuple[str, str]:
    return case.get("classname", ""), case.get("name", "")
