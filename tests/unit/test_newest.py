"""Which engine pages run on where nobody names one, and what the run says of it."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

import docker
import pytest

from harness.lab import engines, newest
from harness.lab.engines import Engine, Store
from harness.lab.labs import find
from harness.lab.mine import Installed
from harness.lab.outer.faults import LabError

CLIENT = cast("docker.DockerClient", None)
KNOWN = [engine for engine in engines.read() if engine.name in ("20.10", "26", "28", "28c", "29")]  # as of today
IMAGES = {"engine": "engine", "no-engine": "no-engine"}


class Machine:
    """A machine on which labs can be built, or not."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reachable = self.was_built = False
        self.fails: set[str] = set()  # engines whose labs can't be built
        self.asked: list[str] = []  # of whose archive was looked for
        self.said: list[str] = []
        monkeypatch.setattr(engines, "read", lambda: KNOWN)
        monkeypatch.setattr(newest, "build_lab_image", self._build)
        monkeypatch.setattr(newest, "has_lab_image", lambda client, engine: self.was_built)
        monkeypatch.setattr(newest, "reachable", self._reach)

    def _reach(self, engine: Engine) -> bool:
        self.asked.append(engine.archive)
        return self.reachable

    def _build(
        self, client: docker.DockerClient, engine: Engine, machine: str, say: Callable[[str], None], given: str
    ) -> str:
        if engine.name in self.fails:
            raise LabError(f"building engine-{engine.name} failed:\nE: no such package")
        return f"{given}{machine}"

    def lab_images(self, asked: str = "", given: str = "") -> dict[str, dict[str, str]]:
        return newest.lab_images(CLIENT, asked, given, self.said.append)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


def has_docker(monkeypatch: pytest.MonkeyPatch, version: str, store: Store = Store.GRAPH_DRIVERS) -> None:
    monkeypatch.setattr(newest, "installed", lambda: Installed(version, version, store))


def test_a_reader_has_the_release_that_is_installed_here(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    has_docker(monkeypatch, "26.1.5+dfsg1")
    assert machine.lab_images("mine") == {"26": IMAGES}
    assert machine.said == ["engine 26: `docker version` names 26.1.5+dfsg1 here: the release"]


def test_or_the_nearest_that_can_be_had_and_the_run_says_so(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    has_docker(monkeypatch, "29.1.3", Store.CONTAINERD)
    assert machine.lab_images("mine") == {"28c": IMAGES}
    assert newest.expected_engines("mine") == ["28c"]
    [said] = machine.said
    assert said.startswith(
        "engine 28c: `docker version` names 29.1.3 here: there is no lab of that release here, and it is the nearest; "
        "for 29, Docker's packages (download.docker.com) have to be reachable"
    )
    machine.reachable = True
    assert machine.lab_images("mine") == {"29": IMAGES}


def test_the_newest_engine_is_taken_where_its_packages_can_be_reached(machine: Machine) -> None:
    machine.reachable = True
    assert machine.lab_images() == {"29": IMAGES}
    assert machine.said == ["engine 29: the newest; Docker's packages (download.docker.com) can be reached"]
    assert machine.asked == ["https://download.docker.com/linux/debian"]


def test_the_newest_engine_is_taken_without_a_look_where_its_lab_is_there(machine: Machine) -> None:
    machine.was_built = True
    assert machine.lab_images() == {"29": IMAGES}
    assert (machine.said, machine.asked) == (["engine 29: the newest; its lab was built before"], [])


def test_else_the_newest_that_debian_has_and_the_run_says_what_the_newer_one_needs(machine: Machine) -> None:
    assert machine.lab_images() == {"28": IMAGES}
    assert machine.said == [
        "engine 28: the newest that can be had here; for 29, Docker's packages (download.docker.com) have to be "
        "reachable, or give --engine 29 --lab-image IMAGE"
    ]


def test_a_newest_engine_that_can_not_be_built_after_all_leaves_the_next_one(machine: Machine) -> None:
    machine.reachable = True
    machine.fails = {"29"}
    assert machine.lab_images() == {"28": IMAGES}
    assert machine.said == [
        "building engine-29 failed:\nE: no such package",
        "engine 28: the newest that can be had here; for 29, its lab has to be built, which failed as said above, or "
        "give --engine 29 --lab-image IMAGE",
    ]


def test_an_engine_that_is_named_is_taken_or_the_run_ends(machine: Machine) -> None:
    assert machine.lab_images("26") == {"26": IMAGES}
    assert machine.lab_images("29", "mine:") == {"29": {"engine": "mine:engine", "no-engine": "mine:no-engine"}}
    assert (machine.said, machine.asked) == ([], [])
    machine.fails = {"29"}
    with pytest.raises(LabError, match="no such package"):
        machine.lab_images("29")


def test_a_lab_of_debians_that_can_not_be_built_ends_the_run(machine: Machine) -> None:
    machine.fails = {"28"}
    with pytest.raises(LabError, match="no such package"):
        machine.lab_images()


@pytest.mark.parametrize(
    ("reachable", "names", "said"),
    [
        (
            False,
            ["20.10", "26", "28", "28c"],
            "engine 20.10, 26, 28, 28c: all that can be had here; for 29, Docker's packages (download.docker.com) have "
            "to be reachable, or give --engine 29 --lab-image IMAGE",
        ),
        (
            True,
            ["20.10", "26", "28", "28c", "29"],
            "engine 20.10, 26, 28, 28c, 29: all; Docker's packages (download.docker.com) can be reached",
        ),
    ],
)
def test_all_engines_are_those_that_can_be_had(machine: Machine, reachable: bool, names: list[str], said: str) -> None:
    machine.reachable = reachable
    assert list(machine.lab_images("all")) == names
    assert machine.said == [said]
    assert newest.expected_engines("all") == names


def test_before_there_is_an_outer_engine_only_the_archive_is_looked_for(machine: Machine) -> None:
    assert (newest.expected_engines(""), newest.expected_engines("26")) == (["28"], ["26"])
    machine.reachable = True
    assert newest.expected_engines("") == ["29"]


class Archive(BaseHTTPRequestHandler):
    """An archive of packages for the suite trixie only."""

    def do_HEAD(self) -> None:
        self.send_response(200 if self.path == "/linux/debian/dists/trixie/Release" else 404)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


def test_an_archive_can_be_reached_where_it_has_the_suite() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Archive)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/linux/debian"
    try:
        there = [newest.reachable(Engine("29", "29", suite=suite, archive=address)) for suite in ("trixie", "sid")]
    finally:
        server.shutdown()
        server.server_close()
    assert there == [True, False]
    assert not newest.reachable(Engine("29", "29", suite="trixie", archive=address))


def test_a_name_that_is_never_answered_for_takes_no_longer_than_the_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    silence = threading.Event()

    def ask(*_: object, timeout: float) -> None:
        silence.wait(30)
        raise TimeoutError

    monkeypatch.setattr(newest, "PATIENCE", 0.05)
    monkeypatch.setattr(newest, "urlopen", ask)
    assert not newest.reachable(find("29"))
    silence.set()
