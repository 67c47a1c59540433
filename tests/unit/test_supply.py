"""What a run hands to its worker processes."""

from harness.lab.lanes import Lane
from harness.lab.mirror import Mirror
from harness.lab.outer.client import ContainerSettings
from harness.lab.supply import Request, Setup, Supply

SETTINGS = ContainerSettings({"CapDrop": ["ALL"]}, guarded=True, has_disks=True, resolv_conf="nameserver 192.0.2.53\n")
SETUP = Setup(
    run="0123abcd",
    environment={"DOCKER_HOST": "unix:///run/docker.sock"},
    images={"28": {"engine": "docker-note/engine:1", "no-engine": "docker-note/machine:1"}},
    mirror=Mirror("docker-note-0123abcd", Lane.STANDIN, "172.18.0.2", "PEM", SETTINGS),
)


def test_what_pages_share_goes_to_a_worker_process_as_json() -> None:
    assert Setup.from_json(SETUP.to_json()) == SETUP


def test_a_worker_runs_on_what_it_is_handed_and_starts_nothing() -> None:
    said: list[str] = []
    supply = Supply(Request(), said.append, SETUP)
    assert (supply.engines, supply.start(), said) == (["28"], SETUP, [])
