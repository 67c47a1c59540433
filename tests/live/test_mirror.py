"""Labs pull from the mirror as from Docker Hub, and what a run leaves on the outer engine is nothing."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import docker
import pytest

from harness.lab.engines import fallback
from harness.lab.lab_images import build_lab_image
from harness.lab.labs import Lab, find, lab
from harness.lab.lanes import Lane
from harness.lab.mirror import Mirror, mirror, mirror_image
from harness.lab.outer.runs import RUN, sweep
from harness.lab.standins import filled_image
from harness.project import LABS
from live.conftest import OpenLab


@pytest.fixture(scope="module")
def mirror_only_image(client: docker.DockerClient) -> str:
    return mirror_image(client, print)


NO_TAG = {
    "28": "manifest for centos:lastest not found: manifest unknown: manifest unknown",
    "28c": 'failed to resolve reference "docker.io/library/centos:lastest": '
    "docker.io/library/centos:lastest: not found",
}
NO_REPOSITORY = "pull access denied for nosuch, repository does not exist or may require 'docker login'"
DENIED = {"28": ": denied: requested access to the resource is denied", "28c": ""}


@pytest.fixture(scope="class", params=["28", "28c"])
def used(open_lab: OpenLab, request: pytest.FixtureRequest) -> Iterator[Lab]:
    """A lab for tests that only pull, on either image store."""
    with open_lab(engine=request.param) as running:
        yield running


class TestAPull:
    """In one lab of each engine, which ends with the last of them."""

    def test_a_stand_in_is_pulled_by_the_name_it_stands_for_and_says_what_it_is(self, used: Lab) -> None:
        status, output = used.exec("docker", "pull", "centos", user="reader")
        assert (status, output.splitlines()[-1]) == (0, "docker.io/library/centos:latest")
        found = used.images()
        assert list(found) == ["centos:latest"]
        assert found["centos:latest"].standin
        assert f"Digest: {found['centos:latest'].digest}" in output.splitlines()

    def test_a_tag_that_is_not_there_gets_docker_hubs_own_answer(self, used: Lab) -> None:
        message = NO_TAG[used.engine.name]
        assert used.exec("docker", "pull", "centos:lastest") == (1, f"Error response from daemon: {message}\n")

    def test_a_repository_that_is_not_there_gets_docker_hubs_own_answer(self, used: Lab) -> None:
        message = f"{NO_REPOSITORY}{DENIED[used.engine.name]}"
        assert used.exec("docker", "pull", "nosuch:v1") == (1, f"Error response from daemon: {message}\n")
        assert used.fault() == ""  # it is what Docker Hub says, and no fault

    def test_the_engine_knows_of_no_mirror(self, used: Lab) -> None:
        _, output = used.exec("docker", "info")
        assert "Server Version: 28." in output
        assert "Mirror" not in output

    def test_the_centos_stand_in_looks_like_the_real_one(self, used: Lab) -> None:
        shown = used.exec("docker", "run", "--rm", "centos", "cat", "/etc/centos-release")
        assert shown[1].splitlines()[-1] == "CentOS Linux release 8.4.2105"
        described = "{{.Created}} {{.Config.Cmd}} {{len .RootFS.Layers}}"
        assert used.exec("docker", "image", "inspect", "--format", described, "centos") == (
            0,
            "2021-09-15T18:20:05Z [/bin/bash] 1\n",
        )


# What a reader would try first with each, and the last line of what it prints. A server is asked until it answers.
ASK = "curl --silent --retry 60 --retry-delay 1 --retry-all-errors"
FIRST_TRIED = {
    "busybox": ("docker run --rm busybox sh -c 'hostname -i | wc -l'", "1"),
    "centos": ("docker run --rm centos cat /etc/redhat-release", "CentOS Linux release 8.4.2105"),
    "debian": ("docker run --rm debian:13 cat /etc/debian_version", "13.1"),
    "gcc": ("docker run --rm gcc:15 sh -c 'echo \"int main(){return 7;}\" > a.c && gcc a.c && ./a.out; echo $?'", "7"),
    "hello-world": ("docker run --rm hello-world", "https://docs.docker.com/get-started/"),
    "httpd": (
        f"docker run -d --name site -p 8081:80 httpd:2.4 && {ASK} localhost:8081 | grep -o works",
        "works",
    ),
    "nginx": (
        f"docker run -d --name web -p 8080:80 nginx && {ASK} localhost:8080 | grep h1",
        "<h1>Welcome to nginx!</h1>",
    ),
    "postgres": (
        "docker run -d --name db -e POSTGRES_PASSWORD=secret postgres:18 "
        "&& until docker exec db pg_isready --quiet --host localhost; do sleep 0.2; done "
        "&& docker exec db psql -U postgres -tAc 'select 6 * 7'",
        "42",
    ),
    "python": ("docker run --rm python:3 python -c 'print(6 * 7)'", "42"),
    "redis": (
        "docker run -d --name cache redis && until docker exec cache redis-cli ping; do sleep 0.2; done "
        "&& docker run --rm --link cache redis redis-cli -h cache ping",
        "PONG",
    ),
    "registry": (
        f"docker run -d --name registry -p 5000:5000 registry:3 && {ASK} localhost:5000/v2/_catalog",
        '{"repositories":[]}',
    ),
}


@pytest.fixture(scope="class")
def one_lab(open_lab: OpenLab) -> Iterator[Lab]:
    with open_lab() as running:
        yield running


class TestEachStandIn:
    """In one lab, which ends with the last of them."""

    @pytest.mark.parametrize("folder", sorted(path.parent.name for path in (LABS / "standins").glob("*/Dockerfile")))
    def test_is_pulled_and_does_what_it_is_there_for(self, one_lab: Lab, folder: str) -> None:
        command, last_line = FIRST_TRIED[folder]
        status, output = one_lab.exec("bash", "-c", command, user="reader")
        assert (status, output.strip().splitlines()[-1].strip()) == (0, last_line)


def test_no_port_of_the_mirror_is_open_to_anybody_but_labs(
    client: docker.DockerClient, mirror_only_image: str, another_run: str
) -> None:
    with mirror(client, another_run, print, lane=Lane.STANDIN) as running, ExitStack() as stack:
        assert client.api.inspect_container(running.network)["NetworkSettings"]["Ports"] == {}
        knock = f"timeout 2 bash -c '</dev/tcp/{running.address}/443'; exit $?"
        network = client.networks.create(f"strangers-{another_run}")
        stack.callback(network.remove)
        stranger = client.containers.run(mirror_only_image, ["bash", "-c", knock], network=network.name, detach=True)
        stack.callback(stranger.remove, force=True)
        assert stranger.wait()["StatusCode"] == 124  # no answer in that time


def things_of(client: docker.DockerClient, run: str) -> list[str]:
    label = {"label": f"{RUN}={run}"}
    containers = client.api.containers(all=True, filters=label)
    return [thing["Id"] for thing in containers + client.api.networks(filters=label)]


def made_by_a_run(mirror: Mirror) -> int:
    """How many things: a mirror, a lab, a network of each, what makes disks, and what is around the lab."""
    return 4 + mirror.settings.has_disks + mirror.settings.guarded


@pytest.fixture
def another_run() -> str:
    """A run of its own, beside the tests' shared one."""
    return f"another-{secrets.token_hex(4)}"


@pytest.fixture
def bystander(client: docker.DockerClient, mirror_only_image: str, another_run: str) -> Iterator[str]:
    """Somebody else's container, volume and network, all of one name."""
    name = f"bystander-of-{another_run}"
    with ExitStack() as stack:
        network = client.networks.create(name)
        stack.callback(network.remove)
        volume = client.volumes.create(name)
        stack.callback(volume.remove)
        container = client.containers.create(
            mirror_only_image, ["sleep", "infinity"], name=name, network=name, volumes=[f"{name}:/data"]
        )
        stack.callback(container.remove, force=True)
        container.start()
        yield name


def test_what_is_not_ours_is_the_same_afterwards_and_of_ours_nothing_is_there(
    client: docker.DockerClient, bystander: str, another_run: str
) -> None:
    def others() -> list[object]:
        api = client.api
        return [api.inspect_container(bystander), api.inspect_network(bystander), api.inspect_volume(bystander)]

    before = others()
    with mirror(client, another_run, print, lane=Lane.STANDIN) as running:
        image = build_lab_image(client, find(fallback()), "engine", print)
        with lab(client, find(fallback()), image, running, another_run) as opened:
            opened.exec("docker", "pull", "--quiet", "centos")
            assert len(things_of(client, another_run)) == made_by_a_run(running)
    assert things_of(client, another_run) == []
    assert others() == before


KILLED = """
import os, sys, time
from harness.lab.outer.engine import connect
from harness.lab.engines import fallback
from harness.lab.lab_images import build_lab_image
from harness.lab.labs import find, lab
from harness.lab.lanes import Lane
from harness.lab.mirror import mirror
run = sys.argv[1]
client = connect(os.environ)
with mirror(client, run, lambda line: None, lane=Lane.STANDIN) as shared:
    image = build_lab_image(client, find(fallback()), "engine", lambda line: None)
    with lab(client, find(fallback()), image, shared, run):
        print("up", flush=True)
        time.sleep(600)
"""


@pytest.fixture
def killed(environment: dict[str, str], another_run: str) -> Iterator[subprocess.Popen[str]]:
    """A process with a run of its own, up, to be killed."""
    paths = {"PYTHONPATH": str(Path(__file__).parent.parent)}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, another_run],
        env={**os.environ, **environment, **paths}, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        yield process
        process.kill()


def test_what_a_killed_run_left_goes_with_the_next_one_and_a_living_run_keeps_its_own(
    client: docker.DockerClient, killed: subprocess.Popen[str], another_run: str, open_lab: OpenLab, run_id: str,
    shared_mirror: Mirror,
) -> None:  # fmt: skip
    all_of_it = made_by_a_run(shared_mirror)
    with open_lab() as mine:
        sweep(client)
        assert len(things_of(client, another_run)) == all_of_it
        killed.kill()
        killed.wait()
        removed = sweep(client)
        assert things_of(client, another_run) == []
        assert len([name for name in removed if another_run in name]) == all_of_it
        assert mine.exec("true") == (0, "")
        assert len(things_of(client, run_id)) == all_of_it


def test_a_worker_that_was_killed_leaves_its_lab_to_the_end_of_its_run(
    client: docker.DockerClient, mirror_only_image: str, another_run: str
) -> None:
    with mirror(client, another_run, print, lane=Lane.STANDIN) as running:
        marks = client.api.inspect_container(running.network)["Config"]["Labels"]
        client.containers.run(mirror_only_image, ["sleep", "infinity"], detach=True, labels=marks)
        assert len(things_of(client, another_run)) == 3 + running.settings.has_disks
    assert things_of(client, another_run) == []


def test_the_second_run_reuses_the_images_of_the_first(client: docker.DockerClient, shared_mirror: Mirror) -> None:
    said: list[str] = []
    build_lab_image(client, find(fallback()), "engine", said.append)
    filled_image(client, mirror_image(client, said.append), "unused", said.append)
    assert said == []  # as it says of each image that it builds
