"""What the page of all examples and engines says of the evidence."""

import html
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pymdownx.superfences import SuperFencesException  # type: ignore[import-untyped]

from harness import shapes
from harness.claims import pages, sessions
from harness.claims.pages import Page
from harness.evidence import files
from harness.evidence.facts import BlockFact, DifferenceFact, ImageFact, Lane, Outcome, PageFact, StepFact, digest
from harness.shapes import Difference
from harness.site import examples, inputs, status

ENGINES = ("20.10", "28", "28c", "29")
DECLARED = """
[[engine]]
name = "20.10"
support = { ended = "2023-12-10", source = "https://example.com/20.10" }
[[engine]]
name = "28"
[[engine]]
name = "28c"
like = "28"
label = "28 (containerd)"
store = "containerd"
[[engine]]
name = "29"
"""
VERSIONS = {"20.10": "20.10.24+dfsg1", "28": "28.5.2+dfsg4", "28c": "28.5.2+dfsg4", "29": "29.7.2"}
PS = "$ docker ps\nCONTAINER ID   IMAGE\n"
CENTOS = {"centos:latest": ImageFact("sha256:" + "0" * 64, standin=True)}
INCLUDE = '``` console\n--8<-- "page/{}.console"\n```\n'


class Project:
    """A project on disk, its evidence, and the page that shows it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("tests/labs/engines.toml", DECLARED)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def page(self, name: str, snippets: dict[str, str], front_matter: str = "") -> None:
        """A page docs/NAME.md with a heading above each of its console blocks."""
        for snippet, text in snippets.items():
            self.write(f"snippets/page/{snippet}.console", text)
        blocks = "\n".join(f"## {snippet} 절\n\n{INCLUDE.format(snippet)}" for snippet in snippets)
        self.write(f"docs/{name}.md", f"---\ntitle: {name} 제목\n{front_matter}---\n\n{blocks}")

    def prove(
        self, texts: list[str], *outcomes: Outcome, engine: str = "28", page: str = "page", **fields: Any
    ) -> None:
        """Writes the evidence of a run of a page, whose blocks of these texts came out so (default: passed)."""
        values = {"lane": Lane.STANDIN, "started": "2026-11-24T08:00:00+00:00", "images": CENTOS, **fields}
        fact = PageFact(f"docs/{page}.md", engine, VERSIONS[engine], **values)
        for text, outcome in zip(texts, outcomes or [Outcome.PASSED] * len(texts), strict=True):
            steps = [StepFact(1, "docker ps", outcome, reason="<b>why</b>" if outcome is Outcome.BROKEN else "")]
            fact.blocks.append(BlockFact(1, "session", "", "", digest(text), steps, outcome))
        files.write_page(self.root / "build" / "evidence", fact)

    def drift(self, text: str, printed: str, engine: str = "28", found: Sequence[Difference] | None = None) -> None:
        """Writes the evidence of a run in which the first step of a page's only block printed this."""
        step = sessions.parse(text).steps[0]
        if found is None:
            found = shapes.compare(step.sample, printed, shapes.Bindings())
        differences = [DifferenceFact(one.line, one) for one in found]
        fact = PageFact("docs/page.md", engine, VERSIONS[engine], Lane.HUB, "2026-11-24T08:00:00+00:00")
        seen = StepFact(1, step.command, Outcome.DIFFERS, sample=step.sample, actual=printed, differences=differences)
        fact.blocks.append(BlockFact(1, "session", "", "", digest(text), [seen], Outcome.DIFFERS))
        files.write_page(self.root / "build" / "evidence", fact)

    def read(self, name: str = "page") -> Page:
        return pages.read(self.root / "docs" / f"{name}.md", self.root, ENGINES)

    def outcomes(self, name: str = "page") -> list[list[str]]:
        """For each example of a page, what became of it on each engine, oldest first."""
        found = examples.examine(self.read(name), inputs.read(self.root))
        return [[str(result.outcome) for result in example.results.values()] for example in found]

    def show(self) -> str:
        return status.show(inputs.read(self.root))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def text_of(shown: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", shown))


def rows(shown: str, kind: str = "status-examples") -> list[list[str]]:
    """The cells of the tables of a kind, row by row."""
    tables = "".join(re.findall(rf'<table class="{kind}">(.*?)</table>', shown, re.S))
    found = re.findall(r"<tr.*?</tr>", tables, re.S)
    return [[" ".join(text_of(cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in found]


def summaries(shown: str) -> list[str]:
    """The lines that unfold the pages."""
    found = re.findall(r'<details class="status-page"><summary>(.*?)</summary>', shown)
    return [" ".join(text_of(one).split()) for one in found]


def test_each_example_has_a_row_and_each_engine_that_ran_its_page_a_column_newest_first(project: Project) -> None:
    project.page("page", {"first": PS, "second": "$ docker images\nREPOSITORY\n"})
    project.prove([PS, "$ docker images\nREPOSITORY\n"], Outcome.PASSED, Outcome.BLOCKED)
    project.prove([PS], engine="28c", lane=Lane.HUB, started="2026-11-23T08:00:00+00:00", images={})
    assert rows(project.show()) == [
        [
            "예제",
            "Docker 28 (containerd) 28.5.2 2026-11-23",
            "Docker 28 28.5.2 2026-11-24 대체 이미지",
        ],
        ["first 절", "확인됨", "확인됨"],
        ["second 절", "확인하지 않음", "확인하지 않음"],
    ]


def test_pages_come_in_the_order_of_the_navigation_and_those_without_examples_not_at_all(project: Project) -> None:
    for name in ("a", "b", "c"):
        project.page(name, {name: PS})
    project.write("docs/status.md", "---\ntitle: 현황\n---\n``` status\n```\n")
    project.write("mkdocs.yml", "nav:\n  - 둘: c.md\n  - 하나: a.md\n  - 현황: status.md\n")
    assert re.findall(r'<caption><span><a href="(.*?)">(.*?)<', project.show()) == [
        ("c.html", "c 제목"), ("a.html", "a 제목"), ("b.html", "b 제목"),
    ]  # fmt: skip


def test_an_example_links_to_the_heading_above_it(project: Project) -> None:
    project.page("page", {"first": PS})
    project.write("docs/page.md", f"## Docker `ps` 보기 {{ .x }}\n\n{INCLUDE.format('first')}")
    assert '<a href="page.html#docker-ps-보기">Docker ps 보기</a>' in project.show()


def test_evidence_counts_only_for_the_text_that_its_engine_is_shown_today(project: Project) -> None:
    old = "$ docker ps\nold\n"
    project.page("page", {"first": PS})
    project.write("snippets/page/first@20.10.console", old)
    for engine in ENGINES:
        project.prove([PS], engine=engine)
    assert project.outcomes() == [["None", "passed", "passed", "passed"]]
    project.prove([old], engine="20.10")
    assert project.outcomes() == [["passed", "passed", "passed", "passed"]]
    project.write("snippets/page/first.console", f"{PS}edited since\n")
    assert project.outcomes() == [["passed", "None", "None", "None"]]


def test_evidence_of_another_page_with_the_same_text_does_not_count(project: Project) -> None:
    project.page("page", {"first": PS})
    project.page("other", {"first": PS})
    project.prove([PS], page="other")
    assert project.outcomes() == [["None", "None", "None", "None"]]


def test_a_text_shown_twice_on_a_page_has_the_outcome_of_each_place(project: Project) -> None:
    project.page("page", {"first": PS, "again": PS})
    project.prove([PS, PS], Outcome.PASSED, Outcome.BROKEN)
    assert [outcomes[1] for outcomes in project.outcomes()] == ["passed", "broken"]


def test_what_is_declared_as_unchecked_says_so_with_its_reason_whatever_was_run(project: Project) -> None:
    project.page("page", {"first": PS}, "unchecked:\n  page/first.console: 인터넷이 <필요>합니다\n")
    project.prove([PS])
    assert rows(project.show())[1] == ["first 절", "확인하지 않음 : 인터넷이 <필요>합니다"]
    assert "0건을 확인했습니다" in text_of(project.show())
    assert "page 제목 확인됨 0 / 1" in " ".join(text_of(project.show()).split())


def test_a_drift_shows_the_page_beside_what_was_printed_and_marks_what_differs(project: Project) -> None:
    text = "$ docker ps\nCONTAINER ID   <i>IMAGE</i>\nsame\n"
    project.page("page", {"first": text})
    project.drift(text, "CONTAINER ID   <b>PICTURE</b>\nsame\x1b[31m", engine="20.10")
    shown = project.show()
    [detail] = re.findall(r"<details>.*?</details>", shown, re.S)
    assert "Docker 20.10: 달라짐" in text_of(detail)
    marks = "".join(re.findall(r"<mark>(.*?)</mark>", detail))
    assert ("IMAGE" in marks, "PICTURE" in marks, "CONTAINER" in marks) == (True, True, False)
    lines = text_of(re.findall(r"<pre.*?</pre>", detail, re.S)[0]).replace(" ", "").split("\n")
    assert lines == [
        "-CONTAINERID<i>IMAGE</i>", "+CONTAINERID<b>PICTURE</b>", "-same", "+same␛[31m",
    ]  # fmt: skip
    assert not re.search(r"<[ib]>|\x1b", shown)


def test_a_wrong_exit_status_is_a_difference_too(project: Project) -> None:
    text = "$ docker ps\nerror\n[1]\n"
    project.page("page", {"first": text})
    project.drift(text, "error", found=[Difference(2, "[1]", "[0]", "exit status")])
    [shown] = re.findall(r"<pre.*?</pre>", project.show(), re.S)
    assert [line.strip() for line in text_of(shown).split("\n")] == ["error", "- [1]", "+ [0]"]


def test_what_could_not_be_judged_says_why(project: Project) -> None:
    project.page("page", {"first": PS})
    project.prove([PS], Outcome.BROKEN)
    assert "Docker 28: 확인하지 않음" in text_of(project.show())
    assert '<p lang="en">&lt;b&gt;why&lt;/b&gt;</p>' in project.show()


def test_the_totals_count_every_example_on_every_engine_that_ran_and_name_the_others(project: Project) -> None:
    other = "$ docker images\nREPOSITORY\n"
    project.page("page", {"first": PS, "second": other})
    project.prove([PS, other], Outcome.PASSED, Outcome.DIFFERS)
    project.prove([PS, other], engine="20.10", started="2026-11-20T08:00:00+00:00")
    shown = project.show()
    assert '<a href="https://example.com/20.10">지원 종료 2023-12-10</a>' in shown  # who says so
    assert (
        "모두 4건이며, 그 가운데 <strong>3건을 확인했습니다</strong>. 달라진 것은 1건, 확인하지 않은 것은 0건" in shown
    )
    assert rows(shown, "status-totals") == [
        ["엔진", "확인됨", "달라짐", "확인하지 않음", "마지막 실행"],
        ["Docker 28", "1 / 2", "1", "0", "2026-11-24"],
        ["Docker 20.10 지원 종료 2023-12-10", "2 / 2", "0", "0", "2026-11-20"],
    ]
    assert '</table></div><p class="status-never">실행 기록 없음: Docker 29, Docker 28 (containerd)</p>' in shown


def test_an_example_goes_by_its_section_and_where_that_has_several_by_its_command_too(project: Project) -> None:
    project.page("page", {"first": PS, "second": PS, "third": "$ docker images\nREPOSITORY\n"})
    path = project.root / "docs" / "page.md"
    path.write_text(path.read_text("utf-8").replace("## third 절\n\n", ""), "utf-8")
    assert [row[0] for row in rows(project.show())[1:]] == [
        "first 절",
        "second 절 docker ps",
        "second 절 docker images",
    ]


def test_the_line_that_unfolds_a_page_says_what_became_of_its_examples(project: Project) -> None:
    other = "$ docker images\nREPOSITORY\n"
    project.page("page", {"first": PS, "second": other})
    assert summaries(project.show()) == ["page 제목 실행 기록 없음"]
    project.prove([PS, other])
    assert summaries(project.show()) == ["page 제목 확인됨 2 / 2"]
    project.prove([PS, other], Outcome.PASSED, Outcome.DIFFERS, engine="20.10")
    assert summaries(project.show()) == ["page 제목 확인됨 3 / 4 · 달라짐 1"]


def test_without_any_evidence_nothing_is_claimed(project: Project) -> None:
    project.page("page", {"first": PS})
    assert "예제 1개를 아직 어떤 엔진에서도 실행하지 않았습니다." in text_of(project.show())
    assert rows(project.show(), "status-totals") == []
    assert {cell for row in rows(project.show())[1:] for cell in row[1:]} == {"확인하지 않음"}


def test_evidence_that_cannot_be_read_proves_nothing_and_the_build_says_so_once(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.page("page", {"first": PS})
    for engine in ENGINES:
        project.write(f"build/evidence/{engine}/docs/page.json", '{"schema": 3}')
    assert project.outcomes() == [["None"] * 4]
    said = f"not shown as checked: {project.root}/build/evidence/20.10/docs/page.json: evidence of schema 3"
    assert [line.startswith(said) for line in capsys.readouterr().err.splitlines()] == [True]


def test_a_page_that_cannot_be_read_is_said_to_be_so_and_the_others_are_shown(project: Project) -> None:
    project.page("page", {"first": PS})
    project.write("docs/wrong.md", "``` console\n$ <typed> by hand\n```\n")
    shown = project.show()
    assert "docs/wrong.md:1: a console fence typed by hand, beginning with `$ <typed> by hand`" in text_of(shown)
    assert "<typed>" not in shown
    assert len(rows(shown)) == 2


def test_every_cell_that_heads_a_row_or_a_column_says_which(project: Project) -> None:
    project.page("page", {"first": PS})
    heads = re.findall(r"<th[ >].*?>", project.show())
    assert {'<th scope="col">', '<th scope="col" data-engine="29">', '<th scope="row">'} == set(heads)
    assert project.show().count("<caption>") == project.show().count("<table") > 0


def test_what_has_not_changed_is_not_read_again(project: Project) -> None:
    project.page("page", {"first": PS})
    assert inputs.read(project.root) is inputs.read(project.root)
    before = inputs.read(project.root)
    project.prove([PS])
    assert inputs.read(project.root) is not before


def test_a_build_takes_the_project_to_stay_as_it_is(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "_runs_in_two", inputs._runs)  # the process of the tests has threads
    project.page("page", {"first": PS})
    with inputs.at_rest(project.root):
        before = inputs.read(project.root)
        project.prove([PS])
        assert inputs.read(project.root) is before
    assert inputs.read(project.root) is not before


def test_a_fault_of_ours_fails_the_build(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Superfences swallows other exceptions and publishes the fence as if it were prose."""
    monkeypatch.setattr("harness.project.ROOT", project.root)
    (project.root / "tests" / "labs" / "engines.toml").unlink()
    with pytest.raises(SuperFencesException, match=r"engines\.toml"):
        status.status("", "status", "status", {}, None)  # type: ignore[arg-type]
