"""Images that stand in for Docker Hub's: folders of tests/labs/standins -> the folder of labs/hub/hub.py, in an image.

A stand-in is built on the outer engine and saved; what Docker Hub would have of it (a manifest, its configuration,
its layers, packed, and the tags that lead there) is put on top of the mirror's image, and kept.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import docker

from harness.lab import packing
from harness.lab.archive import tar
from harness.lab.outer.faults import Say, faults
from harness.lab.outer.images import PREFIX, base_image, build, digest, has_image
from harness.lab.outer.locks import to_make
from harness.lab.outer.runs import LABEL, labels, remove_container
from harness.lab.packing import STANDIN, Described, packed
from harness.project import LABS

SUITE = "forky"  # of the stand-ins, unless their folder says another, and of the mirror
CREATED = "docker-note.created"  # label of a stand-in: when the image it stands for was made
FOLDER = "var/lib/hub"  # as labs/hub/hub.py has it


def filled_image(client: docker.DockerClient, empty: str, run_id: str, say: Say) -> str:
    """The mirror's image `empty` with all stand-ins inside; filled where it is missing."""
    folders = sorted(path.parent for path in (LABS / "standins").glob("*/Dockerfile"))
    standins = [build_standin(client, folder, say) for folder in folders]
    how = hashlib.sha256(Path(packing.__file__).read_bytes()).hexdigest()
    made_of = {"empty": empty, "standins": " ".join(standins), "how": how}
    filled = f"{PREFIX}/mirror-filled:{digest(LABS / 'mirror', made_of)}"
    with to_make(client, "mirror-filled", lambda: has_image(client, filled), say) as is_missing:
        if is_missing:
            fill(client, empty, standins, filled, run_id, say)
    return filled


def build_standin(client: docker.DockerClient, folder: Path, say: Say) -> str:
    return build(client, f"standin-{folder.name}", folder, {"BASE": base_image(client, SUITE, say)}, say)


def fill(client: docker.DockerClient, empty: str, standins: list[str], filled: str, run_id: str, say: Say) -> None:
    """Puts the stand-ins on top of the image `empty` and keeps that as the image `filled`."""
    say("mirror: filling the registry with the stand-ins, once ...")
    name = f"{PREFIX}-fill-{run_id}"
    there: dict[str, Described] = {}
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
