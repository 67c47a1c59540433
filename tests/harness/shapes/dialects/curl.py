r"""curl: what it tells on standard error, in a string of JSON that has both streams, as a health check's output.

"Output":"  % Total …\n\r  0     0 …     0ready\n\r100     6 … \n"     "Output":"  % Total …\nready\n"
"""

import re

from harness.shapes.policies import Rewrite

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_SPEED = r"(?:0|[1-9.][\d.]{0,5}[kMGT]?)"
_TIME = r"[-\d]{1,3}:[-\d]{2}:[-\d]{2}"
_METER = re.compile(  # how far it has come, drawn again and again
    rf"(?:\\r)? {{0,2}}\d{{1,3}}(?: {{1,7}}[\d.]{{1,6}}[kMGT]?){{7}}(?: {{1,3}}{_TIME}){{3}} {{1,6}}{_SPEED}(?:\\n)?"
)
_LINE_END = r"(?:[^\\]|\\(?!n).)*?(?:\\n|\Z)"
_TELLS = re.compile(
    r"(?: {2}% Total|(?<=\\n) +Dload|(?:\A|(?<=\\n))[*<>](?= |\\r)|[{}] \[\d{1,12} bytes data\]"
    rf"|\* {{1,3}}(?:Closing connection|Connected to|Connection #|Host|Trying)){_LINE_END}"
)
_HEAD = r"  % Total    % Received % Xferd  Average Speed\n                                 Dload  Upload\n"
_ONCE = r"\r100    11  100    11    0     0   2200      0 --:--:-- --:--:-- --:--:--  2200\n"
_TWICE = rf"\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0{_ONCE}"
_ASKED, _LEFT = r"> GET / HTTP/1.1\r\n> \r\n< HTTP/1.1 200 OK\r\n< \r\n", r"* Connection #0 to host web left intact\n"


def _streams_apart(text: str) -> str:
    """The text, in which each string has what curl tells before what it has received."""
    return _STRING.sub(lambda string: f'"{_told_first(string[0][1:-1])}"', text)


def _told_first(text: str) -> str:
    text = _METER.sub("", text)
    return "".join((*_TELLS.findall(text), _TELLS.sub("", text)))


ROWS = (
    Rewrite(
        name="what curl has received, beside how far it has come",
        sign="% Total",
        write=_streams_apart,
        seen=((rf'"Output":"{_HEAD}{_TWICE}ready\n"', rf'"Output":"{_HEAD}ready\n{_ONCE}"'),),
        damaged=(("ready", "broken"), (r"ready\n", ""), ("Dload", "Load")),
        typed="docker inspect -f '{{json .State.Health.Log}}' web",
    ),
    Rewrite(
        name="what curl has received, beside what it has asked for",
        sign=r"\n< HTTP/",
        write=_streams_apart,
        seen=((f'"Output":"{_ASKED}ready{_LEFT}"', f'"Output":"{_ASKED}{_LEFT}ready"'),),
        damaged=(("ready", "broken"), ("ready", ""), ("200 OK", "404 Not Found"), ("GET /", "POST /")),
        typed="docker inspect -f '{{json .State.Health.Log}}' web",
    ),
)
