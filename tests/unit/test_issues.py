"""What a night posts: an issue a cause, one where too much drifts at once, none for what is expected or flaky."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from harness import shapes
from harness.evidence.facts import BlockFact, DifferenceFact, Lane, Outcome, PageFact, StepFact
from harness.evidence.summary import Summary, count
from harness.night import expected
from harness.night.causes import causes
from harness.night.compare import Tonight, compare
from harness.night.expected import WrongExpected
from harness.night.findings import NO_NIGHT, Night
from harness.night.history import History, with_night
from harness.night.issues import issues
from harness.night.markdown import markdown
from harness.night.saved import from_json, to_json

NIGHTS = [f"2026-11-{day:02}T17:00:00+00:00" for day in range(1, 29)]


def ran(
    name: str, actual: str = "", sample: str = "a", command: str = "docker ps", engine: str = "28", before: str = ""
) -> PageFact:
    """A page of one command, whose output is as its page shows it where no `actual` is given."""
    found = shapes.compare(sample, actual or sample, shapes.Bindings())
    differences = [DifferenceFact(one.line + 1, one) for one in found]
    outcome = Outcome.DIFFERS if differences else Outcome.PASSED
    typed = [StepFact(1, before, Outcome.PASSED)] if before else []
    step = StepFact(2, command, outcome, sample=sample, actual=actual, differences=differences)
    snippet = f"{name}/a.console"
    block = BlockFact(3, "session", snippet, f"snippets/{snippet}", "0" * 64, [*typed, step], outcome)
    return PageFact(f"docs/{name}.md", engine, "28.5.1", Lane.HUB, NIGHTS[0], blocks=[block])


NOTHING = Summary(count([]), ["28"], None)  # of a run of which nothing is counted


def night(
    evidence: Sequence[PageFact],
    last: Night = NO_NIGHT,
    history: History | None = None,
    may_stay: dict[str, str] | None = None,
) -> Night:
    engines = sorted({page.engine for page in evidence})
    pages = {page.page: "" for page in evidence}
    summary = Summary(count(evidence), engines, Lane.HUB)
    return compare(Tonight(NIGHTS[0], evidence, summary, pages), last, history or History(), may_stay or {})


def keys(found: Night) -> list[str]:
    return [issue.key for issue in issues(found)]


# -- causes


def copied(page: str, what: str) -> PageFact:
    """A page on which `docker cp` prints a line that it didn't print before."""
    return ran(page, f"Successfully copied {what}", "", f"docker cp {what.partition('to ')[2]} .")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (copied("a", "2.05kB to web:/etc/motd"), copied("b", "19.5MB to db:/var/lib/")),
        (ran("a", "TAG\nlatest", "NAME\nlatest"), ran("b", "TAG\n8", "NAME\n8")),
        (ran("a", "x\nwarning: 3 unused", "x"), ran("b", "y\nz\nwarning: 12 unused", "y\nz")),
        (
            ran("a", "Removing web\nweb gone", "web gone", "docker rm web"),
            ran("b", "Removing db\ndb gone", "db gone", "sudo docker rm db"),
        ),
        (
            ran("a", "x\ntrouble with blue-net", "x", before="docker network create blue-net"),
            ran("b", "x\ntrouble with red", "x", before="docker network create red"),
        ),
    ],
)
def test_differences_that_are_the_same_but_for_names_ids_and_numbers_have_one_cause(
    first: PageFact, second: PageFact
) -> None:
    [cause] = causes(night([first, second]).drifts)
    assert [drift.page for drift in cause.drifts] == ["docs/a.md", "docs/b.md"]


@pytest.mark.parametrize(
    "second",
    [
        ran("b", "x\nTwo", "x"),
        ran("b", "x", "x\nOne"),
        ran("b", "x\nOne", "x", "docker images"),
        ran("b", "x\nOne\nTwo", "x"),
    ],
)
def test_another_word_another_command_and_a_line_that_is_missing_are_other_causes(second: PageFact) -> None:
    assert len(causes(night([ran("a", "x\nOne", "x"), second]).drifts)) == 2


def test_a_step_that_drifts_in_two_ways_on_two_engines_has_two_causes() -> None:
    found = causes(night([ran("a", "One"), ran("a", "Two", engine="29"), ran("a", "Two", engine="28c")]).drifts)
    assert [[*cause.drifts[0].engines] for cause in found] == [["28"], ["28c", "29"]]


# -- an issue a cause


def test_a_drift_on_two_pages_by_one_cause_is_one_issue_that_lists_both() -> None:
    [issue] = issues(night([copied("a", "2.05kB to web:/etc/motd"), copied("b", "2.05kB to db:/srv"), ran("c")]))
    assert issue.title == f"[{issue.key}] docs/a.md: docker cp web:/etc/motd . and 1 more"
    assert issue.body.startswith("""\
One difference, in 2 steps of 2 pages:

- `docs/a.md:3` `docker cp web:/etc/motd .` on 28
- `docs/b.md:3` `docker cp db:/srv .` on 28

""")
    assert f'cause = "{issue.key}"' in issue.body
    assert re.findall("^### .*", issue.body, re.MULTILINE) == [
        "### `docs/a.md:3` `docker cp web:/etc/motd .`",
        "### `docs/b.md:3` `docker cp db:/srv .`",
    ]


def test_an_issue_closes_when_its_last_page_is_repaired() -> None:
    first = night([copied("a", "1kB to a:/x"), copied("b", "1kB to b:/x")])
    second = night([ran("a"), copied("b", "1kB to b:/x")], first)
    third = night([ran("a"), ran("b")], second)
    assert (keys(second), second.closed, third.closed) == (keys(first), [], keys(first))


def test_an_issue_of_another_difference_takes_the_place_of_the_first() -> None:
    first = night([ran("a", "One")])
    second = night([ran("a", "Two")], first)
    assert (keys(first) == keys(second), second.closed) == (False, keys(first))


HOSTILE = [
    "a`\n\n- `docs/c.md:1` `b",
    "`" * 5 + "\n- `c` `d`",
    "$(id) <b> @all ![](x) \x1b[2J \u202e",
    " ` ",
    "- a",
    "``",
    "a\n### b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_command_or_an_output_says_an_issue_lists_only_where_it_drifts(text: str) -> None:
    found = night(
        [ran("a", f"{text}\n- `docs/x.md:1` `y`", command=f"echo {text}"), ran("b", text, command=text), *many(0)]
    )
    assert len(issues(found)) == len(causes(found.drifts))


def test_an_issue_that_does_not_read_back_is_not_posted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.night.issues.show", lambda drift: "- `docs/b.md:1` `another`")
    with pytest.raises(ValueError, match=r"is not posted: read back it shows .*another.*, expected"):
        issues(night([ran("a", "One")]))


def test_an_issue_is_no_longer_than_what_github_takes() -> None:
    long = "\n".join("long " * 60 + "x" * number for number in range(9))
    pages = [ran(f"page{number}", long, command=f"docker ps {'-a ' * number}") for number in range(120)]
    [issue] = issues(night([*pages, *(ran(f"other{number}") for number in range(9))]))
    assert 50_000 < len(issue.body) <= 61_000
    assert "and 20 more, in the evidence" in issue.body


# -- too much at once


def many(number: int, good: int = 100) -> list[PageFact]:
    """As many pages that each drift in their own way, beside good ones."""
    words = [f"{one}{two}" for one in "abcdefgh" for two in "ijklmnop"]
    return [*(ran(f"p{at}", words[at] * 3) for at in range(number)), *(ran(f"good{at}") for at in range(good))]


def test_more_than_ten_new_causes_are_one_issue_until_there_are_ten() -> None:
    assert len(issues(night(many(10)))) == 10
    [flood] = issues(night(many(40)))
    assert (flood.key, flood.title) == (night(many(40)).flood, f"[{flood.key}] 40 differences at once")
    assert flood.body.startswith("40 differences, in 40 steps of 40 pages.")
    assert flood.body.count("\n- `docs/p") == 40


def test_a_flood_goes_on_the_night_after_and_when_it_is_over_each_gets_its_issue() -> None:
    first = night(many(40))
    second = night(many(40), first)
    third = night([*many(4, good=0), *(ran(f"p{at}") for at in range(4, 100))], second)
    assert keys(second) == keys(first) == [first.flood]
    assert (len(issues(third)), third.flood, first.flood in third.closed) == (4, "", True)
    assert markdown(third).count("\n### ") == 4


def test_what_has_an_issue_is_kept_up_to_date_in_a_flood() -> None:
    first = night(many(2))
    second = night(many(40), first)
    assert keys(second) == [*keys(first), second.flood]


def test_a_quarter_of_an_engines_pages_is_one_issue_and_says_on_which_engine() -> None:
    on_29 = [ran(f"p{at}", word * 4, engine="29") for at, word in enumerate("xyz")]
    good = [ran(f"q{at}", engine="29") for at in range(8)]
    found = night([*on_29, *good, ran("p0", "x" * 4), *(ran(f"q{at}") for at in range(8))])
    assert len(keys(found)) == 2  # what drifts on 28 too has its own
    assert "- 29: 3 of 11 pages drift" in issues(found)[-1].body
    assert not night([*on_29, *good, ran("r", engine="29")]).flood  # 3 of 12: not more than a quarter


def test_one_cause_is_one_issue_on_however_many_pages() -> None:
    found = night([copied(f"p{number}", "1kB to web:/x") for number in range(9)])
    assert [issue.title.partition("] ")[2] for issue in issues(found)] == ["docs/p0.md: docker cp web:/x . and 8 more"]


def test_what_was_held_back_and_is_not_judged_tonight_stays_held_back() -> None:
    first = night(many(40))
    pages = dict.fromkeys((drift.page for drift in first.drifts), "")
    lost = compare(Tonight(NIGHTS[1], [], NOTHING, pages), first)
    assert (keys(lost), lost.closed) == ([], [])
    assert keys(night(many(40), lost)) == [first.flood]


# -- what is expected, what is flaky


def test_what_is_expected_opens_no_issue_closes_its_own_and_is_no_alarm() -> None:
    first = night([ran("a", "One"), ran("b")])
    second = night([ran("a", "One"), ran("b")], first, may_stay=dict.fromkeys(keys(first), "only on Fridays"))
    assert (keys(second), second.closed, second.status) == ([], keys(first), 0)
    assert f"## Expected\n\n- `docs/a.md:3` `docker ps` on 28 (`{keys(first)[0]}`): `only on Fridays`" in markdown(
        second
    )
    another = night([ran("a", "Two"), ran("b")], second, may_stay=dict.fromkeys(keys(first), "only on Fridays"))
    assert (len(keys(another)), another.closed, another.status) == (1, [], 1)


def test_a_drift_that_is_no_longer_expected_is_open_again_since_it_was_first_seen() -> None:
    first = night([ran("a", "One")])
    second = night([ran("a", "One")], first, may_stay=dict.fromkeys(keys(first), "once"))
    third = night([ran("a", "One")], second)
    assert (keys(third), third.drifts[0].engines["28"].new) == (keys(first), False)


UNSEEN = "Expected, and not seen any more\n\n- `{}` in `tests/expected.toml`: nothing shows this difference any more"


def test_a_row_of_what_is_expected_that_nothing_shows_any_more_is_named() -> None:
    first = night([ran("a", "One"), ran("b")])
    may_stay = {keys(first)[0]: "only on Fridays", "0123abcd": "never seen"}
    second = night([ran("a", "One"), ran("b")], first, may_stay=may_stay)
    assert (second.stale, second.status) == (["0123abcd"], 0)
    assert "# Night of 2026-11-01: 1 expected in vain" in markdown(second)
    assert UNSEEN.format("0123abcd") in markdown(second)
    third = night([ran("a"), ran("b")], second, may_stay=may_stay)
    assert third.stale == sorted(may_stay)
    assert from_json(json.loads(json.dumps(to_json(third)))) == third


def test_where_not_all_was_judged_no_row_is_named() -> None:
    first = night([ran("a", "One")])
    may_stay = dict.fromkeys(keys(first), "only on Fridays")
    second = night([ran("a", "One")], first, may_stay=may_stay)
    lost = compare(Tonight(NIGHTS[1], [], NOTHING, {"docs/a.md": ""}), second, expected=may_stay)
    assert lost.stale == []
    one_page = compare(Tonight(NIGHTS[1], [], NOTHING, {"docs/a.md": None}), second, expected=may_stay)
    assert one_page.stale == []


def test_what_is_expected_on_an_engine_that_rests_stays_so() -> None:
    first = night([ran("a", "One", engine="26"), ran("a")])
    may_stay = dict.fromkeys(keys(first), "only on Fridays")
    tonight = night([ran("a", "One", engine="26"), ran("a")], first, may_stay=may_stay)
    for date in NIGHTS[1:4]:
        on_28 = Tonight(date, [ran("a")], NOTHING, {"docs/a.md": ""}, engines=["28"], resting=["26"])
        tonight = compare(on_28, tonight, expected=may_stay)
        assert (tonight.stale, tonight.closed, [*tonight.expected[0].engines]) == ([], [], ["26"])


def flaky_history(*each: PageFact) -> History:
    history = History()
    for date, page in zip(NIGHTS, each, strict=False):
        history = with_night(history, date, [page])
    return history


def test_what_comes_and_goes_is_named_as_flaky_and_opens_no_issue() -> None:
    good, bad = ran("a"), ran("a", "One")
    found = night([bad], history=flaky_history(good, bad, good, bad))
    assert (keys(found), found.drifts, found.status) == ([], [], 6)
    assert "# Night of 2026-11-01: 1 flaky" in markdown(found)
    assert "on 28 (`" in markdown(found)
    assert "`judged otherwise 3 times in 4 nights, with nothing changed`" in markdown(found)


def test_a_drift_says_when_its_example_last_held_and_on_which_version() -> None:
    found = night([ran("a", "One")], history=flaky_history(ran("a"), ran("a"), ran("a", "One")))
    assert "on 28: new, first seen 2026-11-01, held on 2026-11-02 with `28.5.1`." in markdown(found)


def test_an_engine_of_another_version_is_told_with_what_drifts_on_it() -> None:
    newer = ran("a", "One")
    newer.version = "28.5.2"
    found = night([newer], history=flaky_history(ran("a"), newer))
    assert "## Other versions\n\n- 28: `28.5.2`, before `28.5.1`; 1 drifted anew on it\n" in markdown(found)
    quiet = ran("a")
    quiet.version = "28.5.2"
    text = markdown(night([quiet], history=flaky_history(ran("a"), quiet)))
    assert text.startswith("Night of 2026-11-01: nothing to do. ")
    assert text.endswith("## Other versions\n\n- 28: `28.5.2`, before `28.5.1`; 0 drifted anew on it\n")


# -- the file of what is expected


def test_what_may_stay_is_read_with_its_reason(tmp_path: Path) -> None:
    assert expected.read(tmp_path) == {}
    (tmp_path / "tests").mkdir()
    (tmp_path / expected.FILE).write_text('[[expected]]\ncause = "0123abcd"\nreason = "Fridays"\n')
    assert expected.read(tmp_path) == {"0123abcd": "Fridays"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[expected]]\ncause = "*"\nreason = "x"\n', "expected[0].cause: found"),
        ('[[expected]]\ncause = "0123abcd"\nreason = " "\n', "expected[0].reason: found nothing, expected why"),
        ('[[expected]]\ncause = "0123abcd"\n', "expected[0].reason: found nothing"),
        ("expected = 1\n", "expected: found `1`, expected a list"),
        ("[[expect]]\n", "expect: found a field that is not known"),
        ("= 1\n", "Invalid statement (at line 1, column 1)"),
    ],
)
def test_a_file_that_says_something_else_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / expected.FILE).write_text(text)
    with pytest.raises(WrongExpected) as error:
        expected.read(tmp_path)
    assert str(error.value).startswith(f"{tmp_path / expected.FILE}: {said}")


def test_the_projects_own_file_is_one() -> None:
    assert expected.read(Path(__file__).parents[2]) == {}
