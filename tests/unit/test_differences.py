"""A sample and what was printed instead, side by side."""

import re

import pytest

from harness.evidence.differences import side_by_side
from harness.shapes import Bindings, Difference, compare

SAMPLE = """\
CONTAINER ID   IMAGE    STATUS                     NAMES
87547266a786   centos   Exited (0) 1 second ago    test1
27e57aa36520   centos   Exited (0) 3 seconds ago   brave_babbage"""


def shown(sample: str, actual: str, colour: bool = False) -> list[str]:
    return side_by_side(sample, actual, compare(sample, actual, Bindings()), colour).split("\n")


def test_only_what_differs_is_marked() -> None:
    actual = SAMPLE.replace("(0) 1 second", "(137) 44 seconds").replace("27e57aa36520", "0123456789ab")
    assert shown(SAMPLE, actual) == [
        "  CONTAINER ID   IMAGE    STATUS                     NAMES",
        "- 87547266a786   centos   Exited ([-0-]) 1 second ago    test1",
        "+ 87547266a786   centos   Exited ({+137+}) 44 seconds ago    test1",
        "  27e57aa36520   centos   Exited (0) 3 seconds ago   brave_babbage",
    ]


def test_on_a_terminal_colours_mark_it() -> None:
    assert shown("a b\nc", "a x\nc", colour=True) == [
        "\x1b[31m- \x1b[7ma b\x1b[27m\x1b[0m".replace("\x1b[7ma b", "a \x1b[7mb"),
        "\x1b[32m+ a \x1b[7mx\x1b[27m\x1b[0m",
        "\x1b[2m  c\x1b[0m",
    ]


def test_several_cells_of_a_row_are_marked_in_one_pair_of_lines() -> None:
    assert shown(SAMPLE, SAMPLE.replace("centos   Exited (0) 1", "debian   Exited (1) 1"))[1:3] == [
        "- 87547266a786   [-centos-]   Exited ([-0-]) 1 second ago    test1",
        "+ 87547266a786   {+debian+}   Exited ({+1+}) 1 second ago    test1",
    ]


def test_lines_missing_and_too_many_stand_where_they_belong() -> None:
    assert shown("a\nb\nc", "x\na\nc\ny") == ["+ x", "  a", "- b", "  c", "+ y"]
    assert shown("", "x") == ["+ x"]
    assert shown("x", "") == ["- x"]
    assert shown("a\n\nb", "a\nb") == ["  a", "-", "  b"]


def test_lines_far_from_any_difference_are_counted() -> None:
    lines = [f"line {number}" for number in range(20)]
    changed = [*lines[:10], "other", *lines[11:]]
    assert shown("\n".join(lines), "\n".join(changed)) == [
        "  … 8 lines as on the page",
        "  line 8",
        "  line 9",
        "- [-line 10-]",
        "+ {+other+}",
        "  line 11",
        "  line 12",
        "  … 7 lines as on the page",
    ]


def test_a_broken_binding_marks_the_id() -> None:
    bindings = Bindings()
    assert compare("588ec8830392", "67a0a9af86f4", bindings) == []
    sample, actual = "[root@588ec8830392 /]# ls", "[root@0123456789ab /]# ls"
    assert side_by_side(sample, actual, compare(sample, actual, bindings), colour=False).split("\n") == [
        "- [root@[-588ec8830392-] /]# ls",
        "+ [root@{+0123456789ab+} /]# ls",
    ]


def test_a_missing_column_is_marked_in_the_header() -> None:
    without = "\n".join(line[:15] + line[24:] for line in SAMPLE.split("\n"))
    assert shown(SAMPLE, without)[:3] == [
        "- CONTAINER ID   [-IMAGE-]    STATUS                     NAMES",
        "+ CONTAINER ID   STATUS                     NAMES",
        "  87547266a786   centos   Exited (0) 1 second ago    test1",
    ]


def test_what_is_in_neither_text_comes_last() -> None:
    """An exit status and a prompt are compared too."""
    differences = [Difference(2, "[1]", "[2]", "exit status"), Difference(1, "$", "docker run", "line", actual_line=1)]
    assert side_by_side("one", "one", differences, colour=False).split("\n") == [
        "  … 1 lines as on the page".replace("… 1 lines as on the page", "one"),
        "- [1]",
        "+ [2]",
        "- $",
        "+ docker run",
    ]


def test_nothing_differs_nothing_is_shown() -> None:
    assert side_by_side("one", "one", [], colour=True) == ""


def test_of_a_long_line_is_shown_what_is_around_the_difference() -> None:
    before, after = "x" * 1000, "y" * 1000
    minus, plus = shown(f"{before} a {after}", f"{before} b {after}")
    assert re.fullmatch(r"- …x{100,200} \[-a-\] y{100,200}…", minus)
    assert re.fullmatch(r"\+ …x{100,200} \{\+b\+\} y{100,200}…", plus)


def test_of_an_output_without_end_the_beginning_is_shown() -> None:
    rows = shown("a", "\n".join(f"line {number}" for number in range(10_000)))
    assert len(rows) < 200
    assert re.fullmatch(r"  … \d+ rows more", rows[-1])


@pytest.mark.parametrize("colour", [False, True])
def test_nothing_that_was_printed_reaches_the_terminal_but_as_text(colour: bool) -> None:
    actual = "\x1b[2J\x1b]0;title\x07 \r \x9b31m \u202e \ud800 \x00 \x7f \x1b["
    drawn = side_by_side("web", actual, compare("web", actual, Bindings()), colour)
    ours = re.sub(r"\x1b\[(?:2|31|32|7|27|0)m", "", drawn)
    assert [character for character in ours if not character.isprintable()] == ["\n"]
    drawn.encode()  # no half of a surrogate pair
