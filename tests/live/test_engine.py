"""The engine that labs run on is the one that is there; else root gets a private one that leaves with its last user."""

import io
import os
import stat
import subprocess
from contextlib import closing
from ipaddress import ip_network
from pathlib import Path

import docker
import pytest

from harness.lab import mirror
from harness.lab.outer import dockerd
from harness.lab.outer.cache import cache_folder
from harness.lab.outer.dockerd import private_engine
from harness.lab.outer.engine import connect, outer_engine
from harness.lab.outer.faults import LabError
from harness.lab.outer.runs import LABEL, clear, labels, remove_cache
from live.conftest import may_start_engines


def test_an_engine_that_answers_is_used_and_left_as_it_is(
    environment: dict[str, str], client: docker.DockerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    said: list[str] = []
    with outer_engine(said.append) as reached:
        assert reached == environment
    assert said == []
    assert client.ping()


@may_start_engines
def test_where_none_answers_a_private_one_runs_while_anybody_uses_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    said: list[str] = []
    with outer_engine(said.append) as first:
        assert str(tmp_path) in said[-1]
        with outer_engine(said.append) as second:
            assert second == first
            assert said[-1] == "using the private engine that is already running"
        with closing(connect(first)) as client:
            assert client.ping()
            gateway = client.networks.get("bridge").attrs["IPAM"]["Config"][0]["Gateway"]
            assert gateway.startswith("10.209.")  # not docker0's, which somebody else's engine may have
        # Nobody else comes to its socket: it lies in a folder of this user's alone.
        folder = Path(first["DOCKER_HOST"].removeprefix("unix://")).parent
        assert (folder.stat().st_uid, stat.S_IMODE(folder.stat().st_mode)) == (os.geteuid(), 0o700)
    assert not dockerd.answers(first)
    bridge = dockerd.bridge_name(cache_folder() / "engine")
    rules = subprocess.run(["iptables-save"], capture_output=True, text=True, check=True).stdout
    assert bridge not in rules
    assert not (cache_folder() / "engine" / "dockerd.pid").exists()


@may_start_engines
def test_a_private_engine_that_does_not_start_says_what_its_log_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(dockerd, "command", lambda folder, host: ["dockerd", f"--config-file={folder}/not-there.json"])
    with pytest.raises(LabError, match=r"did not start; the end of .*dockerd\.log:\n.*not-there\.json"):  # noqa: SIM117
        with private_engine(print):
            raise AssertionError("it started")
    assert not (Path("/sys/class/net") / dockerd.bridge_name(cache_folder() / "engine")).exists()


@may_start_engines
def test_the_cache_of_images_can_be_removed_and_nothing_else_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with private_engine(print) as environment, closing(connect(environment)) as client:
        for name, label in (("docker-note/ours:1", {LABEL: "cache"}), ("theirs:1", {})):
            dockerfile = io.BytesIO(f"FROM scratch\nENV NAME={name}\n".encode())
            client.images.build(fileobj=dockerfile, tag=name, labels=label, rm=True)
        ours = client.images.get("docker-note/ours:1").id
        assert remove_cache(client) == [ours]
        assert [image.tags for image in client.images.list()] == [["theirs:1"]]


@may_start_engines
def test_what_a_run_that_was_killed_left_goes_with_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with private_engine(print) as environment, closing(connect(environment)) as client:
        left = mirror.network(client, "left", "killed").attrs["Options"]["com.docker.network.bridge.name"]
        assert (Path("/sys/class/net") / left).exists()
    assert not (Path("/sys/class/net") / left).exists()


@may_start_engines
def test_an_engine_in_a_lab_of_the_private_one_has_the_addresses_that_a_readers_has(
    own_engine: tuple[dict[str, str], docker.DockerClient, str],
) -> None:
    _, own, _ = own_engine
    made = mirror.network(own, "lab", "addressed")
    made.reload()
    [given] = [ip_network(config["Subnet"]) for config in made.attrs["IPAM"]["Config"]]
    clear(own, "addressed")
    assert not given.overlaps(ip_network("172.16.0.0/12"))  # the first that an engine gives itself, which has no other


@may_start_engines
def test_an_engine_that_starts_leaves_the_networks_of_another_engines_runs_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_engine: tuple[dict[str, str], docker.DockerClient, str]
) -> None:
    _, own, image = own_engine
    for name in ("one", "other"):
        mirror.network(own, name, "parted")
        own.containers.run(image, ["sleep", "infinity"], name=name, network=name, labels=labels("parted"), detach=True)
    address = own.containers.get("other").attrs["NetworkSettings"]["Networks"]["other"]["IPAddress"]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    with private_engine(print):
        knock = ["timeout", "2", "bash", "-c", f"</dev/tcp/{address}/9"]
        assert own.containers.get("one").exec_run(knock).exit_code == 124  # neither taken nor refused
    clear(own, "parted")
