"""Tells which later steps hang on one that failed, for a page that goes on after it. Pure.

$ docker run -d --name web nosuch     fails
$ docker logs web                     hangs on it: nobody made `web`
$ docker ps                           doesn't
"""

import re
from collections.abc import Iterator

from harness.claims.commands import Command, parse
from harness.claims.sessions import Step
from harness.shapes import Bindings

_ID = re.compile(r"(?<![0-9a-zA-Z])(?=[0-9a-f]*\d)[0-9a-f]{12}(?:[0-9a-f]{52})?(?![0-9a-zA-Z])")
_CREATES = ("docker volume create", "docker network create")


class Failures:
    """The steps of a page that failed, by what they were to make and to show."""

    def __init__(self) -> None:
        self._made: dict[str, str] = {}  # a name -> where it was to be made
        self._shown: dict[str, str] = {}  # an id -> where it was to be shown

    def add(self, step: Step, where: str, *, ended_as_shown: bool) -> None:
        """A step that failed. One that ended as the page shows it has made its things all the same."""
        if not ended_as_shown:
            self._made |= dict.fromkeys(made_by(step.command), where)
        self._shown |= dict.fromkeys(_ID.findall(f"{step.prompt} {step.sample}"), where)

    def passed(self, step: Step) -> None:
        """A step that fits has made its things, whatever failed before."""
        for name in made_by(step.command):
            self._made.pop(name, None)

    def hangs_on(self, step: Step, bindings: Bindings) -> str:
        """What a step needs of one that failed, and where that is; '' where it needs nothing of them."""
        own = set(made_by(step.command))
        for word in (word for command in step.commands for word in _words(command)):
            for name, where in self._made.items():
                if name not in own and re.search(rf"(?:\A|//|=|@){re.escape(name)}(?:\Z|[:/])", word):
                    return f"`{name}` of {where}"
        typed = bindings.copy().resolve(step.command)
        for found in _ID.findall(step.command):
            if found in self._shown and found in typed:
                return f"`{found}` of {self._shown[found]}"
        return ""


def made_by(text: str) -> Iterator[str]:
    """The names that a command gives to what it makes: containers, volumes, networks, images."""
    for command in parse(text):
        yield from (name for name in command.options.get("--name", ()) if name)
        if command.plain_name in _CREATES:
            yield from command.arguments[-1:]
        elif command.plain_name in ("docker tag", "docker commit"):
            yield from command.arguments[1:2]
        elif command.plain_name == "docker build":
            yield from (name for option in ("-t", "--tag") for name in command.options.get(option, ()))
        elif command.plain_name in ("docker pull", "docker run"):
            yield from command.arguments[:1]


def _words(command: Command) -> Iterator[str]:
    """The words that may name something of Docker's: its own, and addresses."""
    is_dockers = command.program == "docker"
    yield from (word for word in command.words[1:] if is_dockers or "://" in word)
    if command.inner:
        yield from command.inner.words
