"""What the live tests share: the engine that a run would take, one mirror, a copy of the project."""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path

import docker
import pytest

from harness.lab.engines import fallback
from harness.lab.lab_images import build_lab_image
from harness.lab.labs import Lab, find, lab
from harness.lab.lanes import Lane
from harness.lab.mirror import Mirror, mirror
from harness.lab.outer.dockerd import private_engine
from harness.lab.outer.engine import connect, outer_engine
from live.project import Project

pytest.register_assert_rewrite("unit.conformance")

ROOT = Path(__file__).parents[2]
ENVIRONMENT = Path(".nox/docker-note")
OpenLab = Callable[..., AbstractContextManager[Lab]]

may_start_engines = pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("dockerd") is None, reason="a private engine needs root and dockerd"
)


@pytest.fixture(scope="session")
def environment() -> Iterator[dict[str, str]]:
    with outer_engine(print) as reached:
        yield reached


@pytest.fixture
def project(tmp_path: Path, environment: dict[str, str]) -> Project:
    return Project(tmp_path, environment)


@pytest.fixture(scope="session")
def client(environment: dict[str, str]) -> Iterator[docker.DockerClient]:
    with closing(connect(environment)) as connected:
        yield connected


@pytest.fixture(scope="session")
def run_id() -> str:
    return f"live-{secrets.token_hex(4)}"


@pytest.fixture(scope="session")
def shared_mirror(client: docker.DockerClient, run_id: str) -> Iterator[Mirror]:
    """Stand-ins wherever the tests run, so that what they pull is known."""
    with mirror(client, run_id, print, lane=Lane.STANDIN) as running:
        yield running


@pytest.fixture(scope="session")
def open_lab(client: docker.DockerClient, run_id: str, shared_mirror: Mirror) -> OpenLab:
    def opened(machine: str = "engine", engine: str = "") -> AbstractContextManager[Lab]:
        chosen = find(engine or fallback())
        image = build_lab_image(client, chosen, machine, print)
        return lab(client, chosen, image, shared_mirror, run_id)

    return opened


@pytest.fixture(scope="module")
def open_used(open_lab: OpenLab) -> Iterator[OpenLab]:
    """One lab for all tests of a module that don't mind what others have done there: a lab takes seconds to start."""
    with open_lab() as running:
        yield lambda machine="engine": nullcontext(running)


@pytest.fixture
def own_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: docker.DockerClient
) -> Iterator[tuple[dict[str, str], docker.DockerClient, str]]:
    """A private engine of this test's own: how it is reached, a client of it, and a lab image that it has."""
    image = build_lab_image(client, find(fallback()), "no-engine", print)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with private_engine(print) as environment, closing(connect(environment)) as own:
        own.images.load(b"".join(client.images.get(image).save(named=True)))
        yield environment, own, image


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What git would give, and the environment of this run, so that nothing is installed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(lambda name: (ROOT / name).is_file(), listed.stdout.splitlines()):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ENVIRONMENT).mkdir(parents=True)
    for name in ("bin", "lib", "pyvenv.cfg"):
        (tmp_path / ENVIRONMENT / name).symlink_to(Path(sys.prefix) / name)
    locked = (ROOT / "requirements.txt").read_bytes() + sys.version.encode()
    (tmp_path / ENVIRONMENT / "lock.sha256").write_text(hashlib.sha256(locked).hexdigest())
    return tmp_path
