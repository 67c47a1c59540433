"""Turns the evidence of several runs, each of some engines or some pages, into that of one: for a night that is shared
out among machines. It then looks as if one run had written it.
"""

import json
from collections.abc import Callable, Container, Sequence
from pathlib import Path

from harness.evidence import files
from harness.evidence.checked import checked
from harness.evidence.facts import Lane, PageFact
from harness.evidence.summary import Summary, count
from harness.lab.lanes import weakest
from harness.night import junit
from harness.project import write

DURATIONS = "durations.json"
JUNIT = "junit.xml"


def merge(shards: Sequence[Path], folder: Path, order: Sequence[str], say: Callable[[str], object]) -> list[PageFact]:
    """Puts the evidence of the shards together in `folder`, and returns that of their pages.

    Only what could be read gets there: pages, and recordings of theirs. `order` are the engines, oldest first; `say` is
    told what can't be read. FileNotFoundError where a shard holds no summary, EvidenceError where that can't be read.
    """
    summaries = [files.read_summary(shard) for shard in shards]
    evidence: dict[tuple[str, str], PageFact] = {}
    for shard in shards:
        for page in files.load(shard, say):
            evidence[page.page, page.engine] = files.copy_page(page, shard, folder, say)
    write(folder / JUNIT, junit.joined([shard / JUNIT for shard in shards if (shard / JUNIT).exists()], say))
    engines = {engine for summary in summaries for engine in summary.engines}
    lane = weakest(summary.lane for summary in summaries if summary.lane)
    summarise(folder, list(evidence.values()), [name for name in order if name in engines], lane)
    return list(evidence.values())


def keep(last: Path, folder: Path, engines: Container[str], say: Callable[[str], object]) -> None:
    """Puts what the night in `last` has of these engines, which this one is not on, into `folder`: its pages, for the
    site, and how long they took, for the next night on them."""
    known = files.read_json(folder / DURATIONS, lambda written: checked(dict[str, float], written))
    pages = [page for page in files.load(last, say) if page.engine in engines]
    for page in pages:
        files.copy_page(page, last, folder, say)
    write(folder / DURATIONS, json.dumps({**known, **durations(pages)}, ensure_ascii=False, indent=1))


def summarise(folder: Path, evidence: Sequence[PageFact], engines: Sequence[str], lane: Lane | None) -> None:
    """Writes what says something of a run as a whole, these being its pages: summary.json and durations.json."""
    files.write_summary(folder, Summary(count(evidence), engines, lane))
    write(folder / DURATIONS, json.dumps(durations(evidence), ensure_ascii=False, indent=1))


def has_durations(path: Path) -> bool:
    """Whether pytest-split can read the durations at `path`, which may come from another night. EvidenceError."""
    try:
        return bool(files.read_json(path, lambda written: checked(dict[str, float], written)))
    except FileNotFoundError:
        return False


def durations(evidence: Sequence[PageFact]) -> dict[str, float]:
    """Seconds that each page took on each engine, under pytest's id of its first block: what pytest-split goes by."""
    return {
        _first_block(page): round(sum(block.seconds for block in page.blocks), 3)
        for page in sorted(evidence, key=lambda page: (page.page, page.engine))
        if page.blocks
    }


def _first_block(page: PageFact) -> str:
    first = page.blocks[0]
    name = Path(first.snippet).name or f"line {first.line}"
    return f"{page.page}::{page.engine}::{name}"
