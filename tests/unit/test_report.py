"""What a contributor is told of a block that differs or is broken."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.evidence.facts import BlockFact, DifferenceFact, Lane, Outcome, PageFact, StepFact
from harness.report import WRITTEN, Tally, block_property, explain, written_property
from harness.shapes import Difference

PAGE = PageFact("docs/containers.md", "28", "28.5.2", Lane.STANDIN, "2026-11-24T00:00:00+00:00")


def block(step: StepFact, outcome: Outcome) -> BlockFact:
    file = "snippets/containers/exit@until-28c.console"
    return BlockFact(53, "session", "containers/exit.console", file, "0" * 64, [step], outcome)


def differs(*differences: Difference) -> BlockFact:
    step = StepFact(
        4,
        "docker rm 588ec8830392 mybox",
        Outcome.DIFFERS,
        typed="docker rm a1b2c3d4e5f6 mybox",
        status=0,
        sample="588ec8830392\nmybox",
        actual="a1b2c3d4e5f6\nmybx",
        differences=[DifferenceFact(4 + one.line, one) for one in differences],
    )
    return block(step, Outcome.DIFFERS)


def test_a_difference_is_told_with_its_place_what_was_typed_and_the_way_out() -> None:
    fact = differs(Difference(2, "mybox", "mybx", "line", actual_line=2))
    first, *rows = explain(PAGE, fact).split("\n")
    assert first == "snippets/containers/exit@until-28c.console:6: line: `mybx`, the page says `mybox`"
    assert rows[:4] == [
        "  page      docs/containers.md:53",
        "  engine    28",
        "  command   docker rm 588ec8830392 mybox",
        "  typed     docker rm a1b2c3d4e5f6 mybox",
    ]
    assert rows[-1] == "  way out   correct the page, or `nox -s record -- --engine 28 docs/containers.md`"


@pytest.mark.parametrize(
    ("page_says", "came", "way_out"),
    [
        ("$", "root@588ec8830392:/#", "that shell still waits: show its `exit` there, or give what follows a terminal"),
        ("bash-5.2#", "bash-5.3#", "correct the prompt on the page: `record` rewrites outputs only"),
    ],
)
def test_of_a_prompt_that_differs_nobody_is_sent_to_record(page_says: str, came: str, way_out: str) -> None:
    first, *rows = explain(PAGE, differs(Difference(2, page_says, came, "prompt"))).split("\n")
    assert first.endswith(f":6: prompt: `{came}`, the page says `{page_says}`")
    assert rows[-1].startswith(f"  way out   {way_out}")


def test_what_could_not_be_recorded_is_told_first_of_every_step_with_its_way_out() -> None:
    [step] = differs(Difference(2, "mybox", "$ mybox", "line", actual_line=2)).steps
    reasons = [f"not recorded: the output's line `$ {name}` would be read as a prompt; show `...`" for name in "ab"]
    steps = [replace(step, line=line, reason=reason) for line, reason in zip((4, 9), reasons, strict=True)]
    fact = replace(block(step, Outcome.DIFFERS), steps=steps)
    first, *rows = explain(PAGE, fact).split("\n")
    file = "snippets/containers/exit@until-28c.console"
    assert first == f"{file}:4: {reasons[0]}"
    assert rows[:2] == [
        f"  also      {file}:9: {reasons[1]}",
        f"  also      {file}:6: line: `$ mybox`, the page says `mybox`",
    ]
    assert not [row for row in rows if "  way out" in row]


def test_only_what_differs_is_marked_in_the_output() -> None:
    fact = differs(Difference(2, "mybox", "mybx", "line", actual_line=2))
    output = explain(PAGE, fact).split("  output    ")[1].split("\n  way out")[0]
    assert [row.strip() for row in output.split("\n")] == ["588ec8830392", "- [-mybox-]", "+ {+mybx+}"]
    assert "\x1b" not in output


def test_in_colour_the_same_is_told_with_the_terminals_colours() -> None:
    fact = differs(Difference(2, "mybox", "mybx", "line", actual_line=2))
    assert "\x1b[31m- " in explain(PAGE, fact, colour=True)
    assert json.loads(block_property(PAGE, fact))["coloured"] == explain(PAGE, fact, colour=True)


def test_what_could_not_be_judged_is_told_with_its_cause_and_the_screen() -> None:
    step = StepFact(
        4, "cat <<EOF\none\nEOF", Outcome.BROKEN, reason="did not end within its time (60 s)", actual="screen"
    )
    first, *rows = explain(PAGE, block(step, Outcome.BROKEN)).split("\n")
    assert first.endswith(".console:4: `cat <<EOF` could not be judged: did not end within its time (60 s)")
    assert rows[-1] == "  printed   screen"


def test_what_is_unchecked_is_told_once_with_its_reason() -> None:
    step = StepFact(1, "curl https://get.example", Outcome.UNCHECKED, reason="인터넷이 필요합니다")
    values = json.loads(block_property(PAGE, block(step, Outcome.UNCHECKED)))
    assert values["counts"] == {"unchecked": 1}
    assert values["unchecked"] == ["docs/containers.md:53: containers/exit.console: 인터넷이 필요합니다"]


def test_a_file_that_is_written_counts_as_a_step() -> None:
    fact = BlockFact(
        3, "file", "a/Dockerfile", "snippets/a/Dockerfile", "0" * 64, [StepFact(1, "", Outcome.PASSED)], Outcome.PASSED
    )
    assert json.loads(block_property(PAGE, fact))["counts"] == {"passed": 1}


def test_what_was_recorded_is_told_in_the_end_as_a_difference_in_colour() -> None:
    tally, lines = Tally(cast(pytest.Config, None)), cast(list[tuple[str, dict[str, Any]]], [])
    changed = {Path("snippets/a.console"): "@@ -2 +2 @@\n $ seq 2\n-1\n+2\x1b[31m"}
    ended: Any = SimpleNamespace(when="teardown", user_properties=[(WRITTEN, written_property(changed))])
    tally.pytest_runtest_logreport(ended)
    tally.pytest_terminal_summary(SimpleNamespace(write_line=lambda line, **colours: lines.append((line, colours))))
    assert [(line, *(name for name, on in colours.items() if on)) for line, colours in lines[:-1]] == [
        ("rewritten: snippets/a.console",),
        ("  @@ -2 +2 @@",),
        ("   $ seq 2",),
        ("  -1", "red"),
        ("  +2\N{SYMBOL FOR ESCAPE}[31m", "green"),
    ]
