"""What a screen shows in the end for what a terminal was sent, whatever that is."""

import random

import pytest

from harness.lab import cells
from harness.lab.cells import ROWS, WIDEST, Cells
from harness.lab.screen import last_line, screen_text, without_redraws


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        ("one\ntwo\x1b[A!", "one!\ntwo"),
        ("one\ntwo\x1b[2A\rO", "One\ntwo"),
        ("one\n\x1b[3Bx", "one\n\n\n\nx"),
        ("abc\x1b[2Dx", "axc"),
        ("a\x1b[3Cb", "a   b"),
        ("one\x1b[Etwo\x1b[Fthree", "three\ntwo"),
        ("abc\x1b[2Gx", "axc"),
        ("abc\x1b[2`x", "axc"),
        ("a\nb\nc\x1b[2dx", "a\nbx\nc"),
        ("old\x1b[Hnew", "new"),
        ("one\ntwo\x1b[2;2fW", "one\ntWo"),
        ("abc\x1b[2D\x1b[K", "a"),
        ("abc\b\x1b[1Kx", "  x"),
        ("abc\x1b[2Kx", "   x"),
        ("one\ntwo\nthree\x1b[A\r\x1b[J", "one"),
        ("one\ntwo\nthree\x1b[A\x1b[1Jx", "\n     x\nthree"),
        ("one\ntwo\x1b[2Jx", "\n   x"),
        ("abc\x1b[3D\x1b[2@x", "x abc"),
        ("abc\r\x1b[P", "bc"),
        ("abc\r\x1b[2X", "  c"),
        ("one\ntwo\x1b[A\r\x1b[Lnew", "new\none\ntwo"),
        ("one\ntwo\r\x1b[A\x1b[Mx", "xwo"),
        ("one\r\x1bMnew", "new\none"),
        ("one\ntwo\x1bM!", "one!\ntwo"),
        ("one\x1bEtwo\x85three", "one\ntwo\nthree"),
        ("one\x1b7\r\ntwo\x1b8!", "one!\ntwo"),
        ("one\x1bctwo", "two"),
        ("a\tb\x1b[m", "a       b"),
        ("한글\x1b[m\b\b\x1b[K!", "한!"),
        ("e\u0301\x1b[m", "e\u0301"),
        ("한\u0301\x1b[m", "한\u0301"),
        ("\u0301x\x1b[m", "x"),
    ],
)
def test_each_sequence_does_what_a_terminal_does(output: str, shown: str) -> None:
    assert screen_text(output.replace("\n", "\r\n").encode()) == shown


@pytest.mark.parametrize(
    "unknown",
    [
        *(
            "\x1b[?4m",
            "\x1b[7K",
            "\x1b[;K",
            "\x1b[?6n",
            "\x1b[48J",
            "\x1b[>0;276;0c",
            "\x1b[!p",
            "\x1b(B",
            "\x1b#8",
            "\x1b[1$r",
        ),
        *("\x1b[6n", "\x1b]0;title\x1b\\", "\x1bP+q\x1b\\", "\x1b[3;7r", "\x18"),
        *("\x1b[" + "1" * 5000 + "m", "\x1b[" + ";" * 5000 + "m"),
    ],
)
def test_what_is_no_text_and_moves_nothing_is_passed_over(unknown: str) -> None:
    assert screen_text(f"one{unknown} two\r\n".encode()) == "one two"


FINALS = "ABCDEFGHJKLMPSTXZ@`abcdefghilmnpqrstuxyz"
PIECES = [
    *"\x1b\x9b\x9d\x90?;1e 한\u0301\u200d\t\r\n\b\x0b\x84\x07\x00",
    *("99999", "\x1b[", "\x1b\\", "\x1b#8", "\x1b(0", "\x1b]0;", "\x1bM", "\x1bD", "\x1bE", "\x1b7", "\x1b8", "\x1bc"),
    *(f"\x1b[{number}{final}" for number in ("", "0", "2", "77", "?25") for final in FINALS),
]


@pytest.mark.parametrize("seed", range(40))
def test_no_output_raises_and_none_leaves_what_another_terminal_would_obey(seed: int) -> None:
    chance = random.Random(seed)
    made = "".join(chance.choices(PIECES, k=400)).encode() + chance.randbytes(200)
    shown = screen_text(made)
    assert [sign for sign in shown if (ord(sign) < 32 and sign != "\n") or 127 <= ord(sign) < 160] == []
    assert last_line(made) == screen_text(made[made.rfind(b"\n") + 1 :])


@pytest.mark.parametrize("one", ["\x1bM", "\x1b[L", "\x1b[9999L", "\n", "\x1b[9999B\n", "\x1b[2J\n", "\x1b[9999Cx\n"])
def test_the_cursor_comes_back_to_a_bounded_part_of_the_screen(one: str) -> None:
    """So that each step costs the same, however much was printed before."""
    screen = Cells()
    for _ in range(3):
        screen.feed(one * 500)
        assert len(screen._rows) <= ROWS
        assert max(map(len, screen._rows)) <= WIDEST + 1


def test_what_scrolled_out_stays_as_it_is() -> None:
    lines = [f"line {number}" for number in range(ROWS * 2)]
    assert screen_text(("\x1b[m" + "\r\n".join(lines)).encode()) == "\n".join(lines)
    assert screen_text(("\r\n".join(lines) + "\x1b[9999A\x1b[9999DX").encode()).split("\n")[ROWS] == f"Xine {ROWS}"


def test_a_cell_takes_so_many_marks_and_no_more() -> None:
    assert len(screen_text(b"e\x1b[m" + "\u0301".encode() * 500)) < 50


def test_blanks_that_no_program_leaves_are_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_BLANKS", 300)
    assert len(screen_text(b"\x1b[151Gx\r\n" * 10)) == 300 + 10 + 9


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("out", "out"),
        ("\nout", "\nout"),
        ("\n/ # \nout", "out"),
        ("/ # ls\n\n/ # ls\nbin", "bin"),
        ("out\n/ # ls", "out\n/ # ls"),
        ("/ # ls -l\nbin", "/ # ls -l\nbin"),
    ],
)
def test_what_is_drawn_anew_before_an_output_is_left_out(text: str, output: str) -> None:
    assert without_redraws(text, "/ # ", "ls") == output
