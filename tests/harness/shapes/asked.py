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
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from types import MappingProxyType
from typing import NamedTuple

from harness.claims.commands import Command, commands_of, parse, read_command
from harness.claims.shell import SimpleCommand, pipelines, simple_commands
from harness.shapes import dockerfile, dumps, filters, growing, lengths, mixed, printed, programs, random_text, started
from harness.shapes.kinds import ASKED, BEGINNING, COMMIT, JOB, MACHINE
from harness.shapes.line_patterns import (
    ANYTHING,
    CONVERSION,
    NUMBER,
    PROCESS,
    LineForm,
    between,
    joined,
)
from harness.shapes.lines import is_gap
from harness.shapes.policies.typed import CACHED, TEXT_TOOLS
from harness.shapes.programs import JOB_LINE, MANY, NEW_LINE, Before, Place
from harness.shapes.templates import PRECISION, SHORT, names_id
from harness.shapes.tokens import Span

_EXPANSION = re.compile(
    r"\$\(\((?P<sum>.*?)\)\)(?!\))|\$\((?P<code>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)|`(?P<quoted>[^`]*)`|\$\{(?P<long>\w+)\}|\$(?P<name>\w+|[!$?#@*])"
    r"|\$\{(?P<cut>\w+):(?:0|(?P<start>\d{1,2}))?:(?P<length>\d{1,2})\}"
)
_ID = "id"
_MAKERS = frozenset(  # of containers and images
    {
        *("docker build", "docker create", "docker import", "docker load", "docker pull", "docker run"),
        *(f"docker compose {one}" for one in ("build", "create", "pull", "run", "up")),
        *("docker service create", "docker stack deploy"),
    }
)
_CHOOSING = {"--dns-search": "dns_search:", "--ulimit": "ulimits:"}  # and how a compose file says so
_PACKED = re.compile(r"(?:gzip|bzip2|xz|zstd)\b|tar -?[a-z]*[zjJ]")
_PACKED_SIZE = re.compile(r"\A *([1-9]\d{0,11})\Z")
_SOME_DIGITS = re.compile(r"\(\[0-9a-f\]\{\d{1,2}\}\)")
_IN_EXPR = re.compile(r"[-+*/%()]|\d+|\$\{?(?:\w+|[!$])\}?|\$\(.*\)|`.*`", re.DOTALL)  # of numbers, not of words
_IN_SUM = re.compile(r"\$\{?(\w+|[!$])|\b([A-Za-z_]\w*)")
_DRAWN = re.compile(r"(?:(?P<before>\d{1,9})\+)?\(?\$?\{?RANDOM\}?%(?P<end>\d{1,9})\)?(?:\+(?P<behind>\d{1,9}))?")
_CUTS = re.compile(  # the first characters of each line
    r"cut -[bc] ?1?-(\d{1,2})|head -c ?(\d{1,2})|awk \{ ?print substr\(\$[01], ?1, ?(\d{1,2})\);? ?\}"
)
_ORDER_COUNTS = frozenset({"head", "sort", "tail"})
_COUNTED = re.compile(r"awk END ?\{ ?print NR;? ?\}|sed -n \$=")
_LINES = re.compile(r"\A *(\d{1,9})(?: +(\d{1,9}))?(?: +(\d{1,12}))?(?= \S|\Z)")  # wc, grep -c
_CHECKS = re.compile(  # counted by uniq
    r"\A *(\d{1,9}) (?:\S{1,100}[ :/|,\t]+){0,3}?(?:exec_(?:create|start|die)|health_status)\b.*"
)
_OTHER_LINES = re.compile(r"\A *\d{1,9}(?: +\d{1,9}){0,2}(?: \S.*)?\Z")
_MACHINE = re.compile(r"\b(?:machine|arch)\b")
_CHOSEN_BY = {"nproc": "--cpuset-cpus", "arch": "--platform", "uname": "--platform"}

_LONGEST = 50  # steps of a pipeline: nobody types more
_LONGEST_FORM = 10_000  # characters: `x1=$x0$x0; x2=$x1$x1` doubles it each time
_MOST_IN_LINE = 100  # lines of a program, of which a shell makes one
_MOST_TYPED = 100  # lines of a file that are told from others
_MOST_UNKNOWN = 20  # where nobody knows how many there are
_SHOWN = re.compile(r"/dev/(?:std(?:out|err)|tty|fd/[12])")  # files that a terminal shows
_SHOW_FILES = TEXT_TOOLS - {"echo", "printf"}
_PRINT = frozenset({"cat", "date", "echo", "expr", "hostname", "nproc", "pwd", "seq", "uname", "wc", "whoami"})
_BRANCHES = (["if"], ["then"], ["case"])
_SILENT = frozenset(
    {":", "[", "cd", "chmod", "cp", "export", "mkdir", "mv", "rm", "set", "sleep", "test", "touch", "true", "unset"}
)
_DECLARE = frozenset({"declare", "export", "local", "readonly", "typeset"})
_COPY = frozenset({"cp", "mv"})
_REPEAT = frozenset({"watch", "xargs"})
_FUNCTION = re.compile(r"(?:^|[\n;&|{(])[ \t]*(?:function[ \t]{1,9}[\w-]{1,60}|[\w-]{1,60}[ \t]{0,9}\(\))")
_SHELLS = frozenset({"ash", "bash", "dash", "sh"})
_SHEBANG = re.compile(r"#! ?(?:/\S{1,60}/)?(?:env +)?(\w[\w.]{0,30})\b")
_BEGINNING = r"\A"  # of a line, as a pattern
_NO_FILES: Mapping[str, str] = MappingProxyType({})


Places = tuple[Place, ...]


class _Variable(NamedTuple):
    """What stands where a variable is used."""

    kind: str
    form: str = ""  # none of an id, which is known by its own


_AN_ID = _Variable(_ID)
_VARIABLES = {  # of every shell
    "!": _Variable(JOB, PROCESS),
    **dict.fromkeys(("$", "BASHPID", "PPID"), _Variable(ASKED, PROCESS)),
    "HOSTNAME": _AN_ID,  # of a container
    "RANDOM": _Variable(ASKED, between(0, 32767)),
    "EPOCHSECONDS": _Variable(ASKED, r"(\d{10})"),
    "SECONDS": _Variable(ASKED, NUMBER),
}


class _Written(NamedTuple):
    """A file that a command has written."""

    places: Places  # of what nobody knows before
    by: tuple[SimpleCommand, ...]  # the pipeline that has


@dataclass
class _Known:
    """What is known where a command stands."""

    before: Before
    variables: dict[str, _Variable]  # with what nobody knows before
    files: dict[str, _Written] = field(default_factory=dict)  # by their names

    def learn(self, simple: SimpleCommand) -> None:
        """Notes what variables a command assigns, `pid=$!`, `id=$(docker run -d nginx)`, and what it copies."""
        program, *words = simple.program or ("",)
        paths = [growing.name(word) for word in words if word[:1] != "-"]
        if program in _COPY and len(paths) == 2 and paths[0] in self.files:
            self.files[paths[1] or paths[0]] = self.files[paths[0]]
        for name, value in self._given(simple):
            if not simple.program:
                self.variables.pop(name, None)
            for one in _EXPANSION.finditer(value):
                if _prints_ids(one["code"] or one["quoted"] or ""):
                    self.variables[name] = _AN_ID
                elif _is_made_up(one, self):
                    form = _form_of(value, self, is_line=simple.keyword == "for")
                    self.variables[name] = _Variable(self.kind(one), form)

    def note(self, command: str) -> None:
        """Notes what files a command writes."""
        self.files.update(_written(command, self.before, tuple(self.variables.items()), tuple(self.files.items())))

    def _given(self, simple: SimpleCommand) -> Iterator[tuple[str, str]]:
        """The variables to which it gives a value; a loop gives one after the other, which are of one form."""
        if simple.keyword == "for":
            name, *values = simple.texts[simple.texts.index("for") + 1 :] or [""]
            yield from ((name, value) for value in values[1:])  # behind `in`
        elif not simple.program or simple.program[0] in _DECLARE:
            yield from (word.partition("=")[::2] for word in simple.texts)

    def kind(self, expansion: re.Match[str]) -> str:
        """Of what a shell puts there that nobody knows before."""
        if expansion["cut"]:
            return BEGINNING if self.variables.get(expansion["cut"]) == _AN_ID else ASKED
        if code := expansion["code"] or expansion["quoted"]:
            return COMMIT if any(place.kind == COMMIT for place in _of_text(code, self)) else ASKED
        variable = self.variables.get(expansion["long"] or expansion["name"])
        return variable.kind if variable else ASKED


def places(commands: Sequence[str], files: Mapping[str, str] = _NO_FILES) -> Places:
    """Where the lines of the last command's output hold numbers that it asks for: the groups of these patterns.

    `files`: what stands in those that the page has written.
    """
    return _of_last(tuple(commands), tuple(files.items()))


@lru_cache(maxsize=CACHED)  # both outputs and the rule of jobs ask for the same
def _of_last(commands: tuple[str, ...], files: tuple[tuple[str, str], ...]) -> Places:
    if not commands or mixed.is_all(commands[-1]) or mixed.is_numbered(commands[-1]):
        return ()
    typed = [one for command in commands for one in parse(command)]
    has_made = any(one.plain_name in _MAKERS for one in typed)
    options = frozenset(
        name
        for name, key in _CHOOSING.items()
        if any(one.has(name) for one in typed) or any(key in text for _, text in files)
    )
    written = tuple((growing.name(path), text) for path, text in files)
    runs = started.read(commands, files)
    known = _Known(Before(growing.written(commands), has_made, options, written, runs), dict(_VARIABLES))
    for code in filter(_writes, (code for _, text in files for code in dockerfile.codes(text))):
        known.note(code)
    for before in commands[:-1]:
        if _writes(before):
            known.note(before)
        for simple in simple_commands(before) if _teaches(before) else ():
            known.learn(simple)
    return _places(commands[-1], known.before, tuple(known.variables.items()), tuple(known.files.items()))


def asks_for_jobs(commands: Sequence[str], files: Mapping[str, str] = _NO_FILES) -> bool:
    """Whether the last command's output has numbers of the shell's own jobs, one of which is the same everywhere."""
    return sum(place.kind == JOB for place in places(commands, files)) > 1


@lru_cache(maxsize=CACHED)
def _places(
    command: str, before: Before, variables: tuple[tuple[str, _Variable], ...], files: tuple[tuple[str, _Written], ...]
) -> Places:
    return tuple(_of_text(command, _Known(before, dict(variables), dict(files))))


@lru_cache(maxsize=CACHED)
def _written(
    command: str, before: Before, variables: tuple[tuple[str, _Variable], ...], files: tuple[tuple[str, _Written], ...]
) -> tuple[tuple[str, _Written], ...]:
    """The files that were written when a command has ended."""
    known = _Known(before, dict(variables), dict(files))
    for _ in _of_text(command, known):  # it notes them
        pass
    return tuple(known.files.items())


@lru_cache(maxsize=CACHED)
def _teaches(command: str) -> bool:
    """Whether there is something in a command for `_Known.learn`."""
    return any(
        simple.keyword == "for" or not simple.program or simple.program[0] in _DECLARE | _COPY
        for simple in simple_commands(command)
    )


def _writes(command: str) -> bool:
    return ">" in command or "tee" in command


class Finder:
    """Finds the numbers that were asked for in the lines of one output."""

    def __init__(self, found: Places, lines: Sequence[str]) -> None:
        self._places = found
        self._left = [place.lines for place in found]
        self._seen: set[tuple[int, str]] = set()  # what came of each place whose lines come once
        gaps = [number for number, line in enumerate(lines) if is_gap(line)]
        self._first_gap, self._last_gap = (gaps[0], gaps[-1]) if gaps else (len(lines), -1)
        self._number_of_lines, self._line = len(lines), -1

    def next_line(self) -> None:
        """Goes on to the next line, which may have none."""
        self._line += 1

    def spans(self, line: str) -> tuple[Span, ...]:
        """Where the numbers in this line stand, in order."""
        # How many lines there are beyond a gap isn't known.
        above = self._line if self._line < self._first_gap else MANY
        below = self._number_of_lines - 1 - self._line if self._line > self._last_gap else MANY
        for number, place in enumerate(self._places):
            is_there = self._left[number] and place.above <= above and place.below <= below
            found = list(place.pattern.finditer(line)) if is_there else []
            if place.is_once:
                found = [match for match in found if self._is_new(number, match[1])]
            if found:
                self._left[number] -= 1
                groups = range(1, place.pattern.groups + 1)
                spans = (match.span(group) for match in found for group in groups)
                return tuple((place.kind, *span) for span in spans if span[1] > 0)
        return ()

    def _is_new(self, number: int, text: str) -> bool:
        is_new = (number, text) not in self._seen
        self._seen.add((number, text))
        return is_new


def _of_text(text: str, known: _Known) -> Iterator[Place]:
    found = _in_turn(text, known)
    if _may_repeat(text):  # who speaks when isn't known
        found = (place._replace(lines=MANY, is_once=False) for place in found if place.pattern.groups)
    yield from found


@lru_cache(maxsize=CACHED)
def _may_repeat(text: str) -> bool:
    """Whether a shell may run something in a text more than once: in a loop, a function, or by xargs."""
    each = simple_commands(text)
    by_others = (command.within for simple in each for command in commands_of(simple))
    return (
        any(simple.keyword for simple in each)
        or any(not _REPEAT.isdisjoint(within) for within in by_others)
        or bool(_FUNCTION.search(text))
    )


def _in_turn(text: str, known: _Known) -> Iterator[Place]:
    is_known = True  # what each line so far is of
    above, below = 0, sum(_least_lines(text))
    for pipeline, least in zip(pipelines(text), _least_lines(text), strict=True):
        below -= least
        found = list(_of_pipeline(pipeline, known))
        if lengths.is_known(pipeline):
            found = [place for place in found if not place.pattern.groups]
        if not is_known:
            found = [place._replace(lines=MANY) if place.widens else place for place in found]
        is_added = bool(pipeline[-1].appends) or "-a" in pipeline[-1].program or _may_repeat(text)
        made_up = tuple(place._replace(lines=MANY) if is_added else place for place in found if place.pattern.groups)
        for name in map(growing.name, growing.copies(pipeline[-1])):
            before = known.files[name].places if is_added and name in known.files else ()
            known.files[name] = _Written((*before, *made_up), tuple(pipeline))
        is_written = pipeline[-1].is_written and not any(map(_SHOWN.fullmatch, pipeline[-1].writes))
        is_known = is_known and (bool(found) or is_written or _SILENT.issuperset(pipeline[-1].program[:1]))
        found = [place for place in found if not is_written or place.kind == JOB]  # that the shell itself says
        yield from (place._replace(above=place.above + above, below=place.below + below) for place in found)
        above += least


@lru_cache(maxsize=CACHED)
def _least_lines(text: str) -> tuple[int, ...]:
    """How many lines each pipeline of a text prints for sure."""
    has_branches = any(simple.texts[:1] in _BRANCHES for simple in simple_commands(text))
    return tuple(0 if has_branches else _least_of(pipeline[-1]) for pipeline in pipelines(text))


def _least_of(simple: SimpleCommand) -> int:
    if not simple.program or simple.depends or simple.background or simple.is_written:
        return 0
    command = read_command(simple.program).started
    inside = command.inner.started if command.inner else command
    if command.has("-d", "--detach"):
        return 0
    return sum(_least_lines(inside.code)) if inside.code else int(_prints(inside))


def _prints(command: Command) -> bool:
    """Whether a program prints a line of its own at least; `echo` alone ends the one before."""
    has_line = command.program != "echo" or (command.arguments and not command.has("-n", "-ne", "-en"))
    return command.program in _PRINT and bool(has_line)


def _of_pipeline(pipeline: Sequence[SimpleCommand], known: _Known) -> Iterator[Place]:
    if len(pipeline) > _LONGEST:
        return
    yield from random_text.places(pipeline)
    for form in mixed.forms(pipeline, dict(known.before.files)):
        if form.joined_by:
            beside = re.escape(form.joined_by)
            yield Place(re.compile(rf"(?<![^{beside}]){form.pattern}(?![^{beside}])"), 1, is_once=form.is_once)
        else:
            yield Place(re.compile(rf"\A{form.before}{form.pattern}\Z"), form.number or MANY, is_once=form.is_once)
    made: list[Place] = []
    for simple in pipeline:
        known.learn(simple)
        known.variables.update(_read_by(simple, made or list(_of_files(simple.reads, known))))
        made = [one for place in made if place.pattern.groups for one in _behind(place, commands_of(simple))]
        made += _of_simple(simple, known)
        read = tuple(command.plain_name for command in commands_of(simple))
        known.before = known.before._replace(read=(*known.before.read, *read))
    known.before = known.before._replace(read=())
    yield from _of_dump(pipeline, known)  # before a line of which a template says nothing else
    yield from made
    yield from _counts(pipeline, known)
    yield from _cut_ids(pipeline, known)


def _behind(place: Place, tools: Sequence[Command]) -> Iterator[Place]:
    """The lines that tools make of one, and of several: `tr ' ' '\\n'` parts it, `paste -sd,` joins it to others."""
    form = place.form or LineForm.of_pattern(place.pattern)
    parted = [line for tool in tools for line in filters.split(form, tool)] if form else []
    yield from [place._replace(pattern=line.pattern, form=line) for line in parted] or [_through(place, tools)]
    yield from _joined(place, tools)


def _joined(place: Place, tools: Iterable[Command]) -> Iterator[Place]:
    """A place among others in a line, where a tool joins the lines."""
    by = next(filter(None, map(mixed.joins, tools)), "")
    form = LineForm.of_pattern(place.pattern)
    if by and form and ANYTHING not in form.between[0]:
        beside = re.escape(by[0])
        yield Place(re.compile(rf"(?<![^{beside}]){form.between[0]}(?![^{beside}])"), 1, place.kind)


def _through(place: Place, tools: Iterable[Command]) -> Place:
    """What of a place is left by the tools that its line goes through."""
    place = place._replace(above=0, below=0)
    form = place.form or LineForm.of_pattern(place.pattern)
    made = reduce(filters.through, tools, form) if form else form
    return place if made is form or made is None else place._replace(pattern=made.pattern, form=made)


def _read_by(simple: SimpleCommand, printed_before: Sequence[Place]) -> Iterator[tuple[str, _Variable]]:
    """The variables that a loop reads from what the command before it prints: `| while read -r name pid`."""
    if simple.keyword not in ("", "while") or simple.program[:1] != ("read",):
        return
    names = [word for word in simple.program[1:] if word.isidentifier()]
    for place in printed_before:
        for name, form in filters.read_into(names, place.form or LineForm.of_pattern(place.pattern)):
            yield name, _Variable(place.kind, form)


def _of_dump(pipeline: Sequence[SimpleCommand], known: _Known) -> Iterator[Place]:
    """What tools leave of the lines of a dump, where it is not whole: `docker inspect web | grep Pid | cut -d: -f2`."""
    found = [command for simple in (*_writer(pipeline[0], known), *pipeline) for command in commands_of(simple)]
    if not found:
        return
    start = next((place for place, command in enumerate(found) if command.program == "jq"), 0)
    first, *tools = found[start:]
    tools = found if first.program in _SHOW_FILES else tools  # it may cut what it reads
    named = " ".join(word for tool in tools for word in tool.words).casefold()
    for line in (line for one in first.at_work for line in dumps.lines(one)):
        made = reduce(filters.through, tools, line.form)
        is_cut = line.is_cut or made is not line.form or (line.is_row and tools)
        made = dumps.left_whole(made)
        is_named = any(word in named for word in line.name.casefold().split() or [""])
        if is_cut and is_named and made.pattern.groups:
            place = Place.of(made, MANY, BEGINNING if _is_cut_id(made) else MACHINE)
            yield place
            yield from _joined(place, tools)


def _writer(simple: SimpleCommand, known: _Known) -> tuple[SimpleCommand, ...]:
    """The pipeline that wrote the file which a text tool shows; empty where none is known."""
    shown = (path for command in commands_of(simple) if command.program in _SHOW_FILES for path in command.arguments)
    files = (known.files.get(growing.name(path)) for path in (*simple.reads, *shown))
    return next((file.by for file in files if file), ())


def _is_cut_id(form: LineForm) -> bool:
    return [bool(_SOME_DIGITS.fullmatch(one)) for one in form.between] == [True]


def _of_files(paths: Iterable[str], known: _Known) -> Iterator[Place]:
    """What of files that a command has written nobody knows before; a line that was typed into one is none of that."""
    typed = dict(known.before.files)
    for name in map(growing.name, paths):
        if name in known.files and known.files[name].places:
            lines = Counter(typed.get(name, "").splitlines()[:_MOST_TYPED])
            yield from (Place(re.compile(rf"\A{re.escape(line)}\Z"), number) for line, number in lines.items())
            yield from known.files[name].places


def _of_simple(simple: SimpleCommand, known: _Known) -> Iterator[Place]:
    if simple.background:
        yield Place(JOB_LINE, 1, JOB)
    if simple.program and (code := read_command(simple.program).started.code):
        yield from _of_text(code, known)
        return
    if not simple.program:  # `$(< pid)`
        yield from _of_files(simple.reads, known)
    for command in commands_of(simple):
        if command.program in _SHOW_FILES:
            paths = (*command.arguments, *simple.reads)
            yield from (_through(place, [command]) for place in _of_files(paths, known))
        yield from _of_command(command, known)
        yield from _fed(command, simple, known)


# -- pipelines


def _counts(pipeline: Sequence[SimpleCommand], known: _Known) -> Iterator[Place]:
    """How many lines something has, where it goes on being written; without a group where it doesn't."""
    found = [command for simple in pipeline for command in commands_of(simple)]
    while found and found[-1].piped and found[-1].program in _ORDER_COUNTS:
        found.pop()
    if not found or any(one.program in ("head", "tail") for one in found):
        return
    last = found[-1]
    words = " ".join(last.words)
    is_plain = growing.is_count(last)
    if not (is_plain or (last.program == "uniq" and last.has("-c", "--count")) or _COUNTED.fullmatch(words)):
        return
    if is_plain and any(_PACKED.match(" ".join(simple.program)) for simple in pipeline):
        yield Place(_PACKED_SIZE, 1)
    elif last.program == "uniq" and found[0].plain_name == "docker events":
        yield Place(_CHECKS, MANY)
    elif growing.reads_by(pipeline, known.before.growing):
        yield Place(_LINES, MANY if last.program == "uniq" else _lines(last))
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
        yield Place(re.compile(rf"\A([0-9a-f]{{{length}}})\Z"), MANY, BEGINNING)


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
    asks_for_machine = any(map(_MACHINE.search, inner.words))
    chosen_by = _CHOSEN_BY.get(inner.program, "--platform" if asks_for_machine else "")
    return bool(chosen_by) and command.has(chosen_by)


def _of_command(command: Command, known: _Known) -> Iterator[Place]:
    inner = shlex.join(command.inner.words) if command.inner else ""
    if command.inner and not (command.has("-d", "--detach") or _is_chosen(command, command.inner)):
        yield from _of_text(inner, known)
    for shown in started.shown(command, known.before.started):
        if shown.code != inner:  # the image puts its own program before it
            yield from _of_container(shown, known)
    if script := _script(command, known):
        yield from _of_script(*script, known)
    elif command.program in ("echo", "printf") and not programs.names_port(command):
        yield from _printed(command, known)
    elif command.program == "expr" and all(map(_IN_EXPR.fullmatch, command.words[1:])):
        yield from _said(f"$(({' '.join(command.words[1:])}))", known)
    else:
        yield from programs.places(command, known.before)


def _is_of_line(place: Place) -> bool:
    """Whether a place says what a line is from its beginning, with something in it that nobody knows before."""
    return place.pattern.pattern.startswith(_BEGINNING) and bool(place.pattern.groups)


def _of_container(shown: started.Shown, known: _Known) -> Iterator[Place]:
    """What a container's program prints, where it says so line by line."""
    before = known.before._replace(started=started.Started())  # it starts no others
    for place in _of_text(shown.code, _Known(before, dict(_VARIABLES), known.files)):
        is_line = place.pattern.pattern.startswith(_BEGINNING)
        if is_line and (shown.is_once or place.pattern.groups):
            pattern = place.pattern.pattern.removeprefix(_BEGINNING)
            lines = place.lines if shown.is_once else MANY
            yield Place(re.compile(rf"{_BEGINNING}{shown.before}{pattern}"), lines, place.kind)


# -- scripts that the page has written


def _script(command: Command, known: _Known) -> tuple[str, str] | None:
    """The program that runs a file of the page, and what stands in that; None for any other command."""
    files = dict(known.before.files)
    if (text := files.get(command.program)) and (program := _SHEBANG.match(text)):
        return program[1], text
    text = files.get(growing.name(command.arguments[0]), "") if _runs_files(command) and command.arguments else ""
    return (command.program, text) if text else None


def _runs_files(command: Command) -> bool:
    return command.program in _SHELLS or bool(printed.language(command.program))


def _fed(command: Command, simple: SimpleCommand, known: _Known) -> Iterator[Place]:
    """What code prints that a program, maybe in a container, reads: `python - < roll.py`, or a here-document."""
    files, last = dict(known.before.files), command.at_work[-1]
    if _runs_files(last) and last.arguments in ((), ("-",)):
        given = [document.text for document in simple.documents if document.is_as_typed]
        for text in filter(None, (*(files.get(growing.name(path)) for path in simple.reads), *given)):
            yield from _of_script(last.program, text, known)


def _of_script(program: str, text: str, known: _Known) -> Iterator[Place]:
    """What a script prints that nobody knows before, where it says so line by line."""
    inside = _of_text(text, known) if program in _SHELLS else programs.places(read_command((program, text)), Before())
    yield from (place for place in inside if _is_of_line(place) or not place.pattern.groups)


# -- what a shell prints


def _printed(command: Command, known: _Known) -> Iterator[Place]:
    words = [word for word in command.words[1:] if word not in ("-n", "-e", "-ne", "-en", "--")]
    if command.program == "printf" and words:
        form, *given = words
        if len(CONVERSION.findall(form)) != len(given):
            return
        parts = iter(given)
        words = [CONVERSION.sub(lambda conversion: _converted(conversion[0], next(parts)), form)]
    for line in NEW_LINE.split(" ".join(words)):
        yield from _said(line, known)


def _said(line: str, known: _Known) -> Iterator[Place]:
    """What a shell puts into a line, where nobody knows that before."""
    found = list(_EXPANSION.finditer(line))
    made_up = [one for one in found if _is_made_up(one, known)]
    if made_up or not found:
        texts = _EXPANSION.sub("\0", line).split("\0")
        made = LineForm(tuple(texts), tuple(_form(one, known) if one in made_up else ANYTHING for one in found))
        kinds = {known.kind(one) for one in made_up}
        yield Place.of(made, 1, kinds.pop() if len(kinds) == 1 else ASKED)


def _converted(conversion: str, given: str) -> str:
    """What printf makes of a word: `%.6s` of `$id` is `${id:0:6}`."""
    length, name = PRECISION.fullmatch(conversion), given.removeprefix("$")
    return f"${{{name}:0:{length[1]}}}" if length and given[:1] == "$" and name.isidentifier() else given


def _form_of(value: str, known: _Known, *, is_line: bool) -> str:
    """The form of what an assignment puts into a variable; `is_line`: one line after the other, as a loop does."""
    found = list(_EXPANSION.finditer(value))
    if not all(_is_made_up(one, known) for one in found):
        return NUMBER
    form = joined(_EXPANSION.sub("\0", value).split("\0"), [_form(one, known, is_line=is_line) for one in found])
    return form if len(form) <= _LONGEST_FORM else NUMBER


def _form(expansion: re.Match[str], known: _Known, *, is_line: bool = False) -> str:
    """The form of what a shell puts there: a piece of an id, the number of a process, what a program prints."""
    if expansion["cut"]:
        digits = (
            rf"[0-9a-f]{{{expansion['length']}}}"
            if known.kind(expansion) == BEGINNING
            else rf"\d{{1,{expansion['length']}}}"
        )
        return f"({digits})"
    if code := expansion["code"] or expansion["quoted"] or "":
        if known.kind(expansion) == COMMIT:
            return r"([0-9a-f]{7,40})"
        lines = ((place, LineForm.of_pattern(place.pattern)) for place in _of_text(code, known))
        return next(
            (
                _in_one_line(line.between[0], 1 if is_line else place.lines)
                for place, line in lines
                if line and place.pattern.groups
            ),
            NUMBER,
        )
    if drawn := _DRAWN.fullmatch((expansion["sum"] or "").replace(" ", "")):
        least = int(drawn["before"] or 0) + int(drawn["behind"] or 0)
        return between(least, least + max(int(drawn["end"]), 1) - 1)
    variable = known.variables.get(expansion["long"] or expansion["name"])
    return variable.form if variable else NUMBER


def _in_one_line(form: str, lines: int) -> str:
    """The form of so many lines where a shell makes one of them."""
    if lines <= _MOST_IN_LINE:
        return " ".join([form] * lines)
    others = ""
    for _ in range(_MOST_UNKNOWN - 1):
        others = f"(?: (?>{form}){others})?"  # each in one way: not twice as many for each
    return f"(?>{form}){others}"


def _is_made_up(expansion: re.Match[str], known: _Known) -> bool:
    """Whether a shell puts there what nobody knows before: a number, or a piece of an id."""
    if code := expansion["code"] or expansion["quoted"]:
        return any(place.pattern.groups for place in _of_text(code, known))
    if expansion["sum"]:
        names = (name for names in _IN_SUM.findall(expansion["sum"]) for name in names)
        codes = (one for one in _EXPANSION.finditer(expansion["sum"]) if one["code"] or one["quoted"])
        return any(name in known.variables for name in names) or any(_is_made_up(one, known) for one in codes)
    if expansion["cut"]:
        is_short = expansion["length"] == str(SHORT) and not expansion["start"]
        cut = known.variables.get(expansion["cut"])
        return cut is not None and not (cut == _AN_ID and is_short)
    variable = known.variables.get(expansion["long"] or expansion["name"])
    return variable is not None and variable.kind != _ID  # an id is known by its form
