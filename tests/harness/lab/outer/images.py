"""Images that labs and the mirror are made of: folders of tests/labs -> images on the outer engine, built once.

An image's tag is a digest of what it is built from, so it is rebuilt exactly where that changes. All carry the label
`docker-note=cache`; `runs.remove_cache` removes them.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import time
from collections.abc import Mapping
from pathlib import Path

import docker
from docker.errors import APIError, BuildError, ImageNotFound

from harness.lab.outer.bootstrap import seed
from harness.lab.outer.faults import LabError, Say, faults
from harness.lab.outer.locks import to_make
from harness.lab.outer.runs import LABEL
from harness.project import LABS

PREFIX = "docker-note"


def has_image(client: docker.DockerClient, image: str) -> bool:
    try:
        client.images.get(image)
    except ImageNotFound:
        return False
    return True


def build(client: docker.DockerClient, name: str, folder: Path, arguments: Mapping[str, str], say: Say) -> str:
    """The reference of the image `docker-note/NAME` built from `folder`; LabError, with the build's last lines."""
    image = reference(client, name, folder, arguments)
    with to_make(client, name, lambda: has_image(client, image), say) as is_missing:
        if not is_missing:  # the other of two first runs has built it, say
            return image
        say(f"{name}: building the image, once ...")
        began = time.monotonic()
        run_build(client, image, folder, arguments)
    say(f"{name}: built in {time.monotonic() - began:.0f} s")
    return image


def reference(client: docker.DockerClient, name: str, folder: Path, arguments: Mapping[str, str]) -> str:
    """What the image built from all this is called; its BASE has to be there."""
    base = str(client.images.get(arguments["BASE"]).id)
    return f"{PREFIX}/{name}:{digest(folder, {**arguments, 'base': base})}"


def run_build(client: docker.DockerClient, image: str, folder: Path, arguments: Mapping[str, str]) -> None:
    with faults(f"building {image}"):
        try:
            client.images.build(
                fileobj=io.BytesIO(context(folder)), custom_context=True, tag=image, rm=True, forcerm=True,
                buildargs=dict(arguments), labels={LABEL: "cache"},
            )  # fmt: skip
        except BuildError as error:
            said = "".join(str(part.get("stream", "")) for part in error.build_log)
            raise LabError("\n".join([f"building {image} failed:", *said.splitlines()[-10:]])) from error


def digest(folder: Path, arguments: Mapping[str, str]) -> str:
    """12 characters that change with any file of `folder` (name, mode, content) and with any argument."""
    state = hashlib.sha256(repr(sorted(arguments.items())).encode())
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        state.update(f"{path.relative_to(folder)} {os.access(path, os.X_OK)} ".encode())
        state.update(hashlib.sha256(path.read_bytes()).digest())
    return state.hexdigest()[:12]


def context(folder: Path) -> bytes:
    """`folder` as a build context, owned by root with the usual modes, whoever checked it out."""

    def plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = info.mtime = 0
        info.uname = info.gname = "root"
        info.mode = 0o755 if info.isdir() or info.mode & 0o100 else 0o644
        return info

    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.add(folder, arcname=".", filter=plain)
    return buffer.getvalue()


def base_image(client: docker.DockerClient, suite: str, say: Say) -> str:
    """An image of Debian's `suite`: the engine's own, the registry's, or one made of its packages. LabError."""
    ours = f"{PREFIX}/base:{suite}"
    with to_make(client, "base", lambda: bool(existing_base_image(client, suite)), say) as is_missing:
        if is_missing and not pulled(client, suite, ours, say):
            bootstrap(client, suite, ours, say)
    return existing_base_image(client, suite)


def existing_base_image(client: docker.DockerClient, suite: str) -> str:
    """The image of Debian's `suite` that the engine has; empty where it has none."""
    names = (f"{PREFIX}/base:{suite}", f"debian:{suite}")
    return next((image for image in names if has_image(client, image)), "")


def pulled(client: docker.DockerClient, suite: str, ours: str, say: Say) -> bool:
    """Whether debian:SUITE came from the registry; it is kept under our name and label only."""
    try:
        client.images.pull("debian", tag=suite)
    except APIError as error:
        say(f"base {suite}: no debian:{suite} from the registry ({error.explanation})")
        return False
    dockerfile = f"FROM debian:{suite}\n".encode()
    with faults(f"naming {ours}"):
        client.images.build(fileobj=io.BytesIO(dockerfile), tag=ours, rm=True, labels={LABEL: "cache"})
        client.images.remove(f"debian:{suite}", noprune=True)
    say(f"base {suite}: pulled from the registry")
    return True


def bootstrap(client: docker.DockerClient, suite: str, ours: str, say: Say) -> None:
    """Makes a minimal Debian out of its packages."""
    say(f"base {suite}: making it from this machine's Debian mirror, once ...")
    began = time.monotonic()
    unpacked = f"{PREFIX}/seed:{suite}"
    with faults(f"making {ours}"):
        with seed(suite, client.version()["Arch"]) as archive:
            client.api.import_image(src=archive.name, repository=f"{PREFIX}/seed", tag=suite)
        run_build(client, ours, LABS / "base", {"SEED": unpacked})
        client.images.remove(unpacked)
        for stage in client.images.list(filters={"dangling": True, "label": f"{LABEL}.seed"}):
            stage.remove()
    say(f"base {suite}: made in {time.monotonic() - began:.0f} s")
