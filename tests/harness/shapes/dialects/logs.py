"""docker logs, docker attach, and whatever else shows as much as there was time for."""

from harness.shapes.policies import Dialect, Policy

_ASKED = '127.0.0.1 - - [24/Nov/2026 12:39:43] "GET / HTTP/1.1" 200 -\n'
_REQUEST = '172.17.0.1 - - [24/Nov/2026 12:39:47] "GET /none HTTP/1.1" 404 -\n'
_ERROR = "2026/11/24 11:30:21 [error] 29#29: *1 open() failed"
_ACCESS = '172.17.0.1 - - [24/Nov/2026:11:30:21 +0000] "GET /nosuch HTTP/1.1" 404 153'

ROWS = (
    Dialect(
        name="a log",
        command=r"\b(?:logs|attach|timeout|watch|while)\b|\bup\b(?!.*-d)",
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
