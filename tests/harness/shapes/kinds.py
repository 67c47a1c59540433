"""Cuts a line into what somebody wrote and what the engine made up, for shapes.

A made-up piece is recognised by its form alone: an id, an age, a size, a random name. Everything else is
literal. Every pattern has bounded repeats and is tried once a word, so a line of any content is cut in linear time.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from harness.shapes.names import is_random_name

_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CLOCK = r"[0-2]\d:[0-5]\d:[0-6]\d"
_DATE = r"\d{4}-[01]\d-[0-3]\d"

_TIME = "|".join(
    (
        rf"(?!0001){_DATE}T{_CLOCK}(?:\.\d{{1,9}})?(?:Z|[+-]\d\d:?\d\d)?",  # 0001-01-01: it never happened
        rf"{_DATE} {_CLOCK}(?:[.,]\d{{1,9}})?(?: [+-]\d{{4}})?(?: [A-Z]{{3,4}})?",
        rf"\d{{4}}/[01]\d/[0-3]\d {_CLOCK}",
        rf"{_DAY}, \d\d {_MONTH} \d{{4}} {_CLOCK} (?:GMT|[+-]\d{{4}})",
        rf"\d\d/{_MONTH}/\d{{4}}[: ]{_CLOCK}(?: [+-]\d{{4}})?",
        rf"\d\d {_MONTH} \d{{4}} {_CLOCK}(?:\.\d{{1,9}})?",
        rf"{_DAY} {_MONTH} [ \d]\d {_CLOCK}(?: [A-Z]{{3,4}})?(?: \d{{4}})?",
        rf"{_MONTH} [ \d]\d (?:[0-2]\d:[0-5]\d| \d{{4}})",
        rf"(?!0001){_DATE}(?:[T_ -][0-2]\d:?[0-5]\d(?::?[0-6]\d)?)?",
        _CLOCK,
    )
)

# What the engine's own clock words can say, and no more: `99 seconds ago` is not an age.
_AGE = (
    r"(?:[Ll]ess than a second|[Aa]bout a minute|[Aa]bout an hour|1 second|[2-9] (?:second|minute|hour|day|week|month)s"
    r"|[1-5]\d (?:second|minute)s|[1-4]\d hours|1[0-3] days|1\d months|2[0-4] months|\d{1,2} years)"
)
_SUFFIX = r"(?:[-+~.][0-9A-Za-z]{1,40}){0,12}"
_NETWORK6 = r"(?:fe80|f[cd][0-9a-f]{2}|[23][0-9a-f]{3})"  # what an engine or a router gives; `::1` is fixed
_GROUP = r"[0-9a-f]{1,4}"
_SHORT_SIZE = r"\d{1,12}(?:\.\d{1,2})?[KMGTP]i?"  # of free -h, ls -lh, top
_LOAD = r"\d{1,4}\.\d\d,? \d{1,4}\.\d\d,? \d{1,4}\.\d\d"
_SYSTEM = (
    r"(?:(?:AlmaLinux|Alpine|Amazon|Arch|CentOS|Debian|Fedora|Kali|Oracle|Raspbian|Red Hat|Rocky|SUSE|Ubuntu|openSUSE)"
    r"(?: GNU/Linux| Linux| Enterprise Linux| Leap)?(?: v?\d[\d.]{0,8})?(?: Core| LTS| Stream)?"
    r"(?: forky/sid| \((?:bullseye|bookworm|trixie|forky|[A-Z][A-Za-z ]{2,20})\))?|Docker Desktop)"
    r"(?: \(containerized\))?"
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"

_FORMS = {
    "digest": r"sha256:[0-9a-f]{64}",
    "uuid": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "long id": r"[0-9a-f]{64}",
    "commit": r"[0-9a-f]{40}",
    "generated id": r"[0-9a-z]{25}",  # of BuildKit's records, of a swarm's nodes and services
    "swarm token": r"SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}",
    "overlay link": r"[0-9A-Z]{26}",
    # of a program: a password, a session
    "random token": r"(?=[A-Za-z]{0,99}\d)(?=[a-z0-9]{0,99}[A-Z])(?=[A-Z0-9]{0,99}[a-z])[0-9A-Za-z]{32,128}",
    "engine id": r"(?:[A-Z0-9]{4}:){11}[A-Z0-9]{4}",
    "MAC address": r"(?!00:00:00:00:00:00|ff:ff:ff:ff:ff:ff)(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}",
    "time": _TIME,
    "elapsed": r"\d{1,3}:[0-5]\d:[0-5]\d(?!:)",
    "age ago": rf"{_AGE} ago",
    "age": _AGE,
    "short id": r"[0-9a-f]{12}",
    "IP address": rf"(?!0\.0\.0\.0|127\.|255\.)(?:{_OCTET}\.){{3}}{_OCTET}(?![.\d])",
    "IPv6 address": rf"{_NETWORK6}(?:(?=[0-9a-f:]{{0,34}}::)(?::{{1,2}}{_GROUP}){{1,7}}|(?::{_GROUP}){{7}})",
    "size": r"\d{1,12}(?:[.,]\d{1,4})?(?:e\+\d\d)?(?:B| ?[kKMGTP]i?B)(?:/s)?",
    "percentage": r"\d{1,4}(?:\.\d{1,2})?%",
    "duration": r"(?:\d{1,3}h)?(?:\d{1,3}m ?)?\d{1,6}(?:\.\d{1,9})?(?: ?ms|[uµn]?s)",
    "version": rf"(?:go|v)?\d{{1,3}}\.\d{{1,4}}\.\d{{1,5}}{_SUFFIX}",
    "interface": r"veth[0-9a-f]{7}",
    "name": r"[a-z]{3,16}_[a-z]{2,20}\d?",
    "beginning": r"[0-9a-f]{7,63}(?=…)",  # of an id
    "temporary name": r"tmp(?:\.[0-9A-Za-z]{6,10}|(?=[a-z]{0,7}[0-9_])[0-9a-z_]{8})",
    "memory address": r"0x[0-9a-f]{6,16}|0{8}(?!0{8})[0-9a-f]{8}",  # the second is the kernel's way, /proc/net
    # of so many digits that nobody would have written it
    "decimal": r"\d{1,12}\.\d{3,17}(?:(?!\.)|(?=\.\.))|(?!(?:19|20)\d\d\.)\d{4,12}\.\d{2}(?![\d.])",
    "large number": r"\d{6,20}",
}

# What is made up only where these words stand before it.
_PORT = r"3276[89]|327[7-9]\d|32[89]\d\d|3[3-9]\d{3}|[45]\d{4}|6[0-5]\d{3}"
_KEYED = {
    "port": (r'(?<=:)|(?<="HostPort": ")|(?<="HostPort":")|port ', _PORT),
    "api version": (r"(?<=/)v|[Vv]ersion:? {1,20}", r"\d{1,2}\.\d{1,3}(?!\.?\d)"),
    "build commit": (r"build |[Gg]it ?[Cc]ommit: {1,20}", rf"[0-9a-f]{{7,40}}|\d{{1,3}}\.\d{{1,4}}{_SUFFIX}"),
    # of a process, an interface, a mount; seconds of a duration; what a health check has failed; bytes of a manifest
    "number": (
        r'(?:Pid|Size|VirtualSize)": ?|(?<=")size": |(?<=@)if|(?<=buildkit-)mount|(?<=execDuration=)'
        r"|(?<=worker )process "
        r"|(?<=[A-Z]{3} \[)(?!1\])(?=\d{1,7}\])"  # of a writer, behind a time: 1 is the container's first
        r"|(?<=received )from |tini \(|[Pp][Ii][Dd][:=] {0,2}|uptime_in_seconds:"
        r"|client_recent_max_\w{5,6}_buffer:|(?:DEBU|INFO|WARN|ERRO|FATA)\["
        r'|FailingStreak": ?(?=[1-9])|(?<=[0-9a-f] )size: ',
        r"\d{1,20}",
    ),
    "password hash": (r"(?<=\$)(?:2[aby]\$\d\d|apr1|1|5|6|y|2y)\$", r"[./$0-9A-Za-z]{22,120}"),
    "rate": (r"", r"\d{1,9}(?:\.\d{1,3})?(?= \[(?:#/sec|ms|Kbytes/sec)\]| [mnu]sec per loop)"),
    "temporary": (r"(?<=/tmp/)[a-z]{0,20}[-_.]?[a-z]{0,20}", r"\d{6,10}"),  # Go's os.MkdirTemp
    "process": (r"(?<=\] )(?=\d{1,7}#)", r"\d{1,7}#\d{1,7}(?=:)"),  # nginx
    "snapshot": (r"(?<=/snapshots/)", r"\d{1,6}(?=/)"),
    "short size": (r"(?<![^ \t])", rf"{_SHORT_SIZE}(?=[, \t]|\Z)"),
    "load": (r"[Ll]oad average: ", rf"{_LOAD}(?: \d{{1,5}}/\d{{1,5}} \d{{1,7}})?"),
    "up time": (r"(?<= )up {1,2}", r"(?:\d{1,4} days?, {1,2})?(?:\d{1,2} min|\d{1,2}:\d\d)"),
    "device": (r"Device: ", r"[0-9a-f]{1,8}h/\d{1,9}d|\d{1,4},\d{1,4}"),  # of stat
}
# The same at the beginning of a line.
_ANCHORED = {
    "seconds": (r"(?:#\d{1,4} )?", r"\d{1,5}\.\d{3}(?= )"),  # of a BuildKit step
    "loads": (r"", rf"{_LOAD} \d{{1,5}}/\d{{1,5}} \d{{1,7}}\Z"),  # /proc/loadavg
    # of curl: how much of how much was received and sent, how fast, how long that takes
    "progress": (r" {0,2}\d{1,3} {1,4}", r"\d[\d.]{0,6}[kMGT]?(?: {1,4}\d[\d.]{0,6}[kMGT]?){3,5}[-:\d.kMGT ]{1,80}\Z"),
    "index": (r"", r"\d{1,4}(?=: (?:eth\d|veth|br-))"),  # of an interface
    # of what was packed in this run, with the times of its files, in ls -l
    "packed": (
        r"-[r-][w-]\S{7,8} {1,4}\d{1,4} \S{1,32} {1,8}\S{1,32} {1,12}",
        r"\d{1,20}(?= [A-Z][a-z]{2} [ \d]\d [ \d:]{5} \S{1,200}\.(?:t?gz|t?xz|t?bz2|t?zst|zip)\Z)",
    ),
    "entries": (r"d[r-][w-][xt-]\S{6,7} {1,5}", r"\d{1,6}(?= root {1,8}root {1,8}0 )"),  # of /proc, in ls -l
    # of the machine, in docker info and docker version
    "processors": (r" CPUs: ", r"\d{1,4}\Z"),
    "kernel": (r" Kernel Version: ", r"\d{1,2}\.\d{1,3}\S{0,80}\Z"),
    "system": (r" Operating System: ", rf"{_SYSTEM}\Z"),
    "architecture": (r" Architecture: ", r"(?:x86_64|aarch64|armv7l|ppc64le|riscv64|s390x)\Z"),
    "platform": (r" {1,2}OS/Arch: {1,20}", r"linux/(?:amd64|arm64|arm/v7|ppc64le|riscv64|s390x)\Z"),
    "host name": (r" Name: ", r"[0-9A-Za-z][-.0-9A-Za-z]{0,62}\Z"),
    "cgroup driver": (r" Cgroup Driver: ", r"(?:cgroupfs|systemd)\Z"),
    "cgroup version": (r" Cgroup Version: ", r"[12]\Z"),
}


def _any_of(keyed: Mapping[str, tuple[str, str]]) -> str:
    return "|".join(f"(?:{before})(?P<{kind.replace(' ', '_')}>{form}){_END}" for kind, (before, form) in keyed.items())


_END = r"(?![0-9A-Za-z_])"
_BETWEEN = r"[^0-9A-Za-z_]"
# Words of letters that can neither be nor begin anything made up. Most words are; this is the fast way past them.
_BEGINNINGS = (
    rf"{_DAY}|{_MONTH}|[Ll]ess|[Aa]bout|[Ll]oad|[Vv]ersion|[Gg]it|build|from|process|port|tini|tmp|up|Device|[Pp][Ii][Dd]"
    r"|[Ss]ize|VirtualSize|FailingStreak|DEBU|INFO|WARN|ERRO|FATA"
)
_PLAIN = rf"(?!{_BEGINNINGS})[A-Za-z]{{1,11}}(?![0-9A-Za-z_:-]){_BETWEEN}*"
_START = re.compile(_any_of(_ANCHORED))
# One match a word, with what stands between it and the next, or only that. It has a group where it is made up.
_WORDS = re.compile(
    rf"{_BETWEEN}+|{_PLAIN}|{_any_of(_KEYED)}|(?:"
    + "|".join(f"(?P<{kind.replace(' ', '_')}>{form})" for kind, form in _FORMS.items())
    + rf"){_END}|[0-9A-Za-z_]+{_BETWEEN}*"
)

IDS = frozenset({"short id", "long id", "digest", "generated id"})
# What stays the same thing wherever it is met again; the rest are measures, new at every look.
BOUND = IDS | {
    "name",
    "IP address",
    "IPv6 address",
    "MAC address",
    "port",
    "uuid",
    "engine id",
    "interface",
    "random token",
}
# What is literal once the reader has typed it.
TYPED = BOUND | {"version", "size", "decimal", "large number"}
# What may well be fixed, since it is a round number: 100 MiB, 500 millions.
_ROUND = (1 << 16, 100_000)


class Token(NamedTuple):
    """A piece of a line; `kind` is empty where the text is literal."""

    kind: str
    text: str


def tokens(line: str, typed: Container[str] = ()) -> Iterator[Token]:
    """The pieces of a line, in order, nothing left out. What is in `typed` is literal, unless a word before it says
    that it is made up: `"Pid": 1000` after `sleep 1000`.
    """
    done = 0
    for match in _matches(line):
        kind = match.lastgroup or ""
        text = match[kind]
        if (text in typed and kind.replace("_", " ") in TYPED) or (kind in _DOUBTFUL and not _DOUBTFUL[kind](text)):
            continue
        start, end = match.span(kind)
        if start > done:
            yield Token("", line[done:start])
        yield Token(kind.replace("_", " "), text)
        done = end
    if done < len(line):
        yield Token("", line[done:])


_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z_.])(?:[0-9a-f]{2}(?: [0-9a-f]{2}){3,64}|(?=[a-f]{0,7}\d)[0-9a-f]{8,64}|\d{1,20})(?![0-9A-Za-z_.])"
)


def numbers(found: Iterable[Token]) -> Iterator[Token]:
    """The pieces, where all numbers are made up, octets in hexadecimal too."""
    for token in found:
        done = 0
        for match in [] if token.kind else _NUMBERS.finditer(token.text):
            yield Token("", token.text[done : match.start()])
            yield Token("number", match[0])
            done = match.end()
        yield Token(token.kind, token.text[done:])


def _is_uneven(number: str) -> bool:
    """Whether nobody would have written this number."""
    return all(int(number) % step for step in _ROUND)


# Where the form is not enough, what says whether it is made up.
_DOUBTFUL = {"name": is_random_name, "large_number": _is_uneven}


def _matches(line: str) -> Iterator[re.Match[str]]:
    first = _START.match(line)
    if first:
        yield first
    yield from [match for match in _WORDS.finditer(line, first.end() if first else 0) if match.lastgroup]


def form(kind: str) -> str:
    """The pattern of a kind, for whoever has to find one in a text."""
    return _FORMS[kind] if kind in _FORMS else (_KEYED | _ANCHORED)[kind][1]
