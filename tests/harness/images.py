"""Images that labs and the mirror are made of: folders of tests/labs -> images on the outer engine, built once.

An image's tag is a digest of what it is built from, so it is rebuilt exactly where that changes. All carry the label
`docker-note=cache`; `leftovers.remove_cache` removes them.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import docker
from docker.errors import APIError, BuildError, ImageNotFound

from harness.engine import apt_install
from harness.leftovers import LABEL, LabError, Say, faults

LABS = Path(__file__).parent.parent / "labs"
PREFIX = "docker-note"


def is_there(client: docker.DockerClient, image: str) -> bool:
    try:
        client.images.get(image)
    except ImageNotFound:
        return False
    return True


def build(client: docker.DockerClient, name: str, folder: Path, arguments: Mapping[str, str], say: Say) -> str:
    """The reference of the image `docker-note/NAME` built from `folder`; LabError, with the build's last lines."""
    base = str(client.images.get(arguments["BASE"]).id)
    image = f"{PREFIX}/{name}:{digest(folder, {**arguments, 'base': base})}"
    if is_there(client, image):
        say(f"{name}: reusing the image built before")
        return image
    say(f"{name}: building the image, once ...")
    began = time.monotonic()
    with faults(f"building {image}"):
        try:
            client.images.build(
                fileobj=io.BytesIO(context(folder)), custom_context=True, tag=image, rm=True, forcerm=True,
                buildargs=dict(arguments), labels={LABEL: "cache"},
            )  # fmt: skip
        except BuildError as error:
            last = "".join(str(part.get("stream", part.get("error", ""))) for part in error.build_log)
            raise LabError("\n".join([f"building {image}: {error.msg}", *last.splitlines()[-15:]])) from error
    say(f"{name}: built in {time.monotonic() - began:.0f} s")
    return image


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
    """An image of Debian's `suite`: the engine's own, the registry's, or one made here by mmdebstrap."""
    ours = f"{PREFIX}/base:{suite}"
    for image in (ours, f"debian:{suite}"):
        if is_there(client, image):
            return image
    if pulled(client, suite, ours, say):
        return ours
    bootstrap(client, suite, ours, say)
    return ours


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
    """Makes a minimal Debian with mmdebstrap and imports it."""
    if shutil.which("mmdebstrap") is None:
        if os.geteuid() != 0:
            raise LabError(f"debian:{suite} can't be pulled, and mmdebstrap, which could make it, isn't installed here")
        apt_install(["mmdebstrap"], say)
    say(f"base {suite}: making it with mmdebstrap, once ...")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, faults(f"importing {ours}"):
        tar = Path(folder) / "base.tar"
        mmdebstrap(suite, tar)
        changes = [f"LABEL {LABEL}=cache", 'CMD ["bash"]']
        client.api.import_image(src=str(tar), repository=ours.partition(":")[0], tag=suite, changes=changes)
    say(f"base {suite}: made in {time.monotonic() - began:.0f} s")


def mmdebstrap(suite: str, tar: Path) -> None:
    options = ["--quiet", "--variant=minbase", '--aptopt=Acquire::Check-Valid-Until "false"']
    done = subprocess.run(
        ["mmdebstrap", *options, suite, str(tar), *mirrors()], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        raise LabError("\n".join([f"mmdebstrap {suite} failed:", *done.stderr.splitlines()[-15:]]))


def mirrors() -> list[str]:
    """The package mirror of this machine, for mmdebstrap; none where it isn't Debian, and mmdebstrap has its own."""
    shown = [
        "apt-get",
        "indextargets",
        "--format",
        "$(ORIGIN)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)",
        "Created-By: Packages",
    ]
    try:
        done = subprocess.run(shown, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        return []
    uri = debian_mirror(done.stdout)
    return [uri] if uri else []


def debian_mirror(targets: str) -> str | None:
    """The first URI that serves a whole release's `main`, out of apt's own list of what it is told to use."""
    for line in targets.splitlines():
        origin, uri, release, component = line.split("|")
        if origin in ("Debian", "") and component == "main" and "-" not in release and "security" not in release:
            return uri
    return None
