"""What the evidence of pages proves of a text."""

from dataclasses import replace
from typing import Any

import pytest

from harness.evidence.facts import BlockFact, ImageFact, Lane, Outcome, PageFact, StepFact
from harness.lab.engines import Engine, Support
from harness.night.history import History, with_night
from harness.site.proofs import Proof, images_of, prove

DECLARED = {
    "26": Engine("26", "26", release="26", support=Support("2025-02-17", "https://example.com")),
    "28": Engine("28", "28", release="28"),
}
TEXT = "0" * 64
FIRST, SECOND = "2026-11-24T08:00:00+00:00", "2026-11-25T08:00:00+00:00"
REAL, STANDIN = (
    {"centos": ImageFact("sha256:" + "0" * 64, standin=False)},
    {"centos": ImageFact("sha256:" + "1" * 64, standin=True)},
)


def ran(
    outcome: Outcome = Outcome.PASSED, engine: str = "28", *, command: str = "", reason: str = "", **page: Any
) -> PageFact:
    """A page whose only block, of TEXT, came out so."""
    step = StepFact(1, command, outcome, reason=reason)
    block = BlockFact(1, "session", "a.console", "snippets/a.console", TEXT, [step], outcome)
    values: dict[str, Any] = {"lane": Lane.HUB, "started": FIRST, "images": REAL, **page}
    return PageFact("docs/a.md", engine, f"{engine}.1+deb", blocks=[block], **values)


def proof(*evidence: PageFact, history: History | None = None) -> Proof:
    return prove(evidence, DECLARED, history or History())[TEXT]


def test_a_text_that_was_never_run_is_not_among_the_proofs() -> None:
    assert prove([], DECLARED) == {}


def test_a_proof_has_the_worst_outcome_and_only_what_is_known_of_that() -> None:
    shown = proof(ran(), ran(Outcome.DIFFERS, "26", started=SECOND))
    assert (shown.outcome, shown.versions, shown.started, shown.ended) == (Outcome.DIFFERS, ("26.1",), SECOND, True)


def test_runs_stand_newest_engine_first_but_behind_those_with_the_proofs_outcome() -> None:
    shown = proof(ran(engine="28"), ran(Outcome.DIFFERS, "26"))
    assert [run.version for run in shown.runs] == ["26.1", "28.1"]
    assert [run.version for run in proof(ran(engine="26"), ran(engine="28")).runs] == ["28.1", "26.1"]


def test_an_engine_that_is_no_longer_declared_comes_first_and_by_its_number() -> None:
    assert proof(ran(), ran(engine="31")).versions == ("31.1", "28.1")


def test_what_was_declared_as_unchecked_is_no_run() -> None:
    shown = proof(ran(Outcome.UNCHECKED, reason="인터넷이 필요합니다"))
    assert (shown.outcome, shown.reason, shown.runs) == (Outcome.UNCHECKED, "인터넷이 필요합니다", [])


@pytest.mark.parametrize(
    ("lane", "images", "shown"),
    [
        (Lane.HUB, REAL, Lane.HUB),
        (Lane.HUB, STANDIN, Lane.STANDIN),
        (Lane.HUB, {}, Lane.HUB),
        (Lane.STANDIN, REAL, Lane.STANDIN),
        (Lane.REHEARSAL, REAL, Lane.STANDIN),
    ],
)
def test_images_are_docker_hubs_only_where_lane_and_images_say_so(
    lane: Lane, images: dict[str, ImageFact], shown: Lane
) -> None:
    assert images_of(ran(lane=lane, images=images)) is shown


def test_a_stand_in_on_one_engine_is_said_of_the_proof_and_no_image_of_none() -> None:
    assert proof(ran(), ran(engine="26", images=STANDIN)).images is Lane.STANDIN
    assert proof(ran(), ran(engine="26", images={})).images is Lane.HUB
    assert proof(ran(images={})).images is None


@pytest.mark.parametrize(
    ("command", "compose", "tools"),
    [
        ("docker compose up", ("2.40.3",), {"compose": "2.40.3"}),
        ("sudo docker-compose up", ("2.40.3",), {"compose": "2.40.3"}),
        ("docker image build .", (), {"buildx": "0.29.1"}),
        ("docker ps", (), {}),
    ],
)
def test_the_version_of_a_tool_is_told_where_a_step_uses_it(
    command: str, compose: tuple[str, ...], tools: dict[str, str]
) -> None:
    shown = proof(ran(command=command, tools={"compose": "v2.40.3-3", "buildx": "0.29.1+ds1"}))
    assert (shown.compose, shown.runs[0].tools) == (compose, tools)


def test_a_block_that_says_when_it_started_is_dated_by_that() -> None:
    page = ran(started=SECOND)
    page.blocks = [replace(page.blocks[0], started=FIRST)]
    assert (proof(page).started, proof(page).runs[0].started) == (FIRST, FIRST)


# -- since when


def nights(*each: list[PageFact]) -> History:
    """The history of nights, from 2026-11-02 in Korea, with the evidence of each."""
    history = History()
    for number, evidence in enumerate(each, 1):
        history = with_night(history, f"2026-11-{number:02}T17:00:00+00:00", evidence)
    return history


def test_a_proof_says_since_when_its_text_has_come_out_so() -> None:
    assert proof(ran(), history=nights([ran(Outcome.DIFFERS)], [ran()], [ran()])).since == "2026-11-03"
    drift = ran(Outcome.DIFFERS)
    assert proof(drift, history=nights([ran()], [ran()], [drift])).since == "2026-11-04"


def test_of_several_engines_the_last_that_came_to_it_says_since_when() -> None:
    older, newer = ran(engine="26"), ran(engine="28")
    bad = [ran(Outcome.DIFFERS, engine="26"), ran(Outcome.DIFFERS, engine="28")]
    assert proof(older, newer, history=nights(bad, [older, bad[1]], [older, newer])).since == "2026-11-04"
    assert proof(older, newer, history=nights([older, bad[1]], [older, newer])).since == "2026-11-03"
    assert proof(older, newer, history=nights([bad[0]], [older], [older, newer])).since == ""  # 28 was not run before


@pytest.mark.parametrize(
    "history",
    [
        nights(),
        nights([ran()], [ran()]),  # it may have held before
        nights([ran()], [ran(Outcome.DIFFERS)]),  # the run is none of these nights'
        nights([ran(engine="26")]),
    ],
)
def test_where_the_history_does_not_say_since_when_nothing_is_claimed(history: History) -> None:
    assert proof(ran(), history=history).since == ""


def test_a_text_that_was_edited_since_the_last_night_has_no_days_before_it() -> None:
    edited = replace(ran(), blocks=[replace(ran().blocks[0], sha256="1" * 64)])
    assert prove([edited], DECLARED, nights([ran(Outcome.DIFFERS)], [ran()]))["1" * 64].since == ""


def test_a_run_has_the_nights_of_its_example() -> None:
    [run] = proof(ran(), history=nights([ran(Outcome.DIFFERS)], [], [ran()])).runs
    assert run.nights == ("Docker 28", ["differs", None, "passed"])
