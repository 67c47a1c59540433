"""An engine and a kind of machine -> the image that its labs start from, built where the outer engine has none.

base (Debian) -> machine -> engine        a machine with an engine
base (Debian) -> machine                  one without, where the engine is Debian's
engine -> no-engine                       one without, where it isn't: its programs are put aside
"""

from __future__ import annotations

from pathlib import Path

import docker

from harness.lab.engines import Engine
from harness.lab.outer.faults import LabError, Say, faults
from harness.lab.outer.images import base_image, build, existing_base_image, has_image, reference
from harness.project import LABS


def build_lab_image(client: docker.DockerClient, engine: Engine, machine: str, say: Say, given: str = "") -> str:
    """The image for labs of this engine and machine ("engine" or "no-engine"), built where it is missing. LabError.

    `given` is an image with this engine that the outer engine has. A machine without an engine is plain: Debian's own
    packages make its engine run there. Where the engine isn't Debian's, its programs stand in for those packages.
    """
    if machine == "no-engine" and not given and not engine.archive:
        return _build_machine(client, engine, say)
    image = given or _build_engine(client, engine, say)
    if not has_image(client, image):
        raise LabError(f"the outer engine has no image `{image}`, which is to be the lab of engine {engine.name}")
    if machine == "no-engine":
        return build(client, f"no-engine-{engine.name}", LABS / "no-engine", {"BASE": image}, say)
    return image


def has_lab_image(client: docker.DockerClient, engine: Engine) -> bool:
    """Whether the labs of this engine can start with nothing to be built or fetched."""
    with faults("looking for lab images"):
        base = existing_base_image(client, engine.suite)
        machine = base and reference(client, *_machine(engine, base))
        if not machine or not has_image(client, machine):
            return False
        return has_image(client, reference(client, *_engine(engine, machine)))


def _build_machine(client: docker.DockerClient, engine: Engine, say: Say) -> str:
    return build(client, *_machine(engine, base_image(client, engine.suite, say)), say)


def _build_engine(client: docker.DockerClient, engine: Engine, say: Say) -> str:
    machine = _build_machine(client, engine, say)
    try:
        return build(client, *_engine(engine, machine), say)
    except LabError as error:
        if not engine.archive:
            raise
        raise LabError(
            f"engine {engine.name} is only declared here: building its lab needs the internet ({engine.archive_host}); "
            f"an image of it that the outer engine has can be given instead\n{error}"
        ) from error


# What an image is built from: its name, the folder with its Dockerfile, and the build's arguments.


def _machine(engine: Engine, base: str) -> tuple[str, Path, dict[str, str]]:
    return f"machine-{engine.suite}", LABS / "machine", {"BASE": base}


def _engine(engine: Engine, machine: str) -> tuple[str, Path, dict[str, str]]:
    made_with = {"BASE": machine, "PACKAGES": " ".join(engine.packages), "ARCHIVE": engine.archive}
    made_with["RELEASE"] = f"{engine.version}-" if engine.version else ""
    arguments = {name: value for name, value in made_with.items() if value}
    return f"{engine.image}-{engine.suite}", LABS / engine.image, arguments
