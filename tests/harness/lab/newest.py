"""Chooses the engine that pages run on where nobody names one: the newest that can be had. Has the labs of a run built,
for the plugin, and says which engine it took and why.
"""

from collections.abc import Sequence
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import docker

from harness.claims import settings
from harness.lab import engines, labs
from harness.lab.engines import Engine
from harness.lab.lab_images import build_lab_image, has_lab_image
from harness.lab.mine import MINE, installed, nearest
from harness.lab.outer.faults import LabError, Say

ALL = "all"  # asked for in the place of an engine's name: all that can be had
PATIENCE = 4  # seconds in which an archive of packages has to answer
Images = dict[str, str]  # machine -> lab image


def lab_images(client: docker.DockerClient, asked: str, given: str, say: Say) -> dict[str, Images]:
    """The lab images that a run needs, by engine. LabError where an engine that is asked for by name can't be had.

    `asked` is an engine's name, or ALL, or MINE, or empty for the newest; `given` is an image for labs of the engine
    named.
    """
    if asked == MINE:
        return _of_this_machine(client, say)
    if asked and asked != ALL:
        return {asked: _build(client, labs.find(asked), say, given)}
    tried: dict[str, Images] = {}
    why: list[str] = []
    for engine in _candidates(asked):
        tried[engine.name], reason = _try(client, engine, say)
        why += [reason] if reason else []
        if tried[engine.name] and not asked:
            break
    found = {name: images for name, images in tried.items() if images}
    which = f"{'all' if asked else 'the newest'}{' that can be had here' if len(found) < len(tried) else ''}"
    say("; ".join([f"engine {', '.join(found)}: {which}", *why]))
    return found


def expected_engines(asked: str) -> list[str]:
    """The engines that a run would be on, as far as that can be known before an outer engine is: for --collect-only."""
    if asked == MINE:
        return [next(engine.name for engine in nearest(installed(), engines.read()) if _is_there(engine))]
    if asked and asked != ALL:
        return [asked]
    there = [engine.name for engine in _candidates(asked) if _is_there(engine)]
    return there if asked else there[:1]


def _is_there(engine: Engine) -> bool:
    return not engine.archive or reachable(engine)


def reachable(engine: Engine) -> bool:
    """Whether the archive of an engine's packages answers this machine, in seconds."""
    release = f"{engine.archive}/dists/{engine.suite}/Release"
    answers: list[bool] = []

    def look() -> None:
        try:
            with urlopen(Request(release, method="HEAD"), timeout=PATIENCE):  # noqa: S310  (https, as declared)
                answers.append(True)
        except HTTPError as refusal:
            refusal.close()
        except OSError:
            pass

    # A name server that says nothing would hold for longer than the patience; nobody waits for this thread.
    looking = Thread(target=look, daemon=True)
    looking.start()
    looking.join(PATIENCE)
    return bool(answers)


def _of_this_machine(client: docker.DockerClient, say: Say) -> dict[str, Images]:
    """The lab images of the release that is installed here, or of the nearest to it that can be had."""
    found, why = installed(), []
    for engine in nearest(found, engines.read()):
        images, reason = _try(client, engine, say)
        why += [reason] if reason else []
        if images:
            is_same = engine.release == found.release
            which = "the release" if is_same else "there is no lab of that release here, and it is the nearest"
            say("; ".join([f"engine {engine.name}: `docker version` names {found.version} here: {which}", *why]))
            return {engine.name: images}
    raise AssertionError("the engines of Debian's packages can be had, or say why not")


def _candidates(asked: str) -> Sequence[Engine]:
    """For ALL every engine, oldest first; else, newest first, those that are not Debian's, and what to fall back to."""
    declared = engines.read()
    if asked:
        return declared
    return [*(engine for engine in reversed(declared) if engine.archive), labs.find(engines.fallback())]


def _try(client: docker.DockerClient, engine: Engine, say: Say) -> tuple[Images, str]:
    """The lab images of an engine, none where it can't be had; and why. LabError where a lab of Debian's fails."""
    if not engine.archive:
        return _build(client, engine, say), ""
    other_way = f"or give --engine {engine.name} --lab-image IMAGE"
    why = f"Docker's packages ({engine.archive_host}) can be reached"
    if has_lab_image(client, engine):
        why = "its lab was built before"
    elif not reachable(engine):
        needs = f"Docker's packages ({engine.archive_host}) have to be reachable"
        return {}, f"for {engine.name}, {needs}, {other_way}"
    try:
        return _build(client, engine, say), why
    except LabError as error:
        say(str(error))
        return {}, f"for {engine.name}, its lab has to be built, which failed as said above, {other_way}"


def _build(client: docker.DockerClient, engine: Engine, say: Say, given: str = "") -> Images:
    return {machine: build_lab_image(client, engine, machine, say, given) for machine in settings.MACHINES}
