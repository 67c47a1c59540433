"""Documents that were not written for this project: each runs, and what cannot run says why and stops no other."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from live.project import Project

DOCUMENTS = Path(__file__).parent / "foreign"
WINDOWS_1252 = "# Erste Schritte\r\n\r\n```console\r\n$ echo “hi”\r\n“hi”\r\n```\r\n".encode("cp1252")


class Run:
    """One run of all the documents, from a folder that is no part of the project."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.folder = folder
        paths = sorted(map(str, folder.iterdir()))
        self.project = project
        self.ran: subprocess.CompletedProcess[str] = project.run({}, *paths)

    def blocks(self, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.project.evidence(self.folder / name)["blocks"]
        return found

    def outcomes(self, name: str) -> list[tuple[int, str]]:
        """The line and the outcome of each fence of a document."""
        return [(block["line"], block["outcome"]) for block in self.blocks(name)]

    def steps(self, name: str) -> list[tuple[str, str]]:
        """The first line of each command of a document, and what became of it."""
        steps = [step for block in self.blocks(name) if block["kind"] == "session" for step in block["steps"]]
        return [(step["command"].partition("\n")[0], step["outcome"]) for step in steps]

    def said(self, text: str) -> bool:
        return text in self.ran.stdout


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Run:
    folder = shutil.copytree(DOCUMENTS, tmp_path_factory.mktemp("elsewhere") / "documents")
    (folder / "windows-1252.md").write_bytes(WINDOWS_1252)
    return Run(Project(tmp_path_factory.mktemp("project"), environment), folder)


def test_a_readme_passes_with_its_fences_in_lists_and_quotes(run: Run) -> None:
    assert run.steps("readme.md") == [
        ("docker ps", "passed"),
        ("mkdir greeter && cd greeter", "passed"),
        ("cat > Dockerfile <<'EOF'", "passed"),
        ("wc -l Dockerfile", "passed"),
        ("docker build -q -t greeter .", "passed"),
        ("docker run --rm greeter", "passed"),
        ("docker image inspect --format '{{index .RepoTags 0}}' greeter", "passed"),
        ("docker image inspect nosuch", "passed"),
        ("printf '%0400d|\\n' 7", "passed"),
    ]


def test_fences_for_reading_are_unchecked_and_what_is_inside_them_is_not_run(run: Run) -> None:
    reading = [block for block in run.blocks("readme.md") if block["kind"] == "reading"]
    assert [(block["outcome"], block["steps"][0]["reason"]) for block in reading] == [
        ("unchecked", f"a fence of language `{language}` is for reading only")
        for language in ("sh", "bash", "markdown")
    ]
    assert run.said(f"unchecked: {run.folder}/readme.md:57: reading: a fence of language `sh` is for reading only")


def test_a_document_from_windows_is_read_as_it_shows(run: Run) -> None:
    assert run.outcomes("windows.md") == [(3, "passed"), (10, "unchecked")]
    assert run.steps("windows.md") == [("printf 'a\\tb\\n'", "passed"), ("echo „Grüße“", "passed")]


def test_an_old_document_tells_all_its_faults_in_one_run(run: Run) -> None:
    assert [block["outcome"] for block in run.blocks("old-guide.md")] == ["passed", "differs", "broken", "passed"]
    assert run.steps("old-guide.md") == [
        ("docker build -q -t hello .", "passed"),
        ("docker images hello", "differs"),
        ("docker run hello", "passed"),
        ("DB=$(docker run -d --name db mysql:5.5)", "broken"),
        ("docker logs db", "blocked"),
        ("docker stop $DB", "blocked"),
        ("docker ps -q", "passed"),
        ("docker run hello", "passed"),
    ]
    assert run.said(f"{run.folder}/old-guide.md:31: `minji@MacBook ~ %` is zsh's prompt, and pages are run in bash")


def test_for_want_of_a_file_a_step_differs_and_what_hangs_on_it_is_not_run(run: Run) -> None:
    assert run.outcomes("tutorial.md") == [(11, "unchecked"), (21, "differs"), (26, "blocked")]
    [blocked] = run.blocks("tutorial.md")[2]["steps"]
    assert blocked["reason"] == f"`getting-started` of {run.folder}/tutorial.md:22 isn't there"
    assert run.said("failed to read dockerfile: open Dockerfile: no such file or directory")


def test_for_want_of_an_image_a_step_is_broken_and_what_needs_none_of_it_is_run(run: Run) -> None:
    assert run.steps("private-image.md") == [
        ("docker run --rm acme.example/reports:1.4 --version", "broken"), ("docker ps", "passed"),
    ]  # fmt: skip
    assert run.said("Unable to find image 'acme.example/reports:1.4' locally")
    assert run.said("could not be judged: the name acme.example does not resolve here: this needs the internet")


def test_for_want_of_a_swarm_each_step_differs(run: Run) -> None:
    assert run.steps("swarm.markdown") == [("docker service ls", "differs"), ("docker service scale web=3", "differs")]
    assert run.said("This node is not a swarm manager.")


def test_a_program_that_draws_on_the_terminal_is_compared_by_what_it_leaves_there(run: Run) -> None:
    assert run.steps("top.md") == [("top -b -n1", "differs")]
    assert run.said("load average")


def test_a_program_that_waits_for_a_key_is_broken_when_its_time_is_up(run: Run) -> None:
    assert run.outcomes("waits.md") == [(7, "broken"), (12, "passed")]
    assert run.said(f"{run.folder}/waits.md:8: `echo hello; read -n1 key` could not be judged: did not end within its")


def test_a_fence_that_shows_no_session_is_told_with_its_line_and_the_others_are_run(run: Run) -> None:
    assert run.outcomes("odd.md") == [(10, "passed")]
    assert run.said(f"{run.folder}/odd.md:4: no prompt: found nothing; write `$ ` before the command that prints it")
    assert run.said(f"{run.folder}/odd.md:7: no prompt: found `CONTAINER ID   IMAGE     COMMAND`")


def test_a_document_that_is_not_utf_8_is_told_with_its_line(run: Run) -> None:
    assert run.said(f"{run.folder}/windows-1252.md:4: found the byte 0x93, which is not UTF-8; save the file as UTF-8")


def test_the_run_goes_on_to_its_end_and_says_that_something_differs(run: Run) -> None:
    assert run.ran.returncode == 1
    assert "Traceback" not in run.ran.stdout + run.ran.stderr
    summary = run.project.summary()
    counts = {"passed": 19, "differs": 5, "broken": 3, "blocked": 3, "unchecked": 5}
    assert {outcome: summary[outcome] for outcome in counts} == counts


def test_the_documents_are_left_as_they_were(run: Run) -> None:
    for path in DOCUMENTS.iterdir():
        assert (run.folder / path.name).read_bytes() == path.read_bytes()
