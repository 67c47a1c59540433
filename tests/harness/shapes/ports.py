"""Writes the ports of containers one way, for lines and order: in one order, and without what a machine with IPv6 adds,
each published port once more, on [::].

    80/tcp -> 0.0.0.0:8080         0.0.0.0:8080->80/tcp
    80/tcp -> [::]:8080            0.0.0.0:8080->80/tcp, [::]:8080->80/tcp

Only the double goes of what stands there for IPv4: the same port for the same of the container's. 20.10 writes
`:::8080`. Of a port that is taken either address is told (libnetwork's port allocator asks them in the order of a
map): `Bind for 0.0.0.0:8080 failed`, `Bind for :::8080 failed`.
"""

import re
from collections.abc import Iterable

_ALL6 = r"(?:\[::\]|::):"
_LISTED = re.compile(r"(?<![^ ,\"])0\.0\.0\.0:(\d{1,5}(?:-\d{1,5})?->\d{1,5}(?:-\d{1,5})?/(?:tcp|udp|sctp))")
_DOUBLE = re.compile(rf", ?{_ALL6}(\d{{1,5}}(?:-\d{{1,5}})?->\d{{1,5}}(?:-\d{{1,5}})?/(?:tcp|udp|sctp))(?![^ ,\"])")
_ENTRY = re.compile(r'\{"HostIp":"0\.0\.0\.0","HostPort":"(\d{1,5})"\},\{"HostIp":"::","HostPort":"\1"\}')
_TAKEN = re.compile(rf"(?<=Bind for ){_ALL6}(?=\d{{1,5}} failed: port is already allocated)")
_LINE = re.compile(rf"((?:\d{{1,5}}/(?:tcp|udp|sctp) -> )?){_ALL6}(\d{{1,5}})")  # docker port
_PORT = r"\d{1,5}(?:-\d{1,5})?"
_ADDRESS = r"(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]{2,39}\]|::):"
_SHOWN = rf"(?:{_ADDRESS}{_PORT}->)?{_PORT}/(?:tcp|udp|sctp)"
_LIST = re.compile(rf"(?<![^ \"]){_SHOWN}(?:, {_SHOWN}){{1,64}}(?![^ \"])")


def plain(text: str) -> str:
    """A line or cell with its ports once each and in one order."""
    text = once(text)
    return _LIST.sub(_in_order, text) if "/" in text and ", " in text else text


def _in_order(listed: re.Match[str]) -> str:
    """By the container's port, then the address: a port that the engine chose says nothing of the order."""
    return ", ".join(sorted(listed[0].split(", "), key=lambda shown: (shown.rpartition("->")[2], shown)))


def once(text: str) -> str:
    """A line or cell without the doubles of the ports in it."""
    if "::" not in text:
        return text
    text = _TAKEN.sub("0.0.0.0:", text)
    there = set(_LISTED.findall(text))
    text = _DOUBLE.sub(lambda found: "" if found[1] in there else found[0], text)
    return _ENTRY.sub(r'{"HostIp":"0.0.0.0","HostPort":"\1"}', text)


def doubles(texts: Iterable[str]) -> set[str]:
    """Those of the lines that say of a port which another one says of IPv4."""
    there = set(texts)
    found = ((text, _LINE.fullmatch(text)) for text in there if "::" in text)
    return {text for text, match in found if match and f"{match[1]}0.0.0.0:{match[2]}" in there}
