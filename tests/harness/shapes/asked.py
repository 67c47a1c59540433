"""Turns a command that asks for numbers nobody knows before into the places where its output has them, for reading.

    docker inspect -f '{{.State.Pid}} {{.State.ExitCode}}' web      ->    (4242) 0
    sleep 300 &                                                     ->    [1] (4242)
    python -c 'print(os.getpid(), 7 * 6)'                           ->    (4242) 42
    docker logs clock | wc -l                                       ->    (7), where the clock goes on

A place is a group of a pattern. What stands beside it is as literal as everywhere. Places come in the order of what
prints them; one without a group is a line of something else, which is not to be taken for a later one.
"""

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from harness.claims.commands import Command, commands_of, parse, read_command
from harness.claims.shell import SimpleCommand, pipelines, simple_commands
from harness.shapes import growing, printed
from harness.shapes.kinds import ASKED, BEGINNING, COMMIT, JOB, KINDS, MACHINE, PORT, RANDOM_TEXT, TIME, VERSION
from harness.shapes.line_patterns import (
    ANYTHING,
    ARCHITECTURE,
    CONVERSION,
    DECIMAL,
    EVERY_NUMBER,
    KERNEL,
    NUMBER,
    PROCESS,
    line_pattern,
)
from harness.shapes.policies.typed import CACHED
from harness.shapes.templates import PRECISION, SHORT, jq_asks, names_id, of_cut_ids, of_template
from harness.shapes.tokens import Span

_EXPANSION = re.compile(
    r"\$\(\((?P<sum>.*?)\)\)|\$\((?P<code>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)|`(?P<quoted>[^`]*)`|\$\{(?P<long>\w+)\}|\$(?P<name>\w+|[!$?#@*])"
    r"|\$\{(?P<cut>\w+):(?:0|(?P<start>\d{1,2}))?:(?P<length>\d{1,2})\}"
)
_ID = "id"
_VARIABLES = {"!": JOB, **dict.fromkeys(("$", "RANDOM", "BASHPID", "PPID"), ASKED)}  # of every shell
_IN_SUM = re.compile(r"\$\{?(\w+|[!$])|\b([A-Za-z_]\w*)")
_MANY = 1_000_000  # lines
_OF_VALUES = {printed.Value.ASKED: DECIMAL, printed.Value.PROCESS: PROCESS}
_COMMIT = re.compile(
    r"(?:(?<![0-9A-Za-z_])|(?<=-g))((?=[a-f]{0,39}\d)[0-9a-f]{7,40})(?![0-9A-Za-z_])"  # v1.2-3-ga1b2c3d: git describe
)
_JOB = re.compile(r"\A\[\d{1,3}\][-+]? +(\d{1,20})\b")
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
_NEW_LINE = re.compile(r"\\n|\n")
_CUTS = re.compile(  # the first characters of each line
    r"cut -[bc] ?1?-(\d{1,2})|head -c ?(\d{1,2})|awk \{ ?print substr\(\$[01], ?1, ?(\d{1,2})\);? ?\}"
)
_INSPECT = re.compile(r"docker (?:\w+ )?inspect")
_COUNTED = re.compile(r"awk END ?\{ ?print NR;? ?\}|sed -n \$=")
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
_LINES = re.compile(r"\A *(\d{1,9})(?: +(\d{1,9}))?(?: +(\d{1,12}))?(?= \S|\Z)")  # wc, grep -c
_OTHER_LINES = re.compile(r"\A *\d{1,9}(?: +\d{1,9}){0,2}(?: \S.*)?\Z")
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
_CHOSEN_BY = {"nproc": "--cpuset-cpus", "arch": "--platform", "uname": "--platform"}
_OF_TOKENS = re.compile(r"\btoken_(?:hex|urlsafe)\b|\brandomBytes\b|\brandom_bytes\b|\bSecureRandom\b")
_EVERY_TOKEN = re.compile(r"(?<![\w-])((?=[\w-]*\d)[\w-]{8,200})(?![\w-])")
_COLUMNS_FOLLOW = re.compile(r"-[A-Za-z]*o")
_PROCESS_COLUMNS = frozenset({"pid", "ppid", "pgid", "pgrp", "sid", "tid", "lwp", "spid"})


class Place(NamedTuple):
    """Where lines of an output have numbers that were asked for."""

    pattern: re.Pattern[str]  # its groups
    lines: int  # so many at most
    kind: str = ASKED  # or what else nobody knows before


Places = tuple[Place, ...]

_OF_PROGRAMS = {
    "arch": Place(line_pattern(("", ""), (ARCHITECTURE,)), _MANY, MACHINE),
    "go": Place(re.compile(rf"(?<= linux/){ARCHITECTURE}\Z"), 1, MACHINE),  # version
    "jobs": Place(_JOB, _MANY, JOB),
    "nproc": Place(_COUNT, _MANY),
    "pgrep": Place(re.compile(rf"\A{PROCESS}(?= |\Z)"), _MANY),
    "pidof": Place(re.compile(rf"(?<!\S){PROCESS}(?!\S)"), _MANY),
    "shuf": Place(_ONLY_NUMBER, _MANY),
}


@dataclass
class _Known:
    """What is known where a command stands."""

    growing: frozenset[str]  # the containers and files that go on being written
    variables: dict[str, str]  # with what nobody knows before -> what kind of thing that is

    def learn(self, simple: SimpleCommand) -> None:
        """Notes what variables a command assigns: `pid=$!`, `id=$(docker run -d nginx)`."""
        for word in simple.texts:
            name, _, value = word.partition("=")
            if not simple.program:
                self.variables.pop(name, None)
            for one in _EXPANSION.finditer(value):
                if _prints_ids(one["code"] or one["quoted"] or ""):
                    self.variables[name] = _ID
                elif _is_made_up(one, self):
                    self.variables[name] = self.kind(one)

    def kind(self, expansion: re.Match[str]) -> str:
        """Of what a shell puts there that nobody knows before."""
        if expansion["cut"]:
            return BEGINNING
        return self.variables.get(expansion["long"] or expansion["name"], ASKED)


def places(commands: Sequence[str]) -> Places:
    """Where the lines of the last command's output hold numbers that it asks for: the groups of these patterns."""
    if not commands:
        return ()
    known = _Known(growing.written(tuple(commands)), dict(_VARIABLES))
    for before in commands[:-1]:
        for simple in simple_commands(before):
            known.learn(simple)
    return _places(commands[-1], known.growing, tuple(known.variables.items()))


def asks_for_jobs(commands: Sequence[str]) -> bool:
    """Whether the last command's output has numbers of the shell's own jobs, one of which is the same everywhere."""
    return sum(place.kind == JOB for place in places(commands)) > 1


@lru_cache(maxsize=CACHED)
def _places(command: str, written: frozenset[str], variables: tuple[tuple[str, str], ...]) -> Places:
    found = list(_of_text(command, _Known(written, dict(variables))))
    if any(simple.keyword for simple in simple_commands(command)):  # who speaks when isn't known
        return tuple(place._replace(lines=_MANY) for place in found if place.pattern.groups)
    return tuple(found)


class Finder:
    """Finds the numbers that were asked for in the lines of one output."""

    def __init__(self, found: Places) -> None:
        self._places = found
        self._left = [place.lines for place in found]

    def spans(self, line: str) -> tuple[Span, ...]:
        """Where the numbers in the next line stand, in order."""
        for number, place in enumerate(self._places):
            found = list(place.pattern.finditer(line)) if self._left[number] else []
            if found:
                self._left[number] -= 1
                groups = range(1, place.pattern.groups + 1)
                spans = (match.span(group) for match in found for group in groups)
                return tuple((place.kind, *span) for span in spans if span[1] > 0)
        return ()


def _of_text(text: str, known: _Known) -> Iterator[Place]:
    for pipeline in pipelines(text):
        for simple in pipeline:
            known.learn(simple)
            is_shown = simple is pipeline[-1]
            yield from (place for place in _of_simple(simple, known) if is_shown or place.pattern.groups)
        yield from _counts(pipeline, known)
        yield from _cut_ids(pipeline, known)


def _of_simple(simple: SimpleCommand, known: _Known) -> Iterator[Place]:
    if simple.background:
        yield Place(_JOB, 1, JOB)
    if simple.program and (code := read_command(simple.program).started.code):
        yield from _of_text(code, known)
        return
    for command in commands_of(simple):
        yield from _of_command(command, known)


# -- pipelines


def _counts(pipeline: Sequence[SimpleCommand], known: _Known) -> Iterator[Place]:
    """How many lines something has, where it goes on being written; without a group where it doesn't."""
    found = [command for simple in pipeline for command in commands_of(simple)]
    if not found or any(one.program in ("head", "tail") for one in found):
        return
    last = found[-1]
    words = " ".join(last.words)
    is_plain = growing.is_count(last)
    if not (is_plain or (last.program == "uniq" and last.has("-c", "--count")) or _COUNTED.fullmatch(words)):
        return
    if growing.reads_by(pipeline, known.growing):
        yield Place(_LINES, _MANY if last.program == "uniq" else _lines(last))
    elif is_plain:
        yield Place(_OTHER_LINES, _lines(last))


def _lines(count: Command) -> int:
    """How many lines a command prints that counts those of each file."""
    files = len(count.arguments) - (count.program == "grep")
    return max(1, files + (count.program == "wc" and files > 1))


def _cut_ids(pipeline: Sequence[SimpleCommand], known: _Known) -> Iterator[Place]:
    """The beginnings to which `docker ps -q | cut -c1-6` cuts ids."""
    cut = next(filter(None, (_CUTS.fullmatch(" ".join(simple.program)) for simple in pipeline)), None)
    length = int(next(filter(None, cut.groups()))) if cut else SHORT
    if length != SHORT and any(_says_id(simple, known) for simple in pipeline):
        yield Place(re.compile(rf"\A([0-9a-f]{{{length}}})\Z"), _MANY, BEGINNING)


def _says_id(simple: SimpleCommand, known: _Known) -> bool:
    used = (one for text in (*simple.texts, simple.here_string) for one in _EXPANSION.finditer(text))
    has_id = any(known.kind(one) == _ID or _prints_ids(one["code"] or one["quoted"] or "") for one in used)
    return has_id or any(map(_names_ids, commands_of(simple)))


def _prints_ids(code: str) -> bool:
    """Whether what a text prints are ids."""
    return any(map(_names_ids, parse(code)[-1:]))


def _names_ids(command: Command) -> bool:
    if command.program != "docker":
        return False
    templates = [value for option in ("-f", "--format") for value in command.options.get(option, ())]
    is_new = command.plain_name in ("docker create", "docker network create") or (
        command.plain_name == "docker run" and command.has("-d", "--detach")
    )
    return is_new or command.has("-q", "--quiet") or any(map(names_id, templates))


# -- programs


def _is_chosen(command: Command, inner: Command) -> bool:
    """Whether what a program says of the machine was typed: how many processors there are, of which architecture."""
    return inner.program in _CHOSEN_BY and command.has(_CHOSEN_BY[inner.program])


def _of_command(command: Command, known: _Known) -> Iterator[Place]:
    if command.inner and not (command.has("-d", "--detach") or _is_chosen(command, command.inner)):
        yield from _of_text(shlex.join(command.inner.words), known)
    if "rand" in command.words and not _RANDOM_AS.isdisjoint(command.words):
        yield Place(_of_openssl(command), _MANY)
    elif command.program == "git" and command.arguments[:1] != ("hash-object",):
        yield Place(_COMMIT, _MANY, COMMIT)
    elif command.plain_name in ("docker port", "docker compose port") or any(
        "HostPort" in word for word in command.words
    ):
        yield Place(_CHOSEN_PORT, _MANY, PORT)
    elif command.program == "jq" and any(map(jq_asks, command.arguments)):
        yield Place(_OF_JQ, _MANY)
    elif command.program == "jobs" and command.has("-p"):
        yield Place(_ONLY_NUMBER, _MANY, JOB)
    elif command.program in _OF_PROGRAMS:
        yield _OF_PROGRAMS[command.program]
    elif command.program in ("echo", "printf"):
        yield from _printed(command, known)
    elif command.program == "date":
        yield from (Place(pattern, _MANY, TIME) for pattern in _of_date(command))
    elif command.program == "redis-cli" and "".join(command.arguments[:1]).lower() in ("ttl", "pttl"):
        yield Place(_LEFT, 1)
    elif command.program == "redis-cli" and "".join(command.arguments).lower() == "time":
        yield Place(_CLOCK_OF_REDIS, 2)
    elif path := next(iter(_OF_FILES.keys() & {*command.arguments}), ""):
        yield Place(_OF_FILES[path], 1, MACHINE)
    elif command.program == "uname":
        yield Place(_of_uname(command), _MANY, MACHINE)
    elif any(map(_PROCESSORS.search, command.words)):
        yield Place(_COUNT, _MANY)
    elif command.program in ("psql", "mysql", "mariadb", "sqlite3"):
        asked_for = [call for call in _OF_QUERIES if any(call in word for word in command.words)]
        yield from (Place(re.compile(_OF_QUERIES[call]), _MANY) for call in asked_for)
    elif command.program == "curl":
        for form in (form for option in ("-w", "--write-out") for form in command.options.get(option, ())):
            yield from (Place(pattern, _MANY) for pattern in _of_curl(form))
    elif any(map(_MEMORY.fullmatch, command.arguments)):
        yield Place(_ONLY_NUMBER, _MANY)
    elif command.program == "ls" and any(growing.name(path) in known.growing for path in command.arguments):
        yield Place(_LISTED, _MANY)
    elif command.program == "ls" and any(map(_WITH_INODES.fullmatch, command.words)):
        yield Place(_INODE, _MANY)
    elif command.program in ("pip", "pip3"):
        yield Place(_OF_PACKAGES, _MANY, VERSION)
    elif command.program == "ps" or command.plain_name in ("docker top", "docker container top"):
        yield from (Place(pattern, _MANY) for pattern in _of_ps(command))
    elif name := printed.language(command.program):
        yield from _of_code(command.words[1:], name)
    elif not command.inner and any(map(_RANDOM.search, command.words)):
        yield Place(EVERY_NUMBER, _MANY)
    for option in ("-f", "--format"):
        for template in command.options.get(option, ()):
            lines = max(len(command.arguments), 1)
            cut = [Place(pattern, _MANY, BEGINNING) for pattern in of_cut_ids(template)]
            is_known = not cut and bool(_INSPECT.fullmatch(command.plain_name))  # how many lines another one prints
            of_machine = command.plain_name in _ABOUT_MACHINE
            kind = MACHINE if of_machine else ASKED
            asked = of_template(template, of_machine=of_machine)
            yield from (Place(pattern, lines, kind) for pattern in asked if pattern.groups or is_known)
            yield from cut


# -- what a shell prints


def _printed(command: Command, known: _Known) -> Iterator[Place]:
    words = [word for word in command.words[1:] if word not in ("-n", "-e", "-ne", "-en", "--")]
    if command.program == "printf" and words:
        form, *given = words
        if len(CONVERSION.findall(form)) != len(given):
            return
        parts = iter(given)
        words = [CONVERSION.sub(lambda conversion: _converted(conversion[0], next(parts)), form)]
    for line in _NEW_LINE.split(" ".join(words)):
        found = list(_EXPANSION.finditer(line))
        made_up = [one for one in found if _is_made_up(one, known)]
        if made_up or not found:
            texts = _EXPANSION.sub("\0", line).split("\0")
            pattern = line_pattern(texts, [_form(one) if one in made_up else ANYTHING for one in found])
            kinds = {known.kind(one) for one in made_up}
            yield Place(pattern, 1, kinds.pop() if len(kinds) == 1 else ASKED)


def _converted(conversion: str, given: str) -> str:
    """What printf makes of a word: `%.6s` of `$id` is `${id:0:6}`."""
    length, name = PRECISION.fullmatch(conversion), given.removeprefix("$")
    return f"${{{name}:0:{length[1]}}}" if length and given[:1] == "$" and name.isidentifier() else given


def _form(expansion: re.Match[str]) -> str:
    """The form of what a shell puts there: a piece of an id, the number of a process, or any other."""
    if expansion["cut"]:
        return rf"([0-9a-f]{{{expansion['length']}}})"
    if (expansion["code"] or expansion["quoted"] or "").split()[:1] == ["uname"]:
        return f"(?:{KERNEL}|{ARCHITECTURE})"
    name = expansion["long"] or expansion["name"]
    return PROCESS if name and name != "RANDOM" else NUMBER


def _is_made_up(expansion: re.Match[str], known: _Known) -> bool:
    """Whether a shell puts there what nobody knows before: a number, or a piece of an id."""
    if code := expansion["code"] or expansion["quoted"]:
        return any(place.pattern.groups for place in _of_text(code, known))
    if expansion["sum"]:
        return any(name in known.variables for names in _IN_SUM.findall(expansion["sum"]) for name in names)
    if expansion["cut"]:
        is_short = expansion["length"] == str(SHORT) and not expansion["start"]
        return known.variables.get(expansion["cut"]) == _ID and not is_short
    return known.variables.get(expansion["long"] or expansion["name"], _ID) != _ID  # an id is known by its form


# -- what code in another language prints


def _of_code(words: Sequence[str], name: str) -> Iterator[Place]:
    codes = [code for code in words if code[:1] != "-" and not printed.is_seeded(code)]
    found = [(code, line) for code in codes for line in printed.lines(code, name)]
    for code, line in found:
        if printed.Value.SEVERAL in line:
            yield Place(EVERY_NUMBER, 1)
        elif not _OF_VALUES.keys().isdisjoint(line):
            yield Place(_of_line(line), _MANY if printed.repeats(code, name) else 1)
    if any(map(_OF_TOKENS.search, codes)):
        yield Place(_EVERY_TOKEN, _MANY, RANDOM_TEXT)
    elif not found and any(map(printed.asks, codes)):
        yield Place(EVERY_NUMBER, _MANY)


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


def _of_date(command: Command) -> Iterator[re.Pattern[str]]:
    """What `date '+%A %H:%M'` prints of now."""
    if command.has("-d", "--date", "-r", "--reference", "-f", "--file", "-s", "--set"):
        return
    for form in command.arguments:
        if form.startswith("+"):
            texts = _OF_DATE.sub("\0", form[1:]).split("\0")
            conversions = _OF_DATE.findall(form)
            yield line_pattern(texts, [_DATES.get(conversion, ANYTHING) for conversion in conversions])


# -- curl


def _of_curl(form: str) -> Iterator[re.Pattern[str]]:
    """The lines that `curl -w '%{http_code} %{time_total}'` writes."""
    for line in _NEW_LINE.split(form):
        names = _WRITTEN_BY_CURL.findall(line)
        values = [DECIMAL if _MEASURED_BY_CURL.match(name) else ANYTHING for name in names]
        if DECIMAL in values:
            yield line_pattern(_WRITTEN_BY_CURL.sub("\0", line).split("\0"), values)


# -- uname


def _of_uname(command: Command) -> re.Pattern[str]:
    """What `uname -sr` prints, in the order that is always the same."""
    letters = "".join(_OF_UNAME_IN_WORDS.get(word, word if word[:2] != "--" else "") for word in command.words[1:])
    asked = [form for letter, form in _OF_UNAME.items() if letter in letters or ("a" in letters and letter not in "pi")]
    return line_pattern(["", *[" "] * (len(asked) - 1), ""], asked or [r"\S+"])


# -- openssl


def _of_openssl(command: Command) -> re.Pattern[str]:
    """What `openssl rand -hex 8` prints, which is as long as was asked for."""
    number = next((int(word) for word in reversed(command.words) if word.isdigit()), 0)
    if "-hex" in command.words:
        return re.compile(rf"\A([0-9a-f]{{{number * 2}}})\Z")
    missing = -number % 3
    return re.compile(rf"\A([+/0-9A-Za-z]{{{(number + missing) // 3 * 4 - missing}}}={{{missing}}})\Z")


# -- ps


def _of_ps(command: Command) -> Iterator[re.Pattern[str]]:
    """The columns of `ps -o pid=,args=`, which have no titles, and of `docker top web -eo pid,args`."""
    given = [value for option in ("-o", "--format") for value in command.options.get(option, ())]
    words = command.words if command.program != "ps" else []
    given += [words[index + 1] for index, word in enumerate(words[:-1]) if _COLUMNS_FOLLOW.fullmatch(word)]
    columns = [column.partition("=")[0].strip() for value in given for column in value.split(",")]
    if not _PROCESS_COLUMNS.isdisjoint(columns):
        cells = [PROCESS if column in _PROCESS_COLUMNS else r"\S.*?" for column in columns]
        yield re.compile(r"\A\s*" + r"\s+".join(cells) + r"\s*\Z")
