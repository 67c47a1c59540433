"""docker cp"""

import re

from harness.shapes.policies import Rewrite
from harness.shapes.policies.typed import Typed

_ERASED = re.compile(r"\A {16,}")  # as long as the line was that told how far it had come

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
)
