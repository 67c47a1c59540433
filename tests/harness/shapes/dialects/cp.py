"""docker cp"""

import re

from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.policies.typed import Typed

_ERASED = re.compile(r"\A {16,}")  # as long as the line was that told how far it had come
_CLOSED = """time="2026-11-26T20:22:52Z" level=error msg="Can't add file /note.txt to tar: io: write on closed pipe\""""

_UNSENT = r"Can't (?:add|close) .*"


def _unsent(line: Line) -> str:
    """The file that a line says is not sent."""
    found = re.search(_UNSENT, line.text)
    return found[0] if found else ""


ROWS = (
    Rewrite(
        name="blanks where progress was erased",
        sign="Successfully copied ",
        write=lambda text: _ERASED.sub("", text),
        command=Typed("docker cp"),
        seen=(("Successfully copied 2.05kB to web:/", "                    Successfully copied 2.05kB to web:/"),),
        damaged=(("copied", "moved"), ("web:/", "web:/tmp"), (" " * 20, " " * 4)),
        typed="docker cp note.txt web:/",
    ),
    Dialect(
        name="that a file couldn't be sent, where the engine has refused already",  # or it was sent before
        lines=rf'time="\S+" level=error msg="{_UNSENT}"',
        policy=Policy.LAST,
        value=_unsent,
        command=Typed("docker cp"),
        seen=(
            (f"{_CLOSED}\nno such directory", "no such directory"),
            ("no such directory", f"{_CLOSED}\nno such directory"),
            (f"{_CLOSED}\nno such directory", f"no such directory\n{_CLOSED}"),
        ),
        damaged=(("no such directory", "no such file"), ("level=error", "level=fatal")),
        typed="docker cp note.txt web:/none/",
    ),
)
