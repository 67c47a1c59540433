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
from harness.shapes import growing, printed
from harness.shapes.kinds import ASKED, BEGINNING, COMMIT, JOB, KINDS, MACHINE, PORT, RANDOM_TEXT, TIME, VERSION
from harness.shapes.line_patterns import (
    ANYTHING,
    ARCHITECTURE,
    DECIMAL,
    EVERY_NUMBER,
    KERNEL,
    NUMBER,
    PROCESS,
    line_pattern,
)
from harness.shapes.templates import jq_asks, of_cut_ids, of_template

MANY = 1_000_000  # lines
NEW_LINE = re.compile(r"\\n|\n")
_OF_VALUES = {printed.Value.ASKED: DECIMAL, printed.Value.PROCESS: PROCESS}
_COMMIT = re.compile(
    r"(?:(?<![0-9A-Za-z_])|(?<=-g))((?=[a-f]{0,39}\d)[0-9a-f]{7,40})(?![0-9A-Za-z_])"  # v1.2-3-ga1b2c3d: git describe
)
JOB_LINE = re.compile(r"\A\[\d{1,3}\][-+]? +(\d{1,20})\b")
_ONLY_NUMBER = re.compile(r"\A(\d{1,20})\Z")
_LEFT = re.compile(r"\A(?:\(integer\) )?(\d{1,20})\Z")  # until a key of Redis is over; -1 and -2 are no time
_OF_DATE = re.compile(r"%[-_0^#:]{0,3}([A-Za-z%])")
_DATES = {
    "%": "%",
    **dict.fromkeys("CegGklnuUVwW", NUMBER),
    **dict.fromkeys("dImy", r"(\d{1,2})"), "H": r"([01]?\d|2[0-3])", **dict.fromkeys("MS", r"([0-6]?\d)"),
    "j": r"(\d{1,3})", "Y": r"(\d{4})", "N": r"(\d{1,9})", "s": r"(\d{10})",
    "a": r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun|[월화수목금토일])",
    "A": r"((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[월화수목금토일]요일)",
    **dict.fromkeys("bh", r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d{1,2}월)"),
    "B": r"(January|February|March|April|May|June|July|August|September|October|November|December|\d{1,2}월)",
    **dict.fromkeys("pP", r"([AaPp][Mm]|오[전후])"),
    "D": r"(\d\d/\d\d/\d\d)", "F": r"(\d{4}-\d\d-\d\d)", "R": r"(\d\d:\d\d)", "T": r"(\d\d:\d\d:\d\d)",
}  # fmt: skip
_CHOSEN_PORT = re.compile(rf"(?<![\w.])({KINDS[PORT].form})(?![\w.])")
_OF_JQ = re.compile(rf'\A"?{PROCESS}"?\Z')
_RANDOM = re.compile(r"/dev/u?random\b|(?<!/)\b(?:getpid|rand(?:om|int)?)\b(?!/)")
_PROCESSORS = re.compile(r"\b_NPROCESSORS_(?:ONLN|CONF)\b|/proc/cpuinfo\b")  # getconf and grep -c count them
_INSPECT = re.compile(r"docker (?:\w+ )?inspect")
# Of a query for one column.
_OF_QUERIES = {"pg_backend_pid(": rf"\A\s*{PROCESS}\Z", "random()": rf"\A\s*{DECIMAL}\Z", "RAND()": rf"\A{DECIMAL}\Z"}
_WRITTEN_BY_CURL = re.compile(r"%\{(\w+)\}")
_MEASURED_BY_CURL = re.compile(r"time_|speed_|local_port")
_CLOCK_OF_REDIS = re.compile(r'\A(?:[12]\) )?"?(\d{1,10})"?\Z')  # of `redis-cli time`, seconds and the rest of one
_WITH_INODES = re.compile(r"-[A-Za-z1]*i[A-Za-z1]*|--inode")
_INODE = re.compile(r"\A( *\d{1,20})(?= )")
_MEMORY = re.compile(r"\S*/memory\.(?:current|peak|usage_in_bytes|max_usage_in_bytes)")
_LISTED = re.compile(r"\A-[-rwxsStT]{9}\S? +\d{1,4} +\S{1,32} +\S{1,32} +(\d{1,20}) ")  # ls -l
_COUNT = re.compile(r"\A(\d{1,5})\Z")
_PACKAGE = r"(\d{1,5}(?:\.\d{1,5}){1,4}\w{0,9})"
# pip list, freeze, show, install
_OF_PACKAGES = re.compile(rf"(?:\A\S+(?: {{1,99}}|==)|\AVersion: ){_PACKAGE}\Z|(?<=\w-){_PACKAGE}(?=[ -]|\Z)")
_OF_UNAME = {  # in this order
    "s": r"\S+?", "n": r"\S+?", "r": KERNEL, "v": r"(#\d.*?)", "m": ARCHITECTURE,
    "p": r"(\S+?)", "i": r"(\S+?)", "o": r"\S+?",
}  # fmt: skip
_OF_UNAME_IN_WORDS = {"--all": "snrvmo", "--kernel-release": "r", "--kernel-version": "v", "--machine": "m"}
_ABOUT_MACHINE = ("docker info", "docker system info", "docker version", "docker node ls")
_OF_FILES = {
    "/proc/uptime": re.compile(r"\A(\d{1,12}\.\d\d) (\d{1,12}\.\d\d)\Z"),
    "/proc/version": re.compile(r"\ALinux version (\S.*)\Z"),
    "/proc/sys/kernel/osrelease": re.compile(rf"\A{KERNEL}\Z"),
}
_RANDOM_AS = frozenset({"-hex", "-base64"})  # openssl rand
_OF_TOKENS = re.compile(r"\btoken_(?:hex|urlsafe)\b|\brandomBytes\b|\brandom_bytes\b|\bSecureRandom\b")
_EVERY_TOKEN = re.compile(r"(?<![\w-])((?=[\w-]*\d)[\w-]{8,200})(?![\w-])")
_COLUMNS_FOLLOW = re.compile(r"-[A-Za-z]*o")
_PROCESS_COLUMNS = frozenset({"pid", "ppid", "pgid", "pgrp", "sid", "tid", "lwp", "spid"})


class Place(NamedTuple):
    """Where lines of an output have numbers that were asked for."""

    pattern: re.Pattern[str]  # its groups
    lines: int  # so many at most
    kind: str = ASKED  # or what else nobody knows before


class Row(NamedTuple):
    """A program that asks, and where its output has what it asks for."""

    is_about: Callable[[Command], bool]
    places: Callable[[Command], Iterable[Place]]


def places(command: Command, written: frozenset[str]) -> Iterator[Place]:
    """Where a program's output has what nobody knows before; `written`: the files that go on being written."""
    if command.program == "ls" and any(growing.name(path) in written for path in command.arguments):
        yield Place(_LISTED, MANY)
    elif row := next((row for row in ROWS if row.is_about(command)), None):
        yield from row.places(command)
    yield from _of_templates(command)


def names_port(command: Command) -> bool:
    """Whether it asks for the port that the engine has published another one at."""
    return command.plain_name in ("docker port", "docker compose port") or any(
        "HostPort" in word for word in command.words
    )


def _always(pattern: str | re.Pattern[str], lines: int = MANY, kind: str = ASKED) -> Callable[[Command], list[Place]]:
    place = Place(re.compile(pattern), lines, kind)
    return lambda command: [place]


def _is(*programs: str) -> Callable[[Command], bool]:
    return lambda command: command.program in programs


def _of_redis(*asked: str) -> Callable[[Command], bool]:
    return lambda command: command.program == "redis-cli" and "".join(command.arguments[:1]).lower() in asked


def _has_word(pattern: re.Pattern[str]) -> Callable[[Command], bool]:
    return lambda command: any(map(pattern.search, command.words))


# -- what code in another language prints


def _of_code(command: Command) -> Iterator[Place]:
    name = printed.language(command.program)
    codes = [code for code in command.words[1:] if code[:1] != "-" and not printed.is_seeded(code)]
    found = [(code, line) for code in codes for line in printed.lines(code, name)]
    for code, line in found:
        if printed.Value.SEVERAL in line:
            yield Place(EVERY_NUMBER, 1)
        elif not _OF_VALUES.keys().isdisjoint(line):
            yield Place(_of_line(line), MANY if printed.repeats(code, name) else 1)
    if any(map(_OF_TOKENS.search, codes)):
        yield Place(_EVERY_TOKEN, MANY, RANDOM_TEXT)
    elif not found and any(map(printed.asks, codes)):
        yield Place(EVERY_NUMBER, MANY)


def _of_line(line: Sequence[printed.Piece]) -> re.Pattern[str]:
    texts, between = [""], []
    for piece in line:
        if isinstance(piece, printed.Value):
            between.append(_OF_VALUES.get(piece, ANYTHING))
            texts.append("")
        else:
            texts[-1] += piece
    return line_pattern(texts, between)


# -- date


def _of_date(command: Command) -> Iterator[Place]:
    """What `date '+%A %H:%M'` prints of now."""
    if command.has("-d", "--date", "-r", "--reference", "-f", "--file", "-s", "--set"):
        return
    for form in command.arguments:
        if form.startswith("+"):
            texts = _OF_DATE.sub("\0", form[1:]).split("\0")
            conversions = _OF_DATE.findall(form)
            yield Place(line_pattern(texts, [_DATES.get(one, ANYTHING) for one in conversions]), MANY, TIME)


# -- databases


def _of_queries(command: Command) -> Iterator[Place]:
    asked_for = [call for call in _OF_QUERIES if any(call in word for word in command.words)]
    return (Place(re.compile(_OF_QUERIES[call]), MANY) for call in asked_for)


# -- curl


def _of_curl(command: Command) -> Iterator[Place]:
    """The lines that `curl -w '%{http_code} %{time_total}'` writes."""
    forms = [form for option in ("-w", "--write-out") for form in command.options.get(option, ())]
    for line in (line for form in forms for line in NEW_LINE.split(form)):
        names = _WRITTEN_BY_CURL.findall(line)
        values = [DECIMAL if _MEASURED_BY_CURL.match(name) else ANYTHING for name in names]
        if DECIMAL in values:
            yield Place(line_pattern(_WRITTEN_BY_CURL.sub("\0", line).split("\0"), values), MANY)


# -- uname


def _of_uname(command: Command) -> Iterator[Place]:
    """What `uname -sr` prints, in the order that is always the same."""
    letters = "".join(_OF_UNAME_IN_WORDS.get(word, word if word[:2] != "--" else "") for word in command.words[1:])
    asked = [form for letter, form in _OF_UNAME.items() if letter in letters or ("a" in letters and letter not in "pi")]
    yield Place(line_pattern(["", *[" "] * (len(asked) - 1), ""], asked or [r"\S+"]), MANY, MACHINE)


# -- openssl


def _of_openssl(command: Command) -> Iterator[Place]:
    """What `openssl rand -hex 8` prints, which is as long as was asked for."""
    number = next((int(word) for word in reversed(command.words) if word.isdigit()), 0)
    missing = -number % 3
    base64 = rf"\A([+/0-9A-Za-z]{{{(number + missing) // 3 * 4 - missing}}}={{{missing}}})\Z"
    yield Place(re.compile(rf"\A([0-9a-f]{{{number * 2}}})\Z" if "-hex" in command.words else base64), MANY)


# -- ps


def _of_ps(command: Command) -> Iterator[Place]:
    """The columns of `ps -o pid=,args=`, which have no titles, and of `docker top web -eo pid,args`."""
    given = [value for option in ("-o", "--format") for value in command.options.get(option, ())]
    words = command.words if command.program != "ps" else ()
    given += [words[index + 1] for index, word in enumerate(words[:-1]) if _COLUMNS_FOLLOW.fullmatch(word)]
    columns = [column.partition("=")[0].strip() for value in given for column in value.split(",")]
    if not _PROCESS_COLUMNS.isdisjoint(columns):
        cells = [PROCESS if column in _PROCESS_COLUMNS else r"\S.*?" for column in columns]
        yield Place(re.compile(r"\A\s*" + r"\s+".join(cells) + r"\s*\Z"), MANY)


# -- Go templates


def _of_templates(command: Command) -> Iterator[Place]:
    for template in (one for option in ("-f", "--format") for one in command.options.get(option, ())):
        lines = max(len(command.arguments), 1)
        cut = [Place(pattern, MANY, BEGINNING) for pattern in of_cut_ids(template)]
        is_known = not cut and bool(_INSPECT.fullmatch(command.plain_name))  # how many lines another one prints
        of_machine = command.plain_name in _ABOUT_MACHINE
        kind = MACHINE if of_machine else ASKED
        asked = of_template(template, of_machine=of_machine)
        yield from (Place(pattern, lines, kind) for pattern in asked if pattern.groups or is_known)
        yield from cut


def _on_files(command: Command) -> list[str]:
    return sorted(_OF_FILES.keys() & {*command.arguments})[:1]


ROWS = (
    Row(lambda command: "rand" in command.words and not _RANDOM_AS.isdisjoint(command.words), _of_openssl),
    Row(
        lambda command: command.program == "git" and command.arguments[:1] != ("hash-object",),
        _always(_COMMIT, kind=COMMIT),
    ),
    Row(names_port, _always(_CHOSEN_PORT, kind=PORT)),
    Row(lambda command: command.program == "jq" and any(map(jq_asks, command.arguments)), _always(_OF_JQ)),
    Row(lambda command: command.program == "jobs" and command.has("-p"), _always(_ONLY_NUMBER, kind=JOB)),
    Row(_is("arch"), _always(line_pattern(("", ""), (ARCHITECTURE,)), kind=MACHINE)),
    Row(_is("go"), _always(rf"(?<= linux/){ARCHITECTURE}\Z", 1, MACHINE)),  # version
    Row(_is("jobs"), _always(JOB_LINE, kind=JOB)),
    Row(_is("nproc"), _always(_COUNT)),
    Row(_is("pgrep"), _always(rf"\A{PROCESS}(?= |\Z)")),
    Row(_is("pidof"), _always(rf"(?<!\S){PROCESS}(?!\S)")),
    Row(_is("shuf"), _always(_ONLY_NUMBER)),
    Row(_is("date"), _of_date),
    Row(_of_redis("ttl", "pttl"), _always(_LEFT, 1)),
    Row(_of_redis("time"), _always(_CLOCK_OF_REDIS, 2)),
    Row(
        lambda command: bool(_on_files(command)),
        lambda command: [Place(_OF_FILES[path], 1, MACHINE) for path in _on_files(command)],
    ),
    Row(_is("uname"), _of_uname),
    Row(_has_word(_PROCESSORS), _always(_COUNT)),
    Row(_is("psql", "mysql", "mariadb", "sqlite3"), _of_queries),
    Row(_is("curl"), _of_curl),
    Row(lambda command: any(map(_MEMORY.fullmatch, command.arguments)), _always(_ONLY_NUMBER)),
    Row(lambda command: command.program == "ls" and any(map(_WITH_INODES.fullmatch, command.words)), _always(_INODE)),
    Row(_is("pip", "pip3"), _always(_OF_PACKAGES, kind=VERSION)),
    Row(lambda command: command.program == "ps" or command.plain_name == "docker top", _of_ps),
    Row(lambda command: bool(printed.language(command.program)), _of_code),
    Row(lambda command: not command.inner and _has_word(_RANDOM)(command), _always(EVERY_NUMBER)),
)
