"""What practice answers on a lesson: the steps of its page, as a run printed them, and how fast."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from harness.claims import navigation, sessions
from harness.claims.markdown import lines_of
from harness.claims.pages import Block
from harness.evidence import files
from harness.evidence.facts import BlockFact, ImageFact, Lane, Outcome, PageFact, StepFact, digest
from harness.evidence.recordings import asciicast
from harness.site import inputs
from harness.site.plain import plain
from harness.site.practice import scripts
from harness.site.practice.pace import Pace
from harness.site.practice.steps import task

DECLARED = '[[engine]]\nname = "28"\n[[engine]]\nname = "29"\n'
OPEN = "$ docker run -it centos bash\n[root@588ec8830392 /]#\n"
PS = """\
[root@588ec8830392 /]# exit
exit
$ docker ps -a
CONTAINER ID   IMAGE    NAMES
588ec8830392   centos   old_swartz
$ docker rm 588ec8830392
588ec8830392
"""
RUN = {"588ec8830392": "0123456789ab", "old_swartz": "new_turing"}
PAGE = """\
---
title: 첫 수업
---

# 첫 수업

셸을 엽니다.

``` console
--8<-- "lesson/open.console"
```

``` dockerfile title="Dockerfile"
--8<-- "lesson/Dockerfile"
```

``` powershell
--8<-- "lesson/other.ps1"
```

``` console title="터미널 2"
--8<-- "lesson/other.console"
```

## 끝내기

``` console
--8<-- "lesson/ps.console"
```

## 스스로 확인하기
"""


class Project:
    """A project on disk with one lesson, and its evidence."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("tests/labs/engines.toml", DECLARED)
        self.write("docs/lesson.md", PAGE)
        self.write("docs/list.md", "---\ntitle: 목록\n---\n\n# 목록\n")
        self.write("snippets/lesson/Dockerfile", "FROM debian\n")
        self.write("snippets/lesson/other.ps1", "docker images\n")
        for name, text in {"open": OPEN, "other": "$ docker images\nnone\n", "ps": PS}.items():
            self.write(f"snippets/lesson/{name}.console", text)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def prove(self, texts: Sequence[str], engine: str = "28", outcome: Outcome = Outcome.PASSED) -> None:
        """The evidence of a run in which these texts had other ids and names."""
        images = {"centos:latest": ImageFact("sha256:" + "0" * 64, standin=True)}
        fact = PageFact("docs/lesson.md", engine, f"{engine}.1.0", Lane.HUB, "2026-11-24T08:00:00+00:00", images)
        casts = {}
        for number, text in enumerate(texts):
            steps = [_ran(step, outcome) for step in sessions.parse(text).steps]
            fact.blocks.append(BlockFact(1, "session", "", "", digest(text), steps, outcome))
            casts[number] = asciicast("text", [(0.0, _in_run(text.replace("\n", "\r\n")))])
        files.write_page(self.root / "build" / "evidence", fact, casts)

    def scripts(self) -> dict[str, str]:
        project = inputs.read(self.root)
        pages = [plain(path, project) for path in navigation.in_order(self.root)]
        return dict(scripts.practices(project, pages).scripts)

    def data(self) -> dict[str, Any]:
        """What the script of the lesson knows."""
        name, _, data = self.scripts()["practice/lesson.js"].partition(" = ")
        assert name == "globalThis.practicePage"
        found: dict[str, Any] = json.loads(data.removesuffix(";\n"))
        return found


def _in_run(text: str) -> str:
    for ours, theirs in RUN.items():
        text = text.replace(ours, theirs)
    return text


def _ran(step: sessions.Step, outcome: Outcome) -> StepFact:
    printed = _in_run(step.sample)
    return StepFact(step.line, step.command, outcome, _in_run(step.command), 0, step.sample, printed)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def typed(data: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(step["terminal"], step["prompt"], step["command"]) for step in data["steps"] if "command" in step]


def test_a_page_that_was_not_run_answers_with_its_samples(project: Project) -> None:
    data = project.data()
    assert typed(data) == [
        (0, "$ ", "docker run -it centos bash"),
        (1, "$ ", "docker images"),
        (0, "[root@588ec8830392 /]# ", "exit"),
        (0, "$ ", "docker ps -a"),
        (0, "$ ", "docker rm 588ec8830392"),
    ]
    assert data["source"] == "본문의 예시 · 실행 기록 없음"
    assert data["terminals"] == ["터미널 1", "터미널 2"]
    assert data["ids"] == {}
    assert data["names"] == {"588ec8830392": "old_swartz"}
    assert "sample" not in data["steps"][0]


def test_a_page_that_was_run_answers_with_the_runs_ids_names_and_prompts(project: Project) -> None:
    project.prove([OPEN, "$ docker images\nnone\n", PS])
    data = project.data()
    assert typed(data)[2:] == [
        (0, "[root@0123456789ab /]# ", "exit"),
        (0, "$ ", "docker ps -a"),
        (0, "$ ", "docker rm 0123456789ab"),
    ]
    assert [step.get("shown") for step in data["steps"]][-2:] == [None, "docker rm 588ec8830392"]
    assert data["steps"][0]["after"] == "[root@0123456789ab /]# "
    assert data["source"] == "Docker 28.1.0 · 2026-11-24 실행 기록 · 대체 이미지"
    assert data["ids"] == {"588ec8830392": "0123456789ab"}
    assert data["names"] == {"0123456789ab": "new_turing"}


def test_a_block_that_was_not_proved_answers_with_its_sample_in_the_runs_ids_and_says_so(project: Project) -> None:
    project.prove([OPEN])
    last = project.data()["steps"][-1]
    assert (last["command"], last["output"]) == ("docker rm 0123456789ab", "0123456789ab")
    assert last["sample"] is True
    assert "sample" not in project.data()["steps"][0]


def test_the_run_that_proved_most_answers_and_of_several_the_newest_engines(project: Project) -> None:
    project.prove([OPEN, PS], "28")
    project.prove([OPEN], "29")
    assert project.data()["source"].startswith("Docker 28.1.0")
    project.prove([OPEN, PS], "29")
    assert project.data()["source"].startswith("Docker 29.1.0")


@pytest.mark.parametrize("outcome", [Outcome.DIFFERS, Outcome.BROKEN])
def test_a_run_that_proved_nothing_does_not_answer(project: Project, outcome: Outcome) -> None:
    project.prove([OPEN, PS], outcome=outcome)
    assert project.data()["source"] == "본문의 예시 · 실행 기록 없음"


def test_a_text_that_was_edited_since_it_was_run_is_not_answered_by_that_run(project: Project) -> None:
    project.prove([OPEN])
    project.write("snippets/lesson/open.console", OPEN.replace("-it", "-ti"))
    assert project.data()["source"] == "본문의 예시 · 실행 기록 없음"


def test_a_file_that_the_page_has_its_reader_write_is_a_step_of_its_own(project: Project) -> None:
    assert project.data()["steps"][1] == {"section": "첫 수업", "anchor": "첫-수업", "file": "Dockerfile"}


def test_each_lesson_has_a_script_and_no_other_page(project: Project) -> None:
    assert set(project.scripts()) == {"practice/lesson.js", "practice/options.js"}
    assert project.data()["lessons"] == 1


def test_a_page_that_cannot_be_read_has_none(project: Project) -> None:
    project.write("docs/lesson.md", f"{PAGE}\n``` console\n$ typed by hand\n```\n")
    assert set(project.scripts()) == {"practice/options.js"}


def test_a_lesson_without_a_command_has_none(project: Project) -> None:
    project.write("docs/lesson.md", "# 수업\n\n## 스스로 확인하기\n\n없음\n")
    assert set(project.scripts()) == {"practice/options.js"}


def test_the_button_stands_behind_the_title_of_a_lesson(project: Project) -> None:
    html = "<head></head><article><h1>수업</h1><p>글</p></article>"
    button = '<button type="button" class="practice-open" data-practice="practice/lesson.js" data-search-exclude>'
    with_button = scripts.button(html, "lesson.html", project.scripts())
    assert with_button.endswith(f"<article><h1>수업</h1>{button}연습</button><p>글</p></article>")
    assert scripts.button(html, "list.html", project.scripts()) == html


def test_a_lesson_in_a_folder_finds_what_opens_practice_at_the_sites_root() -> None:
    with_button = scripts.button("<head></head><h1></h1>", "more/lesson.html", {"practice/more/lesson.js": ""})
    assert 'src="../assets/practice/open.js"' in with_button


def test_the_guides_own_samples_of_mistakes_have_a_place_for_another_word(project: Project) -> None:
    assert project.data()["errors"] == {}
    project.write("snippets/errors/no-such.console", "$ docker logs wbe\nNo such container: wbe\n[1]\n")
    project.write("snippets/errors/tag.console", "$ docker pull nginx:lastest\n")
    assert project.data()["errors"] == {"container": "No such container: {}"}


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        pytest.param("앞의 말.\n\n`bash` 셸을 [엽니다](a.md).\n\n", "`bash` 셸을 엽니다.", id="the paragraph"),
        pytest.param("한 말. 또 한 말.\n\n", "한 말. 또 한 말.", id="of two sentences"),
        pytest.param("두 줄로\n**적은** 말.\n\n", "두 줄로 적은 말.", id="of two lines"),
        pytest.param("짧은 말. " + "가" * 100 + ".\n\n", "짧은 말.", id="only its first sentences"),
        pytest.param("## 절\n\n", "", id="a heading"),
        pytest.param("- 항목\n\n", "", id="a list"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_task_is_what_the_page_says_above_a_block(above: str, expected: str) -> None:
    lines = lines_of(f"{above}``` console\n")
    block = Block(line=above.count("\n") + 1, language="console", title="", text="")
    assert task(lines, block) == expected


def test_the_task_of_a_block_in_an_answer_is_the_question() -> None:
    lines = lines_of('??? question "셸을 `sh`로 열어 봅시다."\n    이렇게 합니다.\n\n    ``` console\n')
    assert task(lines, Block(line=4, language="console", title="", text="")) == "셸을 `sh`로 열어 봅시다."


def test_the_task_of_an_indented_block_without_a_question_is_the_paragraph() -> None:
    lines = lines_of("1. 순서\n\n    이렇게 합니다.\n\n    ``` console\n")
    assert task(lines, Block(line=5, language="console", title="", text="")) == "이렇게 합니다."


def cast(*events: tuple[float, str]) -> str:
    return asciicast("a", events)


DONE = "\x1b]133;D;0;aid=1\x07$ "


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([(0, "$ ls\r\n"), (0.5, "a\r\n"), (0.75, "b\r\n"), (0.8, DONE)], [500, 250, 50], id="by line"),
        pytest.param([(0, "$ ls\r\n"), (9, "a\r\nb\r\n"), (9, DONE)], [1000, 0, 0], id="a second at most"),
        pytest.param(
            [(0, "$ ls\r\n"), (0.5, "\x1b[32ma\x1b[0m\r\n"), (0.6, f"b\r\n{DONE}")], [500, 100, 0], id="colours"
        ),
        pytest.param([(0, "$ l"), (0.2, "s\r\n"), (0.3, "a\r\nb\r\n")], [100, 0, 0], id="a shell without marks"),
        pytest.param([(0, "$ ls\r\n"), (0.5, "other\r\n")], [0, 0, 0], id="what isn't found comes at once"),
    ],
)
def test_a_line_comes_after_the_pause_that_it_had(events: list[tuple[float, str]], expected: list[int]) -> None:
    assert Pace(cast(*events)).pauses("ls", "a\nb") == expected


def test_all_pauses_of_a_step_take_eight_seconds_at_most() -> None:
    events = [(0.0, "$ ls\r\n"), *((float(second), f"{second}\r\n") for second in range(1, 17))]
    output = "\n".join(map(str, range(1, 17)))
    assert Pace(cast(*events)).pauses("ls", output) == [500] * 16 + [0]


def test_steps_are_read_one_after_the_other() -> None:
    pace = Pace(cast((0, "$ a\r\n"), (0.1, f"x\r\n{DONE}"), (0.2, "b\r\n"), (0.5, f"x\r\n{DONE}")))
    assert pace.pauses("a", "x") == [100, 0]
    assert pace.pauses("b", "x") == [300, 0]
