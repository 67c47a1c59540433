"""docker stats: what was read and sent, which may be nothing; a limit that somebody chose."""

import re

from harness.shapes.policies import Rewrite
from harness.shapes.policies.typed import Typed

_NOTHING = re.compile(r"(?<![\w.])0B(?!\w)")
# That of a machine isn't round: 15.51GiB.
_CHOSEN = re.compile(r"(?<= / )(\d{1,6})([MG]iB)(?!\w)")


def _is_stats(command: str) -> bool:
    return any(typed(command) for typed in (Typed("docker stats"), Typed("docker compose stats")))


ROWS = (
    Rewrite(
        name="nothing that was read or sent so far",
        sign="0B",
        write=lambda text: _NOTHING.sub("1B", text),
        command=_is_stats,
        seen=(("web 0B / 0B", "web 1.05kB / 126B"),),
        damaged=(("web", "wet"), (" / ", " ")),
        typed="docker stats --no-stream --format '{{.Name}} {{.NetIO}}'",
    ),
)
