"""The words of a command that may be very short beginnings of ids, for bindings.

docker rm -f 588        588
docker exec 58 sleep 30     58
docker run web sleep 30     none: docker takes no id there
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
_TAKE_ONE = frozenset(f"docker {name}" for name in ("commit", "exec", "port", "rename", "tag", "top"))


def names(command: str) -> set[str]:
    """The words of two or three digits by which docker may know a container or an image."""
    found: set[str] = set()
    for one in commands.parse(command):
        count = len(one.arguments) if one.plain_name in _TAKE_IDS else int(one.plain_name in _TAKE_ONE)
        found.update(filter(_SHORT.fullmatch, one.arguments[:count]))
    return found
