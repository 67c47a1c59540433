"""What pytest makes of pages with the plugin, as far as no engine is needed: collection, and refusals."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from harness.evidence import room
from harness.evidence.files import EvidenceError

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


def environment(host: str = "unix:///nowhere/docker.sock") -> dict[str, str]:
    """A machine where no command is found (so neither dockerd nor apt-get)."""
    return {"PYTHONPATH": str(TESTS), "PATH": "/nowhere", "DOCKER_HOST": host}


def run(project: Path, *arguments: str, **where: str) -> subprocess.CompletedProcess[str]:
    """A run of the plugin, in the environment `where`."""
    command = [sys.executable, "-m", "pytest", "-p", "harness.plugin", "--engine=28", *arguments]
    return subprocess.run(command, cwd=project, env=environment(**where), capture_output=True, text=True)


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


def test_tests_that_readers_write_are_not_collected_and_have_to_be_shown_all_the_same(project: Path) -> None:
    (project / "snippets/test_app.py").write_text("import no_such_module\n")
    collected = run(project, "--collect-only", "-q", "docs", "snippets")
    assert "no_such_module" not in collected.stdout
    assert collected.stdout.count("snippets/test_app.py:1: no page shows this snippet") == 1


def test_nothing_is_changed_where_no_page_is_named(project: Path) -> None:
    """Neither what is collected nor the setting, the exit status and the words of a run of other tests."""
    (project / "tests/.venv").mkdir(parents=True)
    (project / "tests/.venv/README.md").write_text("``` console\n$ pytest does not look here\n```\n")
    (project / "tests/test_wrong.py").write_text("def test_wrong():\n    assert False\n")
    (project / "tests/test_unreadable.py").write_text("import no_such_module\n")
    ended = run(project, "tests")
    assert "no_such_module" in ended.stdout
    assert "1 error during collection" in ended.stdout  # and so no test was run
    assert "steps:" not in ended.stdout
    assert run(project, "tests/test_wrong.py").returncode == pytest.ExitCode.TESTS_FAILED
    assert not (project / "build").exists()


@pytest.mark.parametrize("options", [[], ["--numprocesses=1"]])
def test_no_engine_is_looked_for_where_no_page_can_be_run(project: Path, options: list[str]) -> None:
    (project / "docs/good.md").write_text("``` console\n$ docker ps\n```\n")
    ended = run(project, *options, "docs")
    assert "docs/good.md:1: a console fence typed by hand" in ended.stdout
    assert "No Docker engine answers" not in ended.stdout
    assert ended.returncode == 2


def test_an_engine_is_looked_for_only_when_a_page_is_to_run(project: Path) -> None:
    ended = run(project, "docs", "-k", "no_such_block")
    assert "No Docker engine answers" not in ended.stdout
    assert ended.returncode == pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.parametrize("engine", ["", "all"])
def test_a_lab_image_is_refused_without_the_name_of_its_engine(project: Path, engine: str) -> None:
    refused = run(project, f"--engine={engine}", "--lab-image=mine:1", "docs")
    assert "--lab-image is an image of one engine; name it with --engine" in refused.stderr
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR


def test_a_lab_image_is_taken_with_the_name_of_its_engine(project: Path) -> None:
    collected = run(project, "--engine=29", "--lab-image=mine:1", "--collect-only", "-q", "docs")
    assert collected.stdout.splitlines()[0] == "docs/good.md::29::a.console"


def test_an_unknown_engine_is_told_with_those_that_there_are(project: Path) -> None:
    refused = run(project, "--engine", "27", "docs")
    assert "unknown engine `27`; known, oldest first: 20.10, 26, 28, 28c, 29" in refused.stderr
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--course", "--twice"], "--course or --twice: not both at once"),
        (["--course", "--record"], "--course judges pages on a used machine: record them without it"),
        (["--course", "--repeat=2"], "--repeat takes a fresh machine each time: leave --course out"),
        (["--repeat=2", "--record"], "--repeat says how often samples fit: record them without it"),
        (["--engine=mine", "--record"], "--engine mine takes an engine that is near: to record, name one"),
        (["--repeat=0"], "argument --repeat: `0` is no number of times"),
        (["--random-order"], "--random-order is for pages that share a machine; name --course as well"),
        (["--course", "--seed=7"], "--seed says which --random-order; name that as well"),
        (["--shell", "--numprocesses=2"], "--shell opens a shell at this terminal, from one process"),
        (["--twice", "--numprocesses=2"], "--twice takes one machine and one process: leave --numprocesses out"),
    ],
)
def test_what_does_not_go_together_is_refused(project: Path, options: list[str], told: str) -> None:
    refused = run(project, *options, "docs")
    assert told in refused.stderr
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR


def test_a_seed_says_an_order_of_chance_again(project: Path) -> None:
    for name in ("one", "two", "three", "four"):
        (project / f"docs/{name}.md").write_text(PAGE)
    chance = ["--engine=28", "--course", "--collect-only", "-q", "--random-order"]
    first = run(project, *chance, "docs", "snippets").stdout
    seed = re.search(r"the pages go in the order of `--random-order --seed (\d+)`", first)
    assert seed
    assert run(project, *chance, f"--seed={seed[1]}", "docs", "snippets").stdout.split()[:40] == first.split()[:40]
    orders = {tuple(run(project, *chance, f"--seed={n}", "docs").stdout.split("::")) for n in range(3)}
    assert len(orders) == 3


def test_a_course_goes_in_the_order_of_the_site_and_asks_after_each_page_what_it_leaves(project: Path) -> None:
    (project / "docs/first.md").write_text(PAGE)
    (project / "mkdocs.yml").write_text("nav:\n  - 둘: first.md\n  - 셋: good.md\n")
    collected = run(project, "--engine=28", "--course", "--collect-only", "-q", "docs", "snippets")
    assert collected.stdout.splitlines()[:4] == [
        "docs/first.md::28::a.console", "docs/first.md::28::what it leaves",
        "docs/good.md::28::a.console", "docs/good.md::28::what it leaves",
    ]  # fmt: skip


@pytest.mark.parametrize("options", [[], ["--engine="], ["--numprocesses=1"]])
def test_without_an_engine_and_the_right_to_start_one_the_two_ways_out_are_told(
    project: Path, options: list[str]
) -> None:
    refused = run(project, *options, "docs")
    output = refused.stdout + refused.stderr
    assert "No Docker engine answers, and none may be started here." in output
    assert "install and start Docker" in output
    assert "as root on Debian or Ubuntu" in output
    assert "Traceback" not in output
    assert refused.returncode == 6
    assert (project / "build/evidence/summary.json").exists()


def test_who_runs_a_page_from_elsewhere_is_told_what_that_may_do_before_it_runs(project: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-stranger.md"
    outside.write_text("``` console\n$ docker ps\n```\n")
    here = (f"--rootdir={project}", "--config-file=pytest.ini")
    told = [line for line in run(project, *here, str(outside)).stdout.splitlines() if "SECURITY.md" in line]
    assert len(told) == 1
    assert told[0].startswith("pages from outside the project are run: ")
    assert "SECURITY.md" not in run(project, *here, "docs").stdout


def test_a_markdown_file_from_elsewhere_is_collected_under_its_own_path(project: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-guide.md"
    outside.write_text("``` console\n$ docker ps\n```\n")
    collected = run(project, f"--rootdir={project}", "--config-file=pytest.ini", "--collect-only", "-q", str(outside))
    assert collected.stdout.splitlines()[0] == f"{outside}::28::line 1"


def test_a_wrong_fence_of_a_page_from_elsewhere_is_told_and_the_others_are_still_collected(project: Path) -> None:
    (project / "guide.md").write_text("``` console\ndocker ps\n```\n\n``` console\n$ docker ps\n```\n")
    collected = run(project, "--collect-only", "-q", "guide.md")
    assert collected.stdout.splitlines()[0] == "guide.md::28::line 5"
    assert "guide.md:2: no prompt: found `docker ps`" in collected.stdout
    assert "Traceback" not in collected.stdout + collected.stderr


@pytest.mark.parametrize("text", ["", "# 글만\n\n    $ docker ps\n"])
def test_a_page_with_nothing_to_run_is_named(project: Path, text: str) -> None:
    (project / "text.md").write_text(text)
    ended = run(project, "text.md")
    assert "text.md:1: nothing to run: no fence; write ``` console" in ended.stdout
    assert ended.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
    assert "nothing to run" not in run(project, "docs/good.md", "-k", "no_such_block").stdout


# Before anything runs.


def lines_of(ended: subprocess.CompletedProcess[str]) -> list[str]:
    """What the run said, but for pytest's own frame."""
    return [line for line in (ended.stdout + ended.stderr).splitlines() if not line.startswith("=")]


def test_a_reader_without_docker_is_told_the_way_out_before_anything_is_started(project: Path) -> None:
    refused = run(project, "--engine=mine", "docs")
    assert "there is no `docker` here: install it, or name an engine: --engine 28" in refused.stderr
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR


def test_an_address_that_cannot_be_read_is_told_with_the_way_out(project: Path) -> None:
    ended = run(project, "docs", host="http://[::1")
    assert "DOCKER_HOST is no address of an engine: `http://[::1` (Invalid IPv6 URL)" in lines_of(ended)
    assert "write unix:///var/run/docker.sock, tcp://HOST:PORT or ssh://USER@HOST, or unset it" in lines_of(ended)
    assert "Traceback" not in ended.stdout + ended.stderr
    assert ended.returncode == 4
    assert (project / "build/evidence/summary.json").exists()


def test_an_engine_that_takes_the_connection_and_says_nothing_is_given_up(project: Path, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "silent.sock"))
        silent.listen()
        ended = run(project, "docs", host=f"unix://{tmp_path}/silent.sock")
    assert f"DOCKER_HOST (unix://{tmp_path}/silent.sock): did not answer within 10 s" in ended.stdout
    assert ended.returncode == 6


@pytest.mark.parametrize("options", [[], ["--numprocesses=1"]])
def test_evidence_that_cannot_be_written_is_told_before_anything_runs(project: Path, options: list[str]) -> None:
    (project / "build").write_text("in the way")
    ended = run(project, "--junit-xml=junit.xml", *options, "docs")
    told = f"{project}/build/evidence can't be written (Not a directory); make it writable, or remove it"
    assert told in lines_of(ended)
    assert "No Docker engine answers" not in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr
    assert ended.returncode == 6


def test_evidence_without_room_is_told_before_anything_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(20 << 20, 20 << 20, 16 << 10))
    with pytest.raises(EvidenceError, match=r"has no room \(16 KiB are free, 16 MiB are needed\); make room"):
        room.check(tmp_path)


def test_a_report_that_cannot_be_written_is_no_drift(project: Path) -> None:
    ended = run(project, "--junit-xml=pytest.ini/junit.xml", "docs", "-k", "no_such_block")
    assert "a report was not written: File exists" in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr
    assert ended.returncode == pytest.ExitCode.NO_TESTS_COLLECTED


# Whoever watches.


def test_a_closed_pipe_changes_no_exit_status(project: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "pytest", "-p", "harness.plugin", "--engine=28", "docs"]
    ended = subprocess.run(command, cwd=project, env=environment(), stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (6, "")


@pytest.mark.parametrize("columns", ["1", "0", "20"])
def test_a_narrow_terminal_changes_no_exit_status(project: Path, columns: str) -> None:
    command = [sys.executable, "-m", "pytest", "-p", "harness.plugin", "--engine=28", "docs"]
    narrow = {**environment(), "COLUMNS": columns}
    assert subprocess.run(command, cwd=project, env=narrow, capture_output=True).returncode == 6


@pytest.mark.parametrize("locale", ["C", "POSIX", "ko_KR.UTF-8"])
def test_neither_locale_nor_umask_nor_the_letters_of_a_path_change_an_exit_status(project: Path, locale: str) -> None:
    moved = shutil.copytree(project, project / "한글 폴더")  # and there is no HOME, no TMPDIR
    bare = {**environment(), "LANG": locale, "LC_ALL": locale, "NO_COLOR": "1"}
    command = [sys.executable, "-m", "pytest", "-p", "harness.plugin", "--engine=28", "docs"]
    ended = subprocess.run(command, cwd=moved, env=bare, umask=0o077, capture_output=True)
    assert "No Docker engine answers" in ended.stdout.decode()
    assert ended.returncode == 6
    assert (moved / "build/evidence/summary.json").exists()
