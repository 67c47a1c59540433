"""A night: runs every page, what broke once more, and says what has changed since the night before; `nox -s nightly`.

python -m harness.night OPTIONS...            OPTIONS are pytest's, pages too; `--splits 2 --group 1` is half of them
python -m harness.night --merge FOLDER...     the same from the evidence of runs that shared a night

build/last-night/ ──┐
build/evidence/ ────┴──> build/evidence/night.md for people, night.json for machines, summary.json as of one run

A night of all engines ends with a course: all pages in order on one machine (`verify -- --course`).
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from harness.claims import pages
from harness.claims.pages import PageError
from harness.evidence import facts
from harness.lab.labs import declared_engines
from harness.night.compare import Fact, Night, compare, from_json, retries, to_json
from harness.night.markdown import markdown, show
from harness.night.merge import DURATIONS, merge, retried, summarise
from harness.project import write

COURSE = facts.COURSE
NOT_IN_A_COURSE = ("--engine", "--numprocesses", "--maxprocesses", "--dist", "--junit-xml")  # one machine, one process
AGAIN = "junit-again.xml"  # the report of what was run once more, until it is part of junit.xml


def main(arguments: Sequence[str]) -> int:
    """Runs a night in the project of the working directory; returns its exit status."""
    parser = argparse.ArgumentParser("python -m harness.night", allow_abbrev=False)
    parser.add_argument("--merge", nargs="+", type=Path, metavar="FOLDER", help="evidence of runs that shared a night")
    parser.add_argument("--splits", metavar="N", help="share the pages out among so many runs (pytest-split)")
    parser.add_argument("--group", metavar="K", help="which of them this is, from 1")
    parser.add_argument("--engine", help="on one of them, or `all`, which ends with a course")
    given, options = parser.parse_known_args(arguments)
    options += [f"--engine={given.engine}"] if given.engine else []
    named = [option for option in options if Path(option.partition("::")[0]).exists()]
    options = [option for option in options if option not in named]
    part = []
    if given.splits and given.group:
        part = ["--splits", given.splits, "--group", given.group, "--splitting-algorithm=least_duration"]
    root, date = Path.cwd(), _now()
    folder = root / "build" / "evidence"
    last = _last_night(root)
    what = [*part, *(named or ("docs", "snippets"))]
    evidence = _merged(given.merge, folder) if given.merge else _run(folder, options, what, date)
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    shown = _pages(root) if not part and not named else dict.fromkeys(_pages(root))
    if not given.merge and not part and not named and given.engine == "all":
        _run_course(folder, options)
    course = facts.load(folder / COURSE) if given.merge else _tonight(folder / COURSE, date)
    night = compare(evidence, summary, shown, _samples(root, evidence), last, date, course)
    _write(folder, night)
    print(markdown(night), flush=True)
    return night.status


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _engines() -> list[str]:
    return [engine.name for engine in declared_engines()]


# -- before


def _last_night(root: Path) -> Night | None:
    """What the night before said, from build/last-night. What is left here from a night goes there first."""
    folder, last = root / "build" / "evidence", root / "build" / "last-night"
    if (folder / "night.json").exists() or (folder.exists() and not last.exists()):
        shutil.rmtree(last, ignore_errors=True)
        shutil.copytree(folder, last)
    try:
        return from_json(json.loads((last / "night.json").read_text("utf-8")))
    except (OSError, ValueError):
        return _unreported(root, facts.load(last))


def _unreported(root: Path, evidence: Sequence[Fact]) -> Night | None:
    """What earlier runs saw that were no night."""
    if not evidence:
        return None
    date = max(fact["started"] for fact in evidence)
    return compare(evidence, {"engines": []}, {}, {}, None, date)


# -- the run


def _merged(shards: Sequence[Path], folder: Path) -> list[Fact]:
    try:
        return merge(shards, folder, _engines())
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is missing: no run has left its evidence there")


def _run(folder: Path, options: Sequence[str], what: Sequence[str], began: str) -> list[Fact]:
    """Runs pages (`what`, as pytest is told), and once more, in fresh labs, those that broke: what was seen of them."""
    for name in ("summary.json", "junit.xml", AGAIN):
        (folder / name).unlink(missing_ok=True)
    known = f"--durations-path={folder.with_name('last-night') / DURATIONS}"
    ended = _pytest(options, known, *what)
    if not (folder / "summary.json").exists():
        sys.exit(ended or pytest.ExitCode.INTERNAL_ERROR)
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    if again := retries(_tonight(folder, began)):
        print(f"once more, in fresh labs: {', '.join(again)}", flush=True)
        _pytest([*options, f"--junit-xml={folder / AGAIN}"], *again)
        retried(folder, folder / AGAIN)
    evidence = _tonight(folder, began)
    summarise(folder, evidence, summary["engines"], summary["lane"])
    return evidence


def _run_course(folder: Path, options: Sequence[str]) -> None:
    """All pages in order on one machine, on the default engine; the night's summary stays that of its pages."""
    options = [option for option in options if not option.startswith(NOT_IN_A_COURSE)]
    summary, junit = folder / "summary.json", folder / COURSE / "junit.xml"
    kept = summary.read_text("utf-8")
    print("in order, on one machine", flush=True)
    _pytest([*options, f"--junit-xml={junit}", "--course"], "docs", "snippets")
    write(summary, kept)


def _pytest(options: Sequence[str], *what: str) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *options, *what], check=False).returncode


def _tonight(folder: Path, began: str) -> list[Fact]:
    """The evidence written since; that of pages that did not run tonight is older."""
    return [fact for fact in facts.load(folder) if fact["started"] >= began]


# -- after


def _pages(root: Path) -> dict[str, str]:
    """The pages that there is something to run on, with what is wrong with each, or ""."""
    found = {}
    for path in sorted((root / "docs").rglob("*.md")):
        name = path.relative_to(root).as_posix()
        try:
            if pages.read(path, root, _engines()).blocks:
                found[name] = ""
        except PageError as error:
            found[name] = str(error)
    return found


def _samples(root: Path, evidence: Sequence[Fact]) -> Mapping[str, str]:
    paths = {block["file"]: root / block["file"] for fact in evidence for block in fact["blocks"]}
    return {name: path.read_text("utf-8") for name, path in paths.items() if path.is_file()}


def _write(folder: Path, night: Night) -> None:
    written: dict[str, Any] = to_json(night)
    for row, drift in zip(written["drifts"], night.drifts, strict=True):
        row |= {"title": drift.title, "markdown": show(drift)}
    write(folder / "night.json", json.dumps(written, ensure_ascii=False, indent=1))
    write(folder / "night.md", markdown(night))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("interrupted; the night before stays the last one")
