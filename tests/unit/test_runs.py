"""A run is alive while one of its processes is, however it ends; only what is certainly over is removed."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from docker.errors import APIError

from harness.lab.outer.faults import LabError, faults
from harness.lab.outer.runs import FOREIGN_LIFE, is_over, labels, lock_path, marked_alive, remove_cache


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


OTHER_PROCESS = """
from harness.lab.outer.runs import marked_alive
with marked_alive("shared"):
    print("in", flush=True)
    input()
"""


@pytest.fixture
def other_process() -> Iterator[subprocess.Popen[str]]:
    """Another process of the run `shared`."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={"PYTHONPATH": str(Path(__file__).parent.parent), "XDG_CACHE_HOME": str(lock_path("x").parents[2])},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "in\n"
        yield process
        process.kill()


def test_a_run_is_over_when_its_last_process_has_left() -> None:
    marks = labels("shared")
    with marked_alive("shared"):
        with marked_alive("shared"):
            assert not is_over(marks, time.time())
        assert not is_over(marks, time.time())
    assert is_over(marks, time.time())
    assert not lock_path("shared").exists()


def test_a_run_lives_as_long_as_another_process_of_it(other_process: subprocess.Popen[str]) -> None:
    with marked_alive("shared"):
        pass
    assert lock_path("shared").exists()
    assert not is_over(labels("shared"), time.time())


def test_a_killed_process_keeps_its_run_alive_no_longer(other_process: subprocess.Popen[str]) -> None:
    other_process.kill()
    other_process.wait()
    assert is_over(labels("shared"), time.time())


def test_a_run_that_never_was_here_is_over_if_it_is_ours() -> None:
    assert is_over(labels("long-gone"), time.time())


def test_a_run_of_somebody_else_is_over_after_a_day_only() -> None:
    marks = {**labels("theirs"), "docker-note.owner": "somebody"}
    made = float(marks["docker-note.made"])
    assert not is_over(marks, made + FOREIGN_LIFE - 1)
    assert is_over(marks, made + FOREIGN_LIFE + 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"docker-note.made": "yesterday"},
        {"docker-note.made": "nan"},
        {"docker-note.made": "-1"},
        {"docker-note.made": ""},
        {"docker-note.run": "../victim"},
        {"docker-note.run": ""},
    ],
)
def test_labels_that_no_run_writes_end_no_run_and_remove_nothing(wrong: dict[str, str]) -> None:
    victim = lock_path("a").parents[1] / "victim.lock"
    victim.touch()
    for owner in ({}, {"docker-note.owner": "somebody"}):
        assert not is_over({**labels("theirs"), **owner, **wrong}, time.time() + 2 * FOREIGN_LIFE)
    assert victim.exists()


def test_each_cache_folder_is_an_owner_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = labels("run")["docker-note.owner"]
    assert labels("other")["docker-note.owner"] == here
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    assert labels("run")["docker-note.owner"] != here


def test_a_fault_says_what_was_being_done_and_why_it_failed() -> None:
    with pytest.raises(LabError, match=r"^reading a file: .*No such file") as caught, faults("reading a file"):
        Path("/not/there").read_text()
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_clean_removes_images_and_what_was_pulled_but_nothing_that_a_run_has() -> None:
    engine: Any = Mock()
    engine.api.images.return_value = [{"Id": "sha256:0"}]
    engine.api.volumes.return_value = {"Volumes": [{"Name": "docker-note-hub-used"}, {"Name": "docker-note-hub-1"}]}
    engine.api.remove_volume.side_effect = [APIError("volume is in use"), None]
    assert remove_cache(engine) == ["sha256:0", "docker-note-hub-1"]
    assert engine.api.volumes.call_args.kwargs == {"filters": {"label": "docker-note=cache"}}
