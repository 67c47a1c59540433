"""What becomes of a saved image before it is put where labs pull it from."""

import gzip
import hashlib
import json
from typing import Any

import pytest

from harness.lab.archive import tar
from harness.lab.packing import CONFIG, LAYER, MANIFEST, as_there, packed

CREATED = "2021-09-15T18:20:05Z"


def saved(config: str, layers: dict[str, bytes], **more: Any) -> bytes:
    """An archive as `docker save` makes it."""
    described = {"created": "2026-01-01T00:00:00Z", "history": [], **more}
    listed = json.dumps([{"Config": config, "Layers": list(layers)}]).encode()
    return tar({"manifest.json": listed, config: json.dumps(described).encode(), **layers})


def blob(digest: str) -> str:
    return f"blobs/{digest.removeprefix('sha256:')}"


@pytest.mark.parametrize("config", ["0123.json", "blobs/sha256/0123"])  # as 20.10 to 24 save, and as 25 and later
def test_a_saved_image_becomes_a_manifest_its_configuration_and_its_packed_layers(config: str) -> None:
    files = packed(saved(config, {"a/layer.tar": b"layer"}), CREATED, ["centos:latest", "centos:8"], {})
    digest = files["tags/library/centos/latest"].decode()
    assert files["tags/library/centos/8"].decode() == digest
    manifest = json.loads(files[blob(digest)])
    assert (manifest["mediaType"], manifest["config"]["mediaType"]) == (MANIFEST, CONFIG)
    [layer] = manifest["layers"]
    assert (layer["mediaType"], layer["size"]) == (LAYER, len(files[blob(layer["digest"])]))
    assert gzip.decompress(files[blob(layer["digest"])]) == b"layer"
    assert json.loads(files[blob(manifest["config"]["digest"])])["created"] == CREATED


def test_every_blob_is_named_by_its_digest() -> None:
    files = packed(saved("0.json", {"a/layer.tar": b"layer"}), CREATED, ["centos:latest"], {})
    blobs = {path: data for path, data in files.items() if path.startswith("blobs/")}
    assert list(blobs) == [blob(hashlib.sha256(data).hexdigest()) for data in blobs.values()]


def test_a_layer_that_is_there_already_is_named_and_not_put_there_again() -> None:
    there: dict[str, dict[str, Any]] = {}
    first = packed(saved("0.json", {"a": b"base"}), CREATED, ["one:latest"], there)
    second = packed(saved("0.json", {"a": b"base", "b": b"more"}), CREATED, ["two:latest"], there)
    layers = json.loads(second[blob(second["tags/library/two/latest"].decode())])["layers"]
    assert [blob(layer["digest"]) in first for layer in layers] == [True, False]
    assert [blob(layer["digest"]) in second for layer in layers] == [False, True]


def test_a_stand_in_is_as_old_as_the_image_it_stands_for() -> None:
    described = {"created": "2026-01-01T00:00:00Z", "history": [{"created": "2026-01-01T00:00:00Z", "comment": "x"}]}
    assert as_there(described, CREATED) == {
        "created": CREATED,
        "history": [{"created": CREATED, "comment": "x"}],
    }


def test_a_stand_in_has_no_more_marks_of_ours_than_the_one_that_says_what_it_is() -> None:
    ours = {
        "docker-note": "cache",
        "docker-note.standin": "centos:latest",
        "docker-note.created": "2021",
        "vendor": "x",
    }
    made = [{"created_by": "COPY / /"}, {"created_by": "LABEL docker-note=cache", "empty_layer": True}]
    shown = as_there({"created": "", "history": made, "config": {"Labels": ours}}, CREATED)
    assert shown["config"]["Labels"] == {"docker-note.standin": "centos:latest", "vendor": "x"}
    assert shown["history"] == [{"created_by": "COPY / /", "created": CREATED}]
