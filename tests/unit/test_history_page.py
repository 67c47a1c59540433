"""The page that says of every example since when it holds or drifts, how often it flips, how long it takes."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from pymdownx.superfences import SuperFencesException  # type: ignore[import-untyped]

from harness.evidence.facts import BlockFact, Lane, Outcome, PageFact, StepFact, digest
from harness.night import history_file
from harness.night.history import History, with_night
from harness.site import history, inputs

from .test_status import PS, Project, rows, text_of

LS = "$ docker ls\n"
VERSIONS = {"28": "28.5.1+dfsg4", "28c": "28.5.1+dfsg4", "29": "29.1.0"}
LETTERS = {"p": Outcome.PASSED, "d": Outcome.DIFFERS, "b": Outcome.BROKEN}


class Nights(Project):
    """A project of a page with two examples, and its nights."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.history = History()
        self.page("page", {"first": PS, "second": LS})

    def night(
        self, outcomes: str, engines: Sequence[str] = ("28",), seconds: float = 2.0, text: str = PS, version: str = ""
    ) -> None:
        """A night in which the two examples came out so on engines."""
        pages = []
        for engine in engines:
            page = PageFact("docs/page.md", engine, version or VERSIONS[engine], Lane.HUB, "2026-11-24T00:00:00+00:00")
            for name, sample, letter in zip(("first", "second"), (text, LS), outcomes, strict=True):
                outcome = LETTERS[letter]
                snippet, step = f"page/{name}.console", StepFact(1, "docker ps", outcome)
                page.blocks.append(
                    BlockFact(1, "session", snippet, snippet, digest(sample), [step], outcome, seconds=seconds)
                )
            pages.append(page)
        date = f"2026-08-{len(self.history.nights) + 1:02}T17:17:00+00:00"
        self.history = with_night(self.history, date, pages)
        history_file.save(self.root / "build/evidence/history.jsonl", self.history)

    def shown(self) -> str:
        return history.show(inputs.read(self.root))

    def cells(self, name: str = "first 절") -> list[str]:
        """The row that has this example: its names, since when, its nights, its rate."""
        [row] = [row for row in rows(self.shown(), "history") if name in row[0]]
        return [cell.removeprefix("흔들린 비율 ") for cell in row]


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


def test_where_there_was_no_night_yet_that_is_said_and_no_table_shown(nights: Nights) -> None:
    assert "아직 기록이 없습니다" in text_of(nights.shown())
    assert "<table" not in nights.shown()


def test_the_page_says_how_far_the_history_reaches(nights: Nights) -> None:
    nights.night("pp")
    nights.night("pp")
    assert "기록은 2026-08-02부터 2026-08-03까지 밤 2번의 것이며" in text_of(nights.shown())


def test_an_example_has_its_heading_since_when_on_which_version_and_its_nights(nights: Nights) -> None:
    nights.night("dp", version="28.5.0")
    nights.night("pp")
    assert nights.cells() == [
        "first 절 docker ps 2.0초",
        "확인됨 2026-08-03 부터 Docker 28.5.1",
        "밤 실행 2번: 확인됨 1번 · 달라짐 1번",
        "0 %",
    ]
    assert nights.cells("second 절")[1] == "확인됨 (언제부터인지 알 수 없음) Docker 28.5.0"
    assert '<a href="page.html#first-절">' in nights.shown()


def test_examples_of_a_page_of_which_the_same_is_known_share_a_row(nights: Nights) -> None:
    nights.night("pp")
    nights.night("pp")
    assert nights.cells()[0] == "first 절 docker ps 2.0초 second 절 docker ls 2.0초"
    nights.night("dp")
    assert nights.cells()[0] == "first 절 docker ps 2.0초"


def test_engines_of_which_the_same_is_known_share_a_line_newest_first(nights: Nights) -> None:
    nights.night("pp", ["28", "28c"])
    nights.night("dp", ["29"])
    nights.night("pp", ["28", "28c", "29"])
    assert nights.cells()[1] == (
        "확인됨 2026-08-04 부터 Docker 29.1.0 "
        "확인됨 (언제부터인지 알 수 없음) Docker 28.5.1 (containerd), Docker 28.5.1"
    )


def test_a_drift_says_since_when_and_on_which_version(nights: Nights) -> None:
    nights.night("pp")
    nights.night("dp", version="28.5.2")
    nights.night("bp", version="28.5.3")
    assert nights.cells()[1:3] == [
        "달라짐 2026-08-03 부터 Docker 28.5.2",
        "밤 실행 3번: 확인됨 1번 · 달라짐 1번 · 판정하지 못함 1번",
    ]


def test_an_example_that_was_never_judged_or_edited_since_says_that_nothing_is_known(nights: Nights) -> None:
    nights.night("bp", text="$ docker ps\nold\n")
    assert nights.cells()[1] == "기록 없음 Docker 28"
    nights.night("pp", text="$ docker ps\nold\n")
    assert nights.cells()[1] == "기록 없음 Docker 28"
    nights.night("pp")
    assert nights.cells()[1] == "확인됨 2026-08-04 부터 Docker 28.5.1"


def test_an_example_that_is_not_run_says_so(nights: Nights) -> None:
    nights.page("page", {"first": PS, "second": LS}, "unchecked:\n  page/first.console: 인터넷\n")
    nights.night("bp")
    assert nights.cells() == ["first 절 docker ps", "확인하지 않음"]


def test_a_flaky_example_is_named_with_its_rate_and_its_engine(nights: Nights) -> None:
    for letter in "pdpppppppp":
        nights.night(f"{letter}p", ["28", "29"] if letter == "p" else ["28"])
    nights.night("pp", ["29"])
    assert nights.cells()[3] == "22 % 들쭉날쭉함 Docker 28"
    assert nights.cells("second 절")[3] == "0 %"
    assert nights.cells("페이지 전체")[3] == "5.6 %"  # of the whole page: 2 of 36


def test_a_duration_says_what_it_was_before(nights: Nights) -> None:
    for seconds in (2.0, 2.5, 9, 30, 1, 1.2):
        nights.night("pp", seconds=seconds)
    assert nights.cells()[0].startswith("first 절 docker ps 1.0초, 2026-08-06 전에는 30.0초, 2026-08-05 전에는 9.0초 ")


def test_a_page_as_a_whole_holds_since_the_last_of_its_examples_does(nights: Nights) -> None:
    nights.night("dd", version="28.5.0")
    nights.night("pd")
    nights.night("pp", version="28.5.2")
    assert nights.cells("페이지 전체") == [
        "페이지 전체 4.0초",
        "확인됨 2026-08-04 부터 Docker 28.5.2",
        "밤 실행 3번: 확인됨 1번 · 달라짐 2번",
        "0 %",
    ]


def test_a_page_as_a_whole_counts_what_differs_and_claims_nothing_where_nothing_is_known(nights: Nights) -> None:
    nights.night("pp")
    assert nights.cells("페이지 전체")[1] == "확인됨 (언제부터인지 알 수 없음)"
    nights.night("pd", ["28"])
    assert nights.cells("페이지 전체")[1] == "예제 1개 달라짐"
    nights.night("bd", ["28c"])
    assert nights.cells("페이지 전체")[1] == "예제 1개 달라짐 예제 1개 기록 없음"
    nights.page("page", {"first": PS + "new\n", "second": LS + "new\n"})
    assert nights.cells("페이지 전체")[1] == "예제 2개 기록 없음"


def test_a_page_without_examples_or_with_a_fault_has_no_table(nights: Nights) -> None:
    nights.night("pp")
    nights.write("docs/empty.md", "# 빈 페이지\n")
    nights.write("docs/wrong.md", "``` console\n$ typed\n```\n")
    assert nights.shown().count("<table") == 1


@pytest.mark.parametrize("text", [b"\xff\xfe\x00", b"[" * 100_000 + b"\n", b'{"schema":2}\n', b"{}\n" * 3])
def test_a_history_that_cannot_be_read_costs_itself_and_is_named_once(
    nights: Nights, capsys: pytest.CaptureFixture[str], text: bytes
) -> None:
    nights.prove([PS])
    (nights.root / "build/evidence/history.jsonl").write_bytes(text)
    project = inputs.read(nights.root)
    assert project.proofs[digest(PS)].outcome is Outcome.PASSED
    assert "아직 기록이 없습니다" in history.show(project)
    assert len(capsys.readouterr().err.splitlines()) == text.endswith(b"\n")


def test_a_history_that_is_a_folder_costs_itself_and_is_named(
    nights: Nights, capsys: pytest.CaptureFixture[str]
) -> None:
    (nights.root / "build/evidence/history.jsonl").mkdir(parents=True)
    assert "아직 기록이 없습니다" in nights.shown()
    assert capsys.readouterr().err.startswith("the history is not known: ")


def test_what_a_poisoned_line_says_of_other_pages_and_engines_is_shown_nowhere(nights: Nights) -> None:
    nights.night("pp")
    path = nights.root / "build/evidence/history.jsonl"
    before = nights.shown()
    lines = path.read_text().splitlines()
    other = lines[-1].replace("docs/page.md", "docs/evil.md"), lines[-1].replace('"28"', '"99"')
    path.write_text("".join(f"{line}\n" for line in (*lines, *other)))
    assert nights.shown() == before


@pytest.mark.parametrize("engines", ["[]", '["99"]'])
def test_nights_on_no_engine_that_is_there_are_shown_as_nothing(nights: Nights, engines: str) -> None:
    night = f'{{"schema":1,"date":"2026-08-01T00:00:00+00:00","engines":{engines}}}\n'
    nights.write("build/evidence/history.jsonl", night)
    assert nights.cells() == ["first 절 docker ps second 절 docker ls", "", "", "–"]
    assert nights.cells("페이지 전체") == ["페이지 전체", "", "", "–"]


def test_no_version_becomes_a_tag_and_a_version_without_a_number_is_shown_as_it_is(nights: Nights) -> None:
    nights.night("pp")
    path = nights.root / "build/evidence/history.jsonl"
    path.write_text(path.read_text().replace("28.5.1+dfsg4", "~none"))
    assert nights.cells()[1] == "확인됨 (언제부터인지 알 수 없음) Docker ~none"
    path.write_text(path.read_text().replace("~none", "<b>"))
    assert nights.cells()[1] == "기록 없음 Docker 28"


def test_a_changed_history_is_read_again_and_an_unchanged_one_is_not(nights: Nights) -> None:
    nights.night("pp")
    assert inputs.read(nights.root) is inputs.read(nights.root)
    before = inputs.read(nights.root)
    nights.night("pp")
    assert inputs.read(nights.root) is not before


def test_a_fault_of_ours_fails_the_build(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.project.ROOT", nights.root)
    assert "아직 기록이 없습니다" in history.history("", "history", "history", {}, None)  # type: ignore[arg-type]
    (nights.root / "tests/labs/engines.toml").unlink()
    with pytest.raises(SuperFencesException, match=r"engines\.toml"):
        history.history("", "history", "history", {}, None)  # type: ignore[arg-type]


def test_the_tables_are_the_same_whenever_they_are_made(nights: Nights) -> None:
    nights.night("dp", ["28", "28c", "29"])
    nights.night("pp", ["28", "29"])
    first = nights.shown()
    history_file.save(
        nights.root / "build/evidence/history.jsonl",
        history_file.load(nights.root / "build/evidence/history.jsonl", pytest.fail),
    )
    assert nights.shown() == first
    assert re.findall(r"style=", first) == []
