"""A recording as the site serves it: as large as what it shows."""

import json

import pytest

from harness.site.recordings import script

HEADER = {"version": 2, "width": 200, "height": 50, "title": "x"}


def size(*printed: str) -> tuple[int, int]:
    """The size that the player is given for what a terminal got."""
    cast = "".join(f"{json.dumps(row)}\n" for row in (HEADER, *([0.5, "o", text] for text in printed)))
    before, comma, rest = script({"28/docs/a/1": cast}).partition(", ")
    assert before + comma == "Object.assign(globalThis.recordings ??= {}, "
    header, *events = json.loads(rest.removesuffix(");\n"))["28/docs/a/1"].splitlines()
    assert [json.loads(event)[2] for event in events] == list(printed)
    return json.loads(header)["width"], json.loads(header)["height"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param(["$ ls\r\n"], (80, 3), id="at least"),
        pytest.param(["x" * 90, "y\r\nz"], (91, 3), id="a line in two pieces"),
        pytest.param(["x" * 500, "\n" * 80], (200, 50), id="at most the terminal's"),
        pytest.param(["한" * 50], (100, 3), id="wide letters"),
        pytest.param(["\x1b]133;D;0\x07\x1b[32m" + "x" * 80 + "\x1b[0m\x1b[2K"], (80, 3), id="escapes take no place"),
        pytest.param(["\x1b[90Cx"], (91, 3), id="the cursor may jump"),
        pytest.param(["\r\n" * 5 + "\x1b[2A\x1b[2B" * 9], (80, 6), id="progress goes up and down"),
    ],
)
def test_a_recording_is_as_large_as_what_was_used(printed: list[str], expected: tuple[int, int]) -> None:
    assert size(*printed) == expected
