"""Evidence that somebody else wrote costs what it would have proved, and is named: its file, what was found in it, what
was expected.
"""

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.claims.characters import printable
from harness.evidence import files, recordings
from harness.evidence.checked import FilePath, checked
from harness.evidence.facts import BlockFact, DifferenceFact, ImageFact, Lane, Outcome, PageFact, StepFact, digest
from harness.evidence.files import EvidenceError
from harness.evidence.recordings import asciicast
from harness.evidence.summary import Summary
from harness.night import junit, merge, saved
from harness.night.__main__ import main
from harness.night.compare import Tonight, compare
from harness.shapes import Difference

STARTED = "2026-11-24T00:00:00+00:00"
SCRIPT = "<script>alert(1)</script>"
CAST = asciicast("a.console", [(0.0, "$ ")])
PLAYED = f"28/docs/a/1-{digest(CAST)[:12]}.cast"


@pytest.fixture
def page() -> PageFact:
    drift = DifferenceFact(2, Difference(1, "one", "two", "line", actual_line=1, bound=("one", "three")))
    step = StepFact(1, "docker ps", Outcome.DIFFERS, status=0, sample="one", actual="two", differences=[drift])
    block = BlockFact(3, "session", "a.console", "snippets/a.console", "0" * 64, [step], Outcome.DIFFERS, STARTED)
    images = {"nginx:1.30": ImageFact("sha256:" + "0" * 64, standin=True)}
    tools = {"compose": "2.40.3-3"}
    return PageFact("docs/a.md", "28", "28.5.2+dfsg4", Lane.HUB, STARTED, images, tools, [block])


def poisoned(written: Any, place: str, value: object) -> Any:
    """What was written, with `value` at `place`: `blocks|0|kind`."""
    changed = copy.deepcopy(written)
    *above, last = place.split("|")
    inside = changed
    for name in above:
        inside = inside[int(name) if isinstance(inside, list) else name]
    inside[int(last) if isinstance(inside, list) else last] = value
    return changed


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("page", "../a.md", 'page: found `"../a.md"`, expected the path of a file, without `..`'),
        ("page", "docs/\x1b.md", 'page: found `"docs/\\u001b.md"`, expected the path of a file'),
        ("page", 7, "page: found `7`, expected the path of a file"),
        ("engine", SCRIPT, f'engine: found `"{SCRIPT}"`, expected an engine\'s name, such as 28c'),
        ("engine", "28; rm -rf ~", "engine: found"),
        ("engine", "..", "engine: found"),
        ("engine", "28\n", "engine: found"),
        ("engine", "２８", "engine: found"),
        ("version", SCRIPT, "version: found"),
        ("lane", "moon", 'lane: found `"moon"`, expected one of standin, rehearsal, hub'),
        ("lane", ["hub"], "lane: found"),
        ("started", "yesterday", 'started: found `"yesterday"`, expected a date such as'),
        ("started", "2026-02-30T00:00:00+00:00", "started: found"),
        ("started", "2026-11-24T00:00:00+09:00", "started: found"),
        ("started", f"2026-11-24T{SCRIPT}", "started: found"),
        ("images", [], "images: found `[]`, expected an object"),
        ("images", {SCRIPT: {"digest": "", "standin": True}}, "a name in images: found"),
        ("images|nginx:1.30|digest", "sha256:0", "images.nginx:1.30.digest: found"),
        ("images|nginx:1.30|standin", "no", 'images.nginx:1.30.standin: found `"no"`, expected true or false'),
        ("tools|compose", SCRIPT, "tools.compose: found"),
        ("tools", {SCRIPT: "1"}, "a name in tools: found"),
        ("left", "web", 'left: found `"web"`, expected a list'),
        ("left", [None], "left[0]: found `null`, expected a text that UTF-8 can hold"),
        ("blocks", {}, "blocks: found"),
        ("blocks|0", "none", 'blocks[0]: found `"none"`, expected an object'),
        ("blocks|0|kind", "script", 'blocks[0].kind: found `"script"`, expected one of session, file, reading'),
        ("blocks|0|sha256", "0" * 63 + "g", "blocks[0].sha256: found"),
        ("blocks|0|snippet", "../../etc/passwd", "blocks[0].snippet: found"),
        ("blocks|0|seconds", float("nan"), "blocks[0].seconds: found `NaN`, expected a number of seconds"),
        ("blocks|0|seconds", -1, "blocks[0].seconds: found"),
        ("blocks|0|recording", "28/docs/a/../b/1.cast", "blocks[0].recording: found"),
        ("blocks|0|recording", "28/docs/b/1.cast", "blocks[0].recording: found `28/docs/b/1.cast`, expected a file in"),
        ("blocks|0|recording", "/etc/passwd", "blocks[0].recording: found"),
        ("blocks|0|steps|0|status", SCRIPT, f'blocks[0].steps[0].status: found `"{SCRIPT}"`, expected a whole number'),
        ("blocks|0|steps|0|status", True, "blocks[0].steps[0].status: found `true`, expected a whole number"),
        ("blocks|0|steps|0|line", 10**30, "blocks[0].steps[0].line: found"),
        ("blocks|0|steps|0|line", 1.5, "blocks[0].steps[0].line: found"),
        ("blocks|0|steps|0|outcome", "fine", "blocks[0].steps[0].outcome: found"),
        ("blocks|0|steps|0|actual", "\ud800", "blocks[0].steps[0].actual: found"),
        ("blocks|0|steps|0|differences|0|difference|start", -1, "blocks[0].steps[0].differences[0].difference.start"),
        (
            "blocks|0|steps|0|differences|0|difference|bound",
            ["one"],
            "blocks[0].steps[0].differences[0].bound: found 1",
        ),
        ("blocks|0|steps|0|weather", "fine", "blocks[0].steps[0].weather: found a field that is not known"),
        ("schema", "4\x1b[2J\x7f" + "9" * 99, 'evidence of schema "4\\u001b[2J\\u007f99999'),
    ],
)
def test_a_field_that_holds_something_else_costs_that_page_and_is_named(
    tmp_path: Path, page: PageFact, place: str, value: object, said: str
) -> None:
    good = replace(page, page="docs/good.md")
    files.write_page(tmp_path, good)
    path = files.write_page(tmp_path, page)
    path.write_text(json.dumps(poisoned(page.to_json(), place, value)))
    told: list[str] = []
    assert files.load(tmp_path, told.append) == [good]
    [line] = told
    assert line.startswith(f"{path}: {said}")
    assert line.endswith("run the page again: nox -s verify")
    assert line == printable(line)


@pytest.mark.parametrize("text", [b"", b"\xff", b"null", b"7", b"[" * 100_000, b'{"schema": 4', b"1" * 5000])
def test_a_file_that_is_no_evidence_at_all_is_named_too(tmp_path: Path, page: PageFact, text: bytes) -> None:
    path = files.write_page(tmp_path, page)
    path.write_bytes(text)
    told: list[str] = []
    assert files.load(tmp_path, told.append) == []
    assert [line.startswith(f"{path}: ") for line in told] == [True]


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "28/docs/a.json").mkdir(parents=True)
    told: list[str] = []
    assert files.load(tmp_path, told.append) == []
    assert "Is a directory" in told[0]


def test_evidence_that_lies_in_the_place_of_another_page_proves_nothing(tmp_path: Path, page: PageFact) -> None:
    path = files.write_page(tmp_path, page)
    path.rename(path.with_name("b.json"))
    told: list[str] = []
    assert files.load(tmp_path, told.append) == []
    assert told == [f"{path.with_name('b.json')}: found the evidence of docs/a.md on 28, which belongs elsewhere"]


@pytest.mark.parametrize(("line", "actual_line"), [(99, 1), (1, 99), (0, 99)])
def test_a_difference_in_a_line_that_is_not_there_is_shown_all_the_same(
    page: PageFact, line: int, actual_line: int
) -> None:
    for found in ("", "two"):
        step = page.blocks[0].steps[0]
        difference = Difference(line, "", found, "line", actual_line=actual_line)
        step = replace(step, differences=[DifferenceFact(2, difference)])
        night = compare(Tonight(STARTED, [replace(page, blocks=[replace(page.blocks[0], steps=[step])])], SUMMARY, {}))
        assert len(night.drifts) == 1


# -- the folder of recordings, several runs as one


SUMMARY = Summary.from_json(
    {"passed": 0, "differs": 1, "broken": 0, "blocked": 0, "unchecked": 0, "engines": ["28"], "lane": "hub"}
)


def shard(folder: Path, page: PageFact) -> PageFact:
    """A page with a recording, as a run leaves it."""
    files.write_page(folder, page, {0: CAST})
    files.write_summary(folder, SUMMARY)
    return page


def test_merged_evidence_holds_nothing_but_what_could_be_read(tmp_path: Path, page: PageFact) -> None:
    page = shard(tmp_path / "shard", page)
    (tmp_path / "shard/28/docs/b.json").write_text("{}")
    (tmp_path / "shard/28/docs/a/index.html").write_text(SCRIPT)
    (tmp_path / "shard/junit.xml").write_text("<")
    told: list[str] = []
    assert merge.merge([tmp_path / "shard"], tmp_path / "all", ["28"], told.append) == [page]
    there = {path.relative_to(tmp_path / "all").as_posix() for path in (tmp_path / "all").rglob("*.*")}
    assert there == {"28/docs/a.json", PLAYED, "junit.xml", "summary.json", "durations.json"}
    assert [line.partition(": ")[0] for line in told] == [
        f"{tmp_path}/shard/28/docs/b.json", f"{tmp_path}/shard/junit.xml",
    ]  # fmt: skip


def test_a_recording_that_is_none_costs_the_recording_and_not_the_proof(tmp_path: Path, page: PageFact) -> None:
    page = shard(tmp_path / "shard", page)
    (tmp_path / "shard" / PLAYED).write_text(SCRIPT)
    told: list[str] = []
    [merged] = merge.merge([tmp_path / "shard"], tmp_path / "all", ["28"], told.append)
    assert (merged.blocks[0].outcome, merged.blocks[0].recording) == (Outcome.DIFFERS, "")
    assert [line.startswith(f"{tmp_path}/shard/{PLAYED}: no recording: ") for line in told] == [True]


def test_a_merge_writes_the_recording_that_it_has_checked_whatever_becomes_of_the_file(
    tmp_path: Path, page: PageFact, monkeypatch: pytest.MonkeyPatch
) -> None:
    shard(tmp_path / "shard", page)

    def checked_and_replaced(text: str) -> None:
        assert text == CAST
        (tmp_path / "shard" / PLAYED).write_text(SCRIPT)

    monkeypatch.setattr(recordings, "events_of", checked_and_replaced)
    merge.merge([tmp_path / "shard"], tmp_path / "all", ["28"], pytest.fail)
    assert (tmp_path / "all" / PLAYED).read_text() == CAST


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("passed", "3", 'passed: found `"3"`, expected a whole number'),
        ("engines", ["28", SCRIPT], "engines[1]: found"),
        ("lane", "moon", "lane: found"),
    ],
)
def test_a_poisoned_summary_ends_the_merge_in_words(
    tmp_path: Path, page: PageFact, place: str, value: object, said: str
) -> None:
    shard(tmp_path / "shard", page)
    path = tmp_path / "shard/summary.json"
    path.write_text(json.dumps(poisoned(SUMMARY.to_json(), place, value)))
    with pytest.raises(EvidenceError) as error:
        files.read_summary(tmp_path / "shard")
    assert str(error.value).startswith(f"{path}: {said}")
    with pytest.raises(SystemExit, match=r"summary\.json: .* let it run again"):
        main(["--merge", "shard", f"--rootdir={tmp_path}"])


def test_durations_that_pytest_split_could_not_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "durations.json").write_text('{"docs/a.md::28::a.console": "long"}')
    with pytest.raises(EvidenceError, match=r"durations.json: docs/a.md::28::a.console: found"):
        merge.has_durations(tmp_path / "durations.json")


def test_a_report_that_is_no_xml_is_left_out_and_named(tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_text("<testsuites><testsuite/></testsuites>")
    (tmp_path / "bad.xml").write_text("<testsuites>\x00")
    told: list[str] = []
    text = junit.joined([tmp_path / "bad.xml", tmp_path / "good.xml"], told.append)
    assert text == "<testsuites><testsuite /></testsuites>"
    assert [line.startswith(f"{tmp_path}/bad.xml: no report of a run (JUnit): ") for line in told] == [True]


# -- the night before


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("date", SCRIPT, "date: found"),
        ("before", 0, "before: found"),
        ("summary", [], "found `[]`, expected an object"),
        ("drifts", {}, "drifts: found"),
        ("drifts|0|key", "../../x", "drifts[0].key: found"),
        ("drifts|0|page", "../x.md", "drifts[0].page: found"),
        ("drifts|0|engines", {SCRIPT: {}}, "a name in drifts[0].engines: found"),
        ("drifts|0|engines", {}, "drifts[0].engines: found none, expected those on which it drifts"),
        ("drifts|0|engines|28|first_seen", SCRIPT, "drifts[0].engines.28.first_seen: found"),
        ("drifts|0|engines|28|new", 1, "drifts[0].engines.28.new: found"),
        ("unjudged", [{"page": 7}], "unjudged[0].line: found nothing"),
        ("drifts|0|engines|28|cause", SCRIPT, "drifts[0].engines.28.cause: found"),
        ("course", [{"outcome": "fine"}], "course[0].page: found nothing"),
        ("releases", [{"engine": SCRIPT}], "releases[0].before: found nothing"),
        ("pages", {"28": -1}, "pages.28: found"),
        ("held_back", ["*"], "held_back[0]: found"),
        ("flood", "*", "flood: found"),
        ("closed", SCRIPT, "closed: found"),
    ],
)
def test_a_poisoned_night_is_named_and_the_evidence_beside_it_stands_for_it(
    tmp_path: Path, page: PageFact, capsys: pytest.CaptureFixture[str], place: str, value: object, said: str
) -> None:
    night = compare(Tonight(STARTED, [page], SUMMARY, {}))
    path = tmp_path / "build/last-night/night.json"
    files.write_page(path.parent, page)
    path.write_text(json.dumps(poisoned(saved.to_json(night), place, value)))
    with pytest.raises(EvidenceError) as error:
        saved.read(path)
    assert str(error.value).startswith(f"{path}: {said}")
    (tmp_path / "docs").mkdir()
    shard(tmp_path / "shard", page)
    assert main(["--merge", "shard", f"--rootdir={tmp_path}"]) == 1
    assert f"the night before is not known: {path}: {said}" in capsys.readouterr().out
    assert (
        json.loads((tmp_path / "build/evidence/night.json").read_text())["drifts"][0]["engines"]["28"]["new"] is False
    )


@pytest.mark.parametrize("path", ["", "docs/a.md", "/home/minji/내 글.md", "snippets/.hidden", "a..b"])
def test_a_path_inside_is_one(path: str) -> None:
    assert checked(FilePath, path) == path


@pytest.mark.parametrize("path", ["..", "a/../b", "a//b", "./a", "a/", "a\nb", "a\u202eb", "\x00"])
def test_a_path_that_leads_elsewhere_or_hides_something_is_none(path: str) -> None:
    with pytest.raises(ValueError, match="expected the path of a file"):
        checked(FilePath, path)
