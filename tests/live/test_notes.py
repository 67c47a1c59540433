"""Notes as people keep them, run in real labs from the command line, and written as a page that passes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harness.lab.engines import fallback
from live.project import TESTS, Project

NOTES = TESTS / "bench" / "notes"


class Run:
    """One run over notes, with what it said."""

    def __init__(self, project: Project, *arguments: str, language: str = "C.UTF-8") -> None:
        command = [sys.executable, "-m", "harness.notes", f"--engine={fallback()}", "--lane=standin", *arguments]
        environment = {**project.environment, "LC_ALL": language}
        ran = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True)
        self.status, self.output = ran.returncode, ran.stdout + ran.stderr

    def said(self, note: Path) -> list[str]:
        """The lines on a note, without its name."""
        return [
            line.removeprefix(f"{note}:") for line in self.output.split("\n") if line.startswith((f"{note}:", "    "))
        ]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return shutil.copytree(NOTES, tmp_path / "notes")


def test_notes_are_judged_block_by_block_and_stay_as_they_are(project: Project, notes: Path) -> None:
    images = notes / "images.md"
    before = images.read_bytes()
    run = Run(project, str(images))
    verdicts = [line.partition("  ")[0] for line in run.said(images) if not line.startswith(" ")]
    assert verdicts == ["5: fits", "11: fits", "19: not run", "28: fits", "36: value open"]
    assert (run.status, images.read_bytes()) == (6, before)


def test_reasons_are_korean_where_the_terminal_asks(project: Project, notes: Path) -> None:
    server = notes / "server.md"
    run = Run(project, str(server), language="ko_KR.UTF-8")
    assert run.said(server)[:2] == [
        "5: 실행 못 함  yum install -y docker",
        "    `yum`은(는) 다른 운영체제의 프로그램입니다",
    ]
    assert run.status == 1


def test_the_notes_that_this_project_began_with_become_a_page_that_passes(project: Project, notes: Path) -> None:
    folder = project.root / "written"
    run = Run(project, "--write", str(folder), str(notes / "first.md"))
    assert "a misspelt tag: `docker run -it centos:lastest bash`" in run.output
    assert "verified in a fresh lab, all of it fits" in run.output
    snippets = sorted(path.name for path in (folder / "snippets" / "first").iterdir())
    assert snippets == [f"{number:02}.console" for number in range(1, 11)]
    assert (
        folder / "snippets" / "first" / "03.console"
    ).read_text() == "$ sudo usermod -aG docker $USER\n$ sudo su - $USER\n"


def test_a_note_that_is_not_there_is_told(project: Project) -> None:
    run = Run(project, "nosuch.md")
    assert (run.status, "no such file: nosuch.md" in run.output) == (2, True)
