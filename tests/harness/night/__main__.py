"""A night: runs every page, what broke once more, and says what has changed since the night before; `nox -s nightly`.

python -m harness.night OPTIONS...            OPTIONS are pytest's, pages too; `--splits 2 --group 1` is half of them
python -m harness.night --merge FOLDER...     the same from the evidence of runs that shared a night

build/last-night/ ──┐
build/evidence/ ────┴──> build/evidence/night.md for people, night.json for machines, summary.json as of one run,
                         history.jsonl of all nights up to now

A night of all engines ends with a course: all pages in order on one machine (`verify -- --course`).
"""

import argparse
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from harness import output, project
from harness.claims import pages
from harness.claims.arguments import pages_and_options
from harness.claims.pages import PageError
from harness.evidence import files
from harness.evidence.facts import PageFact
from harness.evidence.files import COURSE, EvidenceError
from harness.lab import engines
from harness.night import expected, history_file, saved
from harness.night.compare import Tonight, compare, unreported
from harness.night.expected import WrongExpected
from harness.night.findings import NO_NIGHT, Night
from harness.night.history import History, with_night
from harness.night.markdown import markdown
from harness.night.merge import keep, merge
from harness.night.run import NotBegun, Runs
from harness.night.unjudged import PageProblems
from harness.project import write


@dataclass(frozen=True)
class _Asked:
    """What the command line asks for."""

    root: Path  # the project's
    shards: Sequence[Path]  # to be put together instead of a run
    named: Sequence[str]  # the pages, where not all are meant
    share: Sequence[str]  # pytest-split's options, where only a share of the pages is meant
    options: Sequence[str]  # pytest's
    engine: str
    engines: Sequence[str]  # that a merged night was meant to be on

    @property
    def resting(self) -> list[str]:
        """The engines that another night of the week is on."""
        return [name for name in _engines() if self.engines and name not in self.engines]

    @property
    def is_whole(self) -> bool:
        """Whether all pages are meant."""
        return not self.named and not self.share

    @property
    def has_course(self) -> bool:
        return self.is_whole and not self.shards and self.engine == "all"


def main(arguments: Sequence[str]) -> int:
    """Runs a night; returns its exit status."""
    asked = _asked(arguments)
    may_stay = _expected(asked.root)
    runs = Runs(asked.root, _now(), asked.options)
    last, known = _last_night(asked.root)
    evidence = _merged(asked, runs) if asked.shards else _run(asked, runs)
    summary = files.read_summary(runs.folder)
    if asked.has_course:
        runs.run_course()
    course = runs.folder / COURSE
    tonight = Tonight(
        runs.began,
        evidence,
        summary,
        _problems(asked.root, needed=asked.is_whole),
        _samples(asked.root, evidence),
        course=files.load(course, print) if asked.shards else runs.evidence(course),
        engines=asked.engines or (_engines() if asked.shards and asked.engine == "all" else ()),
        resting=asked.resting,
    )
    history = with_night(known, runs.began, evidence)
    night = compare(tonight, last, history, may_stay)
    saved.save(runs.folder / "night.json", night)
    write(runs.folder / "night.md", markdown(night))
    history_file.save(runs.folder / history_file.NAME, history)
    print(markdown(night), flush=True)
    return night.status


def _asked(arguments: Sequence[str]) -> _Asked:
    parser = argparse.ArgumentParser("python -m harness.night", allow_abbrev=False)
    parser.add_argument("--merge", nargs="+", default=[], metavar="FOLDER", help="evidence of runs that shared a night")
    parser.add_argument("--engines", default="", metavar="A,B", help="with --merge: those that the night was meant for")
    parser.add_argument("--splits", metavar="N", help="share the pages out among so many runs (pytest-split)")
    parser.add_argument("--group", metavar="K", help="which of them this is, from 1")
    parser.add_argument("--engine", default="", help="on one of them, or `all`, which ends with a course")
    parser.add_argument("--rootdir", help="of another project, as pytest takes it")
    given, rest = parser.parse_known_args(arguments)
    root = Path(given.rootdir).resolve() if given.rootdir else project.ROOT
    share: list[str] = []
    if given.splits and given.group:
        share = ["--splits", given.splits, "--group", given.group, "--splitting-algorithm=least_duration"]
    named, options = pages_and_options(rest, root)
    options += [f"--rootdir={root}"] if given.rootdir else []
    options += [f"--engine={given.engine}"] if given.engine else []
    return _Asked(
        root,
        [root / folder for folder in given.merge],
        named,
        share,
        options,
        given.engine,
        list(filter(None, given.engines.split(","))),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _engines() -> list[str]:
    return [engine.name for engine in engines.read()]


# -- before


def _expected(root: Path) -> Mapping[str, str]:
    try:
        return expected.read(root)
    except WrongExpected as error:
        sys.exit(str(error))


def _last_night(root: Path) -> tuple[Night, History]:
    """What the night before said, and what was known then, from build/last-night. What is left here from a night goes
    there first.
    """
    folder, last = root / "build" / "evidence", root / "build" / "last-night"
    if (folder / "night.json").exists() or (folder.exists() and not last.exists()):
        shutil.rmtree(last, ignore_errors=True)
        shutil.copytree(folder, last)
    history = history_file.load(last / history_file.NAME, print)
    try:
        return saved.read(last / "night.json") or NO_NIGHT, history
    except (FileNotFoundError, EvidenceError) as error:
        if isinstance(error, EvidenceError):
            print(f"the night before is not known: {error}")
        evidence = files.load(last, print)
        return unreported(evidence) if evidence else NO_NIGHT, history


# -- the run


def _merged(asked: _Asked, runs: Runs) -> list[PageFact]:
    try:
        found = merge(asked.shards, runs.folder, _engines(), print)
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is missing: no run has left its evidence there")
    except EvidenceError as error:
        sys.exit(f"{error}; so it isn't known what that run was on: let it run again")
    keep(asked.root / "build" / "last-night", runs.folder, asked.resting, print)
    return found


def _run(asked: _Asked, runs: Runs) -> list[PageFact]:
    try:
        return runs.run([*asked.share, *(asked.named or ("docs", "snippets"))])
    except NotBegun as error:
        sys.exit(error.status)


# -- after


def _problems(root: Path, *, needed: bool) -> PageProblems:
    """The pages that there is something to run on, with what is wrong with each; `needed`: all had to be run."""
    found: dict[str, str | None] = {}
    for path in sorted((root / "docs").rglob("*.md")):
        name = path.relative_to(root).as_posix()
        try:
            if pages.read(path, root, _engines()).blocks:
                found[name] = ""
        except PageError as error:
            found[name] = str(error)
    return found if needed else dict.fromkeys(found)


def _samples(root: Path, evidence: Sequence[PageFact]) -> Mapping[str, str]:
    paths = {block.file: root / block.file for page in evidence for block in page.blocks}
    return {name: path.read_text("utf-8") for name, path in paths.items() if path.is_file()}


if __name__ == "__main__":
    output.forgive()
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("interrupted; the night before stays the last one")
