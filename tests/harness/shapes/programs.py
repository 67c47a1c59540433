"""Turns a program that asks for what nobody knows before into the places where its output has that: for asked.

    date '+%A %H:%M'         (Friday) (11):(48)
    redis-cli ttl session    (integer) (58)
    ps -o pid=,args=         (4242) sleep 300

ROWS has one row for each; the first that is about a command says where its places are.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from harness.claims.commands import Command
from harness.shapes import dates, growing, jq, printed
from harness.shapes.kinds import (
    ASKED,
    BEGINNING,
    COMMIT,
    GENERATED,
    JOB,
    KINDS,
    MACHINE,
    PORT,
    RANDOM_TEXT,
    TIME,
    VERSION,
)
from harness.shapes.line_patterns import (
    ANYTHING,
    ARCHITECTURE,
    DECIMAL,
    EVERY_NUMBER,
    KERNEL,
    NUMBER,
    PROCESS,
    LineForm,
    line_pattern,
)
from harness.shapes.started import Started
from harness.shapes.templates import IN_JSON, OF_MACHINE, OF_RECORDS, OF_SWARM, OF_TASKS, of_cut_ids, of_template

MANY = 1_000_000  # lines
_MOST_LINES = 200  # of a template, of which each is looked for where it stands
NEW_LINE = re.compile(r"\\n|\n")
_FORMS = {**printed.ASKED, printed.Value.SIGNS: r"[^\w\n]*?"}
_COMMIT = re.compile(
    r"(?:(?<![0-9A-Za-z_])|(?<=-g))((?=[a-f]{0,39}\d)[0-9a-f]{7,40})(?![0-9A-Za-z_])"  # v1.2-3-ga1b2c3d: git describe
)
JOB_LINE = re.compile(r"\A\[\d{1,3}\][-+]? +(\d{1,20})\b")
_ONLY_NUMBER = re.compile(r"\A(\d{1,20})\Z")
_LEFT = re.compile(r"\A(?:\(integer\) )?(\d{1,20})\Z")  # until a key of Redis is over; -1 and -2 are no time
_CHOSEN_PORT = re.compile(rf"(?<![\w.])({KINDS[PORT].form})(?![\w.])")
_PORTS = ("HostPort", ".Ports", "PublishedPort", ".Publishers")
_RANDOM = re.compile(r"/dev/u?random\b|\b(?:getpid|rand(?:om|int)?) ?\(")
_PROCESSORS = re.compile(r"\b_NPROCESSORS_(?:ONLN|CONF)\b|/proc/cpuinfo\b")  # getconf and grep -c count them
_INSPECT = re.compile(r"docker (?:\w+ )?inspect")
_OF_ENGINE = frozenset({"docker info", "docker version"})
# Of a query for one column.
_OF_QUERIES = {
    **dict.fromkeys(("connection_id()", "pg_current_xact_id()", "txid_current()"), NUMBER),
    **dict.fromkeys(("random()", "rand()"), DECIMAL), "pg_backend_pid()": PROCESS, "unix_timestamp()": r"(\d{10})",
}  # fmt: skip
_COLUMNS = re.compile(r"\s*select\s+(.*?)(?:\s+from\s.*|;.*|\s*)\Z", re.IGNORECASE | re.DOTALL)
_SEVERAL_ROWS = re.compile(r"\b(?:from|generate_series|union|unnest|values)\b", re.IGNORECASE)
_COMMA = re.compile(r",(?![^()]*\))")
_OF_SERVER = re.compile(
    rf"\A\s*PostgreSQL \S+ (?:\(\w+ (\d[^ ()]*)\) )?on {ARCHITECTURE}-(pc|unknown)-linux-\w+, "
    r"compiled by [\w-]+ (?:\(\w+ (\d[^ ()]*)\) )?(\d\S*(?: \d{8})?), 64-bit\Z"
)
_WRITTEN_BY_CURL = re.compile(r"%\{(\w+)\}")
_MEASURED_BY_CURL = re.compile(r"time_|speed_|local_port")
_TOP_OF_API = re.compile(r"/containers/[\w.-]+/top\Z")
_PROCESSES_OF_API = re.compile(
    r'\["[^"]*","(\d{1,20})","(\d{1,20})","(\d{1,3})","(\d\d:\d\d|[A-Z][a-z]{2}\d\d)","[^"]*","(\d\d:\d\d:\d\d)",'
)
_CLOCK_OF_REDIS = re.compile(r'\A(?:[12]\) )?"?(\d{1,10})"?\Z')  # of `redis-cli time`, seconds and the rest of one
_WITH_INODES = re.compile(r"-[A-Za-z1]*i[A-Za-z1]*|--inode")
_INODE = re.compile(r"\A( *\d{1,20})(?= )")
# What the kernel counts: of a control group, of an interface.
_COUNTED = re.compile(
    r"\S*/(?:(?:memory|pids)\.(?:current|peak|usage_in_bytes|max_usage_in_bytes)|cpuacct\.usage)"
    r"|/sys/class/net/\S+/(?:ifindex|iflink|statistics/[rt]x_(?:bytes|packets))"
)
_LIMIT_FILE = re.compile(r"\S*/(?:cpu|memory|pids)\.(?:\w+\.)?(?:high|limit_in_bytes|low|max|min|weight)")
_ONLY_LIMIT = re.compile(r"\A(?:max|\d{1,20})(?: \d{1,20})?\Z")
_LISTED = re.compile(r"\A-[-rwxsStT]{9}\S? +\d{1,4} +\S{1,32} +\S{1,32} +(\d{1,20}) ")  # ls -l
_REACHED = re.compile(r"(?<= )(DELAY|PROBE|REACHABLE|STALE)\Z")  # how long ago a neighbour was heard of
_COUNTERS = re.compile(
    r"/proc/(?:\d{1,7}|self)/(?:io|oom_score|sched|schedstat|smaps_rollup|stat|statm)"
    r"|/proc/(?:buddyinfo|diskstats|interrupts|schedstat|softirqs|stat|vmstat|net/(?:netstat|snmp|sockstat))"
    r"|\S*/(?:cpu|io|memory|memory\.numa)[._]stat|\S*/cpuacct\.(?:stat|usage_percpu)"
)
_STATUS = re.compile(r"/proc/(?:\d{1,7}|self)/status")
_OF_STATUS = re.compile(r"\A(?:Vm\w{2,4}|Rss\w{3,5}|(?:non)?voluntary_ctxt_switches|SigQ|Ngid|PPid):\s+(\d{1,20})\b")
_MAY_BE_SEVERAL = re.compile(r"[*?[$`]")  # of a path: a shell puts some in its place
_COUNT = re.compile(r"\A(\d{1,5})\Z")
_PACKAGE = r"(\d{1,5}(?:\.\d{1,5}){1,4}\w{0,9})"
# pip list, freeze, show, install
_OF_PACKAGES = re.compile(rf"(?:\A\S+(?: {{1,99}}|==)|\AVersion: ){_PACKAGE}\Z|(?<=\w-){_PACKAGE}(?=[ -]|\Z)")
_OF_UNAME = {  # in this order
    "s": r"\S+?", "n": r"\S+?", "r": KERNEL, "v": r"(#\d.*?)", "m": ARCHITECTURE,
    "p": r"(\S+?)", "i": r"(\S+?)", "o": r"\S+?",
}  # fmt: skip
_OF_UNAME_IN_WORDS = {"--all": "snrvmo", "--kernel-release": "r", "--kernel-version": "v", "--machine": "m"}
_FIELDS = {
    **dict.fromkeys(("docker info", "docker version", "docker node ls", "docker node inspect"), OF_MACHINE),
    **dict.fromkeys(("docker service ps", "docker stack ps", "docker node ps"), OF_TASKS),
}
_OF_SWARM = frozenset(
    f"docker {name}" for name in ("network ls", "node ps", "service ls", "service ps", "stack ps", "stack services")
)
_OF_NODE = OF_TASKS.keys() - OF_SWARM.keys()
_SWARM_IDS = re.compile(r"(?:\A|\"ID\":\")((?![0-9a-f]{12}(?:\Z|\"))[0-9a-z]{12})(?=\Z|\")")
_OF_RECORDS = re.compile(r'"Active":"(\d{1,6})",.{0,200}"TotalCount":"(\d{1,6})","Type":"Build Cache"')  # {{json .}}
_TYPE = re.compile(r"\{\{\s*\.Type\s*\}\}")
_THINGS = re.compile(r"\A {1,2}(?:Containers|Running|Paused|Stopped|Images): (\d{1,6})\Z")  # in docker info
_LONG = re.compile(r"-[A-Za-z1]*l[A-Za-z1]*|--full-time")  # ls
_TOTAL = re.compile(r"\Atotal (\d[\d.]{0,12}[KMG]?)\Z")
_FOLDER = re.compile(r"\A(?:( *\d{1,20}) )?d[-rwxsStT]{9}\S? +\d{1,6} +\S{1,32} +\S{1,32} +([1-9][\d.]{0,12}[KMG]?) ")
_LIMIT = re.compile(r"\A(\d{1,20}|unlimited)\Z")
_LIMITS = re.compile(r"/proc/(?:\d{1,7}|self)/limits")
_EACH_LIMIT = re.compile(r"\AMax [a-z -]{1,30}?  +(\d{1,20}|unlimited) +(\d{1,20}|unlimited)(?= |\Z)")
_DOMAIN = re.compile(r"\Asearch (\S.*)\Z")  # of the reader's own network
_LATENCY = re.compile(
    rf"\Amin: {NUMBER}, max: {NUMBER}, avg: {DECIMAL} \({NUMBER} samples\)(?: -- {DECIMAL} seconds range)?\Z"
)
_PACKAGES = re.compile(
    rf"\A(?:[a-z]{{2}}  )?\S+?(?::{ARCHITECTURE})?\s+(\d\S*)(?:\s+{ARCHITECTURE}(?=\s).*)?\Z"
)  # dpkg
_KEY = re.compile(r'\A(?!\(nil\)\Z)"?(\S+?)"?\Z')
_INSIDE = re.compile(r"(?:10|127|172|192)(?:\.\d{1,3}){3}|[^.]+")  # an address of a network of Docker's, a name there
_HOPS = re.compile(r"\bttl=(\d{1,3})\b")
_OF_FILES = {
    "/proc/uptime": re.compile(r"\A(\d{1,12}\.\d\d) (\d{1,12}\.\d\d)\Z"),
    "/proc/version": re.compile(r"\ALinux version (\S.*)\Z"),
    "/proc/sys/kernel/osrelease": re.compile(rf"\A{KERNEL}\Z"),
}
# Octets and packets of an interface; its errors follow.
_OF_IP = re.compile(r"\A {1,12}(\d{1,20}) {1,12}(\d{1,20})(?= {1,12}\d)")
_OF_NETSTAT = re.compile(r"\A\S{1,16} +\d{1,6} +(\d{1,20}) +\d+ +\d+ +\d+ +(\d{1,20}) ")
_OF_TOP = re.compile(
    r"(?<=[ :,])(\d{1,9}\.\d)(?= (?:us|sy|ni|id|wa|hi|si|st|total|free|used|buff/cache|avail)\b)"
    r"|(?<=[ :,])(\d{1,7})(?= (?:total|running|sleeping|sleep)[, ])"
)
# The first column is two characters wide.
_OF_VMSTAT = re.compile(r"\A( \d|\d{2,6})(?= )|(?<=\d)( {1,12}\d{1,20})(?= |\Z)")
_CONVERSION_OF_STAT = re.compile(r"%[-+ 0#]*\d*([A-Za-z])")
_MADE_UP_BY_STAT = frozenset("idXYZW")  # the number of a file, its device; seconds
_UP = re.compile(r"\A *up ((?:\d{1,5} \w+, )*\d{1,5} \w+)\Z")  # uptime -p
_TEMPLATE = re.compile(r"(\A.{0,200}?)(X{3,40})\Z")  # mktemp
_RANDOM_AS = frozenset({"-hex", "-base64"})  # openssl rand
_OF_TOKENS = re.compile(r"\btoken_(?:hex|urlsafe)\b|\brandomBytes\b|\brandom_bytes\b|\bSecureRandom\b")
_EVERY_TOKEN = re.compile(r"(?<![\w-])((?=[\w-]*\d)[\w-]{8,200})(?![\w-])")
_COLUMNS_FOLLOW = re.compile(r"-[A-Za-z]*o")
_COLUMNS_OF_PS = {
    **dict.fromkeys(("rss", "vsz", "sz", "etimes", "psr"), NUMBER), **dict.fromkeys(("c", "%cpu", "%mem"), DECIMAL),
    **dict.fromkeys(("pcpu", "pmem"), DECIMAL), "etime": r"((?:(?:\d{1,5}-)?\d\d:)?\d\d:\d\d)",
    **dict.fromkeys(("time", "cputime"), r"((?:\d{1,5}-)?\d\d:\d\d:\d\d)"),
    **dict.fromkeys(("start", "stime", "start_time"), r"(\d\d:\d\d(?::\d\d)?|[A-Z][a-z]{2} ?\d\d)"),
    **dict.fromkeys(("stat", "state", "s"), r"([RSDZTtIXW][<NLsl+]{0,4})"),
}  # fmt: skip
_WITH_NAMES = re.compile(r"-[a-z]*[al][a-z]*|--list-(?:full|name)")  # pgrep
_PROCESS_COLUMNS = frozenset({"pid", "ppid", "pgid", "pgrp", "sid", "tid", "lwp", "spid"})


class Place(NamedTuple):
    """Where lines of an output have numbers that were asked for."""

    pattern: re.Pattern[str]  # its groups
    lines: int  # so many at most
    kind: str = ASKED  # or what else nobody knows before
    is_once: bool = False  # no two of these lines are the same
    widens: bool = False  # to any number of lines, behind a program that may print such a line too
    form: LineForm | None = None  # of these lines, where it is known
    above: int = 0  # so many lines of other programs at least
    below: int = 0

    @classmethod
    def of(cls, form: LineForm | re.Pattern[str], lines: int, kind: str = ASKED) -> "Place":
        return cls(form.pattern, lines, kind, form=form) if isinstance(form, LineForm) else cls(form, lines, kind)


class Before(NamedTuple):
    """What the page has typed so far."""

    growing: frozenset[str] = frozenset()  # the containers and files that go on being written
    has_made: bool = False  # containers or images
    options: frozenset[str] = frozenset()  # of those that choose what a container finds
    files: tuple[tuple[str, str], ...] = ()  # that the page has written: their names, and what stands in them
    started: Started = Started()  # in images, containers and services
    read: tuple[str, ...] = ()  # by a text tool: the names of the commands that print it


class Row(NamedTuple):
    """A program that asks, and where its output has what it asks for."""

    is_about: Callable[[Command], bool]
    places: Callable[[Command], Iterable[Place]]


def places(command: Command, before: Before) -> Iterator[Place]:
    """Where a program's output has what nobody knows before."""
    if command.program == "ls" and any(growing.name(path) in before.growing for path in command.arguments):
        yield Place(_LISTED, MANY)
    elif command.plain_name == "docker info" and not (before.has_made or command.has("-f", "--format")):
        yield Place(_THINGS, MANY)
    elif command.program == "jq" and not names_port(command):
        yield from _of_jq(command, before)
    elif command.program == "ulimit" and "--ulimit" not in before.options:
        yield _one_line(_LIMIT)
    elif any(map(_LIMITS.fullmatch, command.arguments)) and "--ulimit" not in before.options:
        yield Place(_EACH_LIMIT, MANY, MACHINE)
    elif "/etc/resolv.conf" in command.arguments and "--dns-search" not in before.options:
        yield Place(_DOMAIN, 1, MACHINE)
    elif row := next((row for row in ROWS if row.is_about(command)), None):
        yield from row.places(command)
    yield from _of_templates(command)


def names_port(command: Command) -> bool:
    """Whether it asks for the port that the engine has published another one at."""
    return command.plain_name in ("docker port", "docker compose port") or any(
        name in word for name in _PORTS for word in command.words
    )


def _always(pattern: str | re.Pattern[str], lines: int = MANY, kind: str = ASKED) -> Callable[[Command], list[Place]]:
    place = Place(re.compile(pattern), lines, kind)
    return lambda command: [place]


def _one_line(pattern: str | re.Pattern[str], kind: str = ASKED) -> Place:
    return Place(re.compile(pattern), 1, kind, widens=True)


def _once(pattern: str | re.Pattern[str], kind: str = ASKED) -> Callable[[Command], list[Place]]:
    place = _one_line(pattern, kind)
    return lambda command: [place]


def _is(*programs: str) -> Callable[[Command], bool]:
    return lambda command: command.program in programs


def _of_redis(*asked: str) -> Callable[[Command], bool]:
    return lambda command: command.program == "redis-cli" and "".join(command.arguments[:1]).lower() in asked


def _has_word(pattern: re.Pattern[str]) -> Callable[[Command], bool]:
    """Whether a word of the program itself has it: what it starts is asked by itself."""
    return lambda command: not command.inner and any(map(pattern.search, command.words))


# -- what code in another language prints


def _of_code(command: Command) -> Iterator[Place]:
    name = printed.language(command.program)
    codes = [code for code in command.words[1:] if code[:1] != "-" and not printed.is_seeded(code)]
    if name == "node" and not {"-p", "-pe", "--print"}.isdisjoint(command.words):
        codes = [f"console.log({code})" for code in codes]
    found = [(code, line) for code in codes for line in printed.lines(code, name)]
    drawn = sum(isinstance(piece, printed.Drawn) for _, line in found for piece in line)
    has_tokens = sum(len(_OF_TOKENS.findall(code)) for code in codes) > drawn
    for code, line in found:
        if several := [piece.form for piece in line if isinstance(piece, printed.Drawn) and not piece.is_one]:
            yield Place(re.compile(rf"(?<![0-9A-Za-z_.]){several[0]}(?![0-9A-Za-z_.])"), 1)
        elif printed.Value.SEVERAL in line:
            yield Place(EVERY_NUMBER, 1)
        elif any(isinstance(piece, printed.Drawn) or piece in printed.ASKED for piece in line):
            yield Place(_of_line(line), MANY if printed.repeats(code, name) else 1)
        elif not has_tokens and printed.is_straight(code, name):
            yield Place(_of_line(line), 1)
    if has_tokens:
        yield Place(_EVERY_TOKEN, MANY, RANDOM_TEXT)
    elif not found and any(map(printed.asks, codes)):
        yield Place(EVERY_NUMBER, MANY)


def _of_line(line: Sequence[printed.Piece]) -> re.Pattern[str]:
    texts, between = [""], []
    for piece in line:
        if isinstance(piece, str):
            texts[-1] += piece
        else:
            between.append(piece.form if isinstance(piece, printed.Drawn) else _FORMS.get(piece, ANYTHING))
            texts.append("")
    return line_pattern(texts, between)


# -- date


def _of_date(command: Command) -> Iterator[Place]:
    """What `date '+%A %H:%M'` prints of now, or of what is so long ago."""
    given = [value for option in ("-d", "--date") for value in command.options.get(option, ())]
    if not all(map(dates.is_of_run, given)) or command.has("-r", "--reference", "-f", "--file", "-s", "--set"):
        return
    for form in command.arguments:
        if form.startswith("+"):
            texts, between = dates.pieces(form[1:])
            yield Place.of(LineForm(tuple(texts), tuple(between)), 1, TIME)._replace(widens=True)


# -- dpkg


def _of_dpkg(command: Command) -> Iterator[Place]:
    """What `dpkg -l` says of packages, and `dpkg --print-architecture` of the machine."""
    is_of_machine = command.has("--print-architecture")
    yield Place(re.compile(rf"\A{ARCHITECTURE}\Z") if is_of_machine else _PACKAGES, MANY, MACHINE)


# -- databases


def _of_queries(command: Command) -> Iterator[Place]:
    queries = list(filter(None, map(_COLUMNS.fullmatch, command.words)))
    for query in queries:
        cells = [_of_column(column) for column in _COMMA.split(query[1])]
        if any(cells):
            row = r"(?:\||  )".join(rf"\s*{cell}\s*" if cell else "[^|]*?" for cell in cells)  # or a tab
            is_one_row = query is queries[0] and not _SEVERAL_ROWS.search(query[0])
            yield _one_line(rf"\A{row}\Z") if is_one_row else Place(re.compile(rf"\A{row}\Z"), MANY)
    if any("version()" in word for word in command.words):
        yield Place(_OF_SERVER, MANY, MACHINE)


def _of_column(column: str) -> str:
    """The form of what stands in a column, where nobody knows it before."""
    is_compared = any(sign in column for sign in "<>=")
    return "" if is_compared else next((form for call, form in _OF_QUERIES.items() if call in column.lower()), "")


# -- curl


def _of_curl(command: Command) -> Iterator[Place]:
    """The lines that `curl -w '%{http_code} %{time_total}'` writes, and the processes that Docker's API lists."""
    if command.has("--unix-socket") and any(map(_TOP_OF_API.search, command.arguments)):
        yield Place(_PROCESSES_OF_API, MANY)
    forms = [form for option in ("-w", "--write-out") for form in command.options.get(option, ())]
    for line in (line for form in forms for line in NEW_LINE.split(form)):
        names = _WRITTEN_BY_CURL.findall(line)
        values = [DECIMAL if _MEASURED_BY_CURL.match(name) else ANYTHING for name in names]
        if DECIMAL in values:
            yield Place(line_pattern(_WRITTEN_BY_CURL.sub("\0", line).split("\0"), values), MANY)


# -- ls


def _of_ls(command: Command) -> Iterator[Place]:
    """What is the file system's own affair: numbers of files, how large a folder is, how many blocks all take."""
    if any(map(_LONG.fullmatch, command.words)):
        yield Place(_TOTAL, MANY, "measure")
        yield Place(_FOLDER, MANY, "measure")
    if any(map(_WITH_INODES.fullmatch, command.words)):
        yield Place(_INODE, MANY)


# -- ping


def _goes_out(command: Command) -> bool:
    """Whether ping asks for what isn't on one of Docker's networks: how far away that is depends on the reader."""
    return command.program == "ping" and not any(map(_INSIDE.fullmatch, command.arguments[-1:]))


# -- uname


def _of_uname(command: Command) -> Iterator[Place]:
    """What `uname -sr` prints, in the order that is always the same."""
    letters = "".join(_OF_UNAME_IN_WORDS.get(word, word if word[:2] != "--" else "") for word in command.words[1:])
    asked = [form for letter, form in _OF_UNAME.items() if letter in letters or ("a" in letters and letter not in "pi")]
    yield _one_line(line_pattern(["", *[" "] * (len(asked) - 1), ""], asked or [r"\S+"]), MACHINE)


# -- stat


def _of_stat(command: Command) -> Iterator[Place]:
    """What `stat -c '%n %i'` says of a file that is the file system's own affair, or the clock's."""
    for form in (one for option in ("-c", "--format", "--printf") for one in command.options.get(option, ())):
        texts, found = _CONVERSION_OF_STAT.sub("\0", form).split("\0"), _CONVERSION_OF_STAT.findall(form)
        values = tuple(NUMBER if sign in _MADE_UP_BY_STAT else ANYTHING for sign in found)
        lines = MANY if any(map(_MAY_BE_SEVERAL.search, command.arguments)) else len(command.arguments)
        yield Place.of(LineForm(tuple(texts), values), lines)._replace(widens=True)


# -- openssl


def _of_openssl(command: Command) -> Iterator[Place]:
    """What `openssl rand -hex 8` prints, which is as long as was asked for."""
    number = next((int(word) for word in reversed(command.words) if word.isdigit()), 0)
    form = rf"([0-9a-f]{{{number * 2}}})" if "-hex" in command.words else base64(number)
    yield _one_line(rf"\A{form}\Z")


def base64(number: int) -> str:
    """A group for so many octets in base64."""
    missing = -number % 3
    return rf"([+/0-9A-Za-z]{{{(number + missing) // 3 * 4 - missing}}}={{{missing}}})"


# -- mktemp


def _of_mktemp(command: Command) -> Iterator[Place]:
    """What takes the place of the X in `mktemp -d /tmp/plate.XXXX`."""
    for template in filter(None, map(_TEMPLATE.search, command.arguments)):
        text = re.escape(template[1].rpartition("/")[2])
        yield _one_line(rf"\A(?:\S{{1,200}}/)?{text}([0-9A-Za-z]{{{len(template[2])}}})\Z")


# -- ps


def _of_ps(command: Command) -> Iterator[Place]:
    """The columns of `ps -o pid=,args=`, which have no titles, and of `docker top web -eo pid,args`."""
    given = [value for option in ("-o", "--format") for value in command.options.get(option, ())]
    words = command.words if command.program != "ps" else ()
    given += [words[index + 1] for index, word in enumerate(words[:-1]) if _COLUMNS_FOLLOW.fullmatch(word)]
    columns = [column.partition("=")[0].strip() for value in given for column in value.split(",")]
    if not (_PROCESS_COLUMNS | _COLUMNS_OF_PS.keys()).isdisjoint(columns):
        cells = tuple(
            PROCESS if column in _PROCESS_COLUMNS else _COLUMNS_OF_PS.get(column, r"\S.*?") for column in columns
        )
        yield Place.of(LineForm(("", *(" ",) * (len(cells) - 1), ""), cells), MANY)


def _of_pgrep(command: Command) -> Iterator[Place]:
    """A process on each line, maybe with its name."""
    has_names = any(map(_WITH_NAMES.fullmatch, command.words[1:]))
    yield Place(re.compile(rf"\A{PROCESS}{' .*' if has_names else ''}\Z"), MANY)


# -- Go templates


def _of_templates(command: Command) -> Iterator[Place]:
    for template in (one for option in ("-f", "--format") for one in command.options.get(option, ())):
        inspects = bool(_INSPECT.fullmatch(command.plain_name))
        is_open = "xargs" in command.within or any("$" in one or "`" in one for one in command.arguments)
        is_list = not inspects and command.plain_name not in _OF_ENGINE  # a line for each, however many there are
        lines = MANY if is_open or is_list else max(len(command.arguments), 1)
        cut = [Place(pattern, MANY, BEGINNING) for pattern in of_cut_ids(template)]
        is_known = not cut and inspects  # how many lines another one prints
        fields = _FIELDS.get(command.plain_name, {})
        asked = of_template(template, fields)
        kind = MACHINE if fields else ASKED
        if "json" in template:
            yield Place(IN_JSON, MANY)
        found = [place for form in asked if (place := Place.of(form, lines, kind)).pattern.groups or is_known]
        if is_known and len(found) > 1 and len(found) * lines <= _MOST_LINES:  # those of one after those of another
            found = [place._replace(lines=1) for _ in range(lines) for place in found]
        yield from found
        yield from cut


def _of_swarm_ids(command: Command) -> Iterator[Place]:
    """Ids of twelve letters and digits, which only the command tells from a word."""
    if command.has("-q", "--quiet"):
        yield Place(_SWARM_IDS, MANY, GENERATED)
    for template in (one for option in ("-f", "--format") for one in command.options.get(option, ())):
        if "json" in template:
            yield Place(_SWARM_IDS, MANY, GENERATED)
        elif not any(field in template for field in _OF_NODE):
            yield from (Place.of(form, MANY, GENERATED) for form in of_template(template, OF_SWARM))


def _of_jq(command: Command, before: Before) -> Iterator[Place]:
    program = "".join(command.arguments[:1])
    is_raw = command.has("-r", "--raw-output", "-j", "--join-output")
    fields = {name: form for printer in before.read for name, form in _FIELDS.get(printer, {}).items()}
    found = list(jq.of_program(program, fields, is_raw=is_raw))
    if any(pattern.groups for pattern in found):
        lines, kind = MANY if jq.is_stream(program) else 1, MACHINE if fields else ASKED
        yield from (Place(pattern, lines, kind) for pattern in found)


def _of_system_df(command: Command) -> Iterator[Place]:
    """How many records the builder keeps, which is its own affair."""
    for template in (one for option in ("-f", "--format") for one in command.options.get(option, ())):
        if "json" in template:
            yield Place(_OF_RECORDS, 1)
            continue
        if not _TYPE.search(template):
            yield Place(re.compile(r"\A.*\Z"), 3)  # images, containers and volumes
        yield from (Place.of(form, 1) for form in of_template(_TYPE.sub("Build Cache", template), OF_RECORDS))


def _asks_for_random(command: Command) -> bool:
    """Whether a program prints random octets; dd only says how many it has put into a file."""
    is_kept = command.program == "dd" and any(word.startswith("of=") for word in command.words)
    return not is_kept and _has_word(_RANDOM)(command)


def _of_counters(command: Command) -> Iterator[Place]:
    """What the kernel counts, beside limits that stand in other files of its."""
    for path in command.arguments:
        if _COUNTED.fullmatch(path):
            yield _one_line(_ONLY_NUMBER)
        elif _LIMIT_FILE.fullmatch(path):
            yield Place(_ONLY_LIMIT, 1)


def _on_files(command: Command) -> list[str]:
    return sorted(_OF_FILES.keys() & {*command.arguments})[:1]


ROWS = (
    Row(lambda command: "rand" in command.words and not _RANDOM_AS.isdisjoint(command.words), _of_openssl),
    Row(
        lambda command: command.program == "git" and command.arguments[:1] != ("hash-object",),
        _always(_COMMIT, kind=COMMIT),
    ),
    Row(names_port, _always(_CHOSEN_PORT, kind=PORT)),
    Row(lambda command: command.program == "jobs" and command.has("-p"), _always(_ONLY_NUMBER, kind=JOB)),
    Row(_is("arch"), _once(line_pattern(("", ""), (ARCHITECTURE,)), MACHINE)),
    Row(_is("go"), _always(rf"(?<= linux/){ARCHITECTURE}\Z", 1, MACHINE)),  # version
    Row(_is("jobs"), _always(JOB_LINE, kind=JOB)),
    Row(_is("nproc"), _once(_COUNT)),
    Row(lambda command: command.program == "pgrep" and not command.has("-c", "--count"), _of_pgrep),
    Row(_is("pidof"), _once(rf"(?<!\S){PROCESS}(?!\S)")),
    Row(_is("mktemp"), _of_mktemp),
    Row(_is("date"), _of_date),
    Row(_of_redis("ttl", "pttl"), _always(_LEFT, 1)),
    Row(_of_redis("randomkey"), _always(_KEY, 1, MACHINE)),
    Row(
        lambda command: command.program == "redis-cli" and any("--latency" in word for word in command.words),
        _always(_LATENCY, kind=MACHINE),
    ),
    Row(_of_redis("time"), _always(_CLOCK_OF_REDIS, 2)),
    Row(
        lambda command: bool(_on_files(command)),
        lambda command: [Place(_OF_FILES[path], 1, MACHINE) for path in _on_files(command)],
    ),
    Row(lambda command: any(map(_COUNTERS.fullmatch, command.arguments)), _always(EVERY_NUMBER)),
    Row(lambda command: any(map(_STATUS.fullmatch, command.arguments)), _always(_OF_STATUS)),
    Row(lambda command: command.program == "readlink" and "/proc/self" in command.arguments, _always(_ONLY_NUMBER)),
    Row(
        lambda command: command.program == "ip" and any(word[:5] == "neigh" for word in command.words[1:]),
        _always(_REACHED, kind=MACHINE),
    ),
    Row(lambda command: command.program == "ss" and command.has("-s", "--summary"), _always(EVERY_NUMBER)),
    Row(_is("uname"), _of_uname),
    Row(_is("stat"), _of_stat),
    Row(_is("uptime"), _always(_UP)),
    Row(lambda command: command.program == "ip" and command.has("-s", "-stats", "-statistics"), _always(_OF_IP)),
    Row(lambda command: command.program == "netstat" and command.has("-i", "--interfaces"), _always(_OF_NETSTAT)),
    Row(
        _is("vmstat"),
        lambda command: [Place(EVERY_NUMBER if command.has("-s", "--stats") else _OF_VMSTAT, MANY)],
    ),
    Row(_has_word(_PROCESSORS), _once(_COUNT)),
    Row(_is("psql", "mysql", "mariadb", "sqlite3"), _of_queries),
    Row(lambda command: command.program == "top" and bool(command.words[1:]), _always(_OF_TOP, kind=MACHINE)),
    Row(_is("curl"), _of_curl),
    Row(lambda command: bool(list(_of_counters(command))), _of_counters),
    Row(_is("ls"), _of_ls),
    Row(_is("dpkg", "dpkg-query"), _of_dpkg),
    Row(_goes_out, _always(_HOPS, kind=MACHINE)),
    Row(lambda command: command.plain_name == "docker system df", _of_system_df),
    Row(lambda command: command.plain_name in _OF_SWARM, _of_swarm_ids),
    Row(_is("pip", "pip3"), _always(_OF_PACKAGES, kind=VERSION)),
    Row(lambda command: command.program == "ps" or command.plain_name == "docker top", _of_ps),
    Row(lambda command: bool(printed.language(command.program)), _of_code),
    Row(_asks_for_random, _always(EVERY_NUMBER)),
)
