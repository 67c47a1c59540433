"""Comparing costs as much more as the outputs are longer, whatever is in them: calls are counted, not seconds."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from harness.shapes import Bindings, compare


def calls(work: Callable[[], object]) -> int:
    """How many functions are called meanwhile."""
    counted = 0

    def count(frame: object, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def targets(number: int) -> str:
    """The steps of a build of many targets."""
    steps = [f" => [t{each} internal] load   0.0s" for each in range(number)]
    return "\n".join(["[+] Building 1.0s (1/1)", *steps])


@pytest.mark.parametrize(
    ("long", "other"),
    [
        pytest.param(targets, targets, id="targets"),
        pytest.param(lambda n: "CONTAINER ID   " * n, lambda n: "NAMES   " * n, id="titles"),
        pytest.param(lambda n: "a\n" * n, lambda n: "b\n" * n, id="lines"),
        pytest.param(lambda n: "...\na\n" * n, lambda n: "a\n" * 2 * n, id="gaps"),
    ],
)
def test_twice_as_long_is_twice_the_work(long: Callable[[int], str], other: Callable[[int], str]) -> None:
    def work(number: int) -> int:
        return calls(lambda: compare(long(number).strip(), other(number).strip(), Bindings()))

    work(1)  # what is made only once
    assert work(300) < work(150) * 2.5
