"""What is asked for -> the versions of Docker among which the first is looked for, oldest first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from harness.lab import packages
from harness.lab.engines import Engine

_NUMBER = re.compile(r"\d+(?:\.\d+)*")


class WrongEnd(Exception):
    """An end of the search that is none: names it, and what there is."""


@dataclass(frozen=True)
class Candidate:
    """A version of Docker that an example may be run on."""

    name: str  # for people
    engine: str  # the declared one by whose samples a page is judged on it
    lab_image: str = ""  # that its labs are made of, where one is given
    package: str = ""  # the version of Docker's packages that its labs are built of, where one is meant

    @property
    def is_declared(self) -> bool:
        """Whether it is the declared engine itself, of which runs of pages tell."""
        return not self.lab_image and not self.package


def of_engines(declared: Sequence[Engine], first: str, last: str) -> list[Candidate]:
    """The declared engines between two of them; an end that is empty is the oldest, or the newest. WrongEnd."""
    names = [engine.name for engine in declared]
    for end in filter(None, (first, last)):
        if end not in names:
            raise WrongEnd(f"unknown engine `{end}`; known, oldest first: {', '.join(names)}")
    between = names[names.index(first or names[0]) : names.index(last or names[-1]) + 1]
    if not between:
        raise WrongEnd(f"engine `{first}` is newer than `{last}`; known, oldest first: {', '.join(names)}")
    return [Candidate(name, name) for name in between]


def of_lab_images(engine: str, images: Sequence[str]) -> list[Candidate]:
    """Images of one engine, which are given oldest first."""
    return [Candidate(image, engine, lab_image=image) for image in images]


def of_packages(declared: Sequence[Engine], versions: Sequence[str], first: str, last: str) -> list[Candidate]:
    """The versions of packages between two, of the engines that are declared: `28` to `29` is all of both. WrongEnd."""
    for end in filter(None, (first, last)):
        if not _NUMBER.fullmatch(end):
            raise WrongEnd(f"`{end}` is no version of a package; expected one like 29 or 29.4.0")
    names = [engine.name for engine in declared if engine.is_release]
    found = [
        Candidate(version, version.partition(".")[0], package=version)
        for version in versions
        if version.partition(".")[0] in names and _is_between(version, first, last)
    ]
    if not found:
        ends = " ".join(["none", *(["from", first] if first else []), *(["to", last] if last else [])])
        had = f"those from {versions[0]} to {versions[-1]}" if versions else "none"
        raise WrongEnd(f"no version to look at: Docker's packages have {ends}; there are {had}")
    return found


def archived(declared: Sequence[Engine]) -> Engine:
    """The newest engine whose packages come from an archive of Docker's."""
    return next(engine for engine in reversed(declared) if engine.archive)


def _is_between(version: str, first: str, last: str) -> bool:
    """An end stands for all that begin as it does: `28` for 28.0.0 as for 28.5.2."""
    at = packages.order(version)
    low, high = (packages.order(end) if end else () for end in (first, last))
    return at[: len(low)] >= low and at[: len(high)] <= high
