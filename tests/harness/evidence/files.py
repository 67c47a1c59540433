"""Puts evidence on disk and finds it again, for the runner, the site and the night. Under build/evidence/:

summary.json                     a run as a whole
28/docs/containers.json          a page on an engine: its blocks, steps, outcomes
28/docs/containers/1.cast        the terminal of its first block (asciicast v2)
28/_elsewhere/...                a page outside the project: no proof for the site
course/28/docs/...               the same of a course, where pages share a machine: no proof for the site
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from harness.evidence import recordings
from harness.evidence.facts import PageFact
from harness.evidence.summary import Summary
from harness.project import write

COURSE = "course"
ELSEWHERE = "_elsewhere"  # theirs may be called docs/ too
_SUMMARY = "summary.json"


class EvidenceError(Exception):
    """A file that can't be read as evidence: names it, what is wrong, and the way out."""


def write_page(folder: Path, page: PageFact) -> Path:
    """Writes a page's evidence under `folder`, whole or not at all; returns its path."""
    path = folder / page.engine / _page_name(page.page).with_suffix(".json")
    write(path, json.dumps(page.to_json(), ensure_ascii=False, indent=1))
    return path


def write_recording(folder: Path, page: PageFact, number: int, title: str, events: Sequence[tuple[float, str]]) -> str:
    """Writes block `number`'s recording; `events` are (seconds, what the terminal got). Returns its path there."""
    name = Path(page.engine) / _page_name(page.page).with_suffix("") / f"{number}.cast"
    write(folder / name, recordings.asciicast(title, events))
    return name.as_posix()


def write_summary(folder: Path, summary: Summary) -> None:
    """Writes summary.json."""
    write(folder / _SUMMARY, json.dumps(summary.to_json()))


def read_page(path: Path) -> PageFact:
    """The page whose evidence `write_page` left at `path`. EvidenceError where it can't be read."""
    try:
        return PageFact.from_json(json.loads(path.read_text("utf-8")))
    except ValueError as error:
        raise EvidenceError(f"{path}: {error}; run the page again: nox -s verify") from error


def read_summary(folder: Path) -> Summary:
    """The summary of the run that left its evidence in `folder`. FileNotFoundError."""
    return Summary.from_json(json.loads((folder / _SUMMARY).read_text("utf-8")))


def load(folder: Path, say: Callable[[str], object]) -> list[PageFact]:
    """The evidence of the site's pages in `folder`. What can't be read proves nothing; `say` is told of it, once."""
    found, refused = [], []
    for path in sorted(folder.glob("*/docs/**/*.json")):
        try:
            found.append(read_page(path))
        except EvidenceError as error:
            refused.append(str(error))
    if refused:
        say(refused[0] + (f" ({len(refused)} files in all)" if refused[1:] else ""))
    return found


def _page_name(page: str) -> Path:
    """A page's place under its engine's folder; a page from elsewhere on the disk keeps its whole path, apart."""
    return Path(ELSEWHERE, page.lstrip("/")) if page.startswith("/") else Path(page)
