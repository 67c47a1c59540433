"""The first of several versions that prints as the newest does, found with few looks."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.bisection.search import Found, first_new


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        (["old", "new"], Found(0, 1)),
        (["old", "old", "new", "new"], Found(1, 2)),
        (["old", "older", "other", "new"], Found(2, 3)),
        (["new"], None),
        (["new", "new", "new"], None),
        ([None, None], None),
        (["new", None], None),
        ([], None),
    ],
)
def test_the_first_is_the_one_behind_the_last_that_prints_otherwise(
    printed: list[str | None], found: Found | None
) -> None:
    assert first_new(len(printed), printed.__getitem__) == found


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ([None, "old", "new", None], Found(1, 2)),
        (["old", None, "new"], Found(0, 2)),
        (["old", None, None, None, "new", "new"], Found(0, 4)),
        (["old", "old", None, "new", None, "new"], Found(1, 3)),
    ],
)
def test_what_can_not_be_run_is_passed_over_and_may_be_the_first_where_it_lies_between(
    printed: list[str | None], found: Found
) -> None:
    assert first_new(len(printed), printed.__getitem__) == found


@given(st.lists(st.booleans()), st.lists(st.booleans()))
def test_whatever_can_not_be_run_the_first_is_between_the_two_that_are_found(old: list[bool], new: list[bool]) -> None:
    """`old` and `new` say which of the versions of that kind can be run."""
    printed = ["old" if ran else None for ran in old] + ["new" if ran else None for ran in new]
    found = first_new(len(printed), printed.__getitem__)
    assert (found is not None) == (any(old) and any(new))
    if found:
        assert (printed[found.old], printed[found.new]) == ("old", "new")
        assert set(printed[found.old + 1 : found.new]) <= {None}


@given(st.integers(1, 300), st.integers(1, 300))
def test_each_look_halves_what_is_left_and_none_is_repeated(old: int, new: int) -> None:
    looked = []

    def look(place: int) -> str:
        looked.append(place)
        return "old" if place < old else "new"

    assert first_new(old + new, look) == Found(old - 1, old)
    assert len(looked) == len(set(looked))
    assert len(looked) <= 3 + math.log2(old + new)
