"""Which engine is asked, in which order, and what is said where none may be used."""

import hashlib
import json
import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from harness import engine
from harness.engine import NoEngine, candidates, outer_engine, reachable


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "DOCKER_CONTEXT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))


def make_context(folder: Path, name: str, host: str) -> None:

    meta = folder / "contexts/meta" / hashlib.sha256(name.encode()).hexdigest() / "meta.json"
    meta.parent.mkdir(parents=True)
    described = {"Name": name, "Metadata": {}, "Endpoints": {"docker": {"Host": host, "SkipTLSVerify": False}}}
    meta.write_text(json.dumps(described))


def add_tls(folder: Path, name: str) -> Path:

    tls = folder / "contexts/tls" / hashlib.sha256(name.encode()).hexdigest() / "docker"
    tls.mkdir(parents=True)
    for file in ("ca.pem", "cert.pem", "key.pem"):
        (tls / file).write_text("")
    return tls


def test_docker_host_is_the_only_one_asked_where_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://far:2376")
    monkeypatch.setenv("DOCKER_TLS_VERIFY", "1")
    monkeypatch.setenv("DOCKER_CERT_PATH", "/certs")
    environment = {"DOCKER_HOST": "tcp://far:2376", "DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": "/certs"}
    assert candidates() == [("DOCKER_HOST", environment)]


def test_without_anything_set_it_is_the_usual_socket() -> None:
    assert candidates() == [("docker context default", {"DOCKER_HOST": "unix:///var/run/docker.sock"})]


def test_the_current_docker_context_comes_before_the_usual_socket(tmp_path: Path) -> None:
    make_context(tmp_path, "desk", "unix:///desk.sock")
    (tmp_path / "config.json").write_text(json.dumps({"currentContext": "desk"}))
    assert candidates() == [
        ("docker context desk", {"DOCKER_HOST": "unix:///desk.sock"}),
        ("the usual socket", {"DOCKER_HOST": "unix:///var/run/docker.sock"}),
    ]


def test_docker_context_chooses_another_context_and_its_certificates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_context(tmp_path, "far", "tcp://far:2376")
    tls = add_tls(tmp_path, "far")
    (tmp_path / "config.json").write_text("{}")
    monkeypatch.setenv("DOCKER_CONTEXT", "far")
    environment = {"DOCKER_HOST": "tcp://far:2376", "DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": str(tls)}
    assert candidates()[0] == ("docker context far", environment)


def test_what_does_not_answer_is_noted_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    tried: list[str] = []
    with ExitStack() as stack:
        assert reachable(tried, stack) is None
    assert tried == [f"DOCKER_HOST (unix://{tmp_path}/nobody.sock): No such file or directory"]


def test_without_an_engine_and_the_right_to_start_one_the_two_ways_out_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(NoEngine) as caught, outer_engine(print):
        raise AssertionError("there is none")
    lines = str(caught.value).splitlines()
    assert lines[0] == "No Docker engine answers, and none may be started here."
    assert lines[1] == f"  DOCKER_HOST (unix://{tmp_path}/nobody.sock): No such file or directory"
    assert lines[2:] == engine.WAYS_OUT.splitlines()


def test_a_package_is_announced_before_it_is_installed_and_a_failure_quotes_apt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text('#!/bin/sh\necho "$@"\necho "E: no such package" >&2\nexit 100\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    said: list[str] = []
    with pytest.raises(NoEngine) as caught:
        engine.apt_install("docker.io", said.append)
    assert said == ["installing docker.io from this machine's distribution (apt-get), system-wide"]
    assert str(caught.value).splitlines()[:3] == [
        "`apt-get --quiet update` failed.",
        "--quiet update",
        "E: no such package",
    ]
