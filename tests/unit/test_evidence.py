"""What a run leaves on disk, and what is found of it again."""

import errno
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from harness.evidence import facts, files
from harness.evidence.facts import BlockFact, DifferenceFact, ImageFact, Lane, Outcome, PageFact, StepFact
from harness.evidence.files import EvidenceError
from harness.evidence.recordings import asciicast
from harness.evidence.summary import Summary, count
from harness.lab.lanes import weakest
from harness.project import write
from harness.shapes import Difference

STARTED = "2026-11-24T00:00:00+00:00"


@pytest.fixture
def fact() -> PageFact:
    step = StepFact(1, "docker ps", Outcome.PASSED, typed="docker ps", status=0, actual="CONTAINER ID")
    block = BlockFact(3, "session", "first/ps.console", "snippets/first/ps.console", "0" * 64, [step], Outcome.PASSED)
    return PageFact("docs/first.md", "28", "28.5.2", Lane.STANDIN, STARTED, blocks=[block])


@pytest.fixture
def rich() -> PageFact:
    """A page with something in every field that may be empty."""
    bound = Difference(2, "588ec8830392", "0123456789ab", "id", 3, 2, 4, "588e", ("588ec8830392", "67a0a9af86f4"))
    drift = StepFact(
        7, "docker ps", Outcome.DIFFERS, "docker ps", 1, "one", "two", [DifferenceFact(8, bound)], "web was left"
    )
    blocked = StepFact(9, "docker rm", Outcome.BLOCKED, reason="a.console:7 differs")
    block = BlockFact(3, "session", "a.console", "snippets/a.console", "0" * 64, [drift, blocked], Outcome.DIFFERS)
    block = replace(block, started=STARTED, seconds=1.5, recording="28/docs/a/1.cast")
    images, tools = {"centos:latest": ImageFact("sha256:" + "0" * 64, standin=True)}, {"compose": "2.40.3"}
    return PageFact("docs/a.md", "28", "28.5.2", Lane.REHEARSAL, STARTED, images, tools, [block], ["volume memo"])


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], "passed"),
        (["passed", "passed"], "passed"),
        (["passed", "unchecked"], "unchecked"),
        (["passed", "differs", "blocked"], "differs"),
        (["broken", "differs"], "differs"),
        (["broken", "blocked"], "broken"),
        (["unchecked", "blocked"], "blocked"),
    ],
)
def test_a_whole_comes_out_as_the_worst_of_its_parts(parts: list[str], whole: str) -> None:
    assert facts.worst(map(Outcome, parts)) == whole


def test_the_line_end_at_the_end_of_a_text_does_not_change_its_digest() -> None:
    assert facts.digest("$ docker ps\n") == facts.digest("$ docker ps")
    assert facts.digest("$ docker ps") != facts.digest("$ docker ps -a")


@pytest.mark.parametrize(
    ("lanes", "of_all"),
    [([], None), (["hub", "hub"], "hub"), (["hub", "rehearsal"], "rehearsal"), (["rehearsal", "standin"], "standin")],
)
def test_runs_together_are_of_the_lane_that_proves_least(lanes: list[str], of_all: str | None) -> None:
    assert weakest(map(Lane, lanes)) == of_all


def test_a_page_read_from_its_json_is_the_page_that_was_written(rich: PageFact) -> None:
    assert PageFact.from_json(json.loads(json.dumps(rich.to_json()))) == rich


def test_every_field_of_the_rich_page_is_filled_so_that_the_round_trip_tells_of_each(rich: PageFact) -> None:
    [block] = rich.blocks
    [difference] = block.steps[0].differences
    parts = [rich, block, block.steps[0], difference, difference.difference, *rich.images.values()]
    empty = [f"{type(part).__name__}.{name}" for part in parts for name, value in vars(part).items() if not value]
    assert empty == []


def test_a_pages_evidence_is_found_again_as_it_was_written(tmp_path: Path, rich: PageFact) -> None:
    path = files.write_page(tmp_path, rich, casts("what its terminal got"))
    assert path == tmp_path / "28/docs/a.json"
    assert files.load(tmp_path, pytest.fail) == [rich]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"schema": 3}', "evidence of schema 3, and only schema 4 is read"),
        ("[]", "evidence of schema unknown, and only schema 4 is read"),
        ('{"schema": 4, "page"', "Expecting ':' delimiter: line 1 column 21"),
        ('{"schema": 4, "lane": "hub"}', "page: found nothing, and this field has to be there"),
        ("[" * 100_000, "lists within lists, deeper than any evidence"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_file_what_is_wrong_and_the_way_out(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "page.json"
    path.write_text(text)
    with pytest.raises(EvidenceError) as error:
        files.read_page(path)
    assert str(error.value).startswith(f"{path}: {said}")
    assert str(error.value).endswith("; run the page again: nox -s verify")


def test_a_field_that_this_version_does_not_know_is_refused(fact: PageFact) -> None:
    with pytest.raises(ValueError, match=r"^weather: found a field that is not known$"):
        PageFact.from_json(fact.to_json() | {"weather": "fine"})


def test_what_cannot_be_read_proves_nothing_and_is_said_once(tmp_path: Path, fact: PageFact) -> None:
    path = files.write_page(tmp_path, fact)
    path.with_name("a.json").write_text(json.dumps({"schema": 0}))
    path.with_name("cut.json").write_text(path.read_text()[:100])
    said: list[str] = []
    assert files.load(tmp_path, said.append) == [fact]
    assert said == [
        f"{path.with_name('a.json')}: evidence of schema 0, and only schema 4 is read; "
        "run the page again: nox -s verify (2 files in all)"
    ]


def test_evidence_of_a_page_from_elsewhere_proves_nothing_on_the_site(tmp_path: Path, fact: PageFact) -> None:
    fact.page = "/docs/first.md"
    assert files.write_page(tmp_path, fact) == tmp_path / "28/_elsewhere/docs/first.json"
    assert files.load(tmp_path, pytest.fail) == []


def test_evidence_of_a_page_from_elsewhere_leaves_that_of_a_page_of_the_same_name(
    tmp_path: Path, fact: PageFact
) -> None:
    files.write_page(tmp_path, fact)
    files.write_page(tmp_path, replace(fact, page="/docs/first.md"))
    assert [found.page for found in files.load(tmp_path, pytest.fail)] == ["docs/first.md"]


def test_a_write_that_fails_leaves_the_old_text_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "summary.json"
    file.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write(file, "new \ud800")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("summary.json", "old")]


def test_a_recording_is_an_asciicast_whose_time_begins_with_its_block() -> None:
    text = asciicast("first/ps.console", [(10.5, "$ "), (11.25, "docker ps\r\n")])
    assert [json.loads(line) for line in text.splitlines()] == [
        {"version": 2, "width": 80, "height": 3, "title": "first/ps.console"},
        [0.0, "o", "$ "],
        [0.75, "o", "docker ps\r\n"],
    ]


def casts(*titles: str) -> dict[int, str]:
    """A recording for each block of a page, known by its title."""
    return {number: asciicast(title, [(0.0, "$ ")]) for number, title in enumerate(titles)}


def played(folder: Path) -> list[str]:
    """The titles of the recordings that the evidence in `folder` names."""
    names = [block.recording for page in files.load(folder, pytest.fail) for block in page.blocks if block.recording]
    return [json.loads(files.read_recording(folder, name).partition("\n")[0])["title"] for name in names]


def test_a_pages_recordings_are_replaced_with_its_evidence(tmp_path: Path, fact: PageFact) -> None:
    for run in ("first", "second"):
        files.write_page(tmp_path, replace(fact, blocks=[fact.blocks[0]] * 2), casts(f"{run} one", f"{run} two"))
        assert played(tmp_path) == [f"{run} one", f"{run} two"]
        assert len(list(tmp_path.rglob("*.cast"))) == len(played(tmp_path))


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_a_run_that_cannot_write_all_leaves_the_earlier_evidence_whole(
    tmp_path: Path, fact: PageFact, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    files.write_page(tmp_path, replace(fact, blocks=[fact.blocks[0]] * 2), casts("old one", "old two"))
    written: list[Path] = []

    def fill(path: Path, text: str) -> None:
        if len(written) == failing:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(path)
        write(path, text)

    monkeypatch.setattr(files, "write", fill)
    with pytest.raises(OSError, match="No space left"):
        files.write_page(tmp_path, replace(fact, blocks=[fact.blocks[0]] * 2), casts("new one", "new two"))
    assert played(tmp_path) == ["old one", "old two"]


@pytest.mark.parametrize("name", ["gone", "folder", "binary"])
def test_a_recording_that_cannot_be_read_costs_its_replay_only(tmp_path: Path, fact: PageFact, name: str) -> None:
    page = replace(fact, blocks=[fact.blocks[0]] * 2)
    files.write_page(tmp_path, page, casts("one", "two"))
    path = tmp_path / page.blocks[0].recording
    path.unlink()
    if name == "folder":
        path.mkdir()
    elif name == "binary":
        path.write_bytes(b"\xff")
    told: list[str] = []
    [read] = files.load(tmp_path, pytest.fail)
    playable, recorded = files.with_recordings(read, tmp_path, told.append)
    second = page.blocks[1].recording
    assert [block.recording for block in playable.blocks] == ["", second]
    assert recorded == {second: casts("one", "two")[1]}
    assert [line.startswith(f"{path}: no recording: ") for line in told] == [True]


def test_a_summary_counts_every_outcome(tmp_path: Path) -> None:
    summary = Summary(Counter({Outcome.PASSED: 3, Outcome.DIFFERS: 1}), ["28"], Lane.HUB)
    files.write_summary(tmp_path, summary)
    assert json.loads((tmp_path / "summary.json").read_text()) == {
        "passed": 3, "differs": 1, "broken": 0, "blocked": 0, "unchecked": 0, "engines": ["28"], "lane": "hub",
    }  # fmt: skip
    assert files.read_summary(tmp_path) == summary


def test_a_run_that_had_no_page_has_no_lane(tmp_path: Path) -> None:
    files.write_summary(tmp_path, Summary(Counter(), ["28"], None))
    assert json.loads((tmp_path / "summary.json").read_text())["lane"] == ""
    assert files.read_summary(tmp_path).lane is None


def test_a_file_that_the_reader_writes_counts_as_a_step(fact: PageFact) -> None:
    fact.blocks.append(replace(fact.blocks[0], kind="file"))
    assert count([fact, fact]) == {Outcome.PASSED: 4}
