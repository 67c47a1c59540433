"""docker logs, docker attach, and whatever else shows as much as there was time for."""

from functools import lru_cache

from harness.claims.shell import simple_commands
from harness.shapes.policies import Dialect, Policy
from harness.shapes.policies.typed import CACHED, programs

_SHOW_WHAT_CAME = {"docker logs", "docker compose logs", "docker service logs"}  # followed or not
_BOUNDED = {"timeout", "watch"}
_ASKED = '127.0.0.1 - - [24/Nov/2026 12:39:43] "GET / HTTP/1.1" 200 -\n'
_REQUEST = '172.17.0.1 - - [24/Nov/2026 12:39:47] "GET /none HTTP/1.1" 404 -\n'
_ERROR = "2026/11/24 11:30:21 [error] 29#29: *1 open() failed"
_ACCESS = '172.17.0.1 - - [24/Nov/2026:11:30:21 +0000] "GET /nosuch HTTP/1.1" 404 153'


@lru_cache(maxsize=CACHED)
def goes_on(command: str) -> bool:
    """Whether a command's output shows as much as there was time for."""
    found = programs(command)
    if any(one.plain_name in _SHOW_WHAT_CAME or one.follows or _BOUNDED & {*one.within} for one in found):
        return True
    in_containers = (one.inner.code for one in found if one.inner and not one.has("-d", "--detach"))
    return any(_has_loop(code) for code in (command, *in_containers))


def _has_loop(code: str) -> bool:
    return any(simple.keyword == "while" for simple in simple_commands(code))


ROWS = (
    Dialect(
        name="a log",
        command=goes_on,
        policy=Policy.LOOP,
        seen=(
            ("hello\n" * 3, "hello\n" * 5),
            ("tick\ntock\ntick\ntock", "tick\ntock\ntick\ntock\ntick"),
            ("4: a\n5: a\n6: a", "0: a\n1: a"),
            (f"ready\n{_ASKED * 2}{_REQUEST}", f"ready\n{_ASKED * 4}{_REQUEST}{_ASKED}"),
            (f"{_ERROR}\n{_ERROR} again\n{_ACCESS}", f"{_ACCESS}\n{_ERROR}\n{_ERROR} again"),
        ),
        damaged=(("hello\nhello\nhello\nhello\nhello", "hullo"), ("hello\nhello", "hello\nhullo")),
        typed="docker logs loop",
    ),
)
