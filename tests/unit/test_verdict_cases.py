"""Asks `compare` the small outputs of verdict_cases/, and expects what a careful reader would say.

A case is a pair of outputs, right or wrong: after `commands` were typed, is `actual` of the same shape as `sample`?
`same` is what a careful reader of the guide would say. A command that is a file's text stands for a file that the page
has written; so does one of `files`. What could be argued either way is not there. Each file holds one subject.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from harness.shapes import Bindings, compare


class _Case(NamedTuple):
    kind: str
    commands: list[str]
    sample: str
    actual: str
    same: bool
    files: Mapping[str, str] = MappingProxyType({})  # that the page has written


def _cases() -> list[_Case]:
    files = sorted(Path(__file__).with_name("verdict_cases").glob("*.toml"))
    return [_Case(**case) for file in files for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]]


_CASES = _cases()


def _ids() -> Iterator[str]:
    """Of each case its kind, numbered."""
    seen: Counter[str] = Counter()
    for case in _CASES:
        seen[case.kind] += 1
        yield f"{case.kind} {seen[case.kind]}"


@pytest.mark.parametrize("case", _CASES, ids=_ids())
def test_the_verdict_is_the_one_of_a_careful_reader(case: _Case) -> None:
    bindings = Bindings()
    for name, text in case.files.items():
        bindings.write_file(name, text)
    for command in case.commands:  # the last one is the one whose output is judged
        bindings.resolve(command)
    differences = compare(case.sample, case.actual, bindings)
    assert (not differences) == case.same, [str(difference) for difference in differences]


def test_each_kind_has_an_answer_of_either_sort() -> None:
    answers = {case.kind: {other.same for other in _CASES if other.kind == case.kind} for case in _CASES}
    assert [kind for kind, found in answers.items() if len(found) < 2] == []
