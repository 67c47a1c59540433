"""Published ports, in docker ps, docker port, docker inspect and errors: in one order, and once each.

    80/tcp -> 0.0.0.0:8080         0.0.0.0:8080->80/tcp                      a machine without IPv6
    80/tcp -> [::]:8080            0.0.0.0:8080->80/tcp, [::]:8080->80/tcp   a machine with IPv6: once more, on [::]

Only the double goes of what stands there for IPv4: the same port for the same of the container's. 20.10 writes
`:::8080`. An error about a port that is taken names either address (libnetwork's port allocator asks them in the
order of a map).
Up to 29.7 ports are in the order of the addresses' letters, later in that of their numbers (docker/cli#7144).
"""

import re
from collections.abc import Sequence

from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy, Rewrite

_ALL6 = r"(?:\[::\]|::):"
_PORT = r"\d{1,5}(?:-\d{1,5})?"
_OF_CONTAINER = rf"{_PORT}/(?:tcp|udp|sctp)"
_ON_4 = re.compile(rf"(?<![^ ,\"])0\.0\.0\.0:({_PORT}->{_OF_CONTAINER})")
_ON_6 = re.compile(rf", ?{_ALL6}({_PORT}->{_OF_CONTAINER})(?![^ ,\"])")
_JSON = re.compile(r'\{"HostIp":"0\.0\.0\.0","HostPort":"(\d{1,5})"\},\{"HostIp":"::","HostPort":"\1"\}')
_TAKEN = re.compile(rf"(?<=Bind for ){_ALL6}(?=\d{{1,5}} failed: port is already allocated)")
_LINE = re.compile(rf"((?:\d{{1,5}}/(?:tcp|udp|sctp) -> )?){_ALL6}(\d{{1,5}})")  # docker port
_ADDRESS = r"(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]{2,39}\]|::):"
_SHOWN = rf"(?:{_ADDRESS}{_PORT}->)?{_OF_CONTAINER}"
_LIST = re.compile(rf"(?<![^ \"]){_SHOWN}(?:, {_SHOWN}){{1,64}}(?![^ \"])")


def _once(text: str) -> str:
    """A line or cell without the doubles of the ports in it."""
    there = set(_ON_4.findall(text))
    text = _ON_6.sub(lambda found: "" if found[1] in there else found[0], text)
    return _JSON.sub(r'{"HostIp":"0.0.0.0","HostPort":"\1"}', text)


def _in_order(text: str) -> str:
    """By the container's port, then the address: a port that the engine chose says nothing of the order."""
    return _LIST.sub(lambda listed: ", ".join(sorted(listed[0].split(", "), key=_of_container)), text)


def _of_container(shown: str) -> tuple[str, str]:
    return shown.rpartition("->")[2], shown


def _is_double(lines: Sequence[Line], index: int) -> bool:
    """Whether a line says of a port what another one says of IPv4, and says so first."""
    on_4 = _LINE.sub(r"\g<1>0.0.0.0:\2", lines[index].text)
    return any(line.text == on_4 for line in lines) and all(line.text != lines[index].text for line in lines[:index])


ROWS = (
    Rewrite(
        name="a port that is taken, by either of its addresses",
        sign="::",
        write=lambda text: _TAKEN.sub("0.0.0.0:", text),
        seen=(
            (
                "Bind for 0.0.0.0:8080 failed: port is already allocated",
                "Bind for :::8080 failed: port is already allocated",
            ),
        ),
        damaged=((":8080", ":8081"), ("allocated", "taken")),
        typed="docker run -d -p 8080:80 nginx",
    ),
    Rewrite(
        name="published ports, with or without IPv6",
        sign="::",
        write=_once,
        seen=(
            ("0.0.0.0:8080->80/tcp", "0.0.0.0:8080->80/tcp, [::]:8080->80/tcp"),
            ("0.0.0.0:8080->80/tcp", "0.0.0.0:8080->80/tcp, :::8080->80/tcp"),
            (
                '{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]}',
                '{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"},{"HostIp":"::","HostPort":"8080"}]}',
            ),
        ),
        damaged=(("[::]:8080", "[::]:8081"), ("0.0.0.0", "127.0.0.1"), ("0.0.0.0:8080->80/tcp, ", "")),
        typed="docker ps",
    ),
    Rewrite(
        name="published ports, in any order",
        sign=", ",
        write=_in_order,
        seen=(
            ("0.0.0.0:32768->80/tcp, 0.0.0.0:32769->443/tcp", "0.0.0.0:32771->443/tcp, 0.0.0.0:32770->80/tcp"),
            ("127.0.0.10:8080->80/tcp, 127.0.0.9:8081->80/tcp", "127.0.0.9:8081->80/tcp, 127.0.0.10:8080->80/tcp"),
        ),
        damaged=(("443", "444"), (", 0.0.0.0:32770->80/tcp", "")),
        typed="docker ps",
    ),
    Dialect(
        name="the double of a port, on a line of its own",
        lines=_LINE.pattern,
        policy=Policy.LEFT_OUT,
        only=_is_double,
        seen=(
            ("80/tcp -> 0.0.0.0:8080", "80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080"),
            ("0.0.0.0:8080", "0.0.0.0:8080\n[::]:8080"),
        ),
        damaged=(
            ("[::]:8080", "[::]:8081"),
            ("[::]:8080", "[::]:8080\n80/tcp -> [::]:8080"),
            ("80/tcp -> 0.0.0.0:8080\n", ""),
        ),
        typed="docker port web",
    ),
    Dialect(
        name="published ports, a line each",
        lines=r"\d{1,5}/(?:tcp|udp|sctp) -> \S+",
        policy=Policy.SET,
        seen=(
            ("80/tcp -> 0.0.0.0:32768\n443/tcp -> 0.0.0.0:32769", "443/tcp -> 0.0.0.0:32768\n80/tcp -> 0.0.0.0:32769"),
        ),
        damaged=(("443/tcp", "444/tcp"), ("\n80/tcp -> 0.0.0.0:32769", "")),
        typed="docker port web",
    ),
)
