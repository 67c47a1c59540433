"""A run is alive while one of its processes is, however it ends; only what is certainly over is removed."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from docker.errors import APIError, DockerException, ImageNotFound

from harness.lab.outer.faults import LabError, faults
from harness.lab.outer.locks import to_make
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


@pytest.mark.parametrize(
    "said",
    [
        "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
        "all predefined address pools have been fully subnetted",
    ],
)
def test_an_engine_without_networks_is_told_with_the_ways_out(said: str) -> None:
    with pytest.raises(LabError) as caught, faults("starting a lab"):
        raise DockerException(said)
    assert str(caught.value) == (
        f"starting a lab: {said}; wait for other runs to end, remove networks that nobody uses (`docker network "
        "prune`), or give the engine more (`default-address-pools` in its daemon.json)"
    )


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


@pytest.mark.parametrize("made", ["yesterday", "", "nan", "-1", "1e3"])
def test_what_somebody_else_has_labelled_without_a_time_is_left(made: str) -> None:
    assert not is_over({"docker-note": "run", "docker-note.owner": "somebody", "docker-note.made": made}, time.time())
    assert not is_over({"docker-note": "run"}, time.time())


class Engine:
    """Where a container's name can be taken once."""

    def __init__(self) -> None:
        self.api = self
        self.taken: dict[str, dict[str, str]] = {}
        self.has_image = False

    def create_container(self, image: str, command: list[str], name: str, labels: dict[str, str]) -> dict[str, str]:
        if not self.has_image:
            raise ImageNotFound("no such image")
        if name in self.taken:
            raise APIError("conflict", response=Mock(status_code=409))
        self.taken[name] = labels
        return {"Id": name}

    def import_image_from_data(self, data: bytes, **options: object) -> None:
        self.has_image = True

    def inspect_container(self, name: str) -> dict[str, Any]:
        return {"Id": name, "Config": {"Labels": self.taken[name]}}

    def remove_container(self, name: str, **options: object) -> None:
        del self.taken[name]


def test_what_is_there_is_not_made_and_nobody_is_waited_for() -> None:
    with to_make(Mock(), "base", lambda: True, pytest.fail) as is_missing:
        assert not is_missing


def test_while_something_is_made_its_name_is_taken_on_the_engine() -> None:
    engine: Any = Engine()
    with to_make(engine, "base", lambda: False, pytest.fail) as is_missing:
        assert is_missing
        assert list(engine.taken) == ["docker-note-lock-base"]
    assert engine.taken == {}


@pytest.mark.parametrize("owner", ["ours", "theirs"])
def test_a_lock_whose_holder_is_over_is_taken_away_and_that_is_told(owner: str) -> None:
    engine: Any = Engine()
    theirs = {"docker-note.owner": "them", "docker-note.made": "1000"}
    marks = labels("killed") | (theirs if owner == "theirs" else {})
    engine.taken["docker-note-lock-base"] = marks
    said: list[str] = []
    with to_make(engine, "base", lambda: False, said.append) as is_missing:
        assert is_missing
    assert said == ["waiting for another run on this engine (if there is none: docker rm docker-note-lock-base)"]


def test_what_the_engine_does_not_allow_is_a_fault() -> None:
    engine: Any = Engine()
    engine.create_container = Mock(side_effect=APIError("no space", response=Mock(status_code=500)))
    with pytest.raises(LabError, match=r"^locking base on the engine: "), to_make(engine, "base", lambda: False, print):
        raise AssertionError("it was locked")
