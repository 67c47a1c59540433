"""Says by which names an image or a service finds the page's files, for started.

COPY a.txt /etc/b.txt       b.txt is a.txt
COPY site /srv              index.html is site/index.html
- ./a.txt:/b.txt            b.txt is a.txt, among the volumes of a service
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from harness.claims import yaml_text
from harness.shapes import dockerfile

Names = tuple[tuple[str, str], ...]  # inside, and the path of the page's file
_TYPED = "-"  # in the place of a file: its text stands in the compose file itself
_FROM_STAGE = re.compile(r"--from=(\S+)")


def is_typed(file: str) -> bool:
    """Whether the text stands in a compose file, and in no file of its own."""
    return file == _TYPED


@lru_cache(maxsize=64)
def of_dockerfile(text: str, context: str, paths: frozenset[str]) -> Names:
    """The page's files in the last stage of a Dockerfile; `paths`: of all that the page has written."""
    stages: dict[str, dict[str, str]] = {}
    found: dict[str, str] = {}
    number = 0
    for one in dockerfile.instructions(text):
        if one.name == "FROM":
            image = one.words  # what it is, and perhaps `AS base`
            found = dict(stages.get("".join(image[:1]), {}))
            stages.update(dict.fromkeys((str(number), *image[2:]), found))
            number += 1
        elif one.name == "RUN":  # which may change what it names
            for inside in [name for name in found if "*" in one.text or name in one.text]:
                del found[inside]
        elif one.name in ("ADD", "COPY"):
            *sources, target = one.words or [""]
            stage = _FROM_STAGE.search(one.text)
            of_stage = stages.get(stage[1], {}) if stage else {}
            for source in sources:
                file = of_stage.get(posixpath.basename(source), "") if stage else posixpath.join(context, source)
                for name in _names(source, target) if file else ():
                    found.update(_put(posixpath.normpath(file), name, paths))
    return tuple(found.items())


def of_service(service: Mapping[str, Any], top: Mapping[str, Any], folder: str, paths: frozenset[str]) -> Names:
    """The page's files that are mounted into a service; `top`: its compose file, in `folder`."""
    found: dict[str, str] = {}
    for source, target in (*_volumes(service), *_given(service, top, "configs"), *_given(service, top, "secrets")):
        if source == _TYPED:
            found[posixpath.basename(target)] = _TYPED
        elif source[:1] in (".", "/") or "/" in source:  # else the name of a volume
            found.update(_put(posixpath.normpath(posixpath.join(folder, source)), target, paths))
    return tuple(found.items())


def _put(source: str, target: str, paths: frozenset[str]) -> Iterator[tuple[str, str]]:
    below = [path for path in paths if source == "." or path.startswith(f"{source}/")]
    if below:
        yield from ((posixpath.basename(path), path) for path in below)
    else:
        yield posixpath.basename(target), source


def _names(source: str, target: str) -> Iterator[str]:
    """What a file may be called that is copied to `target`, which may be a folder."""
    if target[-1:] not in ("/", "."):
        yield target
    if "." not in posixpath.basename(target.rstrip(".")):
        yield source


def _volumes(service: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for volume in _list(service.get("volumes")):
        if isinstance(volume, dict):
            yield yaml_text.text(volume.get("source")), yaml_text.text(volume.get("target"))
        else:
            source, _, target = yaml_text.text(volume).partition(":")
            yield source, target.partition(":")[0]


def _given(service: Mapping[str, Any], top: Mapping[str, Any], key: str) -> Iterator[tuple[str, str]]:
    """The files of the configs, or secrets, that a service is given."""
    known = top.get(key)
    for one in _list(service.get(key)):
        name = yaml_text.text(one.get("source") if isinstance(one, dict) else one)
        target = yaml_text.text(one.get("target", name)) if isinstance(one, dict) else name
        of_all = known.get(name) if isinstance(known, dict) else None
        if isinstance(of_all, dict) and "file" in of_all:
            yield posixpath.join(".", yaml_text.text(of_all["file"])), target
        elif isinstance(of_all, dict) and "content" in of_all and "$" not in yaml_text.text(of_all["content"]):
            yield _TYPED, target


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
