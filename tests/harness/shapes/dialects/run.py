"""docker run and docker attach: lines that come or not, for reasons of timing."""

from collections.abc import Sequence
from functools import lru_cache

from harness.claims.commands import parse
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy, streams
from harness.shapes.policies.typed import CACHED

_UNKNOWN = "docker: Error response from daemon: network nosuch not found."
_LATE = "ERRO[0000] error waiting for container: context canceled"


def _is_shown_again(lines: Sequence[Line], index: int) -> bool:
    """Whether this is the first line, and the next one begins as it does."""
    return index == 0 and lines[1:2] != [] and lines[1].text.startswith(lines[0].text)


def _is_new(lines: Sequence[Line], index: int) -> bool:
    """Whether no line before says the same."""
    return all(line.text != lines[index].text for line in lines[:index])


@lru_cache(maxsize=CACHED)
def _has_two_streams(command: str) -> bool:
    """Whether a program in a container writes to no terminal, so that its errors come beside its output."""
    found = (one for one in parse(command) if one.inner or one.plain_name == "docker start")
    return any(not one.has("-t", "--tty", "-d", "--detach") for one in found)


ROWS = (
    Dialect(
        name="an error of the system or of apt, beside what a program prints",
        lines=rf"{streams.SYSTEM_ERROR}|[EW]: \S.*",
        policy=Policy.LAST,
        command=_has_two_streams,
        seen=(("touch: /s/c: Read-only file system\npoems\nmaps", "poems\nmaps\ntouch: /s/c: Read-only file system"),),
        damaged=(("poems\nmaps", "maps\npoems"), ("Read-only", "Read-write"), ("touch: /s/c", "touch: /s/d")),
        typed="docker run --rm --mount type=volume,src=shelves,dst=/s,readonly busybox sh -c 'cat /s/*; touch /s/c'",
    ),
    Dialect(
        name="what the code of a container writes to its two streams",
        policy=Policy.STREAMS,
        command=lambda command: _has_two_streams(command) and streams.writes_errors(streams.code(command)),
        seen=(("tuning\nstatic\ntuned", "static\ntuning\ntuned"),),
        damaged=(("tuned", "turned"), ("tuning\ntuned", "tuned\ntuning"), ("static\n", "")),
        typed="docker run --rm busybox sh -c 'echo tuning; echo static >&2; echo tuned'",
    ),
    Dialect(
        name="an error that follows a failed run, on 20.10",
        lines=r"ERRO\[\d{4}\] error waiting for container: context canceled ?",
        policy=Policy.LEFT_OUT,
        only=_is_new,
        seen=((_UNKNOWN, f"{_UNKNOWN}\n{_LATE}"),),
        damaged=(("not found", "found"), (_LATE, f"{_LATE}\n{_LATE}")),
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
