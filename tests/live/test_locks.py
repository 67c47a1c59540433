"""Two first runs on one engine, by two users: one makes an image, the other waits for it, and both have it."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import docker
import pytest
from docker.errors import ImageNotFound

from harness.lab.outer.images import base_image
from harness.lab.standins import SUITE
from live.project import TESTS

BUILDS = """
import os, sys
from pathlib import Path
from harness.lab.outer.client import connect
from harness.lab.outer.images import build
say = lambda line: print(line, flush=True)
print(build(connect(dict(os.environ)), sys.argv[1], Path(sys.argv[2]), {"BASE": sys.argv[3]}, say))
"""


class Image:
    """An image that takes a while to make: longer than one of two runs may be behind the other on a busy machine."""

    def __init__(self, folder: Path, environment: dict[str, str], base: str) -> None:
        self.folder, self.environment, self.base = folder, environment, base
        self.name = f"test-{secrets.token_hex(4)}"
        (folder / "image").mkdir()
        (folder / "image/Dockerfile").write_text("ARG BASE\nFROM ${BASE}\nRUN sleep 10\n")

    def build(self, user: str) -> subprocess.Popen[str]:
        """A run of `user`, who has a cache folder of their own."""
        environment = {**os.environ, **self.environment, "XDG_CACHE_HOME": str(self.folder / user)}
        return subprocess.Popen(
            [sys.executable, "-c", BUILDS, self.name, str(self.folder / "image"), self.base],
            env={**environment, "PYTHONPATH": str(TESTS)}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip


@pytest.fixture
def image(tmp_path: Path, environment: dict[str, str], client: docker.DockerClient) -> Iterator[Image]:
    made = Image(tmp_path, environment, base_image(client, SUITE, print))
    yield made
    for left in client.images.list(f"docker-note/{made.name}"):
        with suppress(ImageNotFound):
            client.images.remove(str(left.id), force=True)


def locks(client: docker.DockerClient, image: Image) -> list[str]:
    return [found["Id"] for found in client.api.containers(all=True, filters={"name": f"lock-{image.name}"})]


def test_of_two_users_one_makes_an_image_and_the_other_waits_for_it(image: Image, client: docker.DockerClient) -> None:
    said = [run.communicate()[0].splitlines() for run in [image.build("minji"), image.build("jun")]]
    first, second = sorted(said, key=lambda lines: lines[0].startswith("waiting"))
    assert [line.partition(" in ")[0] for line in first[:-1]] == [
        f"{image.name}: building the image, once ...",
        f"{image.name}: built",
    ]
    way_out = f"docker rm docker-note-lock-{image.name}"
    assert second[:-1] == [f"waiting for another run on this engine (if there is none: {way_out})"]
    assert first[-1] == second[-1]
    assert locks(client, image) == []


def test_a_lock_of_a_run_that_was_killed_keeps_nobody_waiting(image: Image, client: docker.DockerClient) -> None:
    killed = image.build("minji")
    assert killed.stdout
    assert killed.stdout.readline() == f"{image.name}: building the image, once ...\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert len(locks(client, image)) == 1
    said = image.build("minji").communicate()[0]
    assert f"{image.name}: built in " in said
    assert locks(client, image) == []
