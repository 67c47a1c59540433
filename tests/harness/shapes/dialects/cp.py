"""docker cp"""

import re

from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.policies.typed import Typed

_ERASED = re.compile(r"\A {16,}")  # as long as the line was that told how far it had come
_CLOSED = """time="2026-11-26T20:22:52Z" level=error msg="Can't add file /note.txt to tar: io: write on closed pipe\""""

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
        lines=r'time="\S+" level=error msg="Can\'t (?:add|close) .*"',
        policy=Policy.LEFT_OUT,
        command=Typed("docker cp"),
        seen=((f"{_CLOSED}\nno such directory", "no such directory"),),
        damaged=(("no such directory", "no such file"),),
        typed="docker cp note.txt web:/none/",
    ),
)
