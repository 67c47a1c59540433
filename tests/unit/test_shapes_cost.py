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


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(lambda n: f"cat a{' | cat' * n}", id="steps of a pipeline"),
        pytest.param(lambda n: f"echo {'$(echo ' * n}{')' * n}", id="substitutions in each other"),
        pytest.param(lambda n: f"echo {'$RANDOM ' * n}", id="values in a line"),
        pytest.param(lambda n: f"python3 -c '{'print(' * n}{')' * n}'", id="calls in each other"),
        pytest.param(lambda n: f"docker run {'-e A=1 ' * n}nginx", id="options"),
        pytest.param(lambda n: "cat > f << END\n" + "a\n" * n + "END", id="lines of a here-document"),
        pytest.param(lambda n: "echo a >> f; " * n, id="commands"),
        pytest.param(lambda n: "echo a" + "\n" * n, id="blank lines"),
    ],
)
def test_a_command_twice_as_long_is_twice_the_work(typed: Callable[[int], str]) -> None:
    def judge(command: str) -> None:
        bindings = Bindings()
        bindings.resolve(command)
        compare("1\n2", "1\n3", bindings)

    def work(number: int) -> int:
        return calls(lambda: judge(typed(number)))

    work(1)  # what is made only once
    assert work(600) < work(300) * 2.5
