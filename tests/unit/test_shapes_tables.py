"""Each row of the tables of shapes is needed by its real example, and refuses its damage."""

import re
from collections.abc import Iterator, Sequence

import pytest

from harness.shapes import Bindings, arranging, asked, compare, reading
from harness.shapes.dialects import DIALECTS, REWRITES, ROWS, build, numbers
from harness.shapes.kinds import CELLS, KINDS, Cell, Kind
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy, Rewrite, Row
from harness.shapes.tokens import tokens


def _found(kind: Kind, line: str) -> list[str]:
    typed = {"18.", "10.9.0."}  # a tag, postgres:18, and a network, 10.9.0.0/24
    return [token.text for token in tokens(line, typed) if token.kind == kind.name]


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind in KINDS.values() for line in kind.seen])
def test_a_kind_is_found_in_its_real_lines(kind: Kind, line: str) -> None:
    plain = re.sub("<<(.*?)>>", r"\1", line)
    assert _found(kind, plain) == re.findall("<<(.*?)>>", line) != []


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind in KINDS.values() for line in kind.not_this])
def test_a_kind_is_not_found_where_it_is_not(kind: Kind, line: str) -> None:
    assert _found(kind, line) == []


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_is_made_up_where_it_has_the_form_of_its_column(cell: Cell) -> None:
    form = re.compile(cell.form)
    assert [text for text in (*cell.seen, *cell.not_this) if form.fullmatch(text)] == [*cell.seen]


def test_a_row_without_examples_does_not_load() -> None:
    with pytest.raises(ValueError, match="the kind 'job' needs a real line"):
        Kind(name="job", form=r"\d+", seen=("job <<12>>",), not_this=())
    with pytest.raises(ValueError, match="'jobs' needs outputs of two real runs"):
        Dialect(name="jobs", policy=Policy.SET, seen=(("a", "b"),), damaged=())


def _judged(row: Row, sample: str, actual: str) -> bool:
    """Whether both outputs of the row's command have the same shape."""
    bindings = Bindings()
    bindings.resolve(row.typed)
    return compare(sample, actual, bindings) == []


_ROWS = [pytest.param(row, id=row.name) for row in ROWS]


@pytest.mark.parametrize("row", _ROWS)
def test_the_outputs_of_two_runs_are_the_same_whichever_is_the_page(row: Row) -> None:
    assert [pair for pair in row.seen if not _judged(row, *pair) or not _judged(row, *reversed(pair))] == []


def _damaged(row: Row) -> Iterator[tuple[str, str, str]]:
    """Of each damage the first output that can have it: the page, what was printed instead, the damage."""
    for old, new in row.damaged:
        sample, actual = next(pair for pair in row.seen if old in pair[1])
        yield sample, actual.replace(old, new, 1), f"{old} -> {new}"


@pytest.mark.parametrize("row", _ROWS)
def test_a_damaged_output_is_refused(row: Row) -> None:
    assert [damage for sample, actual, damage in _damaged(row) if _judged(row, sample, actual)] == []


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    caches = (arranging._rows, arranging._forms, arranging.runs)
    for cached in caches:
        cached.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize("row", _ROWS)
def test_without_its_row_the_outputs_differ(row: Row, without: pytest.MonkeyPatch) -> None:
    if row in numbers.ROWS:
        without.setattr(asked, "places", lambda commands, files: ())
    elif isinstance(row, Dialect) and row.policy is Policy.TREE:
        without.setattr(build, "arrange", lambda sample, actual: _as_they_come(sample, actual))
    elif isinstance(row, Rewrite):
        without.setattr(reading, "REWRITES", tuple(other for other in REWRITES if other is not row))
    else:
        without.setattr(arranging, "DIALECTS", tuple(other for other in DIALECTS if other is not row))
    assert [pair for pair in row.seen if _judged(row, *pair)] == []


def _as_they_come(sample: list[Line], actual: list[Line]) -> tuple[list[Line], list[Line]]:
    return list(sample), list(actual)


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in REWRITES])
def test_a_text_that_a_row_changes_has_its_sign_as_it_was_printed(row: Rewrite) -> None:
    """Not only behind what another row of the same output has made of it."""
    lines = [line for pair in row.seen for output in pair for line in output.split("\n")]
    texts = [text for line in lines for text in (line, *re.split(r" {2,}", line))]  # cells, too
    before = [other for other in REWRITES[: REWRITES.index(row)] if not other.columns and other.command(row.typed)]
    changed = [text for text in texts if _changes(row, _written(before, text))]
    assert changed != []
    assert [text for text in changed if row.sign not in text] == []


def _written(rows: Sequence[Rewrite], text: str) -> str:
    for row in rows:
        text = row.write(text) if row.sign in text else text
    return text


def _changes(row: Rewrite, text: str) -> bool:
    return bool(row.shown and row.shown.search(text)) or row.write(text) != text
