"""Which lines a new recording leaves out, by the older sample's gaps."""

import pytest

from harness.shapes import Bindings, between_gaps


@pytest.mark.parametrize(
    ("sample", "actual", "pieces"),
    [
        ("a\n...\nd", "a\nb\nc\nd", ["a", "d"]),
        ("a\n...\nold", "a\nb\nc\nd", ["a", "d"]),  # counted from the end
        ("old\n...\nd", "a\nb\nc\nd", ["a", "d"]),
        ("a\nold\n...\nc\nd", "a\nnew\nb\nc\nd", ["a,new", "c,d"]),
        ("a\nc\n...\nz", "a\nb\nc\nx\nz", ["a,b,c", "z"]),  # a line more in front of the gap
        ("...\nd", "a\nd", ["", "d"]),
        ("a\n...", "a\nb\nc", ["a", ""]),
        ("...\nc\nold\n...", "a\nb\nc\nd\ne", ["", "c,d", ""]),
        ("a\n...\nd\n...\ng", "a\nb\nd\ne\ng", ["a", "d", "g"]),
        ("a took 3.1s\n...\n588ec8830392", "a took 9.8s\nb\n67a0a9af86f4", ["a took 9.8s", "67a0a9af86f4"]),
    ],
)
def test_a_gap_stays_where_the_lines_around_it_do(sample: str, actual: str, pieces: list[str]) -> None:
    assert [",".join(piece) for piece in between_gaps(sample, actual, Bindings())] == pieces


def test_a_line_with_a_gap_inside_stays_as_it_is() -> None:
    sample, actual = 'old\n{"ID":"a", ...}', 'new\n{"ID":"a","Driver":"overlay2"}'
    assert between_gaps(sample, actual, Bindings()) == [["new", '{"ID":"a", ...}']]


@pytest.mark.parametrize(
    ("sample", "actual"),
    [
        ("a\nb", "a\nc"),  # no gap
        ("old\n...\nold", "a\nb\nc"),  # nothing is the same
        ("a\n...\nold\n...\nd", "a\nb\nc\nd"),  # nothing says where the middle is
        ("a\nb\nc\n...\nd\ne", "a\nb\ne"),  # the lines around the gap overlap
        ("a\n...", ""),
    ],
)
def test_without_a_place_for_its_gaps_the_output_is_whole(sample: str, actual: str) -> None:
    assert between_gaps(sample, actual, Bindings()) == [actual.split("\n") if actual else []]


def test_an_indented_gap_is_one() -> None:
    assert between_gaps("[\n  ...\n]", "[\n  1,\n  2\n]", Bindings()) == [["["], ["]"]]
