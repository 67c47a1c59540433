"""KINDS: what an engine, a program or the machine makes up, one row each, for tokens.py.

A row is found by its form alone, wherever it stands, or only behind what its `after` says. The first row that fits a
word wins. `seen` are real lines with the made-up piece between << and >>; in the lines of `not_this` nothing is of this
kind. A row without both doesn't load; tests/unit/test_shapes_tables.py looks at all of them. Forms have bounded
repeats, so that a line of any content is cut in linear time.

CELLS says what a table's cell is where its form alone doesn't say it: there the title decides.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from harness.shapes.names import is_random_name

# What a pattern begins with, where that is a word: `[Vv]ersion`, and `process` of `(?<=worker )process `.
_WORD = re.compile(r"(?:\(\?<[=!][^()]*\))*(?P<word>(?:[A-Za-z]|\[[A-Za-z]{2,4}\]){2,})")


@dataclass(frozen=True)
class Kind:
    """One kind of made-up thing."""

    name: str
    form: str
    seen: tuple[str, ...]
    not_this: tuple[str, ...]
    after: tuple[str, ...] = ("",)  # what may stand before it, to tell it; "": nothing has to
    opens: bool = False  # only where `after` begins the line
    begins: str = ""  # the words that it begins with, where those are of letters, or of digits behind them
    starts: str = ""  # how it starts, where that is fast to see; else rows one below the other are passed together
    bound: bool = False  # stays the same thing wherever it is met again; else it is a measure, new at every look
    is_id: bool = False  # of which the first twelve digits are a short name
    fixed: str = ""  # the form of what in it is not made up: a clock's zone
    behind_typed: bool = False  # where its beginning was typed, to a dot, only what follows is made up
    needs_typed: bool = False  # and elsewhere nothing of it is
    chosen: str = ""  # the kind that it is instead where its beginning was typed
    holds: Callable[[str], bool] | None = None  # what its form can't say

    def __post_init__(self) -> None:
        if not (self.seen and self.not_this):
            raise ValueError(f"the kind {self.name!r} needs a real line, and one in which it isn't")

    @cached_property
    def is_whole(self) -> bool:
        """Whether it is made up from end to end, whatever was typed."""
        return not (self.fixed or self.behind_typed or self.chosen)

    @cached_property
    def is_number(self) -> bool:
        """Whether what stands before it tells what it is: a number that was typed may be there by chance."""
        return self.after != ("",) and not self.bound

    @property
    def start(self) -> str:
        """A pattern that is looked for before its form is tried; empty where nothing simple starts all its texts."""
        return self.starts or (r"(?!\d)" if all(map(_WORD.match, self.after)) else "")

    @property
    def beginnings(self) -> list[str]:
        """The words that this kind may begin with, as patterns, where their first character is a letter."""
        found = [self.begins, *(match["word"] for match in map(_WORD.match, self.after) if match)]
        return [pattern for pattern in found if pattern]


class Cell(NamedTuple):
    """What is made up as a whole cell of these columns."""

    kind: str
    titles: str  # parted by ", "
    form: str
    seen: tuple[str, ...]
    not_this: tuple[str, ...]


_LONG_WORD = "(?=[0-9A-Za-z]{12})"
_QUANTITY = r"(?=\d{1,12}[.,%BGKMPTehkmnsuµ ]|go|v)"  # or a version, which may begin so
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CLOCK = r"[0-2]\d:[0-5]\d:[0-6]\d"
_NEVER = r"(?!0001|1970-01-01)"  # a clock that was never set
_FIRST_DAY = r"Jan  1 [\d:.]{8,18} (?:[A-Z]{3,4} )?1970"
_DATE = rf"{_NEVER}\d{{4}}-[01]\d-[0-3]\d"
_TIME = "|".join(
    (
        rf"{_DATE}T{_CLOCK}(?:\.\d{{1,9}})?(?:Z|[+-]\d\d:?\d\d)?",
        rf"{_DATE} {_CLOCK}(?:[.,]\d{{1,9}})?(?: [+-]\d{{4}})?(?: [A-Z]{{3,4}})?",
        rf"\d{{4}}/[01]\d/[0-3]\d {_CLOCK}",
        rf"{_DAY}, \d\d {_MONTH} \d{{4}} {_CLOCK} (?:GMT|[+-]\d{{4}})",
        rf"\d\d/{_MONTH}/\d{{4}}[: ]{_CLOCK}(?: [+-]\d{{4}})?",
        rf"\d\d {_MONTH} \d{{4}} {_CLOCK}(?:\.\d{{1,9}})?",
        rf"\d\d-{_MONTH}-\d{{4}} {_CLOCK}",  # PHP
        rf"{_DAY} {_MONTH} \d\d \d{{4}} {_CLOCK}",
        rf"{_DAY} {_DATE} {_CLOCK}(?: [A-Z]{{3,4}})?",  # systemd
        rf"{_DAY} (?!{_FIRST_DAY}){_MONTH} [ \d]\d {_CLOCK}(?:\.\d{{1,9}})?(?: [A-Z]{{3,4}})?(?: \d{{4}})?",
        rf"\d{{4}}\. [ \d]?\d\. [ \d]?\d\. \([월화수목금토일]\) {_CLOCK}(?: [A-Z]{{3,4}})?",  # ko_KR
        r"1?\d월 [ \d]\d (?:[0-2]\d:[0-5]\d| \d{4})",  # ls -l there
        rf"(?!Jan  1  ?1970){_MONTH} [ \d]\d (?:{_CLOCK}(?: \d{{4}})?|[0-2]\d:[0-5]\d| ?\d{{4}}(?:,? {_CLOCK})?)",
        rf"{_DATE}(?:[T_ -][0-2]\d:?[0-5]\d(?::?[0-6]\d)?(?!\d|-\d\d-\d\d))?",
        _CLOCK,
    )
)
_OFFSET = r" ?(?:\+|(?<=:\d\d)-|(?<=:\d\d )-|(?<=\d{3})-|(?<=\d{3} )-)\d\d:?\d\d"  # no `-1142` behind a date
_ZONE = rf"(?<=\d)(?:Z|{_OFFSET}(?: [A-Z]{{3,4}})?| [A-Z]{{3,4}})(?=(?: \d{{4}})?\Z)"
# What the engine's own clock words can say, and no more: `99 seconds ago` is not an age.
_SHORT_AGE = (
    r"[Ll]ess than a second|[Aa]bout a minute|[Aa]bout an hour|1 second|[2-9] (?:second|minute|hour)s"
    r"|[1-5]\d (?:second|minute)s|[1-4]\d hours"
)
_AGE = rf"(?:{_SHORT_AGE}|[2-9] (?:day|week|month)s|1[0-3] days|1\d months|2[0-4] months|\d{{1,2}} years)"
_SUFFIX = r"(?:[-+~.](?:x86_64|[0-9A-Za-z]{1,40})){0,12}"
_NETWORK6 = r"(?:fe80|f[cd][0-9a-f]{2}|[23][0-9a-f]{3})"  # what an engine or a router gives; `::1` is fixed
_GROUP = r"[0-9a-f]{1,4}"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_FIXED_ADDRESS = rf"(?:0\.0\.0\.0|(?:127|255)(?:\.{_OCTET}){{3}})"
_IP = rf"(?!0\.0\.0\.0|127\.|255\.)(?:{_OCTET}\.){{3}}{_OCTET}(?!\.?\d)"
_LOAD = r"\d{1,4}\.\d\d,? \d{1,4}\.\d\d,? \d{1,4}\.\d\d"
_SYSTEM = (
    r"(?:(?:AlmaLinux|Alpine|Amazon|Arch|CentOS|Debian|Fedora|Kali|Oracle|Raspbian|Red Hat|Rocky|SUSE|Ubuntu|openSUSE)"
    r"(?: GNU/Linux| Linux| Enterprise Linux| Leap)?(?: v?\d[\d.]{0,8})?(?: Core| LTS| Stream)?"
    r"(?: forky/sid| \((?:bullseye|bookworm|trixie|forky|[A-Z][A-Za-z ]{2,20})\))?|Docker Desktop)"
    r"(?: \(containerized\))?"
)
_PACKAGE = r"[a-z0-9][\w.+:-]{1,60} \("
_PLATFORM = r"linux/(?:386|amd64|arm64|arm/v[567]|loong64|mips64|mips64le|ppc64le|riscv64|s390x)(?:/v\d)?"
_LONG = "db4809d09a016018b19bb56a237e0488e2c85994e96ccf9d4edd7ada25f4bc6f"


def _is_uneven(number: str) -> bool:
    """Whether nobody would have written this number: 100 MiB and 500 millions are round, 00012000 is padded."""
    return number[0] != "0" and int(number) % (1 << 16) != 0 and int(number) % 100_000 != 0


# What opens a line. At most one of these is found, before all others.
_OPENING = (
    Kind(
        name="seconds",  # of a step of a build; BuildKit writes five characters: 0.123, 12.34, 123.4
        opens=True, after=(r"(?:#\d{1,4} )?",),
        form=r"(?:\d{1,5}\.\d{3}|(?<=\d )(?:\d\d\.\d\d|\d{3}\.\d|\d{4}\.))(?= )",
        seen=("#6 <<0.123>> hello", "<<0.087>> hello", "#13 <<126.5>> npm ERR!", "#6 <<10.48>> hello"),
        not_this=("took 0.123 seconds", "#6 0.1234 hello", "12.50 euros", "#6 1.50 euros"),
    ),
    Kind(
        name="loads",  # /proc/loadavg
        opens=True, form=rf"{_LOAD} \d{{1,5}}/\d{{1,5}} \d{{1,7}}\Z",
        seen=("<<0.52 0.58 0.59 1/389 12345>>",), not_this=("0.52 0.58 0.59 1\\389 12345",),
    ),
    Kind(
        name="progress",  # of curl: how much of how much was received and sent, how fast, how long that takes
        opens=True, after=(r" {0,2}\d{1,3} {1,4}",),
        form=r"\d[\d.]{0,6}[kMGT]?(?: {1,4}\d[\d.]{0,6}[kMGT]?){3,5}[-:\d.kMGT ]{1,80}\Z",
        seen=("100   <<615  100   615    0     0   598k      0 --:--:-- --:--:-- --:--:--  600k>>",),
        not_this=("100 of 615 of 100 of 615",),
    ),
    Kind(
        name="traffic",  # /proc/net/dev
        opens=True, after=(r" {0,8}[a-z][a-z0-9]{1,15}: {1,8}",), form=r"\d{1,20}(?: {1,20}\d{1,20}){15}\Z",
        seen=("    lo: <<465151 459 0 0 0  0  0 0   465151 459 0 0 0 0  0  0>>",),
        not_this=("    lo: 465151     459    0",),
    ),
    Kind(
        name="interface index",
        opens=True, form=r"\d{1,4}(?=: (?:eth\d|veth|br-))",
        seen=("<<90>>: eth0@if91: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500",), not_this=("1: lo: <LOOPBACK>",),
    ),
    Kind(
        name="packed size",  # of what was packed in this run, with the times of its files, in ls -l
        opens=True, after=(r"-[r-][w-]\S{7,8} {1,4}\d{1,4} \S{1,32} {1,8}\S{1,32} {1,12}",),
        form=r"\d{1,20}(?= [A-Z][a-z]{2} [ \d]\d [ \d:]{5} \S{1,200}\.(?:t?gz|t?xz|t?bz2|t?zst|zip|sql|dump|rdb)\Z)",
        seen=(
            "-rw-r--r-- 1 root root <<287>> Nov 24 15:42 vault.tgz",
            "-rw-r--r-- 1 reader reader <<6498>> Nov 26 20:42 ferry.sql",  # its token is not always as long
        ),
        not_this=("-rw-r--r-- 1 root root 287 Nov 24 15:42 vault.tar",),
    ),
    Kind(
        name="disk",  # of the machine, in ls -l; the numbers of other devices are the same everywhere
        opens=True, after=(r"b[r-][w-]\S{7,8} {1,4}\d{1,4} \S{1,32} {1,8}\S{1,32} {1,12}",),
        form=r"\d{1,4}, {1,8}\d{1,7}(?= )",
        seen=(
            "brw------- 1 root root <<253, 16>> Nov 24 09:33 backingFsBlockDev",
            "brw-rw---- 1 root disk <<8,   0>> Nov 24 09:33 /dev/sda",
        ),
        not_this=("crw-rw-rw- 1 root root 10, 229 Nov 24 09:33 fuse", "brw-rw---- 1 root disk 0 Nov 24 09:33 sda"),
    ),
    Kind(
        name="entries",  # of /proc, in ls -l
        opens=True, after=(r"d[r-][w-][xt-]\S{6,7} {1,5}",), form=r"\d{1,6}(?= root {1,8}root {1,8}0 )",
        seen=("dr-xr-xr-x <<251>> root root 0 Nov 24 09:33 proc",),
        not_this=("drwxr-xr-x 2 root root 4096 Nov 24 09:33 srv",),
    ),
    Kind(
        name="pip version",
        opens=True, after=(r"pip ",), form=r"\d{2}\.\d(?:\.\d)?(?= from /)", behind_typed=True,
        seen=("pip <<25.2>> from /usr/local/lib/python3.14/site-packages/pip (python 3.14)",),
        not_this=("pip 25.2", "pipx 25.2 from /usr"),
    ),
    Kind(
        name="processors",  # of the machine, in docker info
        opens=True, after=(r" CPUs: ",), form=r"\d{1,4}\Z", seen=(" CPUs: <<2>>",), not_this=(" CPUs: many", "CPUs: 2"),
    ),
    Kind(
        name="kernel",
        opens=True, after=(r" Kernel Version: ",), form=r"\d{1,2}\.\d{1,3}\S{0,80}\Z",
        seen=(" Kernel Version: <<5.15.153.1-microsoft-standard-WSL2>>",), not_this=(" Kernel Version: five",),
    ),
    Kind(
        name="system",
        opens=True, after=(r" Operating System: ",), form=rf"{_SYSTEM}\Z",
        seen=(" Operating System: <<Debian GNU/Linux forky/sid (containerized)>>",),
        not_this=(" Operating System: Windows 11", "Operating System: Debian"),
    ),
    Kind(
        name="architecture",
        opens=True, after=(r" Architecture: ",), form=r"(?:x86_64|aarch64|armv7l|ppc64le|riscv64|s390x)\Z",
        seen=(" Architecture: <<x86_64>>",), not_this=(" Architecture: aarch65",),
    ),
    Kind(
        name="platform",  # in docker version
        opens=True, after=(r" {1,2}OS/Arch: {1,20}",),
        form=r"linux/(?:amd64|arm64|arm/v7|ppc64le|riscv64|s390x)\Z",
        seen=(" OS/Arch:           <<linux/amd64>>",), not_this=(" OS/Arch:           windows/amd64",),
    ),
    Kind(
        name="platforms",  # in docker buildx inspect
        opens=True,
        after=(r"Platforms: {1,12}",),
        form=rf"{_PLATFORM}(?:, {_PLATFORM}){{0,20}}\Z",
        seen=("Platforms:        <<linux/amd64, linux/amd64/v2, linux/386>>",),
        not_this=("Platforms: windows/amd64", "Platforms: linux/amd64*"),
    ),
    Kind(
        name="host name",
        opens=True, after=(r" Name: ",), form=r"[0-9A-Za-z][-.0-9A-Za-z]{0,62}\Z",
        seen=(" Name: <<my-laptop.local>>",), not_this=(" Name: my laptop", "Name: web"),
    ),
    Kind(
        name="cgroup driver",
        opens=True, after=(r" Cgroup Driver: ",), form=r"(?:cgroupfs|systemd)\Z",
        seen=(" Cgroup Driver: <<systemd>>",), not_this=(" Cgroup Driver: initd",),
    ),
    Kind(
        name="cgroup version",
        opens=True, after=(r" Cgroup Version: ",), form=r"[12]\Z",
        seen=(" Cgroup Version: <<2>>",), not_this=(" Cgroup Version: 3",),
    ),
)  # fmt: skip

# What is made up only where these words stand before it.
_BEHIND = (
    # First, since no other kind is a number with one letter: the others take four times as long to say so.
    Kind(
        name="short size",  # of free -h, ls -lh, top
        after=(r"(?<![^ \t])", r"(?<=_human:)(?<!maxmemory_human:)"),
        form=r"\d{1,12}+(?:\.\d{1,2}+)?[KMGTP]i?(?=[, \t]|\Z)",
        seen=("used_memory_human:<<1.01M>>", "Mem:            <<23Gi>>", "overlay         <<252G>>   34% /"),
        not_this=("Mem:  23Gx", "v23G", "maxmemory_human:100.00M"),
    ),
    Kind(
        name="port",  # that the engine chose
        after=(
            r"(?<=:)", r"(?<=\d', )(?=\d{5}\))",  # Python's ('172.18.0.1', 54666)
            r'(?<="HostPort": ")', r'(?<="HostPort":")', r'(?<="PublishedPort": )', r'(?<="PublishedPort":)',
            r"port ", r"(?<=\{0\.0\.0\.0 )", r"(?<=\{:: )", # Go's
        ),
        form=r"3276[89]|327[7-9]\d|32[89]\d\d|3[3-9]\d{3}|[45]\d{4}|6[0-5]\d{3}", bound=True,
        seen=("80/tcp -> 0.0.0.0:<<32768>>", '"HostPort": "<<49153>>"', "to 172.17.0.1 port <<44130>>",
              "[{0.0.0.0 <<32768>>}]"),
        not_this=("80/tcp -> 0.0.0.0:8080", "sleep 32768"),
    ),
    Kind(
        name="api version",
        after=(r"(?<=/)v", r"[Vv]ersion:? {1,20}"), form=r"\d{1,2}\.\d{1,3}(?!\.?\d)",
        behind_typed=True, begins=r"(?<=/)v\d",
        seen=(" API version:       <<1.41>>", "Get http://docker/v<<1.24>>/containers/json"),
        not_this=("Get http://docker/latest/containers/json", "version 3.11.2"),
    ),
    Kind(
        name="build commit",
        after=(
            r"build ", r"[Gg]it ?[Cc]ommit: {1,20}", r"build=", r"(?<= )revision ",
            r"(?<=\()(?=[0-9a-f]{9} \d{4}-\d\d-\d\d\))",  # rustc's
        ),
        form=rf"[0-9a-f]{{7,40}}|\d{{1,3}}\.\d{{1,4}}{_SUFFIX}",
        seen=(
            "Docker version 20.10.24+dfsg1, build <<297e128>>", " Git commit:        <<297e128>>",
            "bits=64 build=<<5a7ce2a1b3f6a0d4>>", "ruby 3.4.1 (2024-12-25 revision <<48d4efcb85>>) +PRISM",
            "rustc 1.91.0 (<<f8297e351>> 2025-10-28)",
        ),
        not_this=("Docker version 29.7.2, build none",),
    ),
    Kind(
        name="builder",  # buildx's version and commit
        after=(r"(?<=docker/)buildx ",),
        form=r"v?\d{1,2}\.\d{1,3}\.\d{1,3}\S{0,40} (?:[0-9a-f]{7,40}|\d{1,2}\.\d{1,3}\.\d{1,3}\S{0,40})",
        seen=(
            "github.com/docker/buildx <<v0.29.1 a32761a>>", "github.com/docker/buildx <<0.19.3+ds1 0.19.3+ds1-4>>",
        ),
        not_this=("github.com/docker/buildx v0.29.1 none", "github.com/docker/buildkit v0.29"),
    ),
    Kind(
        name="process id",
        after=(
            r'Pid": ?', r"Pid': ", r"Tgid:\s{1,2}", r"NStgid:\s{1,2}", r"NSpid:\s{1,2}", r"NSpgid:\s{1,2}",
            r"NSsid:\s{1,2}", r"(?<=worker )process ",
            r"(?<=[A-Z]{3} \[)(?!1\])(?=\d{1,7}\])",  # of a log's writer: [1] is the container's first process
            r"(?<=process \[)(?!1\])(?=\d{1,7}\])",  # of uvicorn's
            r"(?<=\] \[)(?!1\])(?=\d{1,7}\] \[[A-Z]{4,8}\])",  # of gunicorn's
            r"(?<=received )from ", r"tini \(", r"[Pp][Ii][Dd][:=] {0,2}(?!1\b)", r"PID (?=\d{1,7}\))",
            r"\bpid (?!1\b)(?=\d{1,7}\b)",
        ),
        form=r"(?!0\b)\d{1,20}",  # 0: no process
        seen=(
            '"Pid": <<4242>>,', "{'Pid': <<4242>>, 'ExitCode': 0}", "Tgid:\t<<4242>>", "start worker process <<29>>",
            "2026-11-24 14:55:55.800 UTC [<<88>>] ERROR:  relation",
            "signal 15 (SIGTERM) received from <<1>>", "[FATAL tini (<<7>>)] exec ps failed", "pid: <<12>>",
            "[2026-11-24 07:37:20 +0000] [<<7>>] [INFO] Booting worker", "Started server process [<<8>>]",
        ),
        not_this=(
            "2026-11-24 14:55:55.800 UTC [1] LOG:  starting", "start worker process none", "sleep 4242", '"Pid": 0,',
            "[a] [1] [INFO] Starting", "[a] [7] [b]", "pid: 1", "ready, pid 1",
        ),
    ),
    Kind(
        name="object id",  # of MongoDB
        after=(r"(?<=ObjectId\([\"'])",),
        form=r"[0-9a-f]{24}",
        bound=True,
        seen=("insertedId: ObjectId('<<674a1b2c3d4e5f6071829304>>')",),
        not_this=("insertedId: ObjectId('674a')", "id: '674a1b2c3d4e5f6071829304'"),
    ),
    Kind(
        name="terminal",
        after=(r"pts/",), form=r"\d{1,4}",
        seen=("/dev/pts/<<0>>", "root           1  0.0  0.0   4332  3604 pts/<<2>>    Ss   07:37   0:00 bash"),
        not_this=("/dev/pts/ptmx", "parts/0", "pts 0"),
    ),
    Kind(
        name="inode",
        after=(r"Inode: {1,2}",), form=r"\d{1,20}",
        seen=("Device: 29h/41d Inode: <<1923>>        Links: 1",), not_this=("Inode: none", "Inodes: 1923"),
    ),
    Kind(
        name="place in a log",  # of PostgreSQL
        after=(r"(?<= )lsn=", r"redo (?:starts|done) at ", r"invalid record length at "),
        form=r"[0-9A-F]{1,8}/[0-9A-F]{6,8}",
        seen=("estimate=9 kB; lsn=<<0/208DFE0>>, redo", "invalid record length at <<0/179FFB8>>: expected"),
        not_this=("lsn=0/none", "redo starts at 0/here"),
    ),
    Kind(
        name="usage",  # of the processors, as PostgreSQL says it
        after=(r"user: ", r"system: ", r"elapsed: "), form=r"\d{1,6}\.\d\d(?= s\b)",
        seen=("usage: CPU: user: <<0.00>> s, system: <<0.01>> s, elapsed: <<0.12>> s",),
        not_this=("elapsed: 0.1 s", "system: 0.01 h"),
    ),
    Kind(
        name="processors there",
        after=(r"CPUs is from 0\.01 to ", r"there are only "), form=r"\d{1,4}(?:\.00(?=,)|(?= CPUs available))",
        seen=("range of CPUs is from 0.01 to <<2.00>>, as there are only <<2>> CPUs available",),
        not_this=("range of CPUs is from 0.02 to 2.00, as there is only 2",),
    ),
    Kind(
        name="ended process",  # a shell says how a program of a script ended
        after=(r"line \d{1,6}: {1,8}",),
        form=r"\d{1,7}(?= {1,8}(?:Aborted|Bus error|Floating|Hangup|Illegal|Killed|Segmentation|Terminated)\b)",
        seen=("bash: line 1:     <<7>> Segmentation fault      ./broken", "run.sh: line 12: <<4242>> Killed  sleep 1d"),
        not_this=("run.sh: line 12: 4242: command not found", "row: line: 7 Killed"),
    ),
    Kind(
        name="bytes",
        after=(
            r'Size": ?', r'VirtualSize": ?', r'(?<=")size": ', r"(?<=[0-9a-f] )size: ",
            r"client_recent_max_\w{5,6}_buffer:",
            r"qbuf=", r"qbuf-free=", r"argv-mem=", r"rbs=", r"rbp=", r"omem=", r"tot-mem=",  # redis-cli client list
        ),
        form=r"\d{1,20}",
        seen=('"Size": <<190>>,', '"size": <<118>>', f"digest: sha256:{_LONG} size: <<943>>",
              "client_recent_max_input_buffer:<<8>>"),
        not_this=('"size": "?"', "tcp_port:6379", "latest: size: 943"),
    ),
    Kind(
        name="traffic of an interface",  # in ifconfig; its errors are none of it
        after=(r"(?<=[RT]X )packets[: ]", r"(?<=[RT]X )bytes:", r"(?<=\d  )bytes "),
        form=r"\d{1,20}(?: \(\d{1,6}\.\d (?:[KMGT]i?)?B\)|(?= errors:|  bytes ))",
        seen=(
            "          RX packets:<<2>> errors:0 dropped:0 overruns:0 frame:0",
            "          RX bytes:<<200 (200.0 B)>>  TX bytes:<<1656 (1.6 KiB)>>",
            "        RX packets <<11>>  bytes <<1006 (1006.0 B)>>",
        ),
        not_this=("RX packets: 2", "collisions:0 txqueuelen:0", "RX errors 0  dropped 0", "in 2  bytes 7"),
    ),
    Kind(
        name="interface number",
        after=(r"(?<=@)if",), form=r"\d{1,20}",
        seen=("eth0@if<<91>>: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500",), not_this=("if91",),
    ),
    Kind(
        name="whole seconds",
        after=(
            r"(?<=execDuration=)", r"uptime_in_seconds:", r"avg_ttl=", r"DEBU\[", r"INFO\[", r"WARN\[", r"ERRO\[",
            r"FATA\[",
        ),
        form=r"\d{1,20}",
        seen=("(execDuration=<<0>>, exitCode=137, image=centos)", "uptime_in_seconds:<<35>>",
              "ERRO[<<0000>>] error waiting for container: context canceled"),
        not_this=("exitCode=137", "uptime_in_days:0"),
    ),
    Kind(
        name="debugger PIN",  # of Flask
        after=(r"(?<=Debugger PIN: )",), form=r"\d{3}-\d{3}-\d{3}",
        seen=(" * Debugger PIN: <<123-456-789>>",), not_this=(" * Debugger PIN: none", "PIN: 123-456-789"),
    ),
    Kind(
        name="seconds taken",
        after=(r"(?<= in )(?=[\d.]{3,12} seconds)", r"(?<=process running for )"), form=r"\d{1,6}\.\d{1,9}",
        seen=("Started App in <<4.02>> seconds (process running for <<4.8>>)",),
        not_this=("in 4 seconds", "waits 4.02 seconds", "running for 4.8"),
    ),
    Kind(
        name="age of a unit",  # of systemd's
        after=(r"(?<=; )",),
        form=r"\d{1,3}(?: (?:year|month|week|day)s?|h|min|s|ms)(?: \d{1,3}(?: (?:month|week|day)s?|h|min|s))? ago\b",
        seen=(
            "Active: active (running) since Tue 2026-11-24 06:14:32 UTC; <<1h 23min ago>>",
            "06:14:32 UTC; <<2 weeks 3 days ago>>",
        ),
        not_this=("UTC, 5s ago", "UTC; long ago", "UTC; 5x ago"),
    ),
    Kind(
        name="uptime",  # that a program says of itself, in JSON
        after=(r'[Uu]p_?[Tt]ime(?:_?(?:[Ss]ec(?:ond)?s?|[Mm]s))?": ?',), form=r"\d{1,12}(?:\.\d{1,20})?",
        seen=('{"status":"ok","uptime":<<12>>}', '{"uptime_seconds": <<9034.125>>, "stars": 4}'),
        not_this=('{"uptime": "long", "stars": 4}', "uptime: 12"),
    ),
    Kind(
        name="failures",  # of a health check
        after=(r'FailingStreak": ?(?=[1-9])',), form=r"\d{1,20}",
        seen=('"FailingStreak":<<4>>,"Log":[',), not_this=('"FailingStreak": 0,',),
    ),
    Kind(
        name="password hash",
        after=(r"(?<=\$)(?:2[aby]\$\d\d|apr1|1|5|6|y|2y)\$", r"SCRAM-SHA-256\$\d{4,6}:"),
        # As many letters as its method makes, maybe behind a salt: bcrypt; MD5, SHA-256 and yescrypt, SHA-512.
        form=r"(?<=SCRAM-SHA-256\$4096:)[+/$:=0-9A-Za-z]{60,160}|(?:[./0-9A-Za-z]{53}"
        r"|(?:(?:rounds=\d{4,9}|[./0-9A-Za-z]{3,9})\$)?[./0-9A-Za-z]{1,32}\$"
        r"(?:[./0-9A-Za-z]{22}|[./0-9A-Za-z]{43}|[./0-9A-Za-z]{86}))(?![./$0-9A-Za-z])", begins=r"(?<=\$)(?:y|apr1)",
        seen=(
            "kim:$2y$05$<<y2XXWPsB95tTMwN4HO7Bae6rm./B7vj48rGfXa.i.7fZJ6kNASFWe>>",
            "PASSWORD 'SCRAM-SHA-256$4096:<<"
            "xI0M+5aqz43KVWsWMCfpSQ==$f2nuhsIPzEYE7jVFIT2owqtQ/nt737TToiqng3ihkDY=:z/UXqS/1Yb3K>>';",
        ),
        not_this=("kim:2y$05$y2XXWPsB95tTMwN4HO7Bae6rm./B7vj48rGfXa.i.7fZJ6kNASFWe",),
    ),
    Kind(
        name="rate",
        form=r"\d{1,9}+(?:\.\d{1,3}+)?(?= \[(?:#/sec|ms|Kbytes/sec)\]| [mnu]sec per loop)",
        seen=("Requests per second:    <<3069.68>> [#/sec] (mean)", "500000 loops, best of 5: <<432>> nsec per loop"),
        not_this=("Time per request:       0.283 [s] (mean)",),
    ),
    Kind(
        name="temporary number",  # Go's os.MkdirTemp
        after=(r"(?<=/tmp/)(?!tmp\.)[a-z]{0,20}[-_.]?[a-z]{0,20}",), form=r"\d{6,10}", begins=r"(?<=/tmp/)[a-z]",
        seen=("/tmp/empty-dir<<3594554015>>/Dockerfile:1",), not_this=("/srv/empty-dir3594/Dockerfile:1", "/tmp/a1"),
    ),
    Kind(
        name="package version",  # in what apt, dpkg and apk say of it; elsewhere a version has three numbers
        after=(
            rf"Setting up {_PACKAGE}", rf"Unpacking {_PACKAGE}", rf"Processing triggers for {_PACKAGE}",
            rf"Installing {_PACKAGE}", rf"Upgrading {_PACKAGE}", r"over \(",
        ),
        form=r"\d[\w.+:~-]{0,60}(?=\))",
        seen=(
            "Setting up libc-bin (<<2.41-12>>) ...", "Unpacking curl (<<8.14.1-2>>) over (<<8.14.1-1>>) ...",
            "(1/7) Installing ncurses-terminfo-base (<<6.5_p20250503-r0>>)",
        ),
        not_this=("Setting up swapspace (none) ...", "Setting up a table (2.41-12"),
    ),
    Kind(
        name="process",  # nginx: a process and a thread
        after=(r"(?<=\] )(?=\d{1,7}#)",), form=r"\d{1,7}#\d{1,7}(?=:)",
        seen=("2026/11/24 09:33:12 [notice] <<1#1>>: nginx/1.30.6",),
        not_this=("issue 1#1: nginx", "[notice] 1#x: nginx"),
    ),
    Kind(
        name="snapshot",
        after=(r"(?<=/snapshots/)",), form=r"\d{1,6}(?=/)",
        seen=("lowerdir=/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/<<3>>/fs",),
        not_this=("/snapshot/3/fs",),
    ),
    Kind(
        name="load",
        after=(r"[Ll]oad average: ",), form=rf"{_LOAD}(?: \d{{1,5}}/\d{{1,5}} \d{{1,7}})?",
        seen=(" 11:30:28 up  3:43,  0 users,  load average: <<96.15, 28.23, 10.21>>",), not_this=("load 96.15, 28.23",),
    ),
    Kind(
        name="up time",
        after=(r"(?<= )up {1,2}",), form=r"(?:\d{1,4} days?, {1,2})?(?:\d{1,2} min|\d{1,2}:\d\d)",
        seen=(" 11:30:28 up  <<3:43>>,  0 users", " 11:30:28 up <<2 days,  3:43>>,  0 users"),
        not_this=("Giving up 3 times", "up 3:43"),
    ),
    Kind(
        name="namespace",  # net:[4026531840]; the kernel counts from 0xf0000000
        after=(r"(?<=[a-z]:\[)",), form=r"40265[3-9]\d{4}(?=\])", bound=True,
        seen=("lrwxrwxrwx 1 root root 0 Nov 24 09:33 net -> net:[<<4026531840>>]",), not_this=("net:[402653184]",),
    ),
    Kind(
        name="device",  # of stat
        after=(r"Device: ",), form=r"[0-9a-f]{1,8}h/\d{1,9}d|\d{1,4},\d{1,4}",
        seen=("Device: <<29h/41d>> Inode: 3234357     Links: 1",), not_this=("Device: none",),
    ),
)  # fmt: skip

# What its form alone tells.
_ANYWHERE = (
    Kind(
        name="digest",
        # On a narrow terminal BuildKit cuts a line just before its seconds: where there was room, nothing is cut.
        form=r"sha256:[0-9a-f]{64}|(?<=[@ ])sha256:[0-9a-f]{1,63}(?= {2,4}\d{1,5}\.\ds?\Z)",
        bound=True, is_id=True, begins="sha256",
        seen=(
            f"Digest: <<sha256:{_LONG}>>", f" => [1/2] FROM busybox@<<sha256:{_LONG[:17]}>>  0.5s",
            f" => => writing image <<sha256:{_LONG[:44]}>>  0.0s",
        ),
        not_this=(f"Digest: sha256:{_LONG[1:]}", f"sha256:x{_LONG}", f"writing image sha256:{_LONG[:44]}",
                  f" => => writing image sha256:{_LONG[1:]}{' ' * 40}0.0s"),
    ),
    Kind(
        name="uuid",
        form=r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", bound=True,
        seen=(" ID: <<8062def7-4a8d-4f7d-8473-728f7568c114>>",), not_this=(" ID: 8062def7-4a8d-4f7d-8473-728f7568c11",),
    ),
    Kind(
        name="entity tag",  # nginx, Apache and others make it of the time at which a file was written, and its size
        after=("", r"(?<=\")[0-9a-f]{1,8}-"),
        form=r"(?<=\")[0-9a-f]{8}(?=-[0-9a-f]{1,12}\")|(?<=-)[0-9a-f]{12,14}(?=\")",
        seen=('ETag: "<<6b07ff80>>-16"', 'ETag: "2c-<<66134447cea6a>>"', 'etag: W/"<<6a18df6f>>-380"'),
        not_this=('ETag: "6b07ff8-16"', "ETag: 6b07ff80-16", 'name: "6b07ff80-demo"'),
    ),
    Kind(
        name="long id",
        starts=_LONG_WORD,
        form=r"[0-9a-f]{64}", bound=True, is_id=True,
        seen=(f"<<{_LONG}>>",), not_this=(_LONG[1:], f"{_LONG[1:]}g"),
    ),
    Kind(
        name="commit",
        starts=_LONG_WORD,
        form=r"[0-9a-f]{40}",
        seen=(" containerd version: <<1c4457e00facac03ce1d75f7b6777a7a851e5c41>>",), not_this=(_LONG[:41],),
    ),
    Kind(
        name="checksum",  # of md5sum, sha224sum, sha384sum, sha512sum
        starts=_LONG_WORD,
        form=r"(?=[a-f]{0,63}\d)(?=\d{0,63}[a-f])(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{56}|[0-9a-f]{32})",
        seen=("<<b1946ac92492d2347c6235b4d2611184>>  web.tar",), not_this=("b1946ac92492d2347c6235b4d261118",),
    ),
    Kind(
        name="end of a name",  # that a program has given to a socket or a file of its own
        after=(r"(?:[a-z]{2,20}_){1,4}",),
        form=r"(?=[a-f]{0,31}\d)(?=\d{0,31}[a-f])[0-9a-f]{32}",
        seen=("DOCKER_CLI_PLUGIN_SOCKET=@docker_cli_<<2bab62c34e1431a46abde3611f30597c>>",),
        not_this=("docker_cli_2bab62c34e1431a46abde3611f30597", "docker-2bab62c34e1431a46abde3611f30597c0"),
    ),
    Kind(
        name="generated id",  # of BuildKit's records, of a swarm's nodes and services
        starts=_LONG_WORD,
        form=r"(?:[0-9a-z]{25}|(?:(?<=\.\d\.)|(?<=\.\d\d\.))[0-9a-z]{12}(?=@))", bound=True, is_id=True,
        seen=("<<kabmmxsvg9vw7hc6dp41cu7b9>>", "web.1.<<qgiwx1m5h3yr>>@debian    | hello"),
        not_this=("kabmmxsvg9vw7hc6dp41cu7b", "Kabmmxsvg9vw7hc6dp41cu7b9", "web.qgiwx1m5h3yr@debian"),
    ),
    Kind(
        name="overlay link",  # of a layer, in what mount says
        starts=_LONG_WORD,
        form=r"[0-9A-Z]{26}",
        seen=("lowerdir=/var/lib/docker/overlay2/l/<<X4F2HTNRQH6AR3IJKI4UAXJX7Z>>:",),
        not_this=("l/X4F2HTNRQH6AR3IJKI4",),
    ),
    Kind(
        name="random token",  # of a program: a password, a session
        starts=_LONG_WORD,
        form=r"(?=[A-Za-z]{0,99}\d)(?=[a-z0-9]{0,99}[A-Z])(?=[A-Z0-9]{0,99}[a-z])[0-9A-Za-z]{32,128}", bound=True,
        seen=("\\restrict <<MUiL14czPST2Od8QriQEvl52NtRtWuk29LPr7wBimfiytxco5hHiNh8VKSLXgEs>>",),
        not_this=("MUiL14czPST2Od8QriQEvl52NtRtW", "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"),
    ),
    Kind(
        name="swarm token",
        form=r"SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}", begins="SWMTKN",
        seen=("--token <<SWMTKN-1-08z884vt4yyhdj6yt8xki487k1t7916qhqbxdtd7mq7wegpa8v-kabmmxsvg9vw7hc6dp41cu7b9>>",),
        not_this=("--token SWMTKN-2-08z884vt4yyhdj6yt8xki487k1t7916qhqbxdtd7mq7wegpa8v-kabmmxsvg9vw7hc6dp41cu7b9",),
    ),
    Kind(
        name="engine id",
        form=r"(?:[A-Z0-9]{4}:){11}[A-Z0-9]{4}", bound=True,
        seen=(" ID: <<VHXQ:W3DP:NAOD:TDHF:3XQZ:NCKG:ZJB7:M4OZ:VV2F:PPPB:D2BU:IMQ7>>",), not_this=(" ID: VHXQ:W3DP",),
    ),
    Kind(
        name="MAC address",
        form=r"(?!00:00:00:00:00:00|ff:ff:ff:ff:ff:ff)(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}", bound=True,
        seen=("link/ether <<02:42:ac:11:00:02>> brd ff:ff:ff:ff:ff:ff",),
        not_this=("brd ff:ff:ff:ff:ff:ff", "02:42:ac:11:00"),
    ),
    Kind(
        name="time",
        form=rf"(?=\d{{1,4}}[-/:. 월]|{_DAY}|{_MONTH})(?:{_TIME})", begins=f"{_DAY}|{_MONTH}", fixed=_ZONE,
        seen=(
            "<<2026-11-24T07:37:22.123456789>>Z hello world", "<<2026-11-24 14:55:54.160357>>+00",
            "<<2026/11/24 09:33:12>> [notice]", "Date: <<Tue, 24 Nov 2026 07:37:22>> GMT",
            "[<<24/Nov/2026:12:42:37>> +0000]", "<<Tue Nov 24 07:37:22>> UTC<< 2026>>", "<<Nov 24 15:42>> vault.tgz",
            "<<Nov 24 15:42:07>> web dockerd", "<<Nov 24 15:42:07 2026>> nginx",
            "built <<2026-11-24>>", "at <<07:37:22>>", "<<2026-11-24T20:28:57>>+09:00", "b-<<2026-11-24-1142>>.tgz",
            "<<2026. 11. 24. (화) 20:28:57>> KST", "since <<Tue 2026-11-24 06:14:32>> UTC",
            "reader <<11월 24 15:42>> vault.tgz",
        ),
        not_this=('"FinishedAt": "0001-01-01T00:00:00Z"', "Tue Mov 24 07:3722", "2O26-11-24", "26-11-24", "11월 말"),
    ),
    Kind(
        name="elapsed",
        form=r"\d{1,3}:[0-5]\d:[0-5]\d(?!:)",
        seen=("wrote for <<100:00:03>>",), not_this=("100:00:73", "7:00"),
    ),
    Kind(
        name="age ago",
        form=rf"{_AGE} ago", begins="[Ll]ess|[Aa]bout",
        seen=("Exited (0) <<33 seconds ago>>", "<<About a minute ago>>", "<<Less than a second ago>>"),
        not_this=("99 seconds ago", "Less than a moment ago", "3 moons ago"),
    ),
    Kind(
        name="age",
        # A program may have taken so many seconds; days that are not behind `Up` are what somebody wrote: kept 7 days.
        form=rf"(?<=Up ){_AGE}|{_SHORT_AGE}", begins="[Ll]ess|[Aa]bout",
        seen=("Up <<4 minutes>> (healthy)", "Up <<Less than a second>>", "Up <<2 weeks>>", "done after <<3 seconds>>"),
        not_this=("Up Less than a moment", "Up 61 minutes", "kept for 7 days", "for 2 years"),
    ),
    Kind(
        name="short id",
        form=r"[0-9a-f]{12}", bound=True, is_id=True,
        seen=("<<588ec8830392>>   centos", "[root@<<588ec8830392>> /]# exit"), not_this=("588ec883039", "588ec883039g"),
    ),
    Kind(
        name="old container",  # which compose has named so until its successor runs
        form=r"[0-9a-f]{12}_[a-z0-9][\w.-]{1,80}", bound=True, is_id=True, fixed=r"(?<=\A[0-9a-f]{12})_.*",
        seen=("<<588ec8830392>>_shop-web-1   Recreated",), not_this=("588ec883039_shop-web-1", "588ec8830392_"),
    ),
    Kind(
        name="IPv6 address",
        form=rf"{_NETWORK6}(?:(?=[0-9a-f:]{{0,34}}::)(?::{{1,2}}{_GROUP}){{1,7}}|(?::{_GROUP}){{7}})", bound=True,
        seen=("inet6 <<fe80::42:acff:fe11:2>>/64", "inet6 <<2001:db8:0:0:0:0:0:1>>/64"),
        not_this=("inet6 ::1/128", "inet6 1234::1/64", "inet6 fe80/64"),
    ),
    Kind(
        name="IP address",
        starts=_QUANTITY,
        form=_IP, bound=True,
        chosen="chosen address",
        seen=('"IPAddress": "<<172.17.0.2>>",',),
        not_this=("0.0.0.0:80", "127.0.0.1", "255.255.0.0", "1.2.3.4.5", "1.2.3.256"),
    ),
    Kind(
        name="chosen address",  # in a network whose range the reader typed; elsewhere it is an IP address
        starts=_QUANTITY,
        form=_IP, bound=True,
        seen=('"IPAddress": "<<10.9.0.2>>",',), not_this=('"IPAddress": "10.8.0.2",',),
    ),
    Kind(
        name="size",
        starts=_QUANTITY,
        # But a round limit of docker stats, which somebody chose.
        form=r"(?!(?<= / )\d{1,6}[MG]iB)\d{1,12}+(?:[.,]\d{1,4}+)?(?:e\+\d\d)?(?:B| ?[kKMGTP]i?B)(?:/s)?",
        seen=("Total Memory: <<23.54GiB>>", "<<191MB>>", "<<4.77 GB/s>>"),
        not_this=("1.54kX", "MB", "many / 256MiB"),
    ),
    Kind(
        name="percentage",
        starts=_QUANTITY,
        form=r"\d{1,4}+(?:\.\d{1,2}+)?%(?! packet loss)",
        seen=("588 of it   <<0.27%>>",), not_this=("0.27 %", "%", "2 packets received, 0% packet loss"),
    ),
    Kind(
        name="duration",
        starts=_QUANTITY,
        form=r"(?:\d{1,3}+h)?(?:\d{1,3}+m ?)?\d{1,6}+(?:\.\d{1,9}+)?(?: ?ms|[uµn]?s)",
        seen=("exporting to image <<0.3s>>", "time=<<0.052 ms>>", "real <<1m 3.20s>>"), not_this=("0.3 s", "3 m", "s"),
    ),
    Kind(
        name="version",
        starts=_QUANTITY,
        form=rf"(?<!\d\.)(?!{_FIXED_ADDRESS}(?![.\d]))(?:go|v)?\d{{1,3}}\.\d{{1,4}}\.\d{{1,5}}{_SUFFIX}",
        behind_typed=True, begins=r"(?:go|v)\d",
        seen=("Docker version <<29.7.2>>, build 0000000", "Go version: <<go1.19.8>>"),
        not_this=("Docker version twenty", "29.7", "0.0.0.0:80", "127.0.0.9", "255.255.0.0"),
    ),
    Kind(
        name="interface",
        form=r"veth[0-9a-f]{7}", bound=True, begins="veth",
        seen=("master docker0 <<veth3a2b1c0>>",), not_this=("veth0",),
    ),
    Kind(
        name="name",  # that the engine gave a container
        form=r"[a-z]{3,16}_[a-z]{2,20}\d?", bound=True, holds=is_random_name,
        seen=("centos:latest   <<priceless_swartz>>",), not_this=("fastcgi_params", "priceles_swartz"),
    ),
    Kind(
        name="beginning",  # of an id
        form=r"[0-9a-f]{7,63}(?=…)", begins="[a-f]{7,11}(?=…)",
        seen=("<<71159a362ee>>…",), not_this=("hello…", "71159a…"),
    ),
    Kind(
        name="temporary name",
        form=r"tmp(?:\.[0-9A-Za-z]{6,10}|(?=[a-z]{0,7}[0-9_])[0-9a-z_]{8})|(?<=/)sed(?=\w*[0-9A-Z])[0-9A-Za-z]{6}"
        r"|(?<=/)cc[0-9A-Za-z]{6}(?=\.[os]\b)",
        begins="tmp|sed|cc",
        seen=("/tmp/<<tmp.HdHdAK>>", "/tmp/<<tmpab3_x9_q>>", "sed: cannot rename /etc/<<sedS8kk3T>>: busy",
              "ld: /tmp/<<ccZS59W3>>.o"),
        not_this=("/tmp/tmp-HdHdAK", "/tmp/tmporary"),
    ),
    Kind(
        name="memory address",  # the others are the kernel's way, /proc/net
        form=r"0x[0-9a-f]{6,16}|0{8}(?!0{8})[0-9a-f]{8}(?=:)|(?<=\d )0{8}(?!0{8})[0-9a-f]{8}",
        seen=(
            "<object object at <<0x7f641fb201f0>>>", "<<0000000012a4bb01>>: 00000002 00000000",
            "0 34522 1 <<00000000deadbeef>> 100 0 0 10 0",
        ),
        not_this=("<object object at 0x7g>", "0x10", "CapEff:\t00000000a80425fb"),
    ),
    Kind(
        name="decimal",  # of so many digits that nobody would have written it
        form=r"\d{1,12}+\.\d{3,17}+(?:(?!\.)|(?=\.\.))|(?!(?:19|20)\d\d\.)\d{4,12}\.\d{2}(?![\d.])",
        seen=("took <<0.28213>>", "<<10393.26>> per second"), not_this=("0.25", "2026.11", "1.2.345"),
    ),
    Kind(
        name="large number",
        form=r"\d{6,20}", holds=_is_uneven,
        seen=("usage_usec <<3234357>>",), not_this=("usage_usec 32343", "10485760 bytes", "500000000"),
    ),
    Kind(
        name="version of a tag",  # only where the reader typed the tag, postgres:18
        form=r"(?<![\w.])(?<!HTTP/)(?<!\w:)v?\d{1,4}\.\d{1,4}(?!\.?\d)(?:-\d{1,3}\.pgdg\d{1,4}\+\d{1,3})?",
        behind_typed=True, needs_typed=True, begins=r"v\d",
        seen=("postgres (PostgreSQL) 18.<<1>>",), not_this=("HTTP/1.1", "1.2.3", "No such image: postgres:18.1"),
    ),
)  # fmt: skip

KINDS = {kind.name: kind for kind in (*_OPENING, *_BEHIND, *_ANYWHERE)}

CELLS = (
    Cell(
        "process id",
        "PID, PPID, PGID, PGRP, SID, SESS, TPGID, LWP, TID, SPID, pid, pg_backend_pid",
        r"(?![01]\Z)\d{1,20}",
        ("82", "4242"),
        ("none", "1", "0"),
    ),
    Cell("weekday", "STARTED", _DAY, ("Tue",), ("Tuesday",)),  # of ps -o lstart; the day follows in the next cell
    Cell("elapsed", "ELAPSED", r"(?:(?:\d{1,5}-)?\d\d:)?\d\d:\d\d|\d{1,10}", ("00:42", "1-03:42:07", "42"), ("soon",)),
    Cell("namespace", "NS", r"40265[3-9]\d{4}", ("4026531840",), ("402653184", "1026531840")),
    Cell("number", "C, PIDS, USAGE, PR, NI, PRI, PSR, STARS, NPROCS", r"\d{1,20}", ("82", "0"), ("none", "-1")),
    Cell(
        "time", "STIME, START, TIME, TIME+", r"\d{1,4}:\d\d(?:[.:]\d\d)?|[A-Z][a-z]{2}\d\d", ("14:55", "Nov24"), ("?",)
    ),
    Cell("percentage", "%CPU, %MEM, %VSZ, %RSS", r"\d{1,4}(?:\.\d)?%?", ("0.0", "12%"), ("-",)),
    Cell("percentage", "Use%, IUse%", r"\d{1,3}%|-", ("34%", "-"), ("34",)),
    Cell("state", "STAT, S", r"[RSDZTtIXW][<NLsl+]{0,4}", ("Ss", "R+"), ("sleeping",)),
    Cell("generated id", "CACHE ID, SWARM ID", r"[0-9a-z]{12}|[0-9a-z]{25}", ("kabmmxsvg9vw",), ("kabmm",)),
    Cell(  # of a swarm's network; one of the machine has an id of Docker's
        "generated id", "NETWORK ID", r"(?![0-9a-f]{12}\Z)[0-9a-z]{12}", ("y4crhvhfg98f",), ("c1aaf7c92c07", "y4crh")
    ),
    Cell(
        "size",
        "BLOCK I/O",
        r"\d{1,12}(?:\.\d{1,4})?[kMGTP]?B(?: / \d{1,12}(?:\.\d{1,4})?[kMGTP]?B)?",
        ("0B / 0B", "1.05kB / 126B", "12.3kB"),
        ("-- / --", "none"),
    ),
    Cell("host name", "HOSTNAME, NODE", r"[0-9A-Za-z][-.0-9A-Za-z]{0,62}", ("lab", "my-laptop.local"), ("my laptop",)),
    Cell(
        "platforms",
        "PLATFORMS",
        rf"{_PLATFORM}(?: \(\+\d{{1,2}}\))?(?:, {_PLATFORM}(?: \(\+\d{{1,2}}\))?){{0,20}}",
        ("linux/amd64 (+4), linux/386", "linux/arm64, linux/amd64"),
        ("linux/amd64*", "windows/amd64"),
    ),
    Cell(
        "platform",
        "PLATFORM",
        _PLATFORM,
        ("linux/amd64", "linux/arm64/v8"),
        ("windows/amd64",),
    ),
    Cell(
        "measure",
        "VSZ, RSS, VIRT, RES, SHR, Size, 1K-blocks, Inodes, IUsed, IFree, Used, Available, Avail, total, used, free, "
        "shared, buffers, buff/cache, cached, available",
        r"-|\d{1,20}(?:[.,]\d{1,3})?(?:[KMGTP]i?|[kmg])?",
        ("252G", "34", "-"),
        ("many",),
    ),
)

IDS = frozenset(kind.name for kind in KINDS.values() if kind.is_id)
TIME = "time"
PORT = "port"
MEASURES = frozenset({"age", "duration", "elapsed", "percentage", "short size", "size"})
NEVER_TYPED = frozenset({"percentage", "process id", "time"})  # a cell's: it is what was typed by chance only
SIZE = "size"
BEGINNING = "beginning"
ASKED = "number"  # that a command asks for and nobody knows before: asked.py finds it
MACHINE = "machine"  # its kernel, its system, its architecture; likewise
RANDOM_TEXT = "random text"  # as long as was asked for; likewise
VERSION = "version"
JOB = "job"  # the number of the process of a shell's own job, in one output
GENERATED = "generated id"
COMMIT = "git commit"  # however short: asked.py finds it in what git prints, bindings.py where it is met again
BOUND = frozenset({COMMIT, *(kind.name for kind in KINDS.values() if kind.bound)})
