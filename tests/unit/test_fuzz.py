"""What anybody may write raises no exception but the declared ones, each with its place, and gets no further than text.

The same examples every time, so that a failure can be looked for; `tests/bench/fuzz.py` looks for others.
"""

import json
import os
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from harness.claims import commands, fences, headings, pages, sessions
from harness.claims.characters import hidden, printable
from harness.claims.markdown import lines_of
from harness.claims.pages import PageError
from harness.evidence import files, recordings
from harness.evidence.differences import side_by_side
from harness.evidence.facts import BlockFact, DifferenceFact, ImageFact, Lane, Outcome, PageFact, StepFact
from harness.evidence.files import EvidenceError
from harness.evidence.summary import Summary
from harness.lab.engines import Engine
from harness.lab.screen import last_line, screen_text
from harness.night import history_file, saved
from harness.night.compare import Tonight
from harness.night.compare import compare as compare_nights
from harness.night.findings import Drift, EngineDrift, Night
from harness.night.history import History, with_night
from harness.night.markdown import markdown
from harness.night.quoting import code, fence
from harness.shapes import Bindings, compare
from harness.site import console_html, proof_html
from harness.site.feed import feed
from harness.site.policy import with_policy
from harness.site.proofs import prove
from unit.fuzzed import ANY, COMMANDS, FILES, JSON, MISTYPED, ORDERS, OUTPUTS, PAGES, SESSIONS, USES, UTF8, poisoned

pytestmark = pytest.mark.no_cover  # other tests reach the same lines, and to trace these doubles their time

_NEW = os.environ.get("FUZZ_NEW_EXAMPLES")  # so many, other ones every time

fuzz = settings(
    derandomize=not _NEW,
    max_examples=int(_NEW or 100),
    database=None,
    deadline=None,  # a slow machine fails no test
    suppress_health_check=list(HealthCheck),
)

ENGINES = {"28": Engine("28", "28", release="28")}


# -- shapes


@fuzz
@given(OUTPUTS, COMMANDS)
def test_an_output_has_its_own_shape(output: str, command: str) -> None:
    bindings = Bindings()
    bindings.resolve(command)
    assert compare(output, output, bindings) == []


@fuzz
@given(OUTPUTS, OUTPUTS, st.lists(COMMANDS, max_size=3))
@example("1\n2", "1\n3", [f"echo {'$(echo ' * 3000}{')' * 3000}"])
@example("1\n2", "1\n3", ["x0=$RANDOM;" + "".join(f"x{n + 1}=$x{n}$x{n};" for n in range(60)) + "echo $x60"])
@example("1\n2", "1\n3", [f"{'sudo ' * 3000}date"])
@example("1\n2", "1\n3", [f"{'watch ' * 3000}date"])
@example("1\n2", "1\n3", [f"{'docker run web ' * 3000}date"])
def test_any_two_outputs_can_be_compared_and_their_differences_shown(
    sample: str, actual: str, typed: list[str]
) -> None:
    bindings = Bindings()
    for command in typed:
        bindings.resolve(command)
    differences = compare(sample, actual, bindings)
    for difference in differences:
        assert 0 <= difference.line <= len(sample.split("\n"))
        assert 0 <= difference.actual_line <= len(actual.split("\n"))
        assert str(difference) == printable(str(difference))
    shown = side_by_side(sample, actual, differences, colour=False)
    assert shown == "\n".join(map(printable, shown.split("\n")))


@fuzz
@given(FILES, st.lists(USES, max_size=3), OUTPUTS)
@example({"Dockerfile": "FROM --platform=x\n"}, ["docker build -t a ."], "")
@example({"Dockerfile": f"CMD {'[' * 100_000}\n"}, ["docker build -t a .", "docker run a"], "")
@example({"compose.yaml": "services: {web: {command: 2026-99-99}}"}, ["docker compose up"], "")
@example({"compose.yaml": "[" * 300_000}, ["docker compose up"], "")
def test_an_output_has_its_own_shape_whatever_files_the_page_has_written(
    written: dict[str, str], typed: list[str], output: str
) -> None:
    bindings = Bindings()
    for name, text in written.items():
        bindings.write_file(name, text)
    for command in typed:
        bindings.resolve(command)
    assert compare(output, output, bindings) == []


@fuzz
@given(MISTYPED)
def test_outputs_can_be_compared_whatever_was_mistyped(case: dict[str, Any]) -> None:
    bindings = Bindings()
    for name, text in case.get("files", {}).items():
        bindings.write_file(name, text)
    for command in case["commands"]:
        bindings.resolve(command)
    assert compare(case["sample"], case["sample"], bindings.copy()) == []
    compare(case["sample"], case["actual"], bindings)


@fuzz
@given(COMMANDS)
def test_any_text_can_be_parsed_as_a_command(text: str) -> None:
    for command in commands.parse(text):
        assert isinstance(command.name, str)


# -- the terminal


@fuzz
@given(ORDERS)
def test_whatever_a_terminal_was_sent_its_screen_shows_lines_without_orders(sent: str) -> None:
    for output in (sent.encode(), sent.encode("utf-16")):
        shown = screen_text(output)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", last_line(output))


@fuzz
@given(st.lists(st.tuples(st.floats(0, 1e6), ORDERS), max_size=5), UTF8)
def test_whatever_a_terminal_was_sent_its_recording_can_be_played(events: list[tuple[float, str]], title: str) -> None:
    recordings.events_of(recordings.asciicast(title, sorted(events)))


# -- sessions and pages


@fuzz
@given(SESSIONS)
def test_a_session_is_read_or_refused_at_a_line_of_it(text: str) -> None:
    refused = None
    try:
        session = sessions.parse(text)
    except sessions.SessionError as error:
        refused = error
    if refused:
        assert 1 <= refused.line <= text.count("\n") + 1
        return
    assert sessions.parse(sessions.write(session)).steps == session.steps


@fuzz
@given(SESSIONS, UTF8)
def test_a_session_is_shown_as_text(text: str, title: str) -> None:
    shown = console_html.block(text, title)
    assert not re.search("<script|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert set(re.findall("<(/?[a-z]+)", shown)) <= {"div", "/div", "span", "/span", "pre", "/pre", "code", "/code"}


@fuzz
@given(PAGES, SESSIONS, st.sampled_from(["docs/a.md", "a.md"]))
def test_a_page_is_read_or_refused_with_file_and_line(text: str, snippet: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, written in {name: text, "snippets/a.console": snippet}.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text(written, "utf-8", newline="")
        try:
            read = pages.read(root / name, root, ["26", "28"])
        except PageError as error:
            for problem in error.problems:
                lines = {Path(name): text, Path("snippets/a.console"): snippet}[problem.path]
                assert 1 <= problem.line <= len(lines_of(lines))
                assert not list(hidden(str(problem).replace("\n", " ")))
            return
        assert all(sessions.parse(block.text) for block in read.blocks if block.is_session)


@fuzz
@given(PAGES)
def test_the_fences_of_a_page_follow_each_other_within_it(text: str) -> None:
    lines = lines_of(text)
    found = list(fences.fences(lines))
    assert [fence.line for fence in found] == sorted({fence.line for fence in found})
    assert all(fence.line + len(fence.lines) <= len(lines) for fence in found)
    assert all(1 <= heading.line <= len(lines) for heading in headings.headings(lines))


# -- evidence


def page() -> PageFact:
    drift = DifferenceFact(2, compare("one", "two", Bindings())[0])
    step = StepFact(1, "docker ps", Outcome.DIFFERS, "docker ps", 0, "one", "two", [drift], "left")
    block = BlockFact(3, "session", "a.console", "snippets/a.console", "0" * 64, [step], Outcome.DIFFERS)
    images = {"nginx:1.30": ImageFact("sha256:" + "0" * 64, standin=True)}
    return PageFact(
        "docs/a.md", "28", "28.5.2", Lane.HUB, "2026-11-24T00:00:00+00:00", images, {"compose": "2"}, [block]
    )


def summary() -> Summary:
    return Summary(Counter(), ["28"], Lane.HUB)


def night_of(evidence: list[PageFact]) -> Night:
    return compare_nights(Tonight("2026-11-24T00:00:00+00:00", evidence, summary(), {"docs/a.md": ""}, course=evidence))


def check_shown(night: Night, evidence: list[PageFact]) -> None:
    """Everything that is made of evidence and of a night can be made, and is text."""
    text = markdown(night)
    outside = re.sub(r"(`+)(?!`).*?[^`]\1(?!`)", "", re.sub(r"(?ms)^(`{3,})\w+\n.*?^\1$", "", text))
    assert not re.search("<script|[\x00-\x09\x0b-\x1f\u202a-\u202e]", outside)
    ElementTree.fromstring(feed(night, night.date, "", ENGINES))
    for proof in prove(evidence, ENGINES).values():
        html = proof_html.proof(proof, proof_html.runs(proof))
        assert not re.search("<script|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", html)
        assert "'sha256-" not in with_policy(f'<meta charset="utf-8">{html}', lambda _: None)


@fuzz
@given(JSON | poisoned(page().to_json()))
def test_evidence_is_read_as_what_it_says_or_refused_with_its_file(written: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = files.write_page(Path(name), page())
        path.write_text(json.dumps(written))
        told: list[str] = []
        evidence = files.load(Path(name), told.append)
        assert [line.startswith(f"{path}: ") for line in told] == [True] * (1 - len(evidence))
        assert all(line == printable(line) for line in told)
        check_shown(night_of(evidence), evidence)


@fuzz
@given(JSON | poisoned(saved.to_json(night_of([page()]))) | poisoned(summary().to_json()))
def test_a_night_and_a_summary_are_read_as_what_they_say_or_refused_with_their_file(written: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "summary.json")
        path.write_text(json.dumps(written))
        for read in (lambda: saved.read(path), lambda: files.read_summary(Path(name))):
            found: Night | Summary | EvidenceError | None
            try:
                found = read()
            except EvidenceError as error:
                found = error
            if isinstance(found, EvidenceError):
                assert str(found).startswith(f"{path}: ")
                assert str(found) == printable(str(found))
            if isinstance(found, Night):
                check_shown(found, [])


NIGHTS = with_night(with_night(History(), page().started, [page()]), page().started, [page()])
NIGHT, EXAMPLE = (json.loads(line) for line in history_file.to_lines(NIGHTS).splitlines()[1:])


@fuzz
@given(JSON | poisoned(NIGHT) | poisoned(EXAMPLE))
def test_a_line_of_the_history_is_read_as_what_it_says_or_refused_and_shown_as_text(written: Any) -> None:
    told: list[str] = []
    lines = [json.dumps(line) for line in (NIGHT, EXAMPLE, written)]
    history = history_file.from_lines("".join(f"{line}\n" for line in lines), "h.jsonl", told.append)
    assert [line.startswith("h.jsonl:3: ") for line in told] in ([], [True])
    assert all(line == printable(line) for line in told)
    for proof in prove([page()], ENGINES, history).values():
        html = proof_html.proof(proof, proof_html.runs(proof))
        assert not re.search("<script|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", html)


@fuzz
@given(ANY, ANY, ANY)
def test_a_feed_is_xml_whatever_is_in_it(command: str, name: str, date: str) -> None:
    drift = Drift(name, name, 1, name, command, {name: EngineDrift(date, True, name, name, 1, [], "", "0" * 8)})
    root = ElementTree.fromstring(feed(Night(date, "", summary(), [drift], repaired=[drift]), date, "", {}))
    assert len(list(root.iter("{http://www.w3.org/2005/Atom}entry"))) == 3


@fuzz
@given(ANY | OUTPUTS)
def test_what_is_quoted_in_markdown_cannot_end_its_quotation(text: str) -> None:
    span, block = code(text), fence(text, "text").split("\n")
    ticks = re.match("`*", span)
    assert ticks
    assert "\n" not in span
    assert not span or not re.search(rf"(?<!`){ticks[0]}(?!`)", span[len(ticks[0]) : -len(ticks[0])])
    assert [line for line in block[1:-1] if line.strip().startswith(block[-1])] == []
