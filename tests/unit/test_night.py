"""What a night finds out: drift, repair and breakage against the night before, and how people and machines read it."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness import shapes
from harness.evidence import facts, files
from harness.evidence.facts import BlockFact, DifferenceFact, Lane, Outcome, PageFact, StepFact
from harness.evidence.recordings import asciicast
from harness.evidence.summary import Summary, count
from harness.faults import Kind
from harness.night.__main__ import main
from harness.night.causes import causes
from harness.night.compare import Tonight, compare
from harness.night.findings import NO_NIGHT, Drift, EngineDrift, Night, Unjudged
from harness.night.issues import issues
from harness.night.junit import replace_cases
from harness.night.markdown import markdown
from harness.night.merge import merge, summarise
from harness.night.quoting import code
from harness.night.run import retries
from harness.night.saved import from_json, read, save, to_json
from harness.project import write

ENGINES = ["20.10", "26", "28", "28c"]
FILE = "snippets/images/list.console"
PLAIN = "$ docker images\nREPOSITORY   TAG\ncentos       latest\n$ true\n"
SAMPLES = {FILE: PLAIN, FILE.replace("list", "list@until-26"): PLAIN}
DRIFTED = "REPOSITORY   TAG\ncentos       8"
FIRST, SECOND, THIRD = (f"2026-11-2{day}T17:00:00+00:00" for day in (1, 2, 3))
PAGES = {"docs/images.md": ""}


def ran(
    outcome: str = "passed", engine: str = "28", *, page: str = "docs/images.md", started: str = SECOND, **seen: Any
) -> PageFact:
    """A page of one block: `docker images` came out so, and what is typed after it accordingly."""
    file = seen.pop("file", FILE)
    command, actual = seen.pop("command", "docker images"), seen.pop("actual", DRIFTED)
    sample = "REPOSITORY   TAG\ncentos       latest"
    found = shapes.compare(sample, actual, shapes.Bindings()) if outcome == "differs" else []
    differences = [DifferenceFact(one.line + 1, one) for one in found]
    first = StepFact(1, command, Outcome(outcome), sample=sample, actual=actual, differences=differences, **seen)
    second = StepFact(4, "true", Outcome.PASSED if outcome == "passed" else Outcome.BLOCKED)
    digest, steps = facts.digest(SAMPLES[file]), [first, second]
    block = BlockFact(31, "session", "images/list.console", file, digest, steps, Outcome(outcome), seconds=1.5)
    return PageFact(page, engine, f"{engine}.1", Lane.STANDIN, started, blocks=[block])


def summary(*engines: str, lane: Lane | None = Lane.STANDIN) -> Summary:
    return Summary(Counter(), list(engines), lane)


def night(*evidence: PageFact, last: Night = NO_NIGHT, date: str = SECOND, pages: dict[str, str] = PAGES) -> Night:
    """The night that saw `evidence`, on their engines."""
    engines = [engine for engine in ENGINES if engine in {page.engine for page in evidence}]
    return compare(Tonight(date, evidence, Summary(count(evidence), engines, Lane.STANDIN), pages, SAMPLES), last)


def where(drifts: Sequence[Drift]) -> list[tuple[str, dict[str, str]]]:
    """Each drift's command, and since when which engine shows it."""
    return [(drift.command, {engine: seen.first_seen for engine, seen in drift.engines.items()}) for drift in drifts]


def known_causes(night: Night) -> list[str]:
    """The keys of the causes that it tells."""
    return [cause.key for cause in causes(night.drifts)]


# -- what could not be judged


def test_what_could_not_be_judged_is_told_by_the_type_of_its_fault_with_what_that_is_of() -> None:
    full = "the lab ran out of memory (3g with all its containers); `memory: 6g` in the page's front matter raises that"
    tonight = night(
        ran("broken", reason="did not end within its time (60 s)"),
        ran("broken", "26", reason="the name example.org does not resolve here: this needs the internet"),
        ran("broken", "28c", reason=f"closed the terminal: {full}"),
    )
    assert [(row.fault, row.of) for row in tonight.unjudged] == [
        (Kind.NETWORK, "example.org"), (None, ""), (Kind.MEMORY, "3g"),
    ]  # fmt: skip
    told = markdown(tonight).partition("## Could not be judged\n\n")[2]
    assert (
        told
        == f"""\
- `docs/images.md:31` `docker images` on 28: `did not end within its time (60 s)`

### Network: `example.org`

- `docs/images.md:31` `docker images` on 26: `the name example.org does not resolve here: this needs the internet`

### Memory: `3g`

- `docs/images.md:31` `docker images` on 28c: {code(f"closed the terminal: {full}")}
"""
    )
    assert from_json(json.loads(json.dumps(to_json(tonight)))) == tonight


# -- in order, on one machine


def test_what_a_reader_meets_in_order_is_told_with_the_page_that_left_it_and_ends_with_1() -> None:
    met = ran("differs", reason="container web was left by docs/limits.md")
    tonight = compare(Tonight(SECOND, [], summary("28"), {}, course=[met, ran()]))
    assert [(row.page, row.engine, row.outcome) for row in tonight.course] == [("docs/images.md", "28", "differs")]
    assert tonight.course[0].reason.endswith("; container web was left by docs/limits.md")
    assert tonight.status == 1
    assert "## In order, on one machine\n\n- `docs/images.md:31`" in markdown(tonight)
    assert "1 in order" in markdown(tonight)


def test_a_page_that_leaves_things_in_a_course_is_a_wrong_page() -> None:
    tonight = compare(
        Tonight(SECOND, [], summary("28"), {}, course=[replace(ran(), left=["container web", "volume memo"])])
    )
    assert [row.reason for row in tonight.course] == ["leaves behind: container web, volume memo"]
    assert tonight.status == 2


def test_a_course_that_could_not_be_judged_ends_with_6_and_one_that_passes_with_0() -> None:
    assert compare(Tonight(SECOND, [], summary("28"), {}, course=[ran("broken")])).status == 6
    assert compare(Tonight(SECOND, [], summary("28"), {}, course=[ran()])).status == 0


# -- against the night before


def test_a_drift_is_new_the_first_time_and_keeps_its_date_from_night_to_night() -> None:
    before = night(ran("differs", started=FIRST), date=FIRST)
    after = night(ran("differs"), ran("differs", "26"), last=before)
    assert where(before.drifts) == [("docker images", {"28": FIRST})]
    assert where(after.drifts) == [("docker images", {"26": SECOND, "28": FIRST})]
    assert {engine: seen.new for engine, seen in after.drifts[0].engines.items()} == {"26": True, "28": False}
    assert (after.before, after.status) == (FIRST, 1)


def test_what_passes_again_is_repaired_and_closed() -> None:
    after = night(ran(), last=night(ran("differs", started=FIRST)))
    assert (after.drifts, where(after.repaired)) == ([], [("docker images", {"28": FIRST})])
    assert (after.closed, after.status) == ([after.repaired[0].engines["28"].cause], 0)


def test_what_still_drifts_on_another_engine_is_not_closed() -> None:
    before = night(ran("differs", started=FIRST), ran("differs", "26", started=FIRST))
    after = night(ran("differs"), ran(engine="26"), last=before)
    assert where(after.repaired) == [("docker images", {"26": FIRST})]
    assert (where(after.drifts), after.closed) == ([("docker images", {"28": FIRST})], [])


@pytest.mark.parametrize("tonight", [[ran("broken")], [ran("blocked")], [ran(engine="26")]])
def test_a_drift_that_was_not_judged_stays_known(tonight: list[PageFact]) -> None:
    """Broken, blocked by another step, or its engine not run: it is neither repaired nor, later, new."""
    after = night(*tonight, last=night(ran("differs", started=FIRST)))
    assert where(after.pending) == [("docker images", {"28": FIRST})]
    assert (after.repaired, after.closed) == ([], [])
    again = night(ran("differs", started=THIRD), last=after)
    assert (where(again.drifts), again.drifts[0].engines["28"].new) == ([("docker images", {"28": FIRST})], False)


def test_a_drift_whose_command_or_page_is_gone_is_closed() -> None:
    last = night(ran("differs", started=FIRST))
    assert night(ran(command="docker image ls"), last=last).closed == known_causes(last)
    assert night(ran(page="docs/new.md"), last=last, pages={"docs/new.md": ""}).closed == known_causes(last)


def test_a_drift_is_the_same_whatever_file_an_engine_is_judged_by() -> None:
    """So that recording a variant repairs it, and does not make another drift of it."""
    last = night(ran("differs", "26", started=FIRST))
    after = night(ran(engine="26", file="snippets/images/list@until-26.console"), last=last)
    assert after.closed == known_causes(last)


def test_night_json_brings_back_what_a_reader_met_in_order() -> None:
    met = [ran("differs", reason="container web was left"), ran("broken"), replace(ran(), left=["volume memo"])]
    tonight = compare(Tonight(SECOND, [], summary("28"), {}, course=met))
    written = json.loads(json.dumps(to_json(tonight)))
    assert [row["outcome"] for row in written["course"]] == ["differs", "broken", None]
    assert from_json(written) == tonight


def test_night_json_brings_a_night_back() -> None:
    last = night(ran("broken", "20.10", reason="lost"), ran("differs", started=FIRST), ran("differs", "26"), date=FIRST)
    tonight = night(ran("broken"), ran(engine="26"), last=last)
    assert (bool(tonight.pending), bool(tonight.repaired), bool(tonight.unjudged)) == (True, True, True)
    assert from_json(json.loads(json.dumps(to_json(tonight)))) == tonight
    assert from_json({"schema": 0}) is None
    assert from_json([]) is None


def test_a_night_that_does_not_read_back_is_not_written(tmp_path: Path) -> None:
    tonight = night(ran())
    save(tmp_path / "night.json", tonight)
    assert read(tmp_path / "night.json") == tonight
    with pytest.raises(ValueError, match="not written: this night doesn't read back as it is"):
        save(tmp_path / "other.json", replace(tonight, closed=("0" * 8,)))
    assert not (tmp_path / "other.json").exists()


# -- what could not be judged


def test_breakage_alone_ends_with_6_and_says_why_once_for_all_engines() -> None:
    found = night(
        ran("broken", reason="time-out"), ran("broken", "26", reason="time-out"), ran("broken", "28c", reason="x")
    )
    assert found.unjudged == [
        Unjudged("docs/images.md", 31, "docker images", ["26", "28"], "time-out"),
        Unjudged("docs/images.md", 31, "docker images", ["28c"], "x"),
    ]
    assert found.status == 6
    assert night(ran("broken"), ran("differs", "26")).status == 1


def test_pages_without_evidence_are_not_passed_over() -> None:
    pages = {"docs/images.md": "", "docs/lost.md": "", "docs/wrong.md": "docs/wrong.md:3: no prompt"}
    found = compare(Tonight(SECOND, [ran()], summary("26", "28", lane=None), pages, SAMPLES))
    assert [(row.page, row.engines, row.reason) for row in found.unjudged] == [
        ("", ["26"], "no page was run to its end; the log of the run says why"),
        ("docs/wrong.md", ["26", "28"], "docs/wrong.md:3: no prompt"),
        ("docs/lost.md", ["28"], "was not run to its end; the log of the run says why"),
    ]
    assert found.status == 2


def test_an_engine_whose_runner_was_lost_is_named_and_what_is_known_of_it_stays() -> None:
    before = night(ran("differs", started=FIRST), ran(engine="26"))
    found = compare(Tonight(SECOND, [ran(engine="26")], summary("26"), PAGES, SAMPLES, engines=["26", "28"]), before)
    assert [(row.page, row.engines) for row in found.unjudged] == [("", ["28"])]
    assert (where(found.pending), found.closed, found.status) == ([("docker images", {"28": FIRST})], [], 6)


def test_pages_that_need_not_have_been_run_are_not_missed_and_what_is_known_of_them_stays() -> None:
    before = night(ran("differs", started=FIRST), ran("differs", page="docs/run.md", started=FIRST))
    pages = {"docs/images.md": None, "docs/run.md": None, "docs/lost.md": None}
    found = compare(Tonight(SECOND, [ran()], summary("26", "28", lane=None), pages, SAMPLES), before)
    assert (where(found.repaired), where(found.pending)) == ([("docker images", {"28": FIRST})],) * 2
    assert ([drift.page for drift in found.pending], found.unjudged, found.status) == (["docs/run.md"], [], 0)


def test_a_broken_page_is_run_again_but_never_one_that_drifted() -> None:
    both = ran("differs", "28c")
    both.blocks += ran("broken", "28c").blocks
    evidence = [
        ran("broken"),
        ran("broken", "26", page="docs/run.md"),
        ran("differs", "20.10"),
        ran(engine="26"),
        both,
    ]
    assert retries(evidence) == ["docs/images.md::28", "docs/run.md::26"]


# -- as people read it


def test_with_nothing_to_report_there_is_one_line() -> None:
    assert markdown(night(ran(), ran(engine="26"), last=night(ran(), date=FIRST))) == (
        "Night of 2026-11-22: nothing to do. 4 steps passed on 26, 28 (stand-in images); "
        "compared with the night of 2026-11-21.\n"
    )


def test_a_drift_says_where_since_when_what_differs_and_what_repairs_it() -> None:
    last = night(ran("differs", started=FIRST), date=FIRST)
    found = night(ran("differs"), ran("differs", "28c"), ran("broken", "26", reason="lost"), last=last)
    assert markdown(found) == """\
# Night of 2026-11-22: 1 drifted (0 new), 1 not judged

0 steps passed on 26, 28, 28c (stand-in images); compared with the night of 2026-11-21.

## Drifted

### `docs/images.md:31` `docker images`

Differs on 28: first seen 2026-11-21, since when is unknown; on 28c: new, first seen 2026-11-22, since when is \
unknown. 1 step behind it could not be run.

`snippets/images/list.console:3` on 28 (`28.1`), and 28c in the same place:

```diff
  REPOSITORY   TAG
- centos       [-latest-]
+ centos       {+8+}
```

To take over what it prints, and see whether that holds:

```sh
python3 noxfile.py -s record -- --engine 28 docs/images.md
python3 noxfile.py -s verify -- --engine all docs/images.md
```

## Could not be judged

- `docs/images.md:31` `docker images` on 26: `lost`
"""  # fmt: skip


def test_what_was_repaired_and_what_is_still_open_take_a_line_each() -> None:
    last = night(ran("differs", started=FIRST), ran("differs", "26", started=FIRST), date=FIRST)
    text = markdown(night(ran(), ran("broken", "26", reason="lost"), last=last))
    known = "first seen 2026-11-21, since when is unknown"
    assert f"## Repaired\n\n- `docs/images.md:31` `docker images`, drifted on 28: {known}\n" in text
    assert f"on 26: `lost`\n- `docs/images.md:31` `docker images`, drifted on 26: {known}\n" in text


@pytest.mark.parametrize(
    ("file", "engines", "recorded"),
    [
        ("list.console", ["26", "28", "28c"], "28"),  # the snippet itself is the default engine's
        ("list.console", ["20.10", "26"], "26"),  # becomes a variant for both
        ("list@until-28c.console", ["26", "28", "28c"], "28c"),  # the variant's own engine
    ],
)
def test_the_command_records_on_the_engine_that_serves_all(file: str, engines: list[str], recorded: str) -> None:
    seen = EngineDrift(FIRST, True, "1", f"snippets/images/{file}", 3, ["a word"], "", "0" * 8)
    drift = Drift("0" * 8, "docs/images.md", 31, "images/list.console", "docker images", dict.fromkeys(engines, seen))
    text = markdown(Night(FIRST, "", summary(*engines, lane=Lane.HUB), [drift]))
    assert re.findall("record -- --engine (.*) docs/images.md", text) == [recorded]


def test_engines_that_differ_in_other_places_are_shown_and_repaired_by_themselves() -> None:
    text = markdown(night(ran("differs"), ran("differs", "26", actual="REPOSITORY   TAG")))
    assert re.findall("record -- --engine (.*) docs/images.md", text) == ["26", "28"]


def test_a_sample_that_has_changed_since_is_told_in_words_instead() -> None:
    found = compare(Tonight(SECOND, [ran("differs")], summary("28", lane=Lane.HUB), PAGES))
    assert "```text\nTAG: `8`, the page says `latest`\n```" in markdown(found)


HOSTILE = "````\n# Heading\n<script>alert(1)</script>\x1b[2J\x07\u202e @everyone [a](b)\n"


def test_commands_outputs_and_reasons_stay_text() -> None:
    """Each is inside a fence that is longer than any in it, or a code span that it cannot end."""
    found = night(
        ran("differs", actual=HOSTILE + DRIFTED, command="echo `a` ``b``\n## c"),
        ran("broken", "26", command="x", reason=HOSTILE),
    )
    text = markdown(found)
    outside = re.sub(r"(?ms)^(`{3,})\w+\n.*?^\1$", "", text)
    outside = re.sub(r"(`+)(?!`).*?[^`]\1(?!`)", "", outside)
    assert not re.search(r"[<\[@\x00-\x09\x0b-\x1f\u202e]|alert|## c", outside)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", text)
    assert "`````diff" in text
    assert "### `docs/images.md:31` ```echo `a` ``b`` ## c```" in text
    assert not re.search(r"[\x00-\x1f]", issues(found)[0].title)


def test_a_flood_of_output_is_cut() -> None:
    text = markdown(night(ran("differs", actual="\n".join(f"{number} `" * 999 for number in range(999)))))
    assert len(text) < 20_000
    assert "lines more, in the evidence" in text
    [issue] = issues(night(ran("differs", command="echo " * 999)))
    assert (len(issue.title), len(issue.body) < 20_000) == (100, True)


# -- shards


def texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def cases(folder: Path) -> list[str]:
    return sorted(re.findall('<testcase name="(.*?)"', (folder / "junit.xml").read_text()))


@pytest.mark.parametrize("parts", [[["26", "28"], ["28c"]], [["28c"], ["28"], ["26"]]])
def test_shards_merged_give_what_one_run_gives(tmp_path: Path, parts: list[list[str]]) -> None:
    evidence = [ran("differs", "28c"), ran(engine="28"), ran("broken", "26"), ran(engine="26", page="docs/run.md")]
    run(tmp_path / "one", evidence)
    shards = [tmp_path / f"shard-{number}" for number in range(len(parts))]
    for shard, engines in zip(shards, parts, strict=True):
        run(shard, [page for page in evidence if page.engine in engines])
        (shard / "night.json").write_text("{}")
    merged = merge(shards, tmp_path / "merged", ENGINES, pytest.fail)
    assert sorted((page.page, page.engine) for page in merged) == sorted((page.page, page.engine) for page in evidence)
    assert cases(tmp_path / "merged") == cases(tmp_path / "one") != []
    one, both = texts(tmp_path / "one"), texts(tmp_path / "merged")
    assert {name: both[name] for name in both if name != "junit.xml"} == {
        name: one[name] for name in one if name != "junit.xml"
    }


def test_shards_by_page_merge_as_well(tmp_path: Path) -> None:
    evidence = [ran(), ran("differs", page="docs/run.md")]
    run(tmp_path / "one", evidence)
    for number, fact in enumerate(evidence):
        run(tmp_path / str(number), [fact])
    merge([tmp_path / "0", tmp_path / "1"], tmp_path / "merged", ENGINES, pytest.fail)
    assert (tmp_path / "merged/summary.json").read_text() == (tmp_path / "one/summary.json").read_text()


def run(folder: Path, evidence: Sequence[PageFact]) -> None:
    """What a run leaves that saw these pages."""
    for page in evidence:
        files.write_page(folder, page, {0: asciicast(f"{page.page} on {page.engine}", [])})
    cases = "".join(f'<testcase name="{page.page}::{page.engine}"/>' for page in evidence)
    write(folder / "junit.xml", f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
    engines = [engine for engine in ENGINES if engine in {page.engine for page in evidence}]
    summarise(folder, evidence, engines, Lane.STANDIN)


# -- the command

FAKE_RUN = '''
"""Stands in for the pages' run: each time it is called it writes what is planned next, and ends as planned."""
import json
from datetime import UTC, datetime
from pathlib import Path

from harness.evidence import files
from harness.evidence.facts import Lane, PageFact
from harness.evidence.summary import Summary, count
from harness.faults import Kind
from harness.project import write


def pytest_addoption(parser):
    parser.addoption("--engine")
    parser.addoption("--course", action="store_true")


def pytest_cmdline_main(config):
    plan = json.loads(Path("plan.json").read_text())
    seen, status = plan.pop(0)
    Path("plan.json").write_text(json.dumps(plan))
    with Path("calls").open("a") as calls:
        calls.write(" ".join(config.invocation_params.args) + "\\n")
    folder = Path("build/evidence")
    if seen is not None:
        pages = [PageFact.from_json(page) for page in seen]
        for page in pages:
            page.started = page.started if "1999" in page.started else datetime.now(UTC).isoformat(timespec="seconds")
            files.write_page(folder, page)
        files.write_summary(folder, Summary(count(pages), ["26", "28"], Lane.STANDIN))
    if config.option.xmlpath:
        case = '<testcase name="{page}::{engine}"><status-{status}/></testcase>'
        cases = "".join(case.format(**page, status=status) for page in seen or [])
        write(Path(config.option.xmlpath), f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
    return status
'''


class Project:
    """A project of one page, whose runs are planned."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in {
            "docs/images.md": '``` console\n--8<-- "images/list.console"\n```\n', FILE: PLAIN, "fake_run.py": FAKE_RUN,
        }.items():  # fmt: skip
            write(root / name, text)

    def night(self, *plan: tuple[list[PageFact] | None, int], options: Sequence[str] = ()) -> int:
        """A night in which pytest, called as often as planned, leaves this evidence (None: nothing) and this status."""
        written = [(None if seen is None else [page.to_json() for page in seen], ended) for seen, ended in plan]
        (self.root / "plan.json").write_text(json.dumps(written))
        (self.root / "calls").write_text("")
        status = self.main("-p", "fake_run", "--verbose", *options)
        assert json.loads((self.root / "plan.json").read_text()) == []
        return status

    def main(self, *arguments: str) -> int:
        return main([*arguments, f"--rootdir={self.root}"])

    @property
    def calls(self) -> list[str]:
        return (self.root / "calls").read_text().splitlines()

    def read(self, name: str, folder: str = "evidence") -> Any:
        text = (self.root / "build" / folder / name).read_text()
        return json.loads(text) if name.endswith(".json") else text


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path(__file__).parents[1]}")
    return Project(tmp_path)


def test_a_night_of_all_engines_ends_with_a_course_and_its_summary_stays_that_of_its_pages(project: Project) -> None:
    status = project.night(([ran(), ran(engine="26")], 0), ([], 0), options=["--engine=all"])
    assert (status, project.calls[-1].split()[-3:]) == (0, ["--course", "docs", "snippets"])
    assert project.read("summary.json")["passed"] == 4


def test_what_broke_runs_once_more_and_counts_as_it_ended(project: Project) -> None:
    assert project.night(([ran(), ran("broken", "26")], 6), ([ran(engine="26")], 0)) == 0
    first, second = project.calls
    durations = f"--durations-path={project.root}/build/last-night/durations.json"
    options = f"-p fake_run --verbose --rootdir={project.root}"
    assert first == f"{options} {durations} docs snippets"
    assert second == f"{options} --junit-xml={project.root}/build/evidence/junit-again.xml docs/images.md::26"
    counts = {"passed": 4, "differs": 0, "broken": 0, "blocked": 0, "unchecked": 0}
    assert project.read("summary.json") == {**counts, "engines": ["26", "28"], "lane": "standin"}
    assert project.read("night.md").count("\n") == 1


def test_a_nights_junit_holds_what_the_second_run_says(project: Project) -> None:
    options = ["--junit-xml=build/evidence/junit.xml"]
    assert project.night(([ran(), ran("broken", "26")], 6), ([ran(engine="26")], 0), options=options) == 0
    written = project.read("junit.xml")
    assert re.findall('<testcase name="(.*?)"><(.*?) />', written) == [
        ("docs/images.md::28", "status-6"), ("docs/images.md::26", "status-0"),
    ]  # fmt: skip
    assert not (project.root / "build/evidence/junit-again.xml").exists()


def test_junit_holds_what_a_page_that_ran_once_more_came_to(tmp_path: Path) -> None:
    def report(**cases: str) -> str:
        inside = "".join(
            f'<testcase classname="docs" name="{name}">{result}</testcase>' for name, result in cases.items()
        )
        return f'<testsuites><testsuite errors="1" failures="0" skipped="1" tests="3">{inside}</testsuite></testsuites>'

    write(tmp_path / "junit.xml", report(good="", broke='<error message="lost" />', after="<skipped />"))
    write(tmp_path / "again.xml", report(broke="", after='<failure message="drift" />'))
    replace_cases(tmp_path / "junit.xml", tmp_path / "again.xml")
    assert (tmp_path / "junit.xml").read_text() == (
        '<testsuites><testsuite errors="0" failures="1" skipped="0" tests="3">'
        '<testcase classname="docs" name="good" /><testcase classname="docs" name="broke" />'
        '<testcase classname="docs" name="after"><failure message="drift" /></testcase></testsuite></testsuites>'
    )


def test_named_pages_and_shares_of_pages_run_alone(project: Project) -> None:
    (project.root / "docs/other.md").write_text("``` console\ntyped by hand\n```\n")
    assert project.night(([ran()], 0), options=["docs/images.md", "--splits", "2", "--group", "1"]) == 0
    [call] = project.calls
    assert call.endswith("durations.json --splits 2 --group 1 --splitting-algorithm=least_duration docs/images.md")
    assert project.read("durations.json") == {"docs/images.md::28::list.console": 1.5}


def test_what_breaks_twice_is_reported_and_not_tried_again(project: Project) -> None:
    twice = [ran("broken", "26", reason="lost")]
    assert project.night(([ran(), *twice], 6), (twice, 6)) == 6
    assert "`docker images` on 26: `lost`" in project.read("night.md")


def test_three_nights_a_drift_comes_stays_and_goes(project: Project) -> None:
    good, bad = [ran(), ran(engine="26")], [ran(), ran("differs", "26")]
    assert [project.night((good, 0)), project.night((bad, 1))] == [0, 1]
    [drift] = project.read("night.json")["drifts"]
    assert drift["engines"]["26"]["new"]
    cause = drift["engines"]["26"]["cause"]
    assert [(issue["key"], issue["title"]) for issue in project.read("night.json")["issues"]] == [
        (cause, f"[{cause}] docs/images.md: docker images")
    ]
    assert project.night((bad, 1)) == 1
    [still] = project.read("night.json")["drifts"]
    assert not still["engines"]["26"]["new"]
    assert still["engines"]["26"]["first_seen"] == drift["engines"]["26"]["first_seen"]
    assert project.night((good, 0)) == 0
    assert (project.read("night.json")["closed"], project.read("night.json", "last-night")["status"]) == (
        [cause],
        1,
    )


def test_a_last_night_that_is_given_is_compared_with(project: Project) -> None:
    files.write_page(project.root / "build/last-night", ran("differs", started=FIRST))
    assert project.night(([ran("differs"), ran(engine="26")], 1)) == 1
    assert where(from_json(project.read("night.json")).drifts) == [("docker images", {"28": FIRST})]  # type: ignore[union-attr]


def test_evidence_of_earlier_runs_is_not_tonights(project: Project) -> None:
    run(project.root / "build/evidence", [ran("differs", started=FIRST)])
    assert project.night(([ran(engine="26")], 6)) == 6
    written = project.read("night.json")
    assert (written["drifts"], written["pending"][0]["engines"]["28"]["first_seen"]) == ([], FIRST)
    assert project.read("summary.json")["differs"] == 0


def test_a_clock_that_was_put_back_loses_no_page(project: Project) -> None:
    project.night(([ran("differs"), ran(page="docs/run.md")], 1))
    assert project.night(([ran("differs", started="1999-12-31T23:00:00+00:00")], 1)) == 1
    counted = project.read("summary.json")
    assert (counted["differs"], counted["passed"]) == (1, 0)  # and nothing of the page that did not run


def test_a_run_that_never_began_is_no_night(project: Project) -> None:
    run(project.root / "build/evidence", [ran()])
    with pytest.raises(SystemExit) as error:
        project.night((None, 4))
    assert error.value.code == 4
    assert not (project.root / "build/evidence/night.json").exists()


def test_a_night_is_put_together_from_shards(project: Project) -> None:
    run(project.root / "a", [ran("differs")])
    run(project.root / "b", [ran(engine="26")])
    assert project.main("-p", "fake_run", "--merge", "a", "b") == 1
    assert project.read("summary.json")["engines"] == ["26", "28"]
    assert "docs/images.md:31" in project.read("night.md")


def test_a_folder_without_a_run_is_no_shard(project: Project) -> None:
    with pytest.raises(SystemExit, match="no run has left its evidence there"):
        project.main("--merge", "nowhere")
