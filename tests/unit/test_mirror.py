"""What labs are told of the mirror, and what becomes of an image before it is put there."""

import io
import json
import tarfile
from dataclasses import asdict

import pytest

from harness.mirror import Mirror, aged, tar

SHARED = Mirror("net", "standin", "172.18.0.2", "PEM", privileged=False, resolv="nameserver 192.0.2.53\n")


def test_a_mirror_goes_to_a_worker_process_as_json() -> None:
    assert Mirror(**json.loads(json.dumps(asdict(SHARED)))) == SHARED


def test_stand_ins_are_found_under_docker_hubs_own_name_and_the_engine_is_told_nothing() -> None:
    assert SHARED.hosts()["registry-1.docker.io"] == "172.18.0.2"
    assert SHARED.daemon() == {}


def test_docker_hubs_cache_takes_no_name_over_and_the_engine_is_told_of_it() -> None:
    cache = Mirror(**{**asdict(SHARED), "lane": "hub"})
    assert cache.hosts() == {"docker-note-mirror": "172.18.0.2"}
    assert cache.daemon() == {"registry-mirrors": ["https://docker-note-mirror"]}


def files(archive: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        return {info.name: file.read() for info in opened if (file := opened.extractfile(info)) is not None}


@pytest.mark.parametrize("config", ["0123.json", "blobs/sha256/0123"])  # as 20.10 to 24 save, and as 25 and later
def test_a_stand_in_is_as_old_as_the_image_it_stands_for(config: str) -> None:
    described = {"created": "2026-01-01T00:00:00Z", "history": [{"created": "2026-01-01T00:00:00Z", "comment": "x"}]}
    saved = {
        "manifest.json": json.dumps([{"Config": config, "Layers": ["layer.tar"]}]).encode(),
        config: json.dumps(described).encode(),
        "layer.tar": b"layer",
    }
    got = files(aged(tar(saved), "2021-09-15T18:20:05Z"))
    assert {name: got[name] for name in ("manifest.json", "layer.tar")} == {
        name: saved[name] for name in ("manifest.json", "layer.tar")
    }
    assert json.loads(got[config]) == {
        "created": "2021-09-15T18:20:05Z",
        "history": [{"created": "2021-09-15T18:20:05Z", "comment": "x"}],
    }


def test_a_stand_in_has_no_more_marks_of_ours_than_the_one_that_says_what_it_is() -> None:
    ours = {
        "docker-note": "cache",
        "docker-note.standin": "centos:latest",
        "docker-note.created": "2021",
        "vendor": "x",
    }
    made = [{"created_by": "COPY / /"}, {"created_by": "LABEL docker-note=cache", "empty_layer": True}]
    saved = {
        "manifest.json": json.dumps([{"Config": "0.json"}]).encode(),
        "0.json": json.dumps({"created": "", "history": made, "config": {"Labels": ours}}).encode(),
    }
    described = json.loads(files(aged(tar(saved), "2021-09-15T18:20:05Z"))["0.json"])
    assert described["config"]["Labels"] == {"docker-note.standin": "centos:latest", "vendor": "x"}
    assert [layer["created_by"] for layer in described["history"]] == ["COPY / /"]


def test_an_archive_has_the_directories_of_its_files_and_their_owner() -> None:
    with tarfile.open(fileobj=io.BytesIO(tar({"etc/lab/deadline": b"60", "top": b""}, owner=1000))) as archive:
        found = [(member.name, member.isdir(), member.mode, member.uid, member.gid) for member in archive]
    assert found == [
        ("etc", True, 0o755, 1000, 1000),
        ("etc/lab", True, 0o755, 1000, 1000),
        ("etc/lab/deadline", False, 0o644, 1000, 1000),
        ("top", False, 0o644, 1000, 1000),
    ]
