"""On which engine the pages of a reader run who asks for the version of his own machine."""

import json
from pathlib import Path

import pytest

from harness.lab import engines
from harness.lab.engines import Store
from harness.lab.mine import Installed, installed, nearest
from harness.lab.outer.faults import LabError

KNOWN = [engine for engine in engines.read() if engine.name in ("20.10", "26", "28", "28c", "29")]  # as of today


@pytest.mark.parametrize(
    ("version", "store", "tried"),
    [
        ("28.5.2", Store.GRAPH_DRIVERS, ["28", "28c", "29"]),
        ("28.5.2", Store.CONTAINERD, ["28c", "28", "29"]),
        ("29.1.3", Store.CONTAINERD, ["29", "28c", "28"]),
        ("29.1.3+dfsg1", Store.GRAPH_DRIVERS, ["29", "28", "28c"]),
        ("30.0.0-rc.1", Store.CONTAINERD, ["29", "28c", "28"]),
        ("27.3.1", Store.GRAPH_DRIVERS, ["28", "26", "28c"]),
        ("27.3.1", Store.CONTAINERD, ["28c", "28", "26"]),
        ("24.0.7", Store.GRAPH_DRIVERS, ["26", "28", "20.10"]),
        ("20.10.24", Store.GRAPH_DRIVERS, ["20.10", "26", "28"]),
        ("19.03.15", Store.GRAPH_DRIVERS, ["20.10", "26", "28"]),
    ],
)
def test_the_release_itself_is_tried_first_and_then_the_nearest(version: str, store: Store, tried: list[str]) -> None:
    found = nearest(Installed(version, version, store), KNOWN)
    assert ([engine.name for engine in found][:3], len(found)) == (tried, len(KNOWN))


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `docker` that prints what stands in the files `version` and `info` beside it, and fails."""
    program = tmp_path / "docker"
    program.write_text(f'#!/bin/sh\ncat "{tmp_path}/$1"; echo "Cannot connect to the Docker daemon" >&2; exit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def says(docker: Path, **texts: object) -> None:
    for name, text in texts.items():
        (docker / name).write_text(json.dumps(text))


def test_the_version_is_the_one_that_docker_version_names(docker: Path) -> None:
    says(
        docker, version={"Client": {"Version": "29.1.0"}, "Server": {"Version": "28.5.2"}}, info={"DriverStatus": None}
    )
    assert installed() == Installed("29.1.0", "28.5.2", Store.GRAPH_DRIVERS)
    assert (installed().version, str(installed())) == ("28.5.2", "클라이언트 29.1.0, 엔진 28.5.2 (graph drivers)")


def test_where_the_images_are_is_asked_of_docker_info(docker: Path) -> None:
    status = [["driver-type", "io.containerd.snapshotter.v1"]]
    says(
        docker,
        version={"Client": {"Version": "29.1.0"}, "Server": {"Version": "29.1.0"}},
        info={"DriverStatus": status},
    )
    assert installed().store is Store.CONTAINERD


def test_without_an_engine_that_answers_the_version_is_the_clients(docker: Path) -> None:
    says(docker, version={"Client": {"Version": "20.10.24+dfsg1"}, "Server": None})
    assert (installed().version, installed().release) == ("20.10.24+dfsg1", "20.10")
    assert str(installed()) == "클라이언트 20.10.24+dfsg1, 엔진 답하지 않음"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"Client": {"Version": "5.4.2"}}, "`docker version` names `5.4.2`, which is no version of Docker's"),
        ({"Client": {"Version": "dev"}}, "`docker version` names `dev`, which is no version of Docker's"),
        ({}, "`docker version` names no version"),
        ([], "`docker version` names no version"),
    ],
)
def test_what_is_no_version_of_dockers_is_told_with_the_way_out(docker: Path, said: object, told: str) -> None:
    says(docker, version=said)
    with pytest.raises(LabError) as refused:
        installed()
    assert str(refused.value) == f"{told}: look at what it prints, or name an engine: --engine 28"


def test_a_machine_without_docker_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(LabError, match=r"there is no `docker` here: install it, or name an engine: --engine 28\Z"):
        installed()
