"""Faults while a page runs, each made for real: they come out as broken, with their cause, and never as drift."""

import io
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import docker
import pytest
from docker.models.containers import Container

from harness.claims import pages
from harness.evidence.facts import BlockFact, Lane
from harness.lab import engines, labs, mirror
from harness.lab.bounds import Bounds
from harness.lab.lab_images import build_lab_image
from harness.lab.labs import Lab
from harness.lab.machine import Machine
from harness.lab.outer import dockerd
from harness.lab.outer.cache import cache_folder
from harness.lab.outer.client import container_settings
from harness.lab.outer.runs import RUN, clear
from harness.lab.outer.runs import labels as marks
from harness.runner import PageRun
from live.conftest import may_start_engines

ENGINES = [engine.name for engine in engines.read()]
OpenLab = Callable[[str], AbstractContextManager[Lab]]
Fault = Callable[[Lab], object]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("docs", "snippets"):
        (tmp_path / folder).mkdir()
    return tmp_path


def run(project: Path, session: str, open_lab: OpenLab, fault: Fault | None = None, timeout: int = 30) -> BlockFact:
    """Runs a page of one session; once that waits for it, `fault` strikes."""
    (project / "page.md").write_text(f"---\ntimeout: {timeout}\n---\n\n``` console\n{session}```\n")

    strikes: list[threading.Thread] = []

    def strike(lab: Lab, fault: Fault) -> None:
        lab.exec("sh", "-c", "until [ -e /tmp/waits ]; do sleep 0.1; done")
        fault(lab)

    @contextmanager
    def watched(machine: str) -> Iterator[Lab]:
        with open_lab(machine) as opened:
            if fault:
                strikes.append(threading.Thread(target=strike, args=[opened, fault]))
                strikes[0].start()
            yield opened

    page = pages.read(project / "page.md", project, ENGINES)
    page_run = PageRun(page, project, engines.fallback(), ENGINES, Lane.STANDIN, Machine(watched))
    try:
        return page_run.run(0)
    finally:
        page_run.close()
        for thread in strikes:
            thread.join()


def told(fact: BlockFact) -> list[tuple[str, str]]:
    return [(str(step.outcome), step.reason) for step in fact.steps]


WAIT = "touch /tmp/waits; until [ -e /tmp/struck ]; do sleep 0.1; done"
WAITS = f"$ {WAIT}; docker ps\nCONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n$ true\n"


def test_an_engine_that_is_killed_in_the_middle_of_a_step(project: Path, open_lab: OpenLab) -> None:
    kill = "pkill -9 dockerd; until [ -e /run/lab.ended ]; do sleep 0.1; done; touch /tmp/struck"
    fact = run(project, WAITS, open_lab, lambda lab: lab.exec("sh", "-c", kill))
    assert told(fact) == [
        ("broken", "the engine in the lab ended with status 137"),
        ("blocked", "page.md:6 is broken"),
    ]


def test_an_engine_that_the_page_stops_itself_is_no_fault(project: Path, open_lab: OpenLab) -> None:
    stop = "$ sudo pkill -x dockerd; while pidof dockerd > /dev/null; do sleep 0.1; done\n"
    fact = run(project, f"{stop}$ docker ps\nno such output\n[1]\n", open_lab)
    assert [outcome for outcome, _ in told(fact)] == ["passed", "differs"]


def test_a_lab_that_is_killed_in_the_middle_of_a_step(
    project: Path, open_lab: OpenLab, client: docker.DockerClient, run_id: str
) -> None:
    def containers() -> set[str | None]:
        return {found.name for found in client.containers.list(all=True, filters={"label": f"{RUN}={run_id}"})}

    shared = containers()
    fact = run(project, WAITS, open_lab, lambda lab: client.api.kill(lab.container))
    assert told(fact) == [("broken", f"closed the terminal: {labs.GONE}"), ("blocked", "page.md:6 is broken")]
    assert containers() == shared
    assert (project / "build/evidence/28/page.json").exists()


@may_start_engines
def test_the_private_engine_is_restarted_in_the_middle_of_a_step(
    project: Path, own_engine: tuple[dict[str, str], docker.DockerClient, str]
) -> None:
    environment, own, image = own_engine
    settings = container_settings(own, image, "restarted")
    registry = own.containers.run(image, ["sleep", "infinity"], name="registry", labels=marks("restarted"), detach=True)
    nothing = mirror.Mirror("registry", Lane.STANDIN, "", "", settings)

    def open_lab(machine: str) -> AbstractContextManager[Lab]:
        return labs.lab(own, labs.find(engines.fallback()), image, nothing, "restarted")

    def restart(lab: Lab) -> None:
        dockerd.stop(cache_folder() / "engine")
        dockerd.start(cache_folder() / "engine", environment, print)

    fact = run(project, f"$ {WAIT}\n$ true\n", open_lab, restart)
    (outcome, reason), blocked = told(fact)
    assert (outcome, blocked) == ("broken", ("blocked", "page.md:6 is broken"))
    assert reason.removeprefix("closed the terminal: ") in (labs.GONE, "the outer engine does not answer")
    assert (project / "build/evidence/28/page.json").exists()
    registry.start()
    assert told(run(project, "$ echo next\nnext\n", open_lab)) == [("passed", "")]
    clear(own, "restarted")
    assert own.containers.list(all=True) == []
    assert {network.name for network in own.networks.list()} == {"bridge", "host", "none"}


def with_own_mirror(client: docker.DockerClient, own: str, strike: Callable[[Container], object]) -> OpenLab:
    """Opens labs beside a mirror of the run `own`, which is struck as soon as the lab stands."""
    chosen = labs.find(engines.fallback())

    @contextmanager
    def open_lab(machine: str) -> Iterator[Lab]:
        image = build_lab_image(client, chosen, machine, print)
        with (
            mirror.mirror(client, own, print, lane=Lane.STANDIN) as running,
            labs.lab(client, chosen, image, running, own) as opened,
        ):
            strike(client.containers.get(running.network))
            yield opened

    return open_lab


def test_a_registry_mirror_that_is_gone(project: Path, client: docker.DockerClient, run_id: str) -> None:
    open_lab = with_own_mirror(client, f"{run_id}-gone", lambda registry: registry.kill())
    [(outcome, reason)] = told(run(project, "$ docker pull centos\n", open_lab))
    assert outcome == "broken"
    assert reason.startswith("the registry mirror does not answer")


def test_a_pull_that_stalls(project: Path, client: docker.DockerClient, run_id: str) -> None:
    open_lab = with_own_mirror(client, f"{run_id}-stalls", lambda registry: registry.pause())
    [(outcome, reason)] = told(run(project, "$ docker pull centos\n", open_lab, timeout=3))
    assert outcome == "broken"
    assert reason.startswith("did not end within its time (3 s): the registry mirror does not answer")


def test_a_disk_that_is_full(project: Path, open_lab: OpenLab) -> None:
    def little(lab: Lab) -> None:
        stop = "pkill dockerd; while pidof dockerd; do sleep 0.1; done; umount -R /var/lib/docker/* 2> /dev/null"
        mount, start = "mount -t tmpfs -o size=32m tmpfs /var/lib/docker", "/usr/local/lib/lab/start-engine"
        assert lab.exec("bash", "-c", f"{stop}; {mount} && {start} && touch /tmp/struck")[0] == 0

    [(outcome, reason)] = told(run(project, f"$ {WAIT}; docker pull centos\n", open_lab, little, timeout=40))
    assert outcome == "broken"
    assert re.match("the lab's disk was full while this ran|the lab ran out of disk|the disk of the machine", reason)


def test_a_disk_that_the_page_bounds_itself_and_fills_is_judged(project: Path, open_used: OpenLab) -> None:
    fill = "docker run --rm {} debian dd if=/dev/zero of=/data/big bs=1M count=4"
    full = "dd: error writing '/data/big': No space left on device\n...\n[1]\n"
    pulled = "$ docker pull -q debian\n...\n"
    tmpfs, mount = "--tmpfs /data:size=1m", "--mount type=tmpfs,dst=/data,tmpfs-size=1m"
    fact = run(project, f"{pulled}$ {fill.format(tmpfs)}\n{full}$ {fill.format(mount)}\n4+0 records in\n", open_used)
    assert told(fact) == [("passed", "")] * 2 + [("differs", "")]


def test_a_command_that_floods_a_gigabyte(project: Path, open_used: OpenLab) -> None:
    fact = run(project, "$ head -c 1G /dev/zero | tr '\\0' x\n$ true\n", open_used)
    assert told(fact) == [("broken", "printed more than 4 MiB"), ("blocked", "page.md:6 is broken")]


def test_a_fork_bomb_stays_in_its_lab(project: Path, open_lab: OpenLab) -> None:
    fact = run(project, "$ bomb() { bomb | bomb & }; bomb; sleep 1000\n", open_lab, timeout=5)
    assert told(fact)[0][0] == "broken"
    assert told(run(project, "$ echo next\nnext\n", open_lab)) == [("passed", "")]


# The lab's own bounds, and those that a page gives its containers.

EATS = """perl -e '$x = "a" x (400 << 20); print length $x, "\\n"'"""
RAISES = "in the page's front matter raises that"
OUT_OF_PROCESSES = f"the lab ran out of processes (100 with all its containers); `processes: 200` {RAISES}"
OUT_OF_DISK = f"the lab ran out of disk (600m with all its containers); `disk: 1200m` {RAISES}"
OUT_OF_MEMORY = f"the lab ran out of memory (300m with all its containers); `memory: 600m` {RAISES}"


@pytest.fixture
def open_small_lab(client: docker.DockerClient, run_id: str, shared_mirror: mirror.Mirror) -> OpenLab:
    """Labs with little of everything."""
    chosen = labs.find(engines.fallback())
    small = Bounds(memory="300m", processes=100, disk="600m")

    def opened(machine: str) -> AbstractContextManager[Lab]:
        image = build_lab_image(client, chosen, machine, print)
        return labs.lab(client, chosen, image, shared_mirror, run_id, small)

    return opened


@pytest.mark.parametrize("command", [EATS, f"docker run --rm debian {EATS}"])
def test_a_lab_that_is_out_of_memory_is_broken_with_its_bound(
    project: Path, open_small_lab: OpenLab, command: str
) -> None:
    fact = run(project, f"$ docker pull -q debian\n...\n$ {command}\n419430400\n$ true\n", open_small_lab)
    assert told(fact)[1:] == [("broken", OUT_OF_MEMORY), ("blocked", "page.md:8 is broken")]


def test_a_lab_that_is_out_of_processes_is_broken_with_its_bound(project: Path, open_small_lab: OpenLab) -> None:
    loop = "for i in $(seq 200); do sleep 5 & done 2>&1 | tail -1; echo done"
    assert told(run(project, f"$ {loop}\ndone\n", open_small_lab)) == [("broken", OUT_OF_PROCESSES)]


@pytest.mark.parametrize(
    "command", ["head -c 1G /dev/zero > big", "docker run --rm debian sh -c 'head -c 1G /dev/zero > big'"]
)
def test_a_lab_that_is_out_of_disk_is_broken_with_its_bound(
    project: Path, open_small_lab: OpenLab, shared_mirror: mirror.Mirror, command: str
) -> None:
    if not shared_mirror.settings.has_disks:
        pytest.skip("the outer engine has no loop devices")
    fact = run(project, f"$ docker pull -q debian\n...\n$ {command}\n$ true\n", open_small_lab, timeout=60)
    (outcome, reason), blocked = told(fact)[1:]
    assert (outcome, blocked) == ("broken", ("blocked", "page.md:8 is broken"))
    assert reason.startswith((OUT_OF_DISK, "the lab's disk was full while this ran (head: "))


def test_a_container_that_runs_into_its_own_bounds_is_judged(project: Path, open_used: OpenLab) -> None:
    killed = f"$ docker run --name hog -m 32m --memory-swap 32m debian {EATS}\n[137]\n"
    # The engine may be told of the memory too late, and says false then: the comparison knows, beside a 137.
    asked = "$ docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' hog\ntrue 137\n"
    forks = "sh -c 'for i in $(seq 40); do sleep 60 & done; echo done'"
    few = f"$ docker run --rm --pids-limit 20 debian {forks}\n...\n[2]\n"
    pulled = "$ docker pull -q debian\n...\n"
    fact = run(project, f"{pulled}{killed}{asked}{few}$ echo one\ntwo\n", open_used, timeout=60)
    assert told(fact) == [("passed", "")] * 4 + [("differs", "")]


# Images that aren't there, or are others.


def test_an_image_that_a_lab_begins_with_has_to_be_the_mirrors(
    project: Path, client: docker.DockerClient, run_id: str, shared_mirror: mirror.Mirror
) -> None:
    chosen = labs.find(engines.fallback())
    scripts = "/usr/local/lib/lab"
    brings = f"{scripts}/start && tar -c -C / etc/hostname | docker import - nginx:latest > /dev/null"
    lines = [
        f"FROM {build_lab_image(client, chosen, 'engine', print)}",
        f"RUN cd {scripts} && mv start-engine start && echo '#!/bin/bash' > start-engine && chmod +x start-engine",
        f"RUN echo '{brings}' >> {scripts}/start-engine",
    ]
    made, _ = client.images.build(fileobj=io.BytesIO("\n".join(lines).encode()), rm=True)

    def open_lab(machine: str) -> AbstractContextManager[Lab]:
        return labs.lab(client, chosen, str(made.id), shared_mirror, run_id)

    try:
        (outcome, reason), blocked = told(run(project, "$ docker run --rm nginx true\n$ true\n", open_lab))
    finally:
        client.images.remove(str(made.id))
    assert (outcome, blocked[0]) == ("broken", "blocked")
    found = "the image nginx:latest of this lab is one that was made or loaded there, expected sha256:"
    assert reason.startswith(found)
    assert reason.endswith(": use a lab image without it")


def test_an_image_without_a_stand_in_is_broken_and_named(project: Path, open_used: OpenLab) -> None:
    lacks = "no stand-in for {}; it needs Docker Hub or tests/labs/standins/{}"
    for command, image, folder in (
        ("docker run --rm alpine echo hi", "alpine", "alpine"),
        ("docker pull -q python:2 > /dev/null 2>&1", "python:2", "python"),
    ):
        assert told(run(project, f"$ {command}\nhi\n", open_used)) == [("broken", lacks.format(image, folder))]


def test_an_image_that_the_page_means_to_miss_is_judged(project: Path, open_used: OpenLab) -> None:
    told_of = "Error response from daemon: {}\n[1]\n"
    miss = told_of.format("manifest for busybox:nosuch not found: manifest unknown: manifest unknown")
    other = told_of.format("docker.io/library/busybox:nosuch: not found")  # in the words of another engine
    pull = "$ docker pull busybox:nosuch\n"
    assert told(run(project, f"{pull}{miss}$ echo one\ntwo\n", open_used)) == [("passed", ""), ("differs", "")]
    assert told(run(project, f"{pull}{other}", open_used)) == [("differs", "")]


def test_a_lab_without_a_name_server_that_answers_is_why_a_name_does_not_resolve(
    project: Path, open_lab: OpenLab
) -> None:
    ask = "perl -MSocket=getaddrinfo -e 'print +(getaddrinfo \"cache.invalid\")[0]'"
    session = f"$ {WAIT}; {ask}\nName or service not known\n"
    silent = "echo nameserver 127.0.0.1 > /etc/resolv.conf; touch /tmp/struck"
    fact = run(project, session, open_lab, lambda lab: lab.exec("sh", "-c", silent))
    assert told(fact) == [("broken", "no name server answers in the lab: this needs a network")]
    assert told(run(project, session, open_lab, lambda lab: lab.exec("touch", "/tmp/struck"))) == [("passed", "")]


def test_a_command_that_never_ends(project: Path, open_used: OpenLab) -> None:
    fact = run(project, "$ echo begun; sleep 1000\n", open_used, timeout=2)
    assert told(fact) == [("broken", "did not end within its time (2 s)")]
    assert fact.steps[0].actual.endswith("begun")


def test_a_command_that_closes_the_terminal(project: Path, open_used: OpenLab) -> None:
    assert told(run(project, "$ exit\n$ true\n", open_used))[0] == (
        "broken",
        "closed the terminal; `exit` ends the reader's own shell: leave it out",
    )


def test_a_command_that_changes_the_prompt(project: Path, open_used: OpenLab) -> None:
    fact = run(project, "$ PS1='changed> '\n$ true\n", open_used, timeout=2)
    assert told(fact)[0] == ("broken", "did not end within its time (2 s)")


def test_a_background_process_that_goes_on_writing_is_no_part_of_a_sample(project: Path, open_used: OpenLab) -> None:
    goes_on = "(until [ -e /tmp/now ]; do sleep 0.1; done; echo noise; touch /tmp/heard; sleep 60)"
    session = f"$ {goes_on} &\n...\n$ touch /tmp/now; until [ -e /tmp/heard ]; do sleep 0.1; done; echo done\ndone\n"
    fact = run(project, session, open_used)
    assert [outcome for outcome, _ in told(fact)] == ["passed", "differs"]
    assert fact.steps[1].actual == "noise\ndone"
