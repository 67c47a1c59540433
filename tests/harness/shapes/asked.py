"""Turns a command that asks for numbers nobody knows before into the places where its output has them, for reading.

    docker inspect -f '{{.State.Pid}} {{.State.ExitCode}}' web      ->    (4242) 0
    sleep 300 &                                                     ->    [1] (4242)
    python -c 'print(os.getpid(), 7 * 6)'                           ->    (4242) 42

A place is a group of a pattern. What stands beside it is as literal as everywhere.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from harness.claims.commands import Command, commands_of, parse
from harness.claims.shell import simple_commands
from harness.shapes import growing, printed
from harness.shapes.kinds import BEGINNING, COMMIT, KINDS, PORT, TIME, VERSION
from harness.shapes.policies.typed import CACHED, programs
from harness.shapes.tokens import Span

_FIELDS = (".Pid", ".SizeRootFs", ".SizeRw", ".NCPU", ".MemTotal", ".NFd", ".NGoroutines", ".PIDs", ".StarCount")
_PAIRS, _PAIR = (".MemUsage", ".NetIO", ".BlockIO"), r"\S+ / \S+"
_ACTION = re.compile(r"\{\{-?(.*?)-?\}\}", re.DOTALL)  # of a Go template
_PRINTF = re.compile(r'\{\{\s*printf\s+"(?P<form>[^"]*)"\s+(?P<values>.*?)\s*\}\}')
_CONTROL = re.compile(r"\s*(?:range|if|else|with|end|block|define|template)\b")
_NEW_LINE = re.compile(r"\\n|\n|\{\{-?\s*println\s*-?\}\}")
_BLANK = re.compile(r"(?:\\t|\s)+")
_EXPANSION = re.compile(
    r"\$\(\((?P<sum>.*?)\)\)|\$\((?P<code>.*)\)|`(?P<quoted>[^`]*)`|\$\{(?P<long>\w+)\}|\$(?P<name>\w+|[!$?#@*])"
)
_CONVERSION = re.compile(r"%[-+ 0-9.]*[a-zA-Z]")
_MADE_UP_NAMES = frozenset({"!", "$", "RANDOM", "BASHPID", "PPID"})
_MANY = 1_000_000  # lines
_NUMBER = r"(\d{1,20})"
_PROCESS = r"(?:[01](?!\d)|(\d{1,20}))"  # 1 is known before: a container's first process; and 0: none
_DECIMAL = r"(-?\d{1,20}(?:\.\d{1,20})?)"
_ANYTHING = ".*?"
_OF_VALUES = {printed.Value.ASKED: _DECIMAL, printed.Value.PROCESS: _PROCESS}
# All numbers, octets in hexadecimal too.
_EVERY_NUMBER = re.compile(
    r"(?<![0-9A-Za-z_.])([0-9a-f]{2}(?: [0-9a-f]{2}){3,64}|(?=[a-f]{0,7}\d)[0-9a-f]{8,64}|\d{1,20})(?![0-9A-Za-z_.])"
)
_COMMIT = re.compile(
    r"(?:(?<![0-9A-Za-z_])|(?<=-g))((?=[a-f]{0,39}\d)[0-9a-f]{7,40})(?![0-9A-Za-z_])"  # v1.2-3-ga1b2c3d: git describe
)
_JOB = re.compile(r"\A\[\d{1,3}\][-+]? +(\d{1,20})\b")
_LEFT = re.compile(r"\A(?:\(integer\) )?(\d{1,20})\Z")  # until a key of Redis is over; -1 and -2 are no time
_OF_DATE = re.compile(r"%[-_0^#:]{0,3}([A-Za-z%])")
_DATES = {
    **dict.fromkeys("CegGklnuUVwW", _NUMBER),
    **dict.fromkeys("dImy", r"(\d{1,2})"), "H": r"([01]?\d|2[0-3])", **dict.fromkeys("MS", r"([0-6]?\d)"),
    "j": r"(\d{1,3})", "Y": r"(\d{4})", "N": r"(\d{1,9})", "s": r"(\d{9,11})",
    "a": r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun|[월화수목금토일])",
    "A": r"((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[월화수목금토일]요일)",
    **dict.fromkeys("bh", r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d{1,2}월)"),
    "B": r"(January|February|March|April|May|June|July|August|September|October|November|December|\d{1,2}월)",
    **dict.fromkeys("pP", r"([AaPp][Mm]|오[전후])"),
    "D": r"(\d\d/\d\d/\d\d)", "F": r"(\d{4}-\d\d-\d\d)", "R": r"(\d\d:\d\d)", "T": r"(\d\d:\d\d:\d\d)",
}  # fmt: skip
_CHOSEN_PORT = re.compile(rf"(?<![\w.])({KINDS[PORT].form})(?![\w.])")
_JQ_FIELD = re.compile(rf"(?:{'|'.join(map(re.escape, _FIELDS))})[\s)\]]*\Z")
_OF_JQ = re.compile(rf'\A"?{_PROCESS}"?\Z')
_RANDOM = re.compile(r"/dev/u?random\b|(?<!/)\b(?:getpid|rand(?:om|int)?)\b(?!/)")
_PROCESSORS = re.compile(r"\b_NPROCESSORS_(?:ONLN|CONF)\b|/proc/cpuinfo\b")  # getconf and grep -c count them
_COUNT = re.compile(r"\A(\d{1,5})\Z")
_LINES = re.compile(r"\A *(\d{1,9})(?: +(\d{1,9}) +(\d{1,12}))?(?= \S|\Z)")  # wc, grep -c
_COUNTING = frozenset({"grep", "uniq"})  # with -c
# pip list, freeze, show
_OF_PACKAGES = re.compile(r"(?:\A\S+(?: {1,99}|==)|\AVersion: )(\d{1,5}(?:\.\d{1,5}){1,4}\w{0,9})\Z")
_SLICED = re.compile(r"\s*slice\s+\$?\.I[dD]\s+(?:(?P<start>\d{1,2})\s+)?(?P<end>\d{1,2})\s*")
_TO_PLACE = re.compile(r"cut -c ?1?-(\d{1,2})")
_PRECISION = re.compile(r"%\.(\d{1,2})s")
_HASH, _SHORT = "sha256:", 12  # so many digits has a short id
_RANDOM_AS = frozenset({"-hex", "-base64"})  # openssl rand
_OF_PROGRAMS = {
    "jobs": _JOB,
    "nproc": _COUNT,
    "pgrep": re.compile(rf"\A{_PROCESS}(?= |\Z)"),
    "pidof": re.compile(rf"(?<!\S){_PROCESS}(?!\S)"),
    "shuf": re.compile(r"\A(\d{1,20})\Z"),
}
_OF_TOKENS = re.compile(r"\btoken_(?:hex|urlsafe)\b|\brandomBytes\b|\brandom_bytes\b|\bSecureRandom\b")
_EVERY_TOKEN = re.compile(r"(?<![\w-])((?=[\w-]*\d)[\w-]{8,200})(?![\w-])")
_PROCESS_COLUMNS = frozenset({"pid", "ppid", "pgid", "pgrp", "sid", "tid", "lwp", "spid"})


class Place(NamedTuple):
    """Where lines of an output have numbers that were asked for."""

    pattern: re.Pattern[str]  # its groups
    lines: int  # so many at most
    kind: str = "number"  # or what else nobody knows before


Places = tuple[Place, ...]


@lru_cache(maxsize=CACHED)
def places(command: str) -> Places:
    """Where the lines of a command's output hold numbers that it asks for: the groups of these patterns."""
    in_loop = any(simple.keyword for simple in simple_commands(command))
    return tuple(place._replace(lines=_MANY) if in_loop else place for place in _places(command))


def counts(commands: Sequence[str]) -> Places:
    """Where the last command's output says how many lines something has that goes on being written."""
    last = parse(commands[-1])[-1:] if commands else ()
    while last and last[0].inner:
        last = last[0].inner.unwrapped[-1:]
    is_count = any(one.program == "wc" or (one.program in _COUNTING and one.has("-c", "--count")) for one in last)
    if not is_count or any(one.program in ("head", "tail") for one in programs(commands[-1])):
        return ()
    return (Place(_LINES, _MANY),) if growing.is_read(commands) else ()


class Finder:
    """Finds the numbers that were asked for in the lines of one output."""

    def __init__(self, found: Places) -> None:
        self._left: Counter[re.Pattern[str]] = Counter()
        self._kinds = {place.pattern: place.kind for place in found}
        for place in found:
            self._left[place.pattern] += place.lines

    def spans(self, line: str) -> tuple[Span, ...]:
        """Where the numbers in the next line stand, in order."""
        for pattern, left in self._left.items():
            found = [match.span(group) for match in pattern.finditer(line) for group in range(1, pattern.groups + 1)]
            if left and found:
                self._left[pattern] -= 1
                return tuple((self._kinds[pattern], *span) for span in found if span[1] > 0)
        return ()


def _places(text: str) -> Iterator[Place]:
    names = set(_MADE_UP_NAMES)
    if (length := _cut_ids(text)) and length != _SHORT:
        yield Place(re.compile(rf"\A([0-9a-f]{{{length}}})\Z"), _MANY, BEGINNING)
    for simple in simple_commands(text):
        names |= {name for word in simple.texts if (name := _assigned(word, names))}
        if simple.background:
            yield Place(_JOB, 1)
        for command in commands_of(simple):
            yield from _of_command(command, names)


def _cut_ids(text: str) -> int:
    """To how many digits `docker ps -q | cut -c1-6` cuts ids; 0 where it is another text."""
    found = parse(text)
    cut = _TO_PLACE.fullmatch(" ".join(found[-1].words)) if found else None
    return int(cut[1]) if cut and any(one.has("-q", "--quiet", "-aq", "-qa") for one in found) else 0


def _assigned(word: str, names: set[str]) -> str:
    """The variable that a word such as `pid=$!` gives a number that is asked for; empty where it is no such word."""
    name, sign, value = word.partition("=")
    made_up = sign and name.isidentifier() and any(_is_made_up(found, names) for found in _EXPANSION.finditer(value))
    return name if made_up else ""


def _of_command(command: Command, names: set[str]) -> Iterator[Place]:
    if command.inner and not command.has("-d", "--detach"):
        for inside in command.inner.unwrapped:
            if not (inside.program == "nproc" and command.has("--cpuset-cpus")):  # how many there are was typed
                yield from _of_command(inside, names)
    if "rand" in command.words and not _RANDOM_AS.isdisjoint(command.words):
        yield Place(_of_openssl(command), _MANY)
    elif command.program == "git" and command.arguments[:1] != ("hash-object",):
        yield Place(_COMMIT, _MANY, COMMIT)
    elif command.plain_name in ("docker port", "docker compose port") or any(
        "HostPort" in word for word in command.words
    ):
        yield Place(_CHOSEN_PORT, _MANY, PORT)
    elif command.program == "jq" and any(map(_JQ_FIELD.search, command.arguments)):
        yield Place(_OF_JQ, _MANY)
    elif command.program in _OF_PROGRAMS:
        yield Place(_OF_PROGRAMS[command.program], _MANY)
    elif command.program in ("echo", "printf"):
        yield from (Place(pattern, 1) for pattern in _printed(command, names))
    elif command.program == "date":
        yield from (Place(pattern, _MANY, TIME) for pattern in _of_date(command))
    elif command.program == "redis-cli" and "".join(command.arguments[:1]).lower() in ("ttl", "pttl"):
        yield Place(_LEFT, 1)
    elif any(map(_PROCESSORS.search, command.words)):
        yield Place(_COUNT, _MANY)
    elif command.program in ("pip", "pip3"):
        yield Place(_OF_PACKAGES, _MANY, VERSION)
    elif command.program == "ps":
        yield from (Place(pattern, _MANY) for pattern in _of_ps(command))
    elif name := printed.language(command.program):
        yield from _of_code(command.words[1:], name)
    elif any(map(_RANDOM.search, command.words)):
        yield Place(_EVERY_NUMBER, _MANY)
    for option in ("-f", "--format"):
        for template in command.options.get(option, ()):
            lines = max(len(command.arguments), 1)
            yield from (Place(pattern, lines) for pattern in _of_template(template))
            yield from (Place(pattern, _MANY, BEGINNING) for pattern in _of_shortened(template))


# -- Go templates


def _of_template(template: str) -> Iterator[re.Pattern[str]]:
    template = _PRINTF.sub(_without_printf, template)
    if any(map(_CONTROL.match, _ACTION.findall(template))):
        fields = [action for action in _ACTION.findall(template) if not _CONTROL.match(action)]
        if fields and all(map(_asks, fields)):
            yield _EVERY_NUMBER
        return
    for line in _NEW_LINE.split(template):
        actions = _ACTION.findall(line)
        if any(map(_asks, actions)):
            texts = _ACTION.sub("\0", line).split("\0")
            yield _pattern(texts, [_value(action) for action in actions])


def _without_printf(action: re.Match[str]) -> str:
    """`{{printf "%d/%d" .State.Pid .State.ExitCode}}` -> `{{.State.Pid}}/{{.State.ExitCode}}`"""
    values = iter(action["values"].split())

    def written(conversion: re.Match[str]) -> str:
        value, length = next(values, "."), _PRECISION.fullmatch(conversion[0])
        return f"{{{{slice {value} 0 {length[1]}}}}}" if length else f"{{{{{value}}}}}"

    return _CONVERSION.sub(written, action["form"])


def _of_shortened(template: str) -> Iterator[re.Pattern[str]]:
    """The ids that a template cuts: `{{slice .ID 0 8}}`, `{{printf "%.8s" .ID}}`."""
    for line in _NEW_LINE.split(_PRINTF.sub(_without_printf, template)):
        actions = _ACTION.findall(line)
        cut = [_cut_id(action) for action in actions]
        if any(cut) and not any(map(_CONTROL.match, actions)):
            yield _pattern(_ACTION.sub("\0", line).split("\0"), [form or _ANYTHING for form in cut])


def _cut_id(action: str) -> str:
    """The form of a piece of an id, which may begin with the name of its hash; empty where that is a short id."""
    cut = _SLICED.fullmatch(action)
    start, end = (int(cut["start"] or 0), int(cut["end"])) if cut else (0, 0)
    digits, behind = end - start, end - len(_HASH)
    if not cut or digits < 1 or _SHORT in (digits, behind):
        return ""
    plain = rf"([0-9a-f]{{{digits}}})"
    return plain if start or behind < 1 else rf"(?:{plain}|{_HASH}([0-9a-f]{{{behind}}}))"


def _asks(action: str) -> bool:
    return action.strip().endswith(_FIELDS)


def _value(action: str) -> str:
    """The form of what a template puts there."""
    if action.strip().endswith(".Pid"):
        return _PROCESS
    if action.strip().endswith(_PAIRS):
        return _PAIR
    return _NUMBER if _asks(action) else _ANYTHING


def _pattern(texts: Sequence[str], between: Sequence[str]) -> re.Pattern[str]:
    """A line made of literal texts, and what stands between them: each text where it first comes, in linear time."""
    first, *others = [r"\s+".join(map(re.escape, _BLANK.split(text))) for text in texts]
    last = len(others) - 1
    pieces = [
        f"(?>{piece}{text})" if index < last and piece == _ANYTHING else f"{piece}{text}"
        for index, (piece, text) in enumerate(zip(between, others, strict=True))
    ]
    return re.compile(rf"\A\s*{first}{''.join(pieces)}\s*\Z")


# -- what a shell prints


def _printed(command: Command, names: Iterable[str]) -> Iterator[re.Pattern[str]]:
    words = [word for word in command.words[1:] if word not in ("-n", "-e", "-ne", "-en", "--")]
    if command.program == "printf" and words:
        form, *given = words
        conversions = len(_CONVERSION.findall(form))
        if conversions != len(given):
            return
        parts = iter(given)
        words = [_CONVERSION.sub(lambda _: next(parts), form)]
    for line in _NEW_LINE.split(" ".join(words)):
        found = list(_EXPANSION.finditer(line))
        if any(_is_made_up(one, names) for one in found):
            texts = _EXPANSION.sub("\0", line).split("\0")
            yield _pattern(texts, [_number(one) if _is_made_up(one, names) else _ANYTHING for one in found])


def _number(expansion: re.Match[str]) -> str:
    """The form of what a shell puts there: the number of a process, or any other."""
    name = expansion["long"] or expansion["name"]
    return _PROCESS if name and name != "RANDOM" else _NUMBER


def _is_made_up(expansion: re.Match[str], names: Iterable[str]) -> bool:
    """Whether a shell puts a number there that nobody knows before."""
    if code := expansion["code"] or expansion["quoted"]:
        return bool(places(code))
    if expansion["sum"]:
        return any(name in expansion["sum"] for name in names)
    return (expansion["long"] or expansion["name"]) in names


# -- what code in another language prints


def _of_code(words: Sequence[str], name: str) -> Iterator[Place]:
    found = [(code, line) for code in words if code[:1] != "-" for line in printed.lines(code, name)]
    for code, line in found:
        if printed.Value.SEVERAL in line:
            yield Place(_EVERY_NUMBER, 1)
        elif not _OF_VALUES.keys().isdisjoint(line):
            yield Place(_of_line(line), _MANY if printed.repeats(code, name) else 1)
    if any(map(_OF_TOKENS.search, words)):
        yield Place(_EVERY_TOKEN, _MANY)
    elif not found and any(map(printed.asks, words)):
        yield Place(_EVERY_NUMBER, _MANY)


def _of_line(line: Sequence[printed.Piece]) -> re.Pattern[str]:
    texts, between = [""], []
    for piece in line:
        if isinstance(piece, printed.Value):
            between.append(_OF_VALUES.get(piece, _ANYTHING))
            texts.append("")
        else:
            texts[-1] += piece
    return _pattern(texts, between)


# -- date


def _of_date(command: Command) -> Iterator[re.Pattern[str]]:
    """What `date '+%A %H:%M'` prints of now."""
    if command.has("-d", "--date", "-r", "--reference", "-f", "--file", "-s", "--set"):
        return
    for form in command.arguments:
        if form.startswith("+"):
            texts = _OF_DATE.sub("\0", form[1:]).split("\0")
            conversions = _OF_DATE.findall(form)
            yield _pattern(texts, [_DATES.get(conversion, _ANYTHING) for conversion in conversions])


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
    """The columns of `ps -o pid=,args=`, which have no titles."""
    given = [value for option in ("-o", "--format") for value in command.options.get(option, ())]
    columns = [column.partition("=")[0].strip() for value in given for column in value.split(",")]
    if not _PROCESS_COLUMNS.isdisjoint(columns):
        cells = [_PROCESS if column in _PROCESS_COLUMNS else r"\S.*?" for column in columns]
        yield re.compile(r"\A\s*" + r"\s+".join(cells) + r"\s*\Z")
