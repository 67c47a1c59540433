"""docker volume ls: sorted by names, of which some may be made up; docker system df -v: not sorted."""

from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy, pieces_in_any_order
from harness.shapes.policies.runs import behind_the_others
from harness.shapes.policies.typed import without_titles

_NAME, _PATH = "VOLUME NAME", "MOUNTPOINT"
_IN_USE = "Error response from daemon: remove shelf: volume is in use - [{}, {}]"
_TABLE = "DRIVER    VOLUME NAME\n{}"
_A, _B = "6cb13ee89b749e07301f0bdede3edbde0596f934e252ade8d85c2f885e6ca57d", "f" * 64
_LABELS = "VOLUME NAME" + " " * 56 + "LABELS\n{}\n{}"
_ANONYMOUS, _LABELLED = "{}   com.docker.volume.anonymous=", f"{'data':64}   size=small"
_DISK = "VOLUME NAME" + " " * 56 + "LINKS     SIZE\n{}   0         88B\n{}   0         0B"


_PATHS = "DRIVER    MOUNTPOINT\nlocal     {}\nlocal     {}"


def _path(name: str) -> str:
    return f"/var/lib/docker/volumes/{name}/_data"


def _is_row(line: Line) -> bool:
    """Whether it is a row of the table with a made-up name."""
    return any(part.where in (_NAME, _PATH) and part.made_up for part in line.parts)


def _is_name(line: Line) -> bool:
    return bool(line.made_up) and not line.titles


ROWS = (
    Dialect(
        name="volumes",
        policy=Policy.SORTED,
        columns=(_NAME,),
        without=("LINKS",),
        reduce=behind_the_others(_is_row),
        seen=(
            (
                _TABLE.format(f"local     {_A}\nlocal     data\nlocal     logs"),
                _TABLE.format(f"local     data\nlocal     logs\nlocal     {_B}"),
            ),
            (
                _LABELS.format(_ANONYMOUS.format(_A), _LABELLED),
                _LABELS.format(_LABELLED, _ANONYMOUS.format(_B)),
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
        name="where volumes are",
        policy=Policy.SORTED,
        columns=(_PATH,),
        without=(_NAME,),
        reduce=behind_the_others(_is_row),
        seen=((_PATHS.format(_path(_A), _path("data")), _PATHS.format(_path("data"), _path(_B))),),
        damaged=(("volumes/data", "volumes/date"), ("MOUNTPOINT", "MOUNT POINT"), ("local     ", "remote    ")),
        typed="docker volume ls --format 'table {{.Driver}}\\t{{.Mountpoint}}'",
    ),
    Dialect(
        name="names of volumes",
        policy=Policy.SORTED,
        command=without_titles("docker volume ls"),
        reduce=behind_the_others(_is_name),
        seen=((f"{_A}\ndata\nlogs", f"data\nlogs\n{_B}"),),
        damaged=(("data", "date"), ("data\n", ""), ("data\nlogs", "logs\ndata")),
        typed="docker volume ls -q",
    ),
    Dialect(
        name="containers that keep a volume from being removed",
        lines=r".{1,200} volume is in use - \[[0-9a-f]{64}(?:, [0-9a-f]{64})+\]",
        policy=Policy.REDUCED,
        reduce=pieces_in_any_order(r", |(?<=\[)|(?=\])"),
        seen=((f"{_A}\n{_B}\n{_IN_USE.format(_A, _B)}", f"{_B}\n{_A}\n{_IN_USE.format(_A, _B)}"),),
        damaged=((f"[{_A}", f"[{_A[:-1]}"), (f", {_B}", ""), ("in use", "in us")),
        typed="docker ps -q --no-trunc; docker volume rm shelf",
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
