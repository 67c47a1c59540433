"""What pytest makes of pages with the plugin, as far as no engine is needed: collection, and refusals."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from harness.lab.labs import Lab
from harness.lab.outer.faults import LabError
from harness.plugin import Removals

TESTS = Path(__file__).parents[1]
PAGE = '# 제목\n\n``` console\n--8<-- "a.console"\n```\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("docs", "snippets"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "snippets/a.console").write_text("$ docker ps\n")
    (tmp_path / "docs/good.md").write_text(PAGE)
    return tmp_path


def run(project: Path, *arguments: str, path: str = "/nowhere") -> subprocess.CompletedProcess[str]:
    """A run of the plugin on a machine where no command is found (so neither dockerd nor apt-get)."""
    environment = {"PYTHONPATH": str(TESTS), "PATH": path, "DOCKER_HOST": "unix:///nowhere/docker.sock"}
    command = [sys.executable, "-m", "pytest", "-p", "harness.plugin", "--engine=28", *arguments]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)


def test_every_block_of_a_page_is_an_item_named_after_its_snippet(project: Path) -> None:
    (project / "docs/good.md").write_text(PAGE + PAGE + "\n``` powershell\ndocker ps\n```\n")
    collected = run(project, "--collect-only", "-q", "docs", "snippets")
    assert collected.stdout.splitlines()[:3] == [
        "docs/good.md::28::a.console", "docs/good.md::28::a.console (2)", "docs/good.md::28::line 12",
    ]  # fmt: skip
    assert collected.returncode == 0


def test_a_wrong_page_is_told_without_a_traceback_and_the_others_are_still_collected(project: Path) -> None:
    (project / "docs/wrong.md").write_text("``` console\n$ docker ps\n```\n")
    collected = run(project, "--collect-only", "-q", "docs", "snippets")
    assert "docs/good.md::28::a.console" in collected.stdout
    assert "docs/wrong.md:1: a console fence typed by hand, beginning with `$ docker ps`" in collected.stdout
    assert "Traceback" not in collected.stdout + collected.stderr


def test_a_snippet_that_no_page_shows_is_told(project: Path) -> None:
    (project / "snippets/b.console").write_text("$ docker ps\n")
    collected = run(project, "--collect-only", "-q", "docs", "snippets")
    assert "snippets/b.console:1: no page shows this snippet" in collected.stdout
    assert collected.returncode != 0


def test_an_unknown_engine_is_told_with_those_that_there_are(project: Path) -> None:
    refused = run(project, "--engine", "27", "docs")
    assert "unknown engine `27`; known, oldest first: 20.10, 26, 28, 28c, 29" in refused.stderr
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--course", "--twice"], "--course or --twice: not both at once"),
        (["--course", "--record"], "--course judges pages on a used machine: record them without it"),
        (["--twice", "--numprocesses=2"], "--twice takes one machine and one process: leave --numprocesses out"),
    ],
)
def test_what_does_not_go_together_on_one_machine_is_refused(project: Path, options: list[str], told: str) -> None:
    refused = run(project, *options, "docs")
    assert told in refused.stderr
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR


def test_a_course_goes_in_the_order_of_the_site_and_asks_after_each_page_what_it_leaves(project: Path) -> None:
    (project / "docs/first.md").write_text(PAGE)
    (project / "mkdocs.yml").write_text("nav:\n  - 둘: first.md\n  - 셋: good.md\n")
    collected = run(project, "--engine=28", "--course", "--collect-only", "-q", "docs", "snippets")
    assert collected.stdout.splitlines()[:4] == [
        "docs/first.md::28::a.console", "docs/first.md::28::what it leaves",
        "docs/good.md::28::a.console", "docs/good.md::28::what it leaves",
    ]  # fmt: skip


def test_without_an_engine_and_the_right_to_start_one_the_two_ways_out_are_told(project: Path) -> None:
    refused = run(project, "docs")
    output = refused.stdout + refused.stderr
    assert "No Docker engine answers, and none may be started here." in output
    assert "install and start Docker" in output
    assert "as root on Debian or Ubuntu" in output
    assert "Traceback" not in output
    assert refused.returncode == 6
    assert (project / "build/evidence/summary.json").exists()


def test_a_markdown_file_from_elsewhere_is_collected_under_its_own_path(project: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-guide.md"
    outside.write_text("``` console\n$ docker ps\n```\n")
    collected = run(project, f"--rootdir={project}", "--config-file=pytest.ini", "--collect-only", "-q", str(outside))
    assert collected.stdout.splitlines()[0] == f"{outside}::28::line 1"


class Opened:
    """Stands in for labs: each is removed once `may_go` is set."""

    def __init__(self) -> None:
        self.may_go = Event()
        self.removed: list[str] = []

    @contextmanager
    def lab(self, name: str, fault: str = "") -> Iterator[Lab]:
        yield cast("Lab", name)
        self.may_go.wait(10)
        self.removed.append(name)
        if fault:
            raise LabError(fault)


def test_a_page_goes_on_while_the_lab_of_the_last_one_is_removed_and_a_run_waits_for_all() -> None:
    opened, removals = Opened(), Removals()
    with removals.leaving(lambda: opened.lab("first")):
        pass
    with removals.leaving(lambda: opened.lab("second")):
        assert opened.removed == []
        opened.may_go.set()
    removals.wait()
    assert opened.removed == ["first", "second"]


def test_a_lab_that_cannot_be_removed_is_told_by_the_next_one_which_is_removed_all_the_same() -> None:
    opened, removals = Opened(), Removals()
    opened.may_go.set()
    with removals.leaving(lambda: opened.lab("first", fault="it stays")):
        pass
    with pytest.raises(LabError, match="it stays"), removals.leaving(lambda: opened.lab("second")):
        pass
    removals.wait()
    assert opened.removed == ["first", "second"]


def test_a_lab_that_cannot_start_beside_the_last_one_starts_after_its_removal() -> None:
    opened, removals, second = Opened(), Removals(), cast("Lab", "second")

    @contextmanager
    def alone() -> Iterator[Lab]:
        if opened.removed == []:
            opened.may_go.set()
            raise LabError("no addresses are left")
        yield second

    with removals.leaving(lambda: opened.lab("first")):
        pass
    with removals.leaving(alone) as lab:
        assert lab is second


def test_a_lab_that_cannot_start_at_all_is_told_at_once() -> None:
    @contextmanager
    def never() -> Iterator[Lab]:
        raise LabError("no addresses are left")
        yield

    with pytest.raises(LabError, match="no addresses are left"), Removals().leaving(never):
        pass
