"""The variables of a container, which come from a map; an image has them as its Dockerfile has."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from harness.claims.commands import Command, parse
from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.policies.typed import CACHED, programs

# Of grep: a number for the line, the lines around it, the first ones only.
_NOT_EACH_LINE = ("-n", "--line-number", "-b", "-A", "-B", "-C", "-m", "--max-count")
_NAME = r"[A-Za-z_]\w{0,60}="
_IN_QUOTES = rf'"{_NAME}(?:[^"\\]|\\.)*+"'
_QUOTED, _IN_JSON = re.compile(_IN_QUOTES), re.compile(rf"\[{_IN_QUOTES}(?:,{_IN_QUOTES})++\]")
_LIST = re.compile(rf"(?<![^\s\[]){_NAME}[^\]]*")
_BETWEEN = re.compile(rf"([,;| ]{{1,3}})(?={_NAME})")
_COMMA = re.compile(r",\Z")
_OPENS = re.compile(r' *(?:"Env": )?\[')
_NAME_IMAGES = {"docker build": ("-t", "--tag"), "docker commit": (), "docker import": (), "docker tag": ()}
_MAKE = frozenset({"docker run", "docker create"})
_IMAGE = re.compile(r".*[:/@].*")
_RUN = "docker run -d --name school -e TEACHER=Kim busybox sleep 60; docker inspect"
_DUMP = '[\n    {{\n        "Env": [\n            "{}",\n            "{}"\n        ]\n    }}\n]'
_HOME, _TEACHER = "HOME=/root", "TEACHER=Kim Lee"


@lru_cache(maxsize=CACHED)
def _lists(command: str) -> bool:
    """Whether it shows a variable on each line, and at most `grep` picks lines of them."""
    outer = _before_grep(parse(command))
    inner = [one.inner for one in outer if one.inner and not one.has("-d", "--detach")]
    shown = [one for found in inner for one in _before_grep(found.unwrapped)]
    is_asked = any(one.plain_name == "docker inspect" and ".Config.Env" in one.asks_for for one in outer)
    is_taken = any(one.program == "jq" and any(".Env" in word for word in one.words) for one in outer)
    return is_asked or is_taken or any(one.program in ("env", "printenv") and not one.arguments for one in shown)


def _inspects(command: str) -> bool:
    return any(one.plain_name == "docker inspect" for one in programs(command))


def _asks(command: str) -> bool:
    return any(one.plain_name == "docker inspect" and ".Config.Env" in one.asks_for for one in programs(command))


def _before_grep(commands: Sequence[Command]) -> Sequence[Command]:
    """The last command, or else the one whose lines `grep` picks, without a look at what stands beside them."""
    left = list(commands)
    while left and left[-1].program == "grep" and left[-1].piped and not left[-1].has(*_NOT_EACH_LINE):
        left.pop()
    return left[-1:]


def _is_of_container(commands: Sequence[str]) -> bool:
    """Whether what the last command inspects, if anything, is no image."""
    inspected = [one for one in parse(commands[-1]) if one.plain_name == "docker inspect"] if commands else []
    return not any(_is_image(one, commands) for one in inspected)


def _is_image(inspect: Command, commands: Sequence[str]) -> bool:
    if "image" in inspect.subcommand or "image" in inspect.options.get("--type", ()):
        return True
    typed = [one for command in commands for one in parse(command)]
    images = {name for one in typed for name in _images(one)} - {
        name for one in typed if one.plain_name in _MAKE for name in one.options.get("--name", ())
    }
    return any(name in images or _IMAGE.fullmatch(name) for name in inspect.arguments)


def _images(command: Command) -> Iterator[str]:
    """The images that a command names."""
    if command.plain_name == "docker pull":
        yield from command.arguments
    elif command.plain_name in _MAKE:
        yield from command.arguments[:1]
    elif command.plain_name in _NAME_IMAGES:
        options = _NAME_IMAGES[command.plain_name]
        yield from (name for option in options for name in command.options.get(option, ()))
        yield from () if options else command.arguments[1:]


def _in_order(text: str) -> str:
    """The variables of one line in order, with what stands between them."""
    pieces = _BETWEEN.split(text)
    return "".join([*sorted(pieces[::2]), *pieces[1::2]])


ROWS = (
    Dialect(
        name="variables of a container, each on its line",
        command=_lists,
        history=_is_of_container,
        lines=rf'{_NAME}.*|"{_NAME}.*"',
        policy=Policy.SET,
        seen=(
            (
                "WARNING: Off\nSee the log\nHOME=/root\nTEACHER=Kim",
                "WARNING: Off\nSee the log\nTEACHER=Kim\nHOME=/root",
            ),
        ),
        damaged=(("Kim", "Lee"), ("HOME=/root", ""), ("WARNING: Off\nSee the log", "See the log\nWARNING: Off")),
        typed="docker run --rm -e TEACHER=Kim busybox env",
    ),
    Dialect(
        name="variables of a container, in JSON",
        command=_inspects,
        history=_is_of_container,
        lines=rf'\s{{1,40}}"{_NAME}.*",?',
        only=lambda lines, index: index > 0 and bool(_OPENS.fullmatch(lines[index - 1].text)),
        policy=Policy.SET,
        reduce=lambda run: [line.rewritten(_COMMA, "") for line in run],
        seen=((_DUMP.format(_HOME, _TEACHER), _DUMP.format(_TEACHER, _HOME)),),
        damaged=(("Kim", "Park"), (f'            "{_HOME}"\n', ""), ('"Env"', '"Cmd"')),
        typed=f"{_RUN} school",
    ),
    Rewrite(
        name="variables of a container, in JSON on one line",
        command=_inspects,
        history=_is_of_container,
        sign='","',
        write=lambda text: _IN_JSON.sub(lambda found: f"[{','.join(sorted(_QUOTED.findall(found[0])))}]", text),
        seen=((f'["{_HOME}","{_TEACHER}"]', f'["{_TEACHER}","{_HOME}"]'),),
        damaged=(("Kim", "Park"), (f',"{_HOME}"', "")),
        typed=f"{_RUN} -f '{{{{json .Config.Env}}}}' school",
    ),
    Rewrite(
        name="variables of a container, on one line",
        command=_asks,
        history=_is_of_container,
        sign="=",
        write=lambda text: _LIST.sub(lambda found: _in_order(found[0]), text),
        seen=(
            (f"[{_HOME} {_TEACHER}]", f"[{_TEACHER} {_HOME}]"),
            (f"school: {_HOME}; {_TEACHER}", f"school: {_TEACHER}; {_HOME}"),
        ),
        damaged=(("Kim", "Park"), (f" {_HOME}", ""), ("Kim Lee", "Lee Kim")),
        typed=f"{_RUN} -f '{{{{.Config.Env}}}}' school",
    ),
)
