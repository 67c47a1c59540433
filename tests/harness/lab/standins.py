"""Images that stand in for Docker Hub's: folders of tests/labs/standins -> the folder of labs/hub/hub.py, in an image.

A stand-in is built on the outer engine and saved; what Docker Hub would have of it (a manifest, its configuration,
its layers, packed, and the tags that lead there) is put on top of the mirror's image, and kept.
"""

from __future__ import annotations

import gzip
import hashlib
import inspect
import io
import json
import tarfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import docker

from harness.lab.archive import tar
from harness.lab.outer.cache import cache_folder, locked
from harness.lab.outer.faults import Say, faults
from harness.lab.outer.images import PREFIX, base_image, build, digest, is_there
from harness.lab.outer.runs import LABEL, labels, remove_container
from harness.project import LABS

SUITE = "forky"  # of the stand-ins, unless their folder says another, and of the mirror
STANDIN = "docker-note.standin"  # label of a stand-in: the names it goes by
CREATED = "docker-note.created"  # label of a stand-in: when the image it stands for was made
FOLDER = "var/lib/hub"  # as labs/hub/hub.py has it
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"


def filled_image(client: docker.DockerClient, empty: str, run_id: str, say: Say) -> str:
    """The mirror's image `empty` with all stand-ins inside; filled where it is missing."""
    folders = sorted(path.parent for path in (LABS / "standins").glob("*/Dockerfile"))
    standins = [build_standin(client, folder, say) for folder in folders]
    how = hashlib.sha256((inspect.getsource(packed) + inspect.getsource(as_there)).encode()).hexdigest()
    made_of = {"empty": empty, "standins": " ".join(standins), "how": how}
    filled = f"{PREFIX}/mirror-filled:{digest(LABS / 'mirror', made_of)}"
    with locked(cache_folder() / "build-mirror-filled.lock"):
        if is_there(client, filled):
            say("mirror: reusing the registry filled before")
        else:
            fill(client, empty, standins, filled, run_id, say)
    return filled


def build_standin(client: docker.DockerClient, folder: Path, say: Say) -> str:
    return build(client, f"standin-{folder.name}", folder, {"BASE": base_image(client, SUITE, say)}, say)


def fill(client: docker.DockerClient, empty: str, standins: list[str], filled: str, run_id: str, say: Say) -> None:
    """Puts the stand-ins on top of the image `empty` and keeps that as the image `filled`."""
    say("mirror: filling the registry with the stand-ins, once ...")
    name = f"{PREFIX}-fill-{run_id}"
    there: dict[str, dict[str, Any]] = {}
    with faults("filling the registry"):
        try:
            container = client.containers.create(empty, name=name, labels=labels(run_id))
            for image in standins:
                made = client.images.get(image)
                files = packed(
                    b"".join(made.save()), made.labels[CREATED], made.labels[STANDIN].split(), there
                )  # fmt: skip
                container.put_archive("/", tar({f"{FOLDER}/{path}": data for path, data in files.items()}))
            repository, _, tag = filled.partition(":")
            container.commit(repository, tag, changes=f"LABEL {LABEL}=cache")
        finally:
            remove_container(client, name)


def packed(archive: bytes, created: str, names: list[str], there: dict[str, dict[str, Any]]) -> dict[str, bytes]:
    """A `docker save` archive of one image -> the hub's files of it, as made at `created`, under `names`.

    `there` has the layers that the hub has, by their unpacked digests, as a manifest describes them; it grows.
    """
    files: dict[str, bytes] = {}

    def keep(data: bytes, kind: str) -> dict[str, Any]:
        found = hashlib.sha256(data).hexdigest()
        files[f"blobs/{found}"] = data
        return {"mediaType": kind, "size": len(data), "digest": f"sha256:{found}"}

    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:

        def read(name: str) -> bytes:
            file = opened.extractfile(name)
            assert file is not None
            return file.read()

        [listed] = json.loads(read("manifest.json"))
        unpacked = [read(name) for name in listed["Layers"]]
        config = json.dumps(as_there(json.loads(read(listed["Config"])), created)).encode()
    ids = [hashlib.sha256(layer).hexdigest() for layer in unpacked]
    new = {id_: layer for id_, layer in zip(ids, unpacked, strict=True) if id_ not in there}
    with ThreadPoolExecutor() as packers:
        for id_, layer in zip(
            new, packers.map(lambda layer: gzip.compress(layer, 6, mtime=0), new.values()), strict=True
        ):
            there[id_] = keep(layer, LAYER)
    manifest = {"schemaVersion": 2, "mediaType": MANIFEST, "config": keep(config, CONFIG)}
    top = keep(json.dumps({**manifest, "layers": [there[id_] for id_ in ids]}, indent=3).encode(), MANIFEST)
    for name in names:
        files[f"tags/library/{name.replace(':', '/')}"] = str(top["digest"]).encode()
    return files


def as_there(config: Mapping[str, Any], created: str) -> dict[str, Any]:
    """An image's configuration as its registry has it: made at `created`, its layers too, and with no more marks of
    ours than the one that says what it is: they would show in `docker inspect` and `history`."""
    history = [
        {**layer, "created": created}
        for layer in config["history"]
        if not (layer.get("empty_layer") and f"LABEL {LABEL}" in layer.get("created_by", ""))
    ]
    shown = {**config, "created": created, "history": history}
    for part in ("config", "container_config"):
        if marks := (config.get(part) or {}).get("Labels"):
            kept = {name: value for name, value in marks.items() if not name.startswith(LABEL) or name == STANDIN}
            shown[part] = {**config[part], "Labels": kept}
    return shown
