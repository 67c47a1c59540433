"""docker top and ps: listed as they started, and any of several that one process starts at once may be the first."""

import re

from harness.shapes.policies import Dialect, Policy

_NUMBER = re.compile(r"\d+")
_TABLE = "UID     PID     PPID    C   STIME    TTY   TIME        CMD\n{}\n{}"
_ONE = "101     {}      4003    0   14:55    ?     00:00:00    postgres: io worker 1"
_ZERO = "101     {}      4003    0   14:55    ?     00:00:00    postgres: io worker 0"


ROWS = (
    Dialect(
        name="processes of one name and parent",
        columns=("PPID",),
        policy=Policy.TIED,
        value=lambda line: f"{line.cell('PPID')} {_NUMBER.sub('', line.parts[-1].text)}",
        seen=(
            (
                _TABLE.format(_ONE.format(4095), _ZERO.format(4096)),
                _TABLE.format(_ZERO.format(4097), _ONE.format(4098)),
            ),
        ),
        damaged=(("io worker 0", "io worker 2"), ("4098 ", "none ")),
        typed="docker top ledger",
    ),
)
