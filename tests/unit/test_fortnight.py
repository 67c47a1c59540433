"""A fortnight of nights, by the steps of nightly.yml as they are written, against a stand-in for GitHub.

What is opened, edited and closed in it, which nights are red, what the feed tells.

Two engines, each shared out among two runners; nine pages. No page is run: what runners leave is planned.
"""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
import yaml

from harness import shapes
from harness.evidence import facts, files
from harness.evidence.facts import BlockFact, DifferenceFact, ImageFact, Lane, Outcome, PageFact, StepFact
from harness.night import history_file, saved
from harness.night.history import ExampleName, Flips
from harness.night.merge import summarise
from harness.project import write
from harness.site.feed import feed
from unit.github import GitHub

pytestmark = pytest.mark.skipif(not shutil.which("jq"), reason="needs jq, which GitHub's runners have")

ROOT = Path(__file__).parents[2]
ENGINES = ("28", "29")
PAGES = "abcdefghi"
SHARES = {(engine, group): PAGES[group - 1 :: 2] for engine in ENGINES for group in (1, 2)}

# Stands in for Python on the runners: a run of pages leaves what is planned, all else is as it is there.
PYTHON = """#!/bin/sh
case "$*" in
  "noxfile.py -s nightly -- --engine "*) cp -r planned/. build/evidence; exit 1 ;;
  "noxfile.py -s nightly -- --merge "*) shift 4; exec PYTHON night.py "$@" ;;
  "noxfile.py -s site") exec cp build/evidence/history.jsonl shown.jsonl ;;
  "-c "*) exec PYTHON "$@" ;;
esac
echo "nobody has said what $* does" >&2
exit 1
"""
NIGHT = """
import os, pathlib, sys
from harness.night import __main__ as night
night._now, night._engines = lambda: os.environ["DATE"], lambda: ["28", "29"]
sys.exit(night.main(["--engine=all", *sys.argv[1:], f"--rootdir={pathlib.Path.cwd()}"]))
"""


@dataclass(frozen=True)
class Plan:
    """What one night is like."""

    drifts: Mapping[str, str] = field(default_factory=dict)  # page and engine -> what is printed too much
    version: str = "29.1.0"  # of engine 29
    edits: str = ""  # the pages that were edited before it
    network: bool = True
    lost: Sequence[tuple[str, int]] = ()  # the shares whose runner was lost
    resting: Sequence[str] = ()  # the engines that it is not on


CP, CP_B = "Successfully copied 2.05kB to web:/motd", "Successfully copied 19.5MB to shop:/data/x"
FIVE = {
    f"{page} 29": f"{word}: this is deprecated"
    for page, word in zip("defgh", ("One", "Two", "Six", "Ten", "Nil"), strict=True)
}
NIGHTS = [
    Plan(),
    Plan(),
    Plan({"a 29": CP}, "29.2.0"),  # an engine's release brings a drift
    Plan({"a 29": CP, "b 29": CP_B}, "29.2.0", edits="b"),  # it spreads to a second page
    Plan({"a 29": CP, "b 29": CP_B}, "29.2.0", network=False),
    Plan({"a 29": CP, "b 29": CP_B}, "29.2.0", lost=[("29", 1), ("29", 2)]),
    Plan({"b 29": CP_B}, "29.2.0", edits="a"),  # it is repaired on one
    Plan({}, "29.2.0", edits="b", lost=[("29", 2)]),  # on both, but the share with the other is missing
    Plan({}, "29.2.0"),
    Plan({"c 28": "Odd"}, "29.2.0"),  # another, with nothing changed
    Plan({"a 29": CP}, "29.3.0"),  # the first comes back; the other is gone
    Plan({"a 29": CP, "c 28": "Odd"} | FIVE, "29.3.0"),  # more than a quarter; and what comes and goes comes again
    Plan({"a 29": CP}, "29.3.0", edits="defgh"),
    Plan({"a 29": CP}, "29.3.0"),  # a person has closed it, as it is to stay
]


class Fortnight:
    """The nights so far, in a project of its own."""

    def __init__(self, folder: Path) -> None:
        workflow = yaml.safe_load((ROOT / ".github/workflows/nightly.yml").read_text("utf-8"))
        self.folder, self.number, self.edits = folder, 0, dict.fromkeys(PAGES, 0)
        self.hub = GitHub(folder / "hub", workflow)
        self.hub.program("python3", PYTHON.replace("PYTHON", sys.executable))

    def night(self, plan: Plan) -> dict[str, Any]:
        """What is asked of GitHub in a night, how it ends, and what it tells."""
        self.number += 1
        self.hub.begin_run()
        for page in plan.edits:
            self.edits[page] += 1
        date = f"2026-11-{self.number:02}T17:17:00+00:00"
        self.engines = [engine for engine in ENGINES if engine not in plan.resting]
        for (engine, group), pages in SHARES.items():
            if engine in self.engines and (engine, group) not in plan.lost:
                evidence = [self.page(page, engine, date, plan) for page in pages]
                assert self.job("shard", date, evidence, {"matrix.engine": engine, "matrix.group": str(group)}) == {}
        outputs = self.job("night", date)
        assert outputs is not None
        assert self.job("issues", date) == {}
        verdict = self.job("verdict", date, [], {"needs.night.outputs.status": outputs["status"]})
        night = saved.read(self.hub.artifacts / "night" / "night.json")
        assert night
        titles = ElementTree.fromstring(feed(night, night.date, "", {})).iter("{http://www.w3.org/2005/Atom}title")
        return {
            "asked": self.hub.asked(),
            "status": int(outputs["status"]),
            "red": verdict is None,
            "feed": [title.text for title in titles][1:],
        }

    def job(
        self, name: str, date: str, evidence: Sequence[PageFact] = (), known: Mapping[str, str] = {}
    ) -> dict[str, str] | None:
        """The outputs of a job, whose run of pages leaves this evidence; None where it failed."""
        root = self.folder / "runner"
        shutil.rmtree(root, ignore_errors=True)
        for letter in PAGES:
            write(root / f"docs/{letter}.md", f'``` console\n--8<-- "{letter}/x.console"\n```\n')
            write(root / f"snippets/{letter}/x.console", self.sample(letter))
        write(root / "night.py", NIGHT)
        (root / "build/evidence").mkdir(parents=True)
        if evidence:
            for page in evidence:
                files.write_page(root / "planned", page)
            summarise(root / "planned", evidence, [evidence[0].engine], Lane.HUB)
            write(root / "planned/night.json", "{}")
        names = {"needs.engines.outputs.names": json.dumps(self.engines)}
        known = {"github.token": "none", "github.repository": "docker/note", **names, **known}
        return self.hub.run(name, root, known, {"DATE": date, "PYTHONPATH": str(ROOT / "tests")})

    def sample(self, page: str) -> str:
        return f"$ docker cp web:/motd .\n$ docker ps\nas it is\nedit {self.edits[page]}\n"

    def page(self, name: str, engine: str, date: str, plan: Plan) -> PageFact:
        """What a runner sees of a page."""
        command = "docker cp shop:/data/x ." if name == "b" else "docker cp web:/motd ."
        printed = plan.drifts.get(f"{name} {engine}", "")
        differences = (
            [DifferenceFact(2, one) for one in shapes.compare("", printed, shapes.Bindings())] if printed else []
        )
        outcome = Outcome.DIFFERS if printed else Outcome.PASSED
        step = StepFact(1, command, outcome, actual=printed, differences=differences)
        if not plan.network:
            reason = "the name registry-1.docker.io does not resolve here: this needs the internet"
            step = StepFact(1, command, Outcome.BROKEN, reason=reason)
        next_step = StepFact(2, "docker ps", Outcome.PASSED if step.outcome is Outcome.PASSED else Outcome.BLOCKED)
        snippet, sample = f"{name}/x.console", facts.digest(self.sample(name))
        block = BlockFact(
            1, "session", snippet, f"snippets/{snippet}", sample, [step, next_step], step.outcome, date, 2.0
        )
        image = {"web:latest": ImageFact("sha256:" + "1" * 64, standin=False)}
        version = plan.version if engine == "29" else "28.5.2"
        return PageFact(f"docs/{name}.md", engine, version, Lane.HUB, date, images=image, blocks=[block])


class Played(NamedTuple):
    """A fortnight, and what each of its nights came to."""

    fortnight: Fortnight
    nights: list[dict[str, Any]]


def play(folder: Path, plans: Sequence[Plan]) -> Played:
    fortnight, told = Fortnight(folder), []
    for plan in plans:
        if plan is NIGHTS[-1]:
            fortnight.hub.close_as_not_planned(3)
        told.append(fortnight.night(plan))
    return Played(fortnight, told)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("fortnight"), NIGHTS)


def test_an_issue_is_opened_edited_and_closed_as_its_cause_comes_spreads_and_goes(
    played: Played,
) -> None:
    assert [[f"{word} {number}" for word, number, _ in night["asked"]] for night in played.nights] == [
        [],
        [],
        ["create 1"],
        ["edit 1"],
        [],
        [],
        ["edit 1"],
        [],
        ["close 1"],
        ["create 2"],
        ["create 3", "close 2"],
        ["edit 3", "create 4"],
        ["edit 3", "close 4"],
        [],
    ]


def test_an_issue_is_called_after_what_shows_its_cause_tonight(played: Played) -> None:
    titles = [(number, title[11:]) for night in played.nights for _, number, title in night["asked"]]
    assert [title for number, title in titles if number == 1] == [
        "docs/a.md: docker cp web:/motd .",
        "docs/a.md: docker cp web:/motd . and 1 more",
        "docs/b.md: docker cp shop:/data/x .",
        "docs/b.md: docker cp shop:/data/x .",
    ]
    assert {title for number, title in titles if number == 4} == {"5 differences at once"}


def test_what_comes_back_has_the_same_key_and_its_body_says_since_when(
    played: Played,
) -> None:
    first, other, again, _ = played.fortnight.hub.issues
    assert (first["title"][:11] == again["title"][:11], first["title"][:11] == other["title"][:11]) == (True, False)
    assert "Differs on 29: first seen 2026-11-11, held on 2026-11-10 with `29.2.0`." in again["body"]


def test_a_night_is_red_for_drift_alone_and_says_what_it_could_not_judge(
    played: Played,
) -> None:
    assert [(night["status"], night["red"]) for night in played.nights] == [
        *[(0, False)] * 2,
        *[(1, True)] * 2,
        *[(6, False)] * 2,  # no network; a runner lost
        (1, True),
        (6, False),  # a share missing
        (0, False),
        *[(1, True)] * 5,
    ]


def test_the_feed_tells_drift_and_repair(played: Played) -> None:
    counts = [
        [sum(title.startswith(word) for title in night["feed"]) for word in ("달라짐", "바로잡음")]
        for night in played.nights
    ]
    assert counts == [
        [0, 0], [0, 0], [1, 0], [2, 0], [0, 0], [0, 0], [1, 1], [0, 0], [0, 1], [1, 0], [1, 1], [6, 0], [1, 5], [1, 0],
    ]  # fmt: skip


def test_the_history_survives_the_runners(played: Played) -> None:
    history = history_file.load(played.fortnight.hub.artifacts / "evidence/history.jsonl", pytest.fail)
    example = history.examples[ExampleName("docs/a.md", "a/x.console", "29")]
    assert [(one.first[8:10], one.last[8:10], one.version, str(one.outcome)) for one in example.stretches] == [
        ("01", "02", "29.1.0", "passed"),
        ("03", "04", "29.2.0", "differs"),
        ("05", "05", "29.2.0", "broken"),
        ("07", "10", "29.2.0", "passed"),
        ("11", "14", "29.3.0", "differs"),
    ]
    assert history.flips(ExampleName("docs/c.md", "c/x.console", "28")) == Flips(4, 13)


def report(fortnight: Fortnight, number: int) -> str:
    """What a night tells people."""
    return (fortnight.folder / f"hub/runs/{number}/evidence/night.md").read_text("utf-8")


def test_a_release_is_told_with_what_drifts_on_it_and_a_lost_runner_as_what_could_not_be_judged(played: Played) -> None:
    said = "Other versions\n\n- 29: `29.2.0`, before `29.1.0`; 1 drifted anew on it\n"
    assert [number for number in range(1, 15) if said in report(played.fortnight, number)] == [3]
    whole, share = report(played.fortnight, 6), report(played.fortnight, 8)
    assert "- `every page` on 29: `no page was run to its end; the log of the run says why`\n" in whole
    assert "- `docs/b.md` on 29: `was not run to its end; the log of the run says why`\n" in share


def test_an_engine_that_rests_leaves_its_drift_open_and_its_proofs_as_they_were(tmp_path: Path) -> None:
    fortnight = Fortnight(tmp_path)
    drifts = Plan({"c 28": "Odd"})
    nights = [fortnight.night(plan) for plan in (drifts, Plan(resting=["28"]), Plan(resting=["28"]))]
    assert [(night["asked"] != [], night["status"]) for night in nights] == [(True, 1), (False, 0), (False, 0)]
    assert report(fortnight, 3).startswith("Night of 2026-11-03: nothing to do. 18 steps passed on 29 ")
    assert report(fortnight, 3).endswith(" Upstream has ended 28: run on Saturdays.\n")
    kept = files.load(fortnight.hub.artifacts / "evidence", pytest.fail)
    assert {(page.engine, page.started[:10]) for page in kept} == {("28", "2026-11-01"), ("29", "2026-11-03")}
    again = fortnight.night(drifts)
    assert [word for word, _, _ in again["asked"]] == ["edit"]
    assert "Differs on 28: first seen 2026-11-01" in fortnight.hub.issues[0]["body"]


def test_the_site_is_built_with_the_history_of_all_nights(played: Played) -> None:
    known = {"steps.pages.outputs.base_url": "https://example.org"}
    assert played.fortnight.job("site", "", [], known) == {}
    shown = history_file.load(played.fortnight.folder / "runner/shown.jsonl", pytest.fail)
    assert len(shown.nights) == len(NIGHTS)


def test_what_runs_twice_gives_the_same_and_a_job_that_is_run_once_more_opens_nothing_twice(
    tmp_path: Path, played: Played
) -> None:
    again = Fortnight(tmp_path)
    for number, plan in enumerate(NIGHTS, 1):
        if plan is NIGHTS[-1]:
            again.hub.close_as_not_planned(3)
        assert again.night(plan) == played.nights[number - 1]
        asked = f"hub/runs/{number}/night/night.json"
        assert (tmp_path / asked).read_text() == (played.fortnight.folder / asked).read_text()
        if number == 4:
            assert again.job("issues", "") == {}
            assert [word for word, _, _ in again.hub.asked()] == ["edit"]
    assert again.hub.issues == played.fortnight.hub.issues
