"""What a run leaves on disk, and what is found of it again."""

import json
from collections import Counter
from pathlib import Path

import pytest

from harness.evidence import facts
from harness.evidence.facts import BlockFact, Outcome, PageFact, StepFact
from harness.project import write


@pytest.fixture
def fact() -> PageFact:
    step = StepFact(1, "docker ps", Outcome.PASSED, typed="docker ps", status=0, actual="CONTAINER ID")
    block = BlockFact(3, "session", "first/ps.console", "snippets/first/ps.console", "0" * 64, [step], Outcome.PASSED)
    return PageFact("docs/first.md", "28", "28.5.2", "standin", "2026-11-24T00:00:00+00:00", blocks=[block])


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], "passed"),
        (["passed", "passed"], "passed"),
        (["passed", "unchecked"], "unchecked"),
        (["passed", "differs", "blocked"], "differs"),
        (["broken", "blocked"], "broken"),
        (["unchecked", "blocked"], "blocked"),
    ],
)
def test_a_whole_comes_out_as_the_worst_of_its_parts(parts: list[str], whole: str) -> None:
    assert facts.worst(map(Outcome, parts)) == whole


def test_the_line_end_at_the_end_of_a_text_does_not_change_its_digest() -> None:
    assert facts.digest("$ docker ps\n") == facts.digest("$ docker ps")
    assert facts.digest("$ docker ps") != facts.digest("$ docker ps -a")


def test_a_pages_evidence_is_found_again_as_it_was_written(tmp_path: Path, fact: PageFact) -> None:
    path = facts.write_page(tmp_path, fact)
    [found] = facts.load(tmp_path)
    assert path == tmp_path / "28/docs/first.json"
    assert (found["schema"], found["page"], found["blocks"][0]["steps"][0]["outcome"]) == (3, "docs/first.md", "passed")


def test_evidence_of_another_schema_or_cut_short_proves_nothing(tmp_path: Path, fact: PageFact) -> None:
    path = facts.write_page(tmp_path, fact)
    path.with_name("old.json").write_text(json.dumps({"schema": 0}))
    path.with_name("cut.json").write_text(path.read_text()[:100])
    path.with_name("list.json").write_text("[]")
    assert len(facts.load(tmp_path)) == 1


def test_evidence_of_a_page_from_elsewhere_proves_nothing_on_the_site(tmp_path: Path, fact: PageFact) -> None:
    fact.page = "/home/someone/README.md"
    assert facts.write_page(tmp_path, fact) == tmp_path / "28/home/someone/README.json"
    assert facts.load(tmp_path) == []


def test_a_write_that_fails_leaves_the_old_text_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "summary.json"
    file.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write(file, "new \ud800")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("summary.json", "old")]


def test_a_recording_is_an_asciicast_whose_time_begins_with_its_block(tmp_path: Path, fact: PageFact) -> None:
    name = facts.write_recording(tmp_path, fact, 2, "first/ps.console", [(10.5, "$ "), (11.25, "docker ps\r\n")])
    assert name == "28/docs/first/2.cast"
    rows = [json.loads(line) for line in (tmp_path / name).read_text().splitlines()]
    assert rows == [
        {"version": 2, "width": 80, "height": 3, "title": "first/ps.console"},
        [0.0, "o", "$ "],
        [0.75, "o", "docker ps\r\n"],
    ]


def test_a_summary_counts_every_outcome(tmp_path: Path) -> None:
    facts.write_summary(tmp_path, Counter(passed=3, differs=1), ["28"], "hub")
    assert json.loads((tmp_path / "summary.json").read_text()) == {
        "passed": 3, "differs": 1, "broken": 0, "blocked": 0, "unchecked": 0, "engines": ["28"], "lane": "hub",
    }  # fmt: skip
