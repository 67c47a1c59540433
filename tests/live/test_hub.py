"""The lane `hub`, rehearsed: a server here plays Docker Hub, and the lane doesn't know.

Each test has a cache folder of its own, and so images that nobody else keeps.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import docker
import pytest
from docker.errors import NotFound

from harness.claims import pages
from harness.evidence.facts import Lane
from harness.lab import engines, labs
from harness.lab.hub import Rehearsal, volume_name
from harness.lab.lab_images import build_lab_image
from harness.lab.labs import Lab
from harness.lab.machine import Machine
from harness.lab.mirror import Mirror, mirror
from harness.lab.outer.cache import owner
from harness.lab.outer.faults import LabError
from harness.lab.outer.runs import LABEL
from harness.runner import PageRun
from live.project import Project

ENGINES = [engine.name for engine in engines.read()]
PULLS = "``` console\n$ docker pull -q {}\ndocker.io/library/{}:latest\n```\n"
LIMIT = "429 toomanyrequests: You have reached your unauthenticated pull rate limit."


@contextmanager
def own_cache(folder: Path, client: docker.DockerClient) -> Iterator[str]:
    """The volume in which images are kept meanwhile, with a cache folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        name = volume_name(Lane.REHEARSAL)
        yield name
        with suppress(NotFound):
            client.api.remove_volume(name)


@pytest.fixture
def own(tmp_path: Path, client: docker.DockerClient) -> Iterator[str]:
    with own_cache(tmp_path, client) as volume:
        yield volume


def test_an_image_is_fetched_once_by_all_workers_not_in_the_next_run_and_is_there_without_the_network(
    project: Project, own: str, client: docker.DockerClient
) -> None:
    both = PULLS.format("busybox", "busybox") + PULLS.format("hello-world", "hello-world")
    kept = {"one.md": both, "two.md": both}
    side_by_side = ("--numprocesses=2", "--dist=loadscope", "--rehearse-hub")

    first = project.run(kept, *side_by_side)
    assert first.returncode == 0, first.stdout
    assert "rehearsal: a server here plays Docker Hub, with stand-ins" in first.stdout
    assert "rehearsal: 2 tags and 2 manifests were fetched, none more than 1x" in first.stdout
    assert (project.summary()["passed"], project.summary()["lane"]) == (4, "rehearsal")
    marks = client.api.inspect_volume(own)["Labels"]
    assert (marks[LABEL], marks["docker-note.owner"]) == ("cache", owner())  # for `clean` to find

    second = project.run(kept, *side_by_side)
    assert second.returncode == 0, second.stdout
    assert re.search(r"images come from Docker Hub; 2 are kept here since \d{4}-\d\d-\d\d", second.stdout)
    assert "rehearsal: 0 tags and 0 manifests were fetched" in second.stdout

    third = project.run({**kept, "more.md": PULLS.format("redis", "redis")}, "--rehearse-outage")
    assert third.returncode == 6, third.stdout
    assert re.search(
        r"images come from Docker Hub, kept since \d{4}-\d\d-\d\d \(2\); Docker Hub can't be reached now", third.stdout
    )
    missing = "could not be judged: redis:latest is not kept here, and Docker Hub can't be reached"
    assert missing in third.stdout
    assert [project.summary()[outcome] for outcome in ("passed", "differs", "broken")] == [4, 0, 1]


@contextmanager
def rehearsed(client: docker.DockerClient, played: Rehearsal) -> Iterator[tuple[str, Mirror]]:
    run = f"rehearsed-{secrets.token_hex(4)}"
    with mirror(client, run, print, Lane.REHEARSAL, played) as running:
        yield run, running


@contextmanager
def lab_of(client: docker.DockerClient, run: str, shared: Mirror, engine: str) -> Iterator[Lab]:
    chosen = labs.find(engine)
    with labs.lab(client, chosen, build_lab_image(client, chosen, "engine", print), shared, run) as opened:
        yield opened


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory, client: docker.DockerClient) -> Iterator[tuple[str, Mirror]]:
    """A run, and its mirror, to which Docker Hub gives nothing."""
    with own_cache(tmp_path_factory.mktemp("limited"), client), rehearsed(client, Rehearsal(limit=0)) as started:
        yield started


TRIED = ["docker pull busybox", "docker run busybox true", "echo FROM busybox | docker build -"]


@pytest.mark.parametrize("image_store", ["28", "28c"])
def test_a_limit_of_pulls_is_a_fault_with_its_name_and_the_way_out_whatever_meets_it(
    client: docker.DockerClient, limited: tuple[str, Mirror], image_store: str
) -> None:
    with lab_of(client, *limited, image_store) as opened:
        for command in TRIED:
            status, output = opened.exec("bash", "-c", command)
            assert (status != 0, "reached your unauthenticated pull rate limit" in output) == (True, True), output
            fault = opened.fault()
            assert fault.startswith(f"Docker Hub's limit of pulls is reached, at busybox:latest ({LIMIT}")
            assert fault.endswith("`docker login` where the run was started; what was pulled is kept")
        assert opened.fault() == ""  # told once: what goes wrong later has other reasons


def test_a_limit_in_the_middle_of_a_page_breaks_it_and_what_was_pulled_stays(
    client: docker.DockerClient, own: str, tmp_path: Path
) -> None:
    (tmp_path / "page.md").write_text(PULLS.format("busybox", "busybox") + PULLS.format("hello-world", "hello-world"))
    page = pages.read(tmp_path / "page.md", tmp_path, ENGINES)
    with rehearsed(client, Rehearsal(limit=1)) as (run, shared):
        machine = Machine(lambda kind: lab_of(client, run, shared, "28"))
        ran = PageRun(page, tmp_path, "28", ENGINES, Lane(shared.lane), machine)
        try:
            outcomes = [str(ran.run(number).outcome) for number in (0, 1)]
            reason = ran.fact.blocks[1].steps[0].reason
        finally:
            ran.close()
    assert outcomes == ["passed", "broken"]
    assert reason.startswith(f"Docker Hub's limit of pulls is reached, at hello-world:latest ({LIMIT}")
    assert ran.fact.images["busybox:latest"].standin is True


def test_without_the_network_and_anything_kept_the_run_says_so(client: docker.DockerClient, own: str) -> None:
    told = (
        r"Docker Hub can't be reached \(.*\), and nothing of it is kept here; `--lane standin` takes images built here"
    )
    with pytest.raises(LabError, match=told), rehearsed(client, Rehearsal(gone=True)):
        pass
