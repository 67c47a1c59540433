"""What a proof looks like in HTML, under a block and once it is opened."""

import html
import re
from collections.abc import Sequence
from typing import Any

import pytest

from harness import shapes
from harness.evidence.facts import DifferenceFact, Lane, Outcome, StepFact
from harness.site import output_html, proof_html
from harness.site.nights import Nights
from harness.site.proofs import Proof, Run

STARTED = "2026-11-24T08:05:00+00:00"


def step(sample: str, actual: str, status: int | None = 0, reason: str = "", command: str = "docker ps") -> StepFact:
    """A step that was judged by its sample."""
    found = [DifferenceFact(one.line, one) for one in shapes.compare(sample, actual, shapes.Bindings())]
    outcome = Outcome.DIFFERS if found else Outcome.PASSED
    return StepFact(1, command, outcome, status=status, sample=sample, actual=actual, differences=found, reason=reason)


def run(*steps: StepFact, outcome: Outcome = Outcome.PASSED, **values: Any) -> Run:
    filled = {"images": ["centos:latest"], "recording": "28/docs/a/1.cast", "tools": {}, "lane": Lane.STANDIN, **values}
    return Run("28.5.2", outcome, STARTED, steps=steps, **filled)


def proof(*runs: Run, outcome: Outcome = Outcome.PASSED) -> str:
    return shown_as(Proof(outcome, ("28.5.2",), started=STARTED, runs=runs))


def shown_as(proof: Proof) -> str:
    return proof_html.proof(proof, proof_html.runs(proof))


def text_of(shown: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", shown))


def rows(shown: str) -> list[list[str]]:
    """The cells of the table of runs, row by row; the first row heads the columns."""
    found = re.findall(r"<tr>(.*?)</tr>", shown, re.S)
    return [[text_of(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in found]


def test_a_text_without_a_run_has_a_line_and_nothing_to_open() -> None:
    shown = shown_as(Proof())
    assert (text_of(shown), "<details" in shown) == ("확인하지 않음\n", False)


def test_each_run_is_a_row_with_a_cell_under_each_title() -> None:
    used = run(step("a", "a"), step("b", "b", None), tools={"compose": "2.40.3"}, ended="2026-05-13")
    unused = run(outcome=Outcome.BROKEN, images=[], recording="")
    assert rows(proof(used, unused)) == [
        ["엔진", "결과", "실행한 때(한국 시각)", "이미지", "종료 상태", "녹화"],
        [
            "Docker 28.5.2Compose 2.40.3지원 종료 2026-05-13", "확인됨", "2026-11-24 17:05",
            "대체 이미지centos:latest", "0, –", "재생",
        ],
        ["Docker 28.5.2", "확인하지 않음", "2026-11-24 17:05", "쓰지 않음", "–", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(("outcome", "buttons"), [(Outcome.PASSED, 2), (Outcome.DIFFERS, 2), (Outcome.BROKEN, 1)])
def test_the_recording_is_at_hand_under_a_block_that_was_judged(outcome: Outcome, buttons: int) -> None:
    shown = proof(run(outcome=outcome), outcome=outcome)
    assert shown.count('data-recording="28/docs/a/1"') == buttons


def test_an_output_that_is_the_pages_to_the_letter_is_not_shown_again() -> None:
    shown = proof(run(step("one", "one")))
    assert "Docker 28.5.2의 실제 출력은 본문과 글자까지 같습니다." in shown
    assert "<a" not in shown


def test_an_output_that_is_not_the_same_is_a_file_with_its_commands_to_which_the_proof_leads() -> None:
    steps = [
        step("588ec8830392", "67a0a9af86f4"),
        step("", "", command="true"),
        StepFact(2, "lost", Outcome.BROKEN),
    ]
    proved = Proof(Outcome.PASSED, ("28.5.2",), started=STARTED, runs=[run(*steps), run(*steps[1:])])
    shown = shown_as(proved)
    [address] = re.findall(r'<a class="printed" href="([^"]*)">Docker 28.5.2의 실제 출력</a>', shown)
    other = Proof(Outcome.PASSED, runs=[run(*steps[1:])])
    proofs = [Proof(), proved, other]
    assert output_html.whole_outputs([shown], proofs) == {address: "\ufeffdocker ps\n67a0a9af86f4\n"}
    assert output_html.whole_outputs(["<p>"], proofs) == {}


def test_of_the_older_runs_only_what_differs_is_shown() -> None:
    newest, older = run(step("one", "one")), run(step("one", "two"), outcome=Outcome.DIFFERS)
    shown = proof(newest, older)
    assert [text_of(pre).split("\n") for pre in re.findall(r"<pre.*?</pre>", shown, re.S)] == [["- one", "+ two"]]
    assert "글자까지 같습니다" in shown


def test_why_a_step_met_what_another_page_left_is_said_in_english() -> None:
    shown = proof(run(step("one", "two", reason="container web was left"), outcome=Outcome.DIFFERS))
    assert '<p lang="en">container web was left</p>' in shown


def test_a_proof_says_since_when_and_once_it_is_opened_how_its_last_nights_were() -> None:
    seen = Nights("Docker 28", [Outcome.DIFFERS, Outcome.PASSED])
    shown = shown_as(Proof(Outcome.PASSED, ("28.5.2",), started=STARTED, runs=[run(nights=seen)], since="2026-08-02"))
    summary, opened = shown.split("</summary>")
    assert text_of(summary) == "확인됨 · Docker 28.5.2 · 2026-11-24 · 2026-08-02부터"
    assert "밤 실행 2번: 확인됨 1번 · 달라짐 1번" in text_of(opened)
    assert "strip" not in proof(run())


HOSTILE = "<img src=x>&"


@pytest.mark.parametrize(
    "runs",
    [
        [run(step(HOSTILE, HOSTILE + "2", command=HOSTILE, reason=HOSTILE), outcome=Outcome.DIFFERS)],
        [
            run(
                step("588ec8830392", "67a0a9af86f4", command=HOSTILE),
                images=[HOSTILE],
                recording=HOSTILE,
                ended=HOSTILE,
            )
        ],
        [run(tools={"compose": HOSTILE})],
    ],
)
def test_nothing_that_was_run_or_printed_becomes_a_tag(runs: Sequence[Run]) -> None:
    shown = proof(*runs)
    assert "<img" not in shown
    assert "&lt;img src=x&gt;&amp;" in shown
