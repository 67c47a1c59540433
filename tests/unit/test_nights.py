"""What readers see of earlier nights: since when, and the last of them as a strip."""

import re

import pytest

from harness.evidence.facts import Outcome
from harness.night.history import Streak, Stretch
from harness.site.nights import Nights, since, strip

LETTERS = {"p": Outcome.PASSED, "d": Outcome.DIFFERS, "b": Outcome.BROKEN, "u": Outcome.UNCHECKED, ".": None}
BEFORE = Stretch("", "", "", Outcome.DIFFERS, 0)


def nights(**engines: str) -> list[Nights]:
    """By engine, a letter a night."""
    return [Nights(f"Docker {name}", [LETTERS[letter] for letter in letters]) for name, letters in engines.items()]


def paths(shown: str) -> dict[str, str]:
    return dict(re.findall(r'<path class="(\w+)" d="([^"]+)"/>', shown))


def words(shown: str) -> str:
    return re.sub(r"<[^>]+>", "", shown)


def streak(day: int, before: Stretch | None) -> Streak:
    return Streak(Outcome.PASSED, f"2026-11-{day:02}T08:00:00+00:00", "28", before)


def test_the_day_is_that_of_readers_clocks() -> None:
    assert since([Streak(Outcome.PASSED, "2026-08-01T17:17:00+00:00", "28", BEFORE)]) == "2026-08-02"


@pytest.mark.parametrize(
    ("streaks", "day"),
    [
        ([], ""),
        ([streak(2, None)], ""),
        ([streak(2, None), streak(3, BEFORE)], "2026-11-03"),
        ([streak(2, BEFORE), streak(3, None)], ""),
        ([streak(3, None), streak(3, BEFORE)], "2026-11-03"),  # whatever the one was before, the other was not
    ],
)
def test_all_are_so_since_the_last_of_them_is_where_that_is_known(streaks: list[Streak], day: str) -> None:
    assert since(streaks) == day


def test_passed_is_low_differs_high_and_what_was_not_judged_dotted() -> None:
    assert paths(strip(nights(a="ppdpb"))) == {
        "low": "M0 1m85 0h2m1 0h1m1 0",
        "high": "M0 1m87 0h1m2 0",
        "dots": "M0 1m89 0h1",
    }


def test_the_newest_night_is_at_the_right_and_where_nothing_is_known_nothing_is_drawn() -> None:
    assert paths(strip(nights(a="p..pp"))) == {"low": "M0 1m85 0h1m2 0h2"}
    assert paths(strip(nights(a="p" * 90))) == {"low": "M0 1h90"}


def test_a_night_is_drawn_as_the_worst_of_its_engines() -> None:
    assert paths(strip(nights(a="ppp.", b="pdb.", c="p..."))) == {
        "low": "M0 1m86 0h1m3 0", "high": "M0 1m87 0h1m2 0", "dots": "M0 1m88 0h1m1 0",
    }  # fmt: skip


def test_words_say_the_same_and_on_which_engines_where_not_on_all() -> None:
    assert words(strip(nights(a="pp", b="p."))) == "밤 실행 2번: 모두 확인됨"
    assert words(strip(nights(a="ppp", b="dpb"))) == (
        "밤 실행 3번: 확인됨 1번 · 달라짐 1번: Docker b · 판정하지 못함 1번: Docker b"
    )
    assert words(strip(nights(a="dp", b="pd"))) == "밤 실행 2번: 달라짐 2번"


@pytest.mark.parametrize("letters", ["", "...", "uuu", "b"])
def test_what_was_never_judged_has_no_strip(letters: str) -> None:
    assert strip(nights(a=letters)) == ""


def test_no_name_of_an_engine_becomes_a_tag() -> None:
    assert "<b>" not in strip([Nights("<b>", [Outcome.DIFFERS]), Nights("b", [Outcome.PASSED])])
