"""What labs are told of the mirror, and what the run says of it."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from harness.lab.hub import account, origin, volume_name
from harness.lab.lanes import Lane
from harness.lab.mirror import Mirror
from harness.lab.outer.client import ContainerSettings

SETTINGS = ContainerSettings({"CapDrop": ["ALL"]}, guarded=True, has_disks=True, resolv_conf="nameserver 192.0.2.53\n")
SHARED = Mirror("net", Lane.STANDIN, "172.18.0.2", "PEM", SETTINGS)


def test_a_mirror_goes_to_a_worker_process_as_json() -> None:
    assert Mirror.from_fields(json.loads(json.dumps(asdict(SHARED)))) == SHARED


@pytest.mark.parametrize("lane", Lane)
def test_in_every_lane_labs_find_it_under_docker_hubs_own_names(lane: Lane) -> None:
    names = ["docker-note-mirror", "registry-1.docker.io", "auth.docker.io"]
    assert replace(SHARED, lane=lane).hosts() == dict.fromkeys(names, "172.18.0.2")


@pytest.mark.parametrize(
    ("unreachable", "images", "line"),
    [
        ("", 0, "images come from Docker Hub"),
        ("", 13, "images come from Docker Hub; 13 are kept here since 2026-11-24"),
        (
            "timed out",
            13,
            "images come from Docker Hub, kept since 2026-11-24 (13); Docker Hub can't be reached now (timed out)",
        ),
    ],
)
def test_a_run_says_where_its_images_come_from_and_how_old_they_are(unreachable: str, images: int, line: str) -> None:
    since = "2026-11-24" if images else ""
    assert origin({"unreachable": unreachable, "images": images, "since": since}) == line


def test_what_was_rehearsed_is_kept_apart_from_docker_hubs_images() -> None:
    assert volume_name(Lane.REHEARSAL).removeprefix("docker-note-rehearsal-") == volume_name(Lane.HUB).removeprefix(
        "docker-note-hub-"
    )
    assert volume_name(None) == volume_name(Lane.HUB)


def test_the_account_is_the_one_that_docker_login_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    (tmp_path / "config.json").write_text("{}")
    assert account() is None
    auths = {"auths": {"https://index.docker.io/v1/": {"auth": "cmVhZGVyOnNlY3JldA=="}}}
    (tmp_path / "config.json").write_text(json.dumps(auths))
    assert account() == {"username": "reader", "password": "secret"}
