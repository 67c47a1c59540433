"""docker run and docker attach: lines that come or not, for reasons of timing."""

from collections.abc import Sequence

from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy

_UNKNOWN = "docker: Error response from daemon: network nosuch not found."
_LATE = "ERRO[0000] error waiting for container: context canceled"


def _is_shown_again(lines: Sequence[Line], index: int) -> bool:
    """Whether this is the first line, and the next one begins as it does."""
    return index == 0 and lines[1:2] != [] and lines[1].text.startswith(lines[0].text)


ROWS = (
    Dialect(
        name="an error that follows a failed run, on 20.10",
        lines=r"ERRO\[\d{4}\] error waiting for container: context canceled ?",
        policy=Policy.LEFT_OUT,
        seen=((f"{_UNKNOWN}\n{_LATE}", _UNKNOWN),),
        damaged=(("not found", "found"),),
        typed="docker run --rm --network nosuch centos true",
    ),
    Dialect(
        name="a prompt that is drawn once more, at the top",
        lines=r"\S{1,64}@[0-9a-f]{12}:\S{1,80}[#$]",
        policy=Policy.LEFT_OUT,
        only=_is_shown_again,
        seen=(("root@0ee89e90aaf4:/#\nroot@0ee89e90aaf4:/# echo hi\nhi", "root@7ffa035f871e:/# echo hi\nhi"),),
        damaged=(("echo hi\nhi", "echo hi"), (":/#", ":/$")),
        typed="docker attach att",
    ),
)
