"""Turns what a reader types into the commands that it runs, for whoever asks what a command does.

    sudo docker compose -f shop.yaml logs -f web | tail -n 1
    docker compose logs (-f; web)     tail (-n 1)

Each is parsed once; nobody looks for words in a command's text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from harness.claims.options import Options, read_options
from harness.claims.shell import SimpleCommand, simple_commands, without_assignments

# What stands behind `docker` and has commands of its own: `docker network create`.
_GROUPS = (
    "builder, buildx, buildx history, buildx imagetools, checkpoint, compose, config, container, context, image, "
    "manifest, network, node, plugin, secret, service, stack, swarm, system, trust, trust key, trust signer, volume"
)
_HAVE_SUBCOMMANDS = frozenset(["docker", *(f"docker {group}" for group in _GROUPS.split(", "))])
# Docker's long names of a command that has a short one, except `container` and `image`, which are left out.
_SHORT_FOR = {
    "docker container ls": "docker ps",
    "docker image ls": "docker images",
    "docker image rm": "docker rmi",
    "docker builder build": "docker build",
    "docker buildx build": "docker build",
    "docker system events": "docker events",
    "docker system info": "docker info",
}
_LONG_ONLY = ("docker container prune", "docker image prune")
_SAME_WORD = {"list": "ls", "remove": "rm"}

# Programs that only start another one: it stands behind their options, and behind the duration of `timeout`.
_STARTERS = {"command", "env", "exec", "nice", "nohup", "setsid", "stdbuf", "sudo", "timeout", "xargs"}
_SHELLS = {"ash", "bash", "dash", "sh", "zsh"}
_LOGINS = {"newgrp", "ssh", "su"}
_IN_CONTAINERS = {"docker run", "docker exec", "docker compose run", "docker compose exec"}
_MAY_OPEN_SHELL = {*_IN_CONTAINERS, "docker attach", "docker compose attach", "docker start"}

# Commands that print until they are interrupted: where one of these options is given, or where none of these is.
_FOLLOW_WITH = {
    "docker logs": ("-f", "--follow"),
    "docker compose logs": ("-f", "--follow"),
    "docker service logs": ("-f", "--follow"),
    "tail": ("-f", "-F", "--follow"),
}
_FOLLOW_WITHOUT: dict[str, tuple[str, ...]] = {
    "docker attach": (),
    "docker compose attach": (),
    "docker compose events": ("--until",),
    "docker compose stats": ("--no-stream",),
    "docker compose up": ("-d", "--detach", "--no-start", "--wait"),
    "docker compose watch": (),
    "docker events": ("--until",),
    "docker stats": ("--no-stream",),
    "ping": ("-c", "-w"),
}

_DEEPEST = 20  # programs that start each other: nobody types more, and each is read with all behind it
_OF_ENTRYPOINT = re.compile(r"-|[a-z]+://")
_IMAGE_NAME = re.compile(r".*/|[:@].*")  # without its last part
_ACTION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)  # of a Go template
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|`[^`]*`')
_FIELD = re.compile(r"(?<![\w.])\.[A-Za-z_][\w.]*|(?<![\w.)])\.(?![\w.])")


@dataclass(frozen=True)
class Command:
    """A program as a shell starts it, its words sorted into subcommand, options and arguments."""

    words: tuple[str, ...]  # as the program gets them, its own name first
    program: str  # without its folder; `docker` for docker-compose
    subcommand: tuple[str, ...]  # of docker: ("compose", "up")
    global_options: Options = field(hash=False)  # those before the subcommand: `docker compose -f shop.yaml ps`
    options: Options = field(hash=False)  # as typed, with the values each was given: {"-f": ("name=web",), "-a": ()}
    arguments: tuple[str, ...]  # what is neither option nor value
    within: tuple[str, ...] = ()  # the programs that start it: ("sudo", "timeout", "sh")
    piped: bool = False  # it reads what the command before it prints

    @property
    def name(self) -> str:
        """The program and its subcommand, without what stands between them: `docker compose up`, `curl`."""
        return " ".join([self.program, *self.subcommand])

    @cached_property
    def plain_name(self) -> str:
        """The shortest name that docker has for it: `docker ps` for `docker container ls`; else its name."""
        return _plain(self.name)

    def has(self, *names: str) -> bool:
        """Whether one of these options is given, and not switched off (`--detach=false`)."""
        return any(self.options[name][-1:] != ("false",) for name in names if name in self.options)

    @property
    def follows(self) -> bool:
        """Whether it prints until it is interrupted, by the reader or by a `timeout`."""
        name = self.plain_name
        if self.inner and not self.has("-d", "--detach"):
            return any(command.follows for command in self.inner.unwrapped)
        if "watch" in self.within or self.has(*_FOLLOW_WITH.get(name, ())):
            return True
        return name in _FOLLOW_WITHOUT and not self.has(*_FOLLOW_WITHOUT[name])

    @property
    def may_open_shell(self) -> bool:
        """Whether another shell may be waiting for what is typed next, on the host or in a container."""
        return self.may_open_root_shell or self._is_shell or self.plain_name in _MAY_OPEN_SHELL

    @property
    def may_open_root_shell(self) -> bool:
        """Whether that shell may be root's on the host: `sudo -i`, `sudo bash`, `su`."""
        if self.program == "sudo":
            return self.has("-i", "-s", "--login", "--shell")
        return self.program == "su" or ("sudo" in self.within and self._is_shell)

    @property
    def _is_shell(self) -> bool:
        """A shell or a login that takes what is typed; `sh a.sh` and `curl … | sh` have their text from elsewhere."""
        return self.program in _LOGINS or (self.program in _SHELLS and not self.arguments and not self.piped)

    @cached_property
    def asks_for(self) -> tuple[str, ...]:
        """The fields that its templates name, in order: `-f '{{.State.Pid}} {{json .Args}}'` -> .State.Pid, .Args."""
        given = [self.options.get(option, ()) for option in ("--format", "-f", "--filter")]
        actions = [action for values in given for value in values for action in _ACTION.findall(value)]
        return tuple(path for action in actions for path in _FIELD.findall(_QUOTED.sub('""', action)))

    @cached_property
    def starts(self) -> "Command | None":
        """The command that sudo, env, timeout or their like starts; None for any other program."""
        if self.program not in _STARTERS or (self.program == "command" and self.has("-v", "-V")):
            return None
        behind = self.arguments[1:] if self.program == "timeout" else without_assignments(self.arguments)
        return read_command(behind) if behind else None

    @cached_property
    def _chain(self) -> tuple["Command", ...]:
        """Itself, what it starts, what that starts and so on: `sudo timeout 9 docker ps`."""
        found = [self]
        while (starts := found[-1].starts) and len(found) < _DEEPEST:
            found.append(starts)
        return tuple(found)

    @property
    def started(self) -> "Command":
        """The command at the end of a chain such as `sudo timeout 9 docker ps`; itself where it starts none."""
        return self._chain[-1]

    @cached_property
    def code(self) -> str:
        """The text that it runs as a shell does: `sudo sh -c 'cd a && ls'`, `watch 'docker ps | wc -l'`; else ''."""
        last = self.started
        if last.program == "watch":
            return " ".join(last.arguments) if last.arguments.count("watch") < _DEEPEST else ""
        return last.arguments[0] if last.program in _SHELLS and last.has("-c") and last.arguments else ""

    @cached_property
    def inner(self) -> "Command | None":
        """What docker run or exec runs in its container; None where that isn't named, or the command is another.

        Options alone are for what the image starts, which has the image's name: `docker run curlimages/curl -s web`.
        """
        if self.plain_name not in _IN_CONTAINERS:
            return None
        entry = [value for value in self.options.get("--entrypoint", ())[-1:] if value]
        there = (*entry, *self.arguments[1:])
        if there.count("docker") > _DEEPEST:
            return None
        if there and self.plain_name == "docker run" and _OF_ENTRYPOINT.match(there[0]):
            there = (_IMAGE_NAME.sub("", self.arguments[0]), *there)
        return read_command(there) if there else None

    @property
    def at_work(self) -> tuple["Command", ...]:
        """The commands that do the work there: those that it runs in its container, or else itself."""
        return self.inner.unwrapped if self.inner else (self,)

    @cached_property
    def unwrapped(self) -> tuple["Command", ...]:
        """The commands that do the work: those that it starts (`sudo`, `sh -c`), or else itself."""
        *starters, last = self._chain
        inside = parse(self.code) if self.code else ()
        found, around = (inside, self._chain) if inside else ((last,), starters)
        within = tuple(one.program for one in around)
        return tuple(replace(command, within=(*within, *command.within)) for command in found) if within else found


def names() -> dict[str, Any]:
    """What is known here of commands' names, for who reads commands in another language: docs/assets/practice/."""
    return {
        "groups": sorted(_HAVE_SUBCOMMANDS),
        "shortFor": _SHORT_FOR,
        "longOnly": _LONG_ONLY,
        "sameWord": _SAME_WORD,
        "starters": sorted(_STARTERS),
    }


@lru_cache(maxsize=4096)  # the site and the rules ask for the same texts
def parse(text: str) -> tuple[Command, ...]:
    """The commands that a shell runs for `text`, in order; also in `$( )` and `sh -c`, and behind sudo, timeout, env.

    What stands in a container is left to `Command.inner`. An unfinished text is what is there. Raises nothing.
    """
    return tuple(_parsed(text))


def _parsed(text: str) -> Iterator[Command]:
    for simple in simple_commands(text):
        yield from commands_of(simple)
        code = read_command(simple.program).code if simple.program else ""  # parsed already, with what is in it
        inside = [text for word in simple.words if word.text != code for text in word.substitutions]
        for substitution in (*inside, *simple.in_documents):
            yield from _parsed(substitution)


def commands_of(simple: SimpleCommand) -> tuple[Command, ...]:
    """The commands that a simple command runs, without its substitutions; () for a word such as `done`."""
    found = read_command(simple.program).unwrapped if simple.program else ()
    return tuple(replace(command, piped=True) for command in found) if simple.piped else found


@lru_cache(maxsize=4096)  # as parse
def read_command(words: tuple[str, ...]) -> Command:
    """The command of a program's words, which are not empty."""
    program, subcommand = words[0].rpartition("/")[2], []
    if program == "docker-compose":
        program, subcommand = "docker", ["compose"]
    before: dict[str, tuple[str, ...]] = {}
    name = " ".join([program, *subcommand])
    options, rest = read_options(name, words[1:], before_arguments=name in _HAVE_SUBCOMMANDS)
    while rest and name in _HAVE_SUBCOMMANDS:
        before |= options
        subcommand.append(rest[0])
        name = f"{name} {rest[0]}"
        options, rest = read_options(_plain(name), rest[1:], before_arguments=name in _HAVE_SUBCOMMANDS)
    return Command(words, program, tuple(subcommand), before, options, rest)


@lru_cache(maxsize=1024)  # rows ask for it of all commands of a page, again and again
def _plain(name: str) -> str:
    """The shortest of docker's names of the same command."""
    *group, last = name.split(" ")
    if len(group) > 1:
        name = " ".join([*group, _SAME_WORD.get(last, last)])
    if name in _SHORT_FOR or name in _LONG_ONLY:
        return _SHORT_FOR.get(name, name)
    return re.sub(r"^docker (?:container|image) ", "docker ", name)
