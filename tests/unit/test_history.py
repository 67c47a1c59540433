"""What is known of an example over the nights, and what of it a file brings back."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harness.claims.characters import printable
from harness.evidence.facts import BlockFact, ImageFact, Lane, Outcome, PageFact, StepFact
from harness.night import history_file
from harness.night.findings import Release
from harness.night.history import (
    NIGHTS,
    SHOWN_NIGHTS,
    Duration,
    ExampleName,
    Flips,
    History,
    Streak,
    Stretch,
    with_night,
)

PAGE = "docs/images.md"
NAME = ExampleName(PAGE, "images/list.console", "28")
FIRST = datetime(2026, 8, 2, 17, tzinfo=UTC)


def date(night: int) -> str:
    """The date of a night, from 0."""
    return (FIRST + timedelta(days=night)).isoformat(timespec="seconds")


def ran(outcome: str = "passed", version: str = "28.5.1", seconds: float = 2.0, **changed: str) -> PageFact:
    """A page of one example, which came out so."""
    name = changed.get("snippet", NAME.snippet)
    step = StepFact(1, "docker images", Outcome(outcome))
    text = changed.get("text", "a").ljust(64, "0")
    block = BlockFact(3, "session", name, f"snippets/{name}", text, [step], Outcome(outcome), seconds=seconds)
    images = {"centos:latest": ImageFact("sha256:" + changed.get("image", "1").ljust(64, "0"), standin=False)}
    engine = changed.get("engine", "28")
    return PageFact(PAGE, engine, version, Lane.HUB, FIRST.isoformat(), images=images, blocks=[block])


def nights(*each: PageFact | None, before: History | None = None) -> History:
    """The history of nights, in each of which this page was run (None: its engine was not)."""
    history = before or History()
    for page in each:
        last = [datetime.fromisoformat(night.date) for night in history.nights[-1:]]
        tonight = date((last[0] - FIRST).days + 1 if last else 0)
        history = with_night(history, tonight, [page or ran(engine="26")])
    return history


def stretches(history: History) -> list[tuple[str, str, str]]:
    """The first and the last night of each stretch, and what it is."""
    return [(one.first, one.last, one.outcome) for one in history.examples[NAME].stretches]


# -- since when


def test_nights_in_a_row_that_are_the_same_are_one_stretch() -> None:
    assert stretches(nights(ran(), ran(), ran("differs"), ran("differs"))) == [
        (date(0), date(1), "passed"),
        (date(2), date(3), "differs"),
    ]


def test_an_example_drifts_since_the_night_after_it_last_held_and_says_on_which_versions() -> None:
    history = nights(ran(), ran(), ran("differs", "28.5.2"), ran("differs", "28.5.3"))
    before = Stretch(date(0), date(1), "28.5.1", Outcome.PASSED, 2.0, sample="a0000000")
    assert history.streak(NAME) == Streak(Outcome.DIFFERS, date(2), "28.5.2", before)


def test_what_was_before_the_first_night_that_is_known_is_unknown() -> None:
    assert nights(ran(), ran()).streak(NAME) == Streak(Outcome.PASSED, date(0), "28.5.1", None)
    assert nights(None, ran("broken")).streak(NAME) is None
    assert History().streak(NAME) is None


def test_nights_that_could_not_judge_an_example_end_no_streak() -> None:
    history = nights(ran("differs"), ran(), ran("broken"), ran("blocked"), None, ran())
    streak = history.streak(NAME)
    assert streak
    assert (streak.outcome, streak.first, streak.before and streak.before.last) == ("passed", date(1), date(0))


def test_a_night_without_the_example_parts_two_stretches_so_that_nothing_is_said_of_it() -> None:
    other = ran(snippet="images/other.console")
    assert stretches(nights(ran(), other, ran())) == [(date(0), date(0), "passed"), (date(2), date(2), "passed")]
    assert stretches(nights(ran(), None, ran())) == [(date(0), date(2), "passed")]  # its engine had no night then


@pytest.mark.parametrize(
    ("first", "second", "known"),
    [(2.0, 2.9, [2.0]), (0.1, 0.9, [0.1]), (10.0, 19.0, [10.0]), (10.0, 21.0, [10.0, 21.0]), (10.0, 4.0, [10.0, 4.0])],
)
def test_another_time_is_kept_where_it_is_by_more_than_a_second_and_a_factor_of_two(
    first: float, second: float, known: list[float]
) -> None:
    history = nights(ran(seconds=first), ran(seconds=second))
    assert [one.seconds for one in history.examples[NAME].stretches] == known


def test_a_snippet_that_a_page_shows_twice_came_out_as_the_worse_of_both() -> None:
    page = ran()
    page.blocks += ran("differs").blocks
    assert stretches(nights(page)) == [(date(0), date(0), "differs")]


def test_a_file_that_the_reader_writes_is_no_example() -> None:
    page = ran()
    page.blocks = [replace(page.blocks[0], kind="file")]
    assert nights(page).examples == {}


def test_a_clock_that_was_put_back_puts_no_night_before_another() -> None:
    history = with_night(nights(ran(), ran()), date(-9), [ran("differs")])
    assert [night.date for night in history.nights] == [date(0), date(1), date(1)]
    assert history_file.from_lines(history_file.to_lines(history), "h", pytest.fail) == history


def test_an_engine_that_has_another_version_is_a_release_in_its_first_night_only() -> None:
    after = nights(ran(), ran(version="28.5.2"))
    assert nights(ran(), ran()).releases() == []
    assert after.releases() == [Release("28", "28.5.1", "28.5.2")]
    assert nights(ran(version="28.5.2"), before=after).releases() == []
    assert History().releases() == []


A, B = "a".ljust(64, "0"), "b".ljust(64, "0")


def test_a_text_holds_since_the_night_in_which_it_was_first_judged() -> None:
    history = nights(ran(), ran(), ran(text="b"), ran(text="b"))
    before = Stretch(date(0), date(1), "28.5.1", Outcome.PASSED, 2.0, sample=A[:8])
    assert history.streak(NAME, B) == Streak(Outcome.PASSED, date(2), "28.5.1", before)
    assert history.streak(NAME) == Streak(Outcome.PASSED, date(0), "28.5.1", None)


def test_a_text_that_was_not_the_last_to_be_judged_holds_since_nobody_knows_when() -> None:
    assert nights(ran(), ran(text="b")).streak(NAME, A) is None
    assert nights(ran(), ran(text="b")).streak(NAME, "c" * 64) is None


def test_where_a_line_does_not_say_which_text_was_judged_that_is_unknown() -> None:
    old = nights(ran())
    example = old.examples[NAME]
    stretches = [replace(stretch, sample="") for stretch in example.stretches]
    history = nights(ran(), ran(), before=History(old.nights, {NAME: replace(example, stretches=stretches)}))
    assert history.streak(NAME, A) == Streak(Outcome.PASSED, date(1), "28.5.1", None)


# -- night by night


def test_each_night_has_what_the_example_came_to_and_none_where_it_was_not_run() -> None:
    history = nights(ran(), None, ran("differs"), ran("broken"), ran(snippet="images/other.console"), ran())
    assert history.outcomes(NAME) == ["passed", None, "differs", "broken", None, "passed"]
    assert history.outcomes(NAME._replace(engine="20.10")) == [None] * 6


def test_of_many_nights_the_last_90_are_shown() -> None:
    history = nights(ran("differs"), *[ran()] * SHOWN_NIGHTS)
    assert history.outcomes(NAME) == ["passed"] * 90
    assert [night.date for night in history.shown_nights()] == [date(night) for night in range(1, 91)]


def test_a_duration_is_told_where_it_is_another_and_only_of_nights_that_held() -> None:
    history = nights(
        ran(), ran(seconds=2.5), ran("differs", seconds=60), ran(seconds=9), ran(seconds=3), ran(seconds=3)
    )
    assert history.durations(NAME) == [Duration(date(0), 2.0), Duration(date(3), 9), Duration(date(4), 3)]
    assert History().durations(NAME) == []


# -- flips


def test_a_change_of_the_page_the_engine_or_the_images_is_no_flip() -> None:
    changes = [ran("differs", text="b"), ran("differs", "28.5.2"), ran("differs", image="2")]
    assert [nights(ran(), change).flips(NAME) for change in changes] == [Flips(0, 2)] * 3
    assert nights(ran(), ran("differs")).flips(NAME) == Flips(1, 2)


def test_what_comes_and_goes_is_flaky_and_what_comes_once_is_drift() -> None:
    assert not nights(*[ran()] * 9, ran("differs")).flips(NAME).are_flaky
    assert nights(*[ran()] * 9, ran("differs"), ran()).flips(NAME).are_flaky
    assert not Flips(2, 300).are_flaky  # under 1 %


def test_a_night_that_was_not_judged_is_no_flip_and_hides_none() -> None:
    assert nights(ran(), ran("broken"), ran()).flips(NAME) == Flips(0, 2)
    assert nights(ran(), ran("broken"), ran("differs")).flips(NAME) == Flips(1, 2)
    assert nights(ran(), ran("broken", image="2"), ran("differs", image="2")).flips(NAME) == Flips(0, 2)


def test_flips_are_those_of_the_last_45_nights() -> None:
    flaky = nights(ran(), ran("differs"), ran())
    assert nights(*[ran()] * 44, before=flaky).flips(NAME) == Flips(1, 45)
    assert nights(*[ran()] * 45, before=flaky).flips(NAME) == Flips(0, 45)
    assert History().flips(NAME) == Flips(0, 0)


# -- bounds


def test_400_nights_are_kept_and_a_stretch_that_reaches_into_them_keeps_its_beginning() -> None:
    history = nights(ran("differs"), *[ran()] * NIGHTS)
    assert (len(history.nights), history.nights[0].date) == (NIGHTS, date(1))
    assert history.streak(NAME) == Streak(Outcome.PASSED, date(1), "28.5.1", None)
    assert nights(ran(), *[None] * NIGHTS).examples.keys() == {NAME._replace(engine="26")}


# -- the file


def history() -> History:
    return nights(ran(), ran("differs"), None, ran(snippet="images/other.console"))


def test_a_file_brings_a_history_back(tmp_path: Path) -> None:
    history_file.save(tmp_path / "history.jsonl", history())
    assert history_file.load(tmp_path / "history.jsonl", pytest.fail) == history()
    assert history_file.load(tmp_path / "none.jsonl", pytest.fail) == History()


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    said: list[str] = []
    assert history_file.load(tmp_path, said.append) == History()
    assert [text.startswith("the history is not known: ") for text in said] == [True]


def test_of_many_lines_that_cannot_be_read_the_first_is_named_and_all_are_counted() -> None:
    said: list[str] = []
    assert history_file.from_lines("x\n" * 1000, "history.jsonl", said.append) == History([])
    [line] = said
    assert line.startswith("history.jsonl:1: this line of the history is left out: ")
    assert line.endswith(" (1000 lines in all)")


def poison(lines: Sequence[str], at: int, line: str) -> tuple[History, list[str]]:
    """What is read where another line stands at a place of it, and what is said."""
    said: list[str] = []
    text = "".join(f"{one}\n" for one in [*lines[:at], line, *lines[at + 1 :]])
    return history_file.from_lines(text, "history.jsonl", said.append), said


@pytest.mark.parametrize(
    "line",
    ["", "\x00", '{"schema":1', "[]", "7", '{"schema":2,"date":""}', '{"schema":1,"date":"<script>","engines":[]}',
     '{"schema":1}', "[" * 100_000, '{"schema":1,"date":1e999}', '{"schema":NaN}', '{"schema":"\x7f\\u009b2J"}'],
)  # fmt: skip
def test_a_poisoned_line_costs_itself_and_is_named(line: str) -> None:
    lines = history_file.to_lines(history()).splitlines()
    for at in range(len(lines)):
        read, said = poison(lines, at, line)
        whole = history()
        lost = dict(enumerate(whole.nights)).get(at)
        names = [*whole.examples]
        assert [night for night in whole.nights if night not in read.nights] == ([lost] if lost else [])
        assert [name for name in names if name not in read.examples] == ([] if lost else [names[at - 4]])
        assert [text.partition(": this line of the history is left out: ")[0] for text in said] == [
            f"history.jsonl:{at + 1}"
        ]
        assert said == [printable(text) for text in said]


def test_an_example_whose_line_was_lost_says_unknown_and_not_since_tonight() -> None:
    lines = history_file.to_lines(nights(ran(), ran("differs"))).splitlines()
    read, _ = poison(lines, 2, "x")
    assert nights(ran("differs"), before=read).streak(NAME) == Streak(Outcome.DIFFERS, date(2), "28.5.1", None)


@pytest.mark.parametrize("dates", [[], [(2, 1)], [(3, 3), (1, 1)]])
def test_stretches_that_are_not_in_order_are_refused(dates: list[tuple[int, int]]) -> None:
    one = Stretch("", "", "28", Outcome.PASSED, 1.0)
    lines = history_file.to_lines(history()).splitlines()
    row = json.loads(lines[4]) | {
        "stretches": [replace(one, first=date(first), last=date(last)).__dict__ for first, last in dates]
    }
    assert len(poison(lines, 4, json.dumps(row))[1]) == 1
