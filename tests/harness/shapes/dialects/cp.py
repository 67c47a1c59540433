"""docker cp"""

from harness.shapes.policies import Rewrite
from harness.shapes.policies.typed import Typed

ROWS = (
    Rewrite(
        name="blanks where progress was erased",
        sign="Successfully copied ",
        write=str.lstrip,
        command=Typed("docker cp"),
        seen=(("Successfully copied 2.05kB to web:/", "                    Successfully copied 2.05kB to web:/"),),
        damaged=(("copied", "moved"), ("web:/", "web:/tmp")),
        typed="docker cp note.txt web:/",
    ),
)
