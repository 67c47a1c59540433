"""Where the private engine lives, and that nobody else's process is taken for it."""

import os
from pathlib import Path

import pytest

from harness.lab.outer import dockerd
from harness.lab.outer.dockerd import bridge_name, command, is_running, socket_path
from harness.lab.outer.faults import LabError


def test_the_socket_lies_in_the_folder_where_its_path_is_short_enough(tmp_path: Path) -> None:
    folder = Path("/short")
    assert socket_path(folder) == Path("/short/docker.sock")


def test_a_path_too_long_for_a_socket_is_replaced_by_a_private_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = socket_path(tmp_path / ("long" * 30))
    assert found.parent.parent == tmp_path
    assert found.parent.stat().st_mode & 0o777 == 0o700
    assert found == socket_path(tmp_path / ("long" * 30))
    assert found != socket_path(tmp_path / ("other" * 30))


def test_a_folder_that_others_could_write_to_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    socket_path(tmp_path / ("long" * 30)).parent.chmod(0o777)
    with pytest.raises(LabError, match="isn't this user's alone"):
        socket_path(tmp_path / ("long" * 30))


def test_two_cache_folders_have_two_bridges_with_names_that_the_kernel_takes() -> None:
    one, other = bridge_name(Path("/home/a/.cache/docker-note/engine")), bridge_name(Path("/home/b"))
    assert one != other
    assert max(len(one), len(other)) <= 15


def test_the_engine_writes_nothing_into_a_system_engines_places() -> None:
    paths = [word.partition("=")[2] for word in command(Path("/own"), "unix:///own/docker.sock")[1:]]
    assert [path for path in paths if path.startswith("/")] == [
        "/own/data",
        "/own/exec",
        "/own/dockerd.pid",
        "/own/daemon.json",
    ]


def test_a_containerd_of_the_systems_is_kept_out_of_its_sight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    systems = tmp_path / "containerd" / "containerd.sock"
    monkeypatch.setattr(dockerd, "SYSTEMS_CONTAINERD", systems)
    plain = command(Path("/own"), "unix:///own/docker.sock")
    assert plain[0] == "dockerd"
    systems.parent.mkdir()
    systems.touch()
    hidden = command(Path("/own"), "unix:///own/docker.sock")
    assert hidden == ["unshare", "--mount", "sh", "-c", dockerd.ALONE, str(systems.parent), *plain]


def test_a_process_that_came_to_have_the_number_is_not_the_engine(tmp_path: Path) -> None:
    assert not is_running(os.getpid(), tmp_path / "engine")
    assert not is_running(0, tmp_path / "engine")
