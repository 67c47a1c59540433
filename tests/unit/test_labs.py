"""The engines that are declared, what a lab is handed, and what is read off its engine."""

import json

import pytest

from harness.lab import engines
from harness.lab.host import Image, Missing
from harness.lab.inventory import images, missing, unexpected
from harness.lab.labs import find, lab_files
from harness.lab.lanes import Lane
from harness.lab.mirror import Mirror
from harness.lab.outer.client import ContainerSettings
from harness.lab.outer.faults import LabError
from harness.project import LABS

SETTINGS = ContainerSettings({"CapDrop": ["ALL"]}, guarded=True, has_disks=True, resolv_conf="nameserver 192.0.2.53\n")
SHARED = Mirror("net", Lane.STANDIN, "172.18.0.2", "PEM", SETTINGS)


def test_only_what_is_not_debians_needs_the_internet() -> None:
    assert [engine.name for engine in engines.read() if bool(engine.archive) == bool(engine.packages)] == []
    assert all((LABS / engine.image / "Dockerfile").is_file() for engine in engines.read())


def test_an_unknown_engine_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(LabError, match=r"unknown engine `27`; known, oldest first: 20\.10, 26, 28, 28c, 29"):
        find("27")


def test_a_lab_is_handed_name_servers_a_deadline_and_the_mirrors_certificate() -> None:
    assert lab_files(find("28"), SHARED) == {
        "etc/lab/resolv.conf": b"nameserver 192.0.2.53\n",
        "etc/lab/deadline": b"3600",
        "usr/local/share/ca-certificates/lab.crt": b"PEM",
    }


def test_an_engine_gets_a_daemon_json_only_where_it_needs_one() -> None:
    snapshotter = {"features": {"containerd-snapshotter": True}}
    assert json.loads(lab_files(find("28c"), SHARED)["etc/docker/daemon.json"]) == snapshotter


@pytest.mark.parametrize(
    ("asked", "lane", "image", "why"),
    [
        ("library/alpine:latest", "standin", "alpine", "no stand-in for alpine; {}/alpine"),
        ("library/python:2", "rehearsal", "python:2", "no stand-in for python:2; {}/python"),
        ("me/app:latest", "hub", "me/app", "Docker Hub has no me/app, or not for everybody"),
    ],
)
def test_an_image_that_is_not_there_is_told_as_people_write_it(asked: str, lane: str, image: str, why: str) -> None:
    why = why.format("it needs Docker Hub or tests/labs/standins")
    assert missing(json.dumps([[asked, 1.5]]), Lane(lane)) == [Missing(image, why, 1.5)]


def test_images_are_read_by_name_with_digest_and_whether_they_stand_in() -> None:
    listed = [
        {
            "RepoTags": ["centos:latest", "mine:1"],
            "RepoDigests": ["centos@sha256:aa"],
            "Labels": {"docker-note.standin": "centos:latest"},
        },
        {"RepoTags": ["app:latest"], "RepoDigests": [], "Labels": None},
        {"RepoTags": [], "RepoDigests": ["debian@sha256:bb"], "Labels": {}},
        {"RepoTags": ["<none>:<none>"], "RepoDigests": ["<none>@<none>"], "Labels": {}},
        {"RepoTags": None, "RepoDigests": None, "Labels": None},
    ]
    assert images(json.dumps(listed)) == {
        "centos:latest": Image("sha256:aa", standin=True),
        "mine:1": Image("sha256:aa", standin=True),
        "app:latest": Image("", standin=False),
    }


@pytest.mark.parametrize(
    ("image", "found"),
    [
        ("centos:latest", "sha256:cc"),
        ("me/app:1", "one that was made or loaded there"),
    ],
)
def test_an_image_that_is_not_the_mirrors_of_its_name_is_told_with_both_digests(image: str, found: str) -> None:
    named = json.dumps(
        {"library/centos:latest": "sha256:aa", "library/debian:latest": "sha256:bb", "me/app:1": "sha256:dd"}
    )
    here = {
        "centos:latest": Image("sha256:aa", standin=True),
        "own:latest": Image("", standin=False),
        "me/app:1": Image("sha256:dd", standin=False),
    }
    assert unexpected(here, named) == ""
    other = {**here, image: Image(found if found.startswith("sha256") else "", standin=False)}
    expected = {"centos:latest": "sha256:aa", "me/app:1": "sha256:dd"}[image]
    said = f"the image {image} of this lab is {found}, expected {expected}: use a lab image without it"
    assert unexpected(other, named) == said


def test_a_lab_without_images_or_without_an_engine_has_none() -> None:
    assert images("[]") == {}
    assert images("") == {}
