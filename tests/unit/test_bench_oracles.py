"""The bench's own answers, to questions that don't depend on the rules of shapes."""

import random

import pytest

from bench.oracles import GAP, fits, questions
from bench.outputs import Output


def output(command: str, text: str, seed: int = 1) -> Output:
    return Output(command, text, "", frozenset(), random.Random(seed))


@pytest.mark.parametrize(
    ("sample", "actual", "least", "expected"),
    [
        ("a b", "a b", 1, True),
        ("a b", "a c", 1, False),
        ("a b", "a", 1, False),
        ("a", "a b", 1, False),
        ("a ... c", "a b c", 1, True),
        ("a ... c", "a b b c", 1, True),
        ("a ... c", "a c", 1, False),
        ("a ... c", "a c", 0, True),
        ("a ...", "a b", 1, True),
        ("... c", "a b c", 1, True),
        ("... c", "a b", 1, False),
        ("a ... b ... c", "a x b y c", 1, True),
        ("a ... b ... c", "a x y c", 1, False),
        ("a ... b ... ", "a", 0, False),
        ("a ... b ... c", "a b b b c", 1, True),
    ],
)
def test_a_gap_stands_for_lines_and_for_nothing_else(sample: str, actual: str, least: int, expected: bool) -> None:
    assert fits(sample.split(), actual.split(), str.__eq__, least) == expected


_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LINES = "\n".join(f"{word} stands here" for word in _WORDS)


@pytest.mark.parametrize("seed", range(30))
def test_gaps_are_put_so_that_the_answer_is_known(seed: int) -> None:
    asked = [question for question in questions(output("cat list", _LINES, seed)) if GAP in question.sample.split("\n")]
    right = [fits(one.sample.split("\n"), one.actual.split("\n"), str.__eq__, 1) for one in asked]
    assert [question.same for question in asked] == right != []


def test_all_kinds_of_questions_are_asked() -> None:
    asked = {one.kind for seed in range(30) for one in questions(output("cat list", _LINES, seed))}
    asked |= {one.kind for one in questions(output("docker diff web", "C /etc\nA /etc/a\nA /etc/b\nA /etc/c"))}
    kinds = {"gaps", "line under a gap", "all after a gap", "gaps over some lines", "promised order", "set"}
    assert asked == kinds


def test_lines_in_another_order_are_refused_where_the_order_is_promised() -> None:
    asked = [
        question for question in questions(output("sort words", "ant\nbee\ncat")) if question.kind == "promised order"
    ]
    assert [(sorted(one.actual.split("\n")), one.same) for one in asked] == [(["ant", "bee", "cat"], False)]


def test_lines_in_another_order_are_accepted_where_they_are_a_set() -> None:
    asked = [one for one in questions(output("docker diff web", "C /etc\nA /b\nA /c\nA /d")) if one.kind == "set"]
    assert [(set(one.actual.split("\n")), one.same) for one in asked] == [({"C /etc", "A /b", "A /c", "A /d"}, True)]


def test_steps_of_a_build_are_no_set_as_what_they_do_stands_below_them() -> None:
    steps = " => [internal] load metadata\n => [internal] load .dockerignore\n => => transferring context: 2B"
    assert "set" not in {question.kind for question in questions(output("docker build .", steps))}


@pytest.mark.parametrize("seed", range(30))
def test_no_gap_takes_a_header_away(seed: int) -> None:
    tables = "NAME   SIZE\na      1\nb      2\nVOLUME   LINKS\nc        3\nd        4"
    samples = [one.sample.split("\n") for one in questions(output("docker system df -v", tables, seed))]
    assert [sample for sample in samples if not {"NAME   SIZE", "VOLUME   LINKS"} <= {*sample}] == []


@pytest.mark.parametrize("seed", range(30))
def test_no_line_is_asked_for_of_what_is_another_text_in_each_run(seed: int) -> None:
    made_up = {"MIIBaTCC", "EzERMA8G", "NzAwWjAT"}
    lines = ["TrustRoot:", "-----BEGIN CERTIFICATE-----", *sorted(made_up), "-----END CERTIFICATE-----"]
    asked = questions(output("docker node inspect self --pretty", "\n".join(lines), seed))
    gone = [{*lines} - {*one.actual.split("\n")} for one in asked if one.kind == "line under a gap"]
    assert [line for line in gone if line <= made_up] == []
