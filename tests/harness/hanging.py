"""Tells which later steps hang on one that failed, for a page that goes on after it. Pure.

$ docker run -d --name web nosuch     fails
$ docker logs web                     hangs on it: nobody made `web`
$ docker ps                           doesn't
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from harness.claims.commands import Command, parse
from harness.claims.sessions import Step
from harness.claims.shell import simple_commands
from harness.shapes import Bindings
from harness.shapes.names import is_random_name

_ID = re.compile(r"(?<![0-9a-zA-Z])(?=[0-9a-f]*\d)[0-9a-f]{12}(?:[0-9a-f]{52})?(?![0-9a-zA-Z])")
_SHORTENED = re.compile(r"[0-9a-f]{3,64}")
_NAME = re.compile(r"\b[a-z]+_[a-z]+\d?\b")
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)=")
_PROMPT = re.compile(r".{0,80}?[$#%>❯]\s+")  # of any shell

_CREATE = re.compile(r"docker (?:volume|network|secret|config|context|buildx) create")
_NAMED_FIRST = ("docker secret create", "docker config create", "docker context create")
_MAKE_FILES = ("mkdir", "touch", "tee")
# What has no name of its own, the commands that make it, and those that need it.
_SERVICES, _SWARM = "the services of compose", "the swarm"
_MAKERS = {
    **dict.fromkeys(("docker compose up", "docker compose create", "docker compose run"), _SERVICES),
    **dict.fromkeys(("docker swarm init", "docker swarm join"), _SWARM),
}
_NEED_NO_SERVICES = ("build", "config", "convert", "ls", "pull", "push", "version")
_OF_A_SWARM = ("service", "node", "stack", "secret", "config", "swarm")
# Those that do the same in whatever folder they are typed.
_ANYWHERE = {
    *("apt", "apt-get", "cd", "curl", "date", "echo", "env", "exit", "export", "hostname", "id", "ip", "kill"),
    *("newgrp", "ping", "printf", "ps", "pwd", "service", "sleep", "systemctl", "true", "type", "uname", "which"),
    "whoami",
}
_TAKE_FOLDERS = re.compile(r"docker (?:build|buildx bake|compose .*|stack deploy|cp|load|import)")


class Failures:
    """The steps of a page that failed, by what they were to make and to show."""

    def __init__(self) -> None:
        self._made: dict[str, str] = {}  # a name of Docker's -> where it was to be made
        self._files: dict[str, str] = {}  # a file, or a folder -> where it was to be made
        self._pulled: dict[str, str] = {}  # an image -> where it was to be pulled
        self._shown: dict[str, str] = {}  # an id, or a name that Docker made up -> where it was to be shown
        self._folders: dict[str, str] = {}  # a terminal -> where it was to go to another folder
        self._unset: dict[tuple[str, str], str] = {}  # a terminal and its variable -> where that was to be set
        self._set: dict[str, set[str]] = defaultdict(set)  # a terminal -> the variables that it has
        self._last = ""  # where a step failed last

    def add(self, title: str, step: Step, where: str, *, ended_as_shown: bool) -> None:
        """A step of the terminal `title` that failed. One that ended as the page shows has made its things all the
        same."""
        self._last = where
        if not ended_as_shown:
            self._add(title, step.command, where)
        shown = f"{step.prompt} {step.sample}"
        names = filter(is_random_name, _NAME.findall(shown))
        self._shown |= dict.fromkeys([*_ID.findall(shown), *names], where)

    def add_unread(self, title: str, text: str, where: str) -> None:
        """A fence whose session can't be read, and so isn't typed: what its lines were to make."""
        for line in text.split("\n"):
            for command in (line, _PROMPT.sub("", line, count=1)):
                self._add(title, command, where)
        self._shown |= dict.fromkeys(_ID.findall(text), where)

    def _add(self, title: str, command: str, where: str) -> None:
        self._made |= dict.fromkeys(_made_by(command), where)
        self._files |= dict.fromkeys(_written_by(command), where)
        self._pulled |= dict.fromkeys(_pulled_by(command), where)
        self._unset |= {(title, name): where for name in _set_by(command)}
        if _folder_of(command) is not None:
            self._folders[title] = where

    def passed(self, title: str, step: Step) -> None:
        """A step that fits has made its things, whatever failed before."""
        for things in (self._made, self._files, self._pulled):
            for name in (*_made_by(step.command), *_written_by(step.command), *_pulled_by(step.command)):
                things.pop(name, None)
        for name in _set_by(step.command):
            self._set[title].add(name)
            self._unset.pop((title, name), None)
        if (_folder_of(step.command) or ".").startswith(("/", "~")):
            self._folders.pop(title, None)

    def closed(self, title: str) -> None:
        """The terminal had to be closed after the step that failed last: what was set there is gone."""
        self._unset |= {(title, name): self._last for name in self._set.pop(title, ())}

    def hangs_on(self, title: str, step: Step, bindings: Bindings) -> str:
        """What a step needs of one that failed, and where that is; '' where it needs nothing of them."""
        made, pulled = set(_made_by(step.command)), set(_pulled_by(step.command))
        names = {name: where for name, where in self._made.items() if name not in made}
        names |= {name: where for name, where in self._pulled.items() if name not in made | pulled | names.keys()}
        files = {name: where for name, where in self._files.items() if name not in set(_written_by(step.command))}
        for lacking, words in ((names, _names_in(step)), (files, _files_in(step))):
            for word in words:
                for name, where in lacking.items():
                    if _is_meant(name, word):
                        return f"`{name}` of {where} isn't there"
        for (terminal, name), where in self._unset.items():
            if terminal == title and re.search(rf"\$(?:{name}\b|\{{{name}\b)", step.command):
                return f"`${name}` of {where} isn't set"
        if title in self._folders and _depends_on_folder(step.command):
            return f"the folder of {self._folders[title]} was not gone to"
        return self._not_shown(step, bindings)

    def _not_shown(self, step: Step, bindings: Bindings) -> str:
        """The id or the made-up name that a step types and that no step has shown in this run."""
        typed = bindings.copy().resolve(step.command)
        for found in (*_ID.findall(step.command), *_NAME.findall(step.command)):
            if found in self._shown and found in typed:
                return f"`{found}` of {self._shown[found]} isn't known"
        left = set(typed.split())
        for word in (word for command in step.commands if command.program == "docker" for word in command.arguments):
            of = [where for shown, where in self._shown.items() if shown.startswith(word)]
            if of and word in left and _SHORTENED.fullmatch(word):
                return f"`{word}` of {of[0]} isn't known"
        return ""


def _made_by(text: str) -> Iterator[str]:
    """What a command makes of Docker's, by its name: containers, volumes, networks, images; or what has none."""
    for command in parse(text):
        yield from (name for name in command.options.get("--name", ()) if name)
        if _CREATE.fullmatch(command.plain_name):
            yield from command.arguments[:1] if command.plain_name in _NAMED_FIRST else command.arguments[-1:]
        elif command.plain_name in ("docker tag", "docker commit"):
            yield from command.arguments[1:2]
        elif command.plain_name == "docker build":
            yield from (name for option in ("-t", "--tag") for name in command.options.get(option, ()))
        elif command.plain_name in _MAKERS:
            yield _MAKERS[command.plain_name]


def _written_by(text: str) -> Iterator[str]:
    """The files and folders that a command makes."""
    for command in parse(text):
        if command.program in _MAKE_FILES:
            yield from map(posixpath.normpath, command.arguments)
        elif command.program == "git" and command.arguments[:1] == ("clone",):
            yield _cloned(command.arguments[1:])
    for simple in simple_commands(text):
        yield from (posixpath.normpath(file) for file in simple.writes if not file.startswith("/dev/"))


def _cloned(arguments: tuple[str, ...]) -> str:
    """The folder that `git clone` makes."""
    return posixpath.normpath(arguments[-1].rstrip("/").rpartition("/")[2].removesuffix(".git") if arguments else ".")


def _pulled_by(text: str) -> Iterator[str]:
    """The images that a command pulls, by itself or because it needs them."""
    for command in parse(text):
        if command.plain_name in ("docker pull", "docker run", "docker create"):
            yield from command.arguments[:1]


def _set_by(text: str) -> Iterator[str]:
    """The variables of the shell that a command sets for those that come."""
    for simple in simple_commands(text):
        words = simple.texts[1:] if simple.texts[:1] in (["export"], ["declare"]) else simple.texts
        assigned = [found[1] for word in words if (found := _ASSIGNED.match(word))]
        if len(assigned) == len(words):
            yield from assigned


def _folder_of(text: str) -> str | None:
    """The folder that a command goes to; None where it stays."""
    goes = [command for command in parse(text) if command.program in ("cd", "pushd")]
    return (*goes[-1].arguments, "~")[0] if goes else None


def _depends_on_folder(text: str) -> bool:
    """Whether a command may do something else in another folder."""
    return _folder_of(text) is None and any(
        bool(_TAKE_FOLDERS.fullmatch(command.plain_name)) or re.search(r"\$PWD|\$\(pwd\)|(?<![\w.])\.{1,2}/", text)
        if command.program == "docker"
        else command.program not in _ANYWHERE
        for command in parse(text)
    )


def _names_in(step: Step) -> Iterator[str]:
    """The words of a step that may name something of Docker's: its own, a container's command's, and addresses."""
    for command in step.commands:
        is_dockers = command.program == "docker"
        yield from (word for word in command.words[1:] if is_dockers or "://" in word)
        if command.inner:
            yield from command.inner.words
        yield from _without_names(command)


def _files_in(step: Step) -> Iterator[str]:
    """The words of a step that may name a file."""
    for command in step.commands:
        if command.program not in ("echo", "printf"):
            yield from command.words[1:]
    for simple in simple_commands(step.command):
        yield from simple.reads


def _without_names(command: Command) -> Iterator[str]:
    """What a command needs that has no name."""
    if command.program != "docker" or command.plain_name in _MAKERS:
        return
    group, below = (*command.subcommand, "", "")[:2]
    if group == "compose" and below not in _NEED_NO_SERVICES:
        yield _SERVICES
    if group in _OF_A_SWARM:
        yield _SWARM


def _is_meant(name: str, word: str) -> bool:
    """Whether a word names it: alone, in an address, as the value of an option, or as what a path or a tag begins
    with."""
    return word == name or bool(re.search(rf"(?:\A|//|[=@:,]|\./){re.escape(name)}(?:\Z|[:/,])", word))
