"""docker volume ls: sorted by names, of which some may be made up; docker system df -v: not sorted."""

from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy
from harness.shapes.policies.runs import behind_the_others
from harness.shapes.policies.typed import Typed

_COLUMNS = ("DRIVER", "VOLUME NAME")
_TABLE = "DRIVER    VOLUME NAME\n{}"
_A, _B = "6cb13ee89b749e07301f0bdede3edbde0596f934e252ade8d85c2f885e6ca57d", "f" * 64
_DISK = "VOLUME NAME" + " " * 56 + "LINKS     SIZE\n{}   0         88B\n{}   0         0B"


def _is_row(line: Line) -> bool:
    """Whether it is a row of the table with a made-up name."""
    return bool(line.made_up) and {*_COLUMNS} <= {*line.titles}


def _is_name(line: Line) -> bool:
    return bool(line.made_up) and not line.titles


ROWS = (
    Dialect(
        name="volumes",
        policy=Policy.SORTED,
        columns=_COLUMNS,
        reduce=behind_the_others(_is_row),
        seen=(
            (
                _TABLE.format(f"local     {_A}\nlocal     data\nlocal     logs"),
                _TABLE.format(f"local     data\nlocal     logs\nlocal     {_B}"),
            ),
        ),
        damaged=(
            ("data", "date"),
            ("local     data\n", ""),
            ("VOLUME NAME", "VOLUMES"),
            ("data\nlocal     logs", "logs\nlocal     data"),
        ),
        typed="docker volume ls",
    ),
    Dialect(
        name="names of volumes",
        policy=Policy.SORTED,
        command=Typed("docker volume ls", ("-q", "--quiet", "--format")),
        reduce=behind_the_others(_is_name),
        seen=((f"{_A}\ndata\nlogs", f"data\nlogs\n{_B}"),),
        damaged=(("data", "date"), ("data\n", ""), ("data\nlogs", "logs\ndata")),
        typed="docker volume ls -q",
    ),
    Dialect(
        name="volumes and what they take",
        columns=("VOLUME NAME", "LINKS"),
        policy=Policy.SET,
        seen=((_DISK.format(_A, f"{'data':64}"), _DISK.format(f"{'data':64}", _B)),),
        damaged=(("data", "date"), ("88B", "88"), ("   0         0B", "   none      0B")),
        typed="docker system df -v",
    ),
)
