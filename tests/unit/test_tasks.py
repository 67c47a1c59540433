"""The tasks of noxfile.py, and the lock that they install from."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from unittest.mock import Mock

import nox.registry
import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.txt").read_text("utf-8")
# A package at one version, perhaps only on some systems, with the sums of its files.
PIN = re.compile(r"([a-z0-9-]+)==\S+( ; [^\\]+)?( --hash=sha256:[0-9a-f]{64})+")


@pytest.fixture(scope="module")
def sentences(tasks: ModuleType) -> dict[str, str]:
    """Name -> docstring."""
    return {name: task.func.__doc__ or "" for name, task in nox.registry.get().items()}


def pins() -> list[str]:
    lines = re.sub(r" *\\\n *", " ", LOCK).splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("folder", ["tests/bench/site", "tests/site/types", "tests/workflows"])
def test_npms_lock_has_the_sum_of_every_package_and_names_no_registry(folder: str) -> None:
    packages = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))["packages"]
    del packages[""]  # the folder itself
    assert packages
    assert {name: package for name, package in packages.items() if "integrity" not in package} == {}
    assert {name: package for name, package in packages.items() if "resolved" in package} == {}


def test_the_readme_has_a_row_for_every_task(sentences: dict[str, str]) -> None:
    table = (ROOT / "README.md").read_text("utf-8").partition("## Tasks")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == sorted(sentences)


def test_the_list_of_tasks_shows_a_whole_sentence_for_each(sentences: dict[str, str]) -> None:
    """`--list` shows only the first line."""
    first_lines = {name: text.partition("\n")[0] for name, text in sentences.items()}
    assert {name: line for name, line in first_lines.items() if not re.search(r"[.`]$", line)} == {}


def test_what_ctrl_c_stops_has_time_to_clean_up_and_to_say_what_it_found(tasks: ModuleType) -> None:
    """Nox would kill it after half a second."""
    session = Mock()
    tasks.python(session, "-m", "pytest")
    assert session.run.call_args.kwargs["interrupt_timeout"] >= 60


def test_what_one_python_has_compiled_the_next_one_reads_whatever_the_machine_says(tasks: ModuleType) -> None:
    session = Mock()
    tasks.python(session, "-m", "pytest")
    environment = {"PYTHONDONTWRITEBYTECODE": "1"} | session.run.call_args.kwargs["env"]
    asked = [sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"]
    assert subprocess.run(asked, env=environment, capture_output=True, text=True).stdout == "False\n"


def test_who_stops_the_setting_up_reads_a_sentence(tmp_path: Path) -> None:
    shutil.copy(ROOT / "noxfile.py", tmp_path)
    os.mkfifo(tmp_path / "requirements.txt")
    command = [sys.executable, str(tmp_path / "noxfile.py")]
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run,
        (tmp_path / "requirements.txt").open("w"),  # once the run reads it
    ):
        run.send_signal(signal.SIGINT)
        _, said = run.communicate()
    assert (run.returncode, said) == (1, "setting up was stopped; the next run begins it anew\n")


def test_every_line_of_the_lock_is_a_pin_with_hashes() -> None:
    """So it names no registry, no path and no option either."""
    assert [line for line in pins() if not PIN.fullmatch(line)] == []


def test_the_lock_says_how_it_is_renewed() -> None:
    assert "python3 noxfile.py -s lock" in LOCK.partition("==")[0]


def test_every_declared_package_is_in_the_lock() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]["dev"]
    names = {re.split(r"[<>=!~ ]", package)[0] for package in declared}
    assert names - {line.partition("==")[0] for line in pins()} == set()
