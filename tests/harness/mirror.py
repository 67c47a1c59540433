"""The registry that labs pull from, as a container on the outer engine: Docker Hub's cache, or its stand-ins.

Lane `hub`: a pull-through cache that the labs' engines are told of. Lane `standin`: a registry filled with the images
of tests/labs/standins, which labs take for Docker Hub itself (its name and a certificate that only they trust), so
that commands and error messages are the real ones. No port of it is published: only labs reach it.
"""

from __future__ import annotations

import hashlib
import inspect
import io
import json
import tarfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import docker
from docker.errors import APIError, NotFound
from docker.models.containers import Container

from harness.outer.images import LABS, PREFIX, base_image, build, digest, is_there
from harness.outer.leftovers import LABEL, LabError, Say, clear, faults, labels, living, remove_container, sweep
from harness.outer.reach import means

SUITE = "forky"  # the mirror's own, and the stand-ins' unless their folder says another
HUB = "https://registry-1.docker.io"
STANDIN = "docker-note.standin"  # label of a stand-in: the names it goes by
CREATED = "docker-note.created"  # label of a stand-in: when the image it stands for was made
PATIENCE = 30  # seconds that the registry gets to answer


@dataclass(frozen=True)
class Mirror:
    """A running mirror; strings only, so that it can be handed to a worker process."""

    network: str  # where it is reached; its container has the name of the run's own
    lane: str  # "hub" or "standin"
    address: str  # IP
    certificate: str  # PEM, for the names in `hosts`
    privileged: bool  # of the outer engine, as is `resolv`: asked once, for all labs of the run
    resolv: str  # its containers' resolv.conf

    def hosts(self) -> dict[str, str]:
        """Names that labs must look for here."""
        names = ["docker-note-mirror"] + ["registry-1.docker.io"] * (self.lane == "standin")
        return dict.fromkeys(names, self.address)

    def daemon(self) -> dict[str, object]:
        """What the labs' engines have to be told in daemon.json."""
        return {"registry-mirrors": ["https://docker-note-mirror"]} if self.lane == "hub" else {}


@contextmanager
def mirror(client: docker.DockerClient, run_id: str, say: Say, lane: str | None = None) -> Iterator[Mirror]:
    """A mirror for one run, and what dead runs left is gone. Without `lane`: hub where Docker Hub answers. LabError."""
    with living(run_id):
        with faults("removing what earlier runs left"):
            for name in sweep(client):
                say(f"removed what a run that was ended left: {name}")
        lane = lane or ("hub" if hub_answers(client) else "standin")
        image = mirror_image(client, lane, run_id, say)
        name = f"docker-note-{run_id}"
        try:
            with ThreadPoolExecutor(1) as meanwhile, faults("starting the registry mirror"):
                allowed = meanwhile.submit(means, client, image, run_id)
                client.networks.create(name, labels=labels(run_id))
                container = start(client, image, lane, run_id, name, name)
                address = container.attrs["NetworkSettings"]["Networks"][name]["IPAddress"]
                certificate = read(container, "/etc/mirror/cert.pem").decode()
            privileged, resolv = allowed.result()
            say(f"images come from {'Docker Hub' if lane == 'hub' else 'stand-ins built here'}")
            yield Mirror(name, lane, address, certificate, privileged, resolv)
        finally:
            with faults("removing the registry mirror"):
                clear(client, run_id)


@contextmanager
def attached(client: docker.DockerClient, mirror: Mirror, name: str, run_id: str) -> Iterator[Mirror]:
    """The mirror as a lab reaches it, on a network with nobody else: labs can't reach each other."""
    made = client.networks.create(name, labels=labels(run_id))
    try:
        made.connect(mirror.network)
        made.reload()
        [member] = made.attrs["Containers"].values()
        yield replace(mirror, network=name, address=member["IPv4Address"].partition("/")[0])
    finally:
        with suppress(NotFound):
            with suppress(NotFound):  # the mirror may have gone
                made.disconnect(mirror.network, force=True)
            made.remove()


def hub_answers(client: docker.DockerClient) -> bool:
    """Whether the outer engine reaches Docker Hub; nothing is pulled."""
    try:
        client.images.get_registry_data("hello-world")
    except (APIError, OSError):  # OSError: it was silent for too long
        return False
    return True


def start(client: docker.DockerClient, image: str, lane: str, run_id: str, name: str, network: str) -> Container:
    """The mirror's container, answering."""
    container = client.containers.run(
        image, detach=True, name=name, hostname="mirror", network=network, labels=labels(run_id),
        environment={"REGISTRY_PROXY_REMOTEURL": HUB} if lane == "hub" else {}, mem_limit="1g", pids_limit=256,
    )  # fmt: skip
    until = time.monotonic() + PATIENCE
    while container.exec_run(["bash", "-c", "</dev/tcp/127.0.0.1/443"]).exit_code != 0:
        if time.monotonic() > until:
            raise LabError(f"the registry mirror did not answer:\n{container.logs(tail=15).decode()}")
        time.sleep(0.1)
    container.reload()
    return container


def read(container: Container, path: str) -> bytes:
    """A file of a container."""
    chunks, _ = container.get_archive(path)
    with tarfile.open(fileobj=io.BytesIO(b"".join(chunks))) as archive:
        file = archive.extractfile(archive.getmembers()[0])
        assert file is not None
        return file.read()


def mirror_image(client: docker.DockerClient, lane: str, run_id: str, say: Say) -> str:
    """The image of the lane's mirror: of the stand-in lane with its images inside, filled once."""
    empty = build(client, "mirror", LABS / "mirror", {"BASE": base_image(client, SUITE, say)}, say)
    if lane == "hub":
        return empty
    folders = sorted(path.parent for path in (LABS / "standins").glob("*/Dockerfile"))
    standins = [build_standin(client, folder, say) for folder in folders]
    how = hashlib.sha256(inspect.getsource(aged).encode()).hexdigest()
    tag = digest(LABS / "mirror", {"empty": empty, "standins": " ".join(standins), "aged": how})
    filled = f"{PREFIX}/mirror-filled:{tag}"
    if is_there(client, filled):
        say("mirror: reusing the registry filled before")
    else:
        fill(client, empty, standins, filled, run_id, say)
    return filled


def build_standin(client: docker.DockerClient, folder: Path, say: Say) -> str:
    return build(client, f"standin-{folder.name}", folder, {"BASE": base_image(client, SUITE, say)}, say)


def fill(client: docker.DockerClient, empty: str, standins: list[str], filled: str, run_id: str, say: Say) -> None:
    """Pushes the stand-ins into a registry and keeps it as an image."""
    say("mirror: filling the registry, once ...")
    name = f"docker-note-fill-{run_id}"
    with faults("filling the registry mirror"):
        try:
            container = start(client, empty, "standin", run_id, name, "bridge")
            for image in standins:
                push(client, image, container)
            repository, _, tag = filled.partition(":")
            container.commit(repository, tag, changes=f"LABEL {LABEL}=cache")
        finally:
            remove_container(client, name)


def push(client: docker.DockerClient, image: str, container: Container) -> None:
    """Copies an image of the outer engine into the registry in `container`, under each of its names."""
    made = client.images.get(image)
    archive = aged(b"".join(made.save()), made.labels[CREATED])
    container.put_archive("/", tar({"image.tar": archive}))
    for name in made.labels[STANDIN].split():
        copied = container.exec_run(
            ["skopeo", "--insecure-policy", "copy", "--quiet", "--dest-tls-verify=false", "--format=v2s2",
             "docker-archive:/image.tar", f"docker://localhost/library/{name}"]
        )  # fmt: skip
        if copied.exit_code != 0:
            raise LabError(f"filling the registry mirror with {name}: {copied.output!s}")
    container.exec_run(["rm", "/image.tar"])


def aged(archive: bytes, created: str) -> bytes:
    """A `docker save` archive of one image as its registry has it: made at `created`, its layers too, and with no more
    marks of ours than the one that says what it is: they would show in `docker inspect` and `history`."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as old:
        files = {info.name: file.read() for info in old if (file := old.extractfile(info)) is not None}
    config = json.loads(files["manifest.json"])[0]["Config"]
    described = json.loads(files[config])
    described["created"] = created
    described["history"] = [
        {**layer, "created": created}
        for layer in described["history"]
        if not (layer.get("empty_layer") and f"LABEL {LABEL}" in layer.get("created_by", ""))
    ]
    for config_of in ("config", "container_config"):
        marks = (described.get(config_of) or {}).get("Labels") or {}
        for name in [name for name in marks if name.startswith(LABEL) and name != STANDIN]:
            del marks[name]
    return tar({**files, config: json.dumps(described).encode()})


def tar(files: Mapping[str, bytes], owner: int = 0) -> bytes:
    """An archive of files readable by all, and of the directories above them, owned by user and group `owner`."""
    folders = sorted({str(folder) for name in files for folder in PurePosixPath(name).parents} - {"."})
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in [*folders, *files]:
            info = tarfile.TarInfo(name)
            info.uid = info.gid = owner
            info.type, info.mode = (tarfile.DIRTYPE, 0o755) if name not in files else (tarfile.REGTYPE, 0o644)
            info.size = len(files.get(name, b""))
            archive.addfile(info, io.BytesIO(files.get(name, b"")))
    return buffer.getvalue()
