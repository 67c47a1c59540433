"""The words of a command that may be very short beginnings of ids, and those that are names, for bindings.

docker rm -f 588        588
docker exec 58 sleep 30     58
docker run web sleep 30     none: docker takes no id there
docker run --name db redis      `db` is a name from now on
"""

import re

from harness.claims import commands

_SHORT = re.compile(r"[0-9a-f]{2,3}")  # from four digits on, a word is hardly anything else
_TAKE_IDS = frozenset(
    f"docker {name}"
    for name in (
        "attach", "container inspect", "diff", "export", "history", "image inspect", "inspect", "kill", "logs", "pause",
        "restart", "rm", "rmi", "save", "start", "stats", "stop", "unpause", "update", "wait",
    )
)  # fmt: skip
_NAMED_LAST = frozenset({"docker commit", "docker import", "docker rename", "docker tag"})
_CONTAINER_NAME = re.compile(r"""\bcontainer_name: {1,9}["']?([\w.-]+)""")
_TAKE_ONE = frozenset(f"docker {name}" for name in ("commit", "exec", "port", "rename", "tag", "top"))


def names(command: str) -> set[str]:
    """The words of two or three digits by which docker may know a container or an image."""
    found: set[str] = set()
    for one in commands.parse(command):
        count = len(one.arguments) if one.plain_name in _TAKE_IDS else int(one.plain_name in _TAKE_ONE)
        found.update(filter(_SHORT.fullmatch, one.arguments[:count]))
    return found


def given(command: str) -> set[str]:
    """The names that a command gives to containers, images, networks and volumes."""
    found: set[str] = set()
    for one in commands.parse(command):
        options = ("--name", *(("-t", "--tag") if one.plain_name == "docker build" else ()))
        found.update(value for option in options for value in one.options.get(option, ()))
        if one.plain_name in _NAMED_LAST:
            found.update(one.arguments[1:])
        elif one.subcommand[1:] == ("create",) and one.subcommand != ("container", "create"):
            found.update(one.arguments[-1:])
    return found


def given_in(text: str) -> set[str]:
    """The names that a compose file gives to containers."""
    return set(_CONTAINER_NAME.findall(text))
