"""A `docker save` archive of a stand-in -> the files of labs/hub/hub.py that give it: its blobs and its tags."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from harness.lab.outer.runs import LABEL

STANDIN = "docker-note.standin"  # label of a stand-in: the names it goes by
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"
Described = dict[str, Any]  # a blob, as a manifest describes it


def packed(archive: bytes, created: str, names: list[str], there: dict[str, Described]) -> dict[str, bytes]:
    """The hub's files of one image, as made at `created`, under `names` (NAME:TAG): path -> content.

    `there` has the layers that the hub has, by their unpacked digests, as a manifest describes them; it grows.
    """
    files: dict[str, bytes] = {}
    saved, layers = unpacked(archive)
    ids = [hashlib.sha256(layer).hexdigest() for layer in layers]
    new = {id_: layer for id_, layer in zip(ids, layers, strict=True) if id_ not in there}
    for id_, layer in zip(new, compressed(list(new.values())), strict=True):
        there[id_] = keep(files, layer, LAYER)
    config = keep(files, json.dumps(as_there(saved, created)).encode(), CONFIG)
    manifest = {"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [there[id_] for id_ in ids]}
    top = keep(files, json.dumps(manifest, indent=3).encode(), MANIFEST)
    for name in names:
        files[f"tags/library/{name.replace(':', '/')}"] = str(top["digest"]).encode()
    return files


def unpacked(archive: bytes) -> tuple[Described, list[bytes]]:
    """The configuration and the layers of the one image in the archive."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:

        def read(name: str) -> bytes:
            file = opened.extractfile(name)
            assert file is not None
            return file.read()

        [listed] = json.loads(read("manifest.json"))
        return json.loads(read(listed["Config"])), [read(name) for name in listed["Layers"]]


def compressed(layers: Sequence[bytes]) -> list[bytes]:
    """The layers as gzip packs them: always the same bytes."""
    with ThreadPoolExecutor() as packers:
        return list(packers.map(lambda layer: gzip.compress(layer, 6, mtime=0), layers))


def keep(files: dict[str, bytes], data: bytes, kind: str) -> Described:
    """Puts a blob among the files: what a manifest says of it."""
    found = hashlib.sha256(data).hexdigest()
    files[f"blobs/{found}"] = data
    return {"mediaType": kind, "size": len(data), "digest": f"sha256:{found}"}


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
