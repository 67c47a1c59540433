"""docker volume ls: sorted by names, and those may be made up."""

from collections.abc import Sequence

from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy
from harness.shapes.policies.typed import Typed

_TABLE = "DRIVER    VOLUME NAME\n{}"
_A, _B = "6cb13ee89b749e07301f0bdede3edbde0596f934e252ade8d85c2f885e6ca57d", "f" * 64


def _are_made_up(lines: Sequence[Line], index: int) -> bool:
    """Whether a name among them is made up: they are listed by name."""
    return any(line.made_up for line in lines)


ROWS = (
    Dialect(
        name="volumes",
        columns=("VOLUME NAME",),
        policy=Policy.SET,
        only=_are_made_up,
        seen=((_TABLE.format(f"local     {_A}\nlocal     data"), _TABLE.format(f"local     data\nlocal     {_B}")),),
        damaged=(("data", "date"), ("local     data\n", ""), ("VOLUME NAME", "VOLUMES")),
        typed="docker volume ls",
    ),
    Dialect(
        name="names of volumes",
        command=Typed("docker volume ls", ("-q", "--quiet", "--format")),
        policy=Policy.SET,
        only=_are_made_up,
        seen=((f"{_A}\ndata", f"data\n{_B}"),),
        damaged=(("data", "date"), ("data\n", "")),
        typed="docker volume ls -q",
    ),
)
