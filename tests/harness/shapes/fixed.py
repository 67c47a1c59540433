"""Says whether a command's output follows from what was typed alone, so that nothing in it is made up: for reading.

printf hi | sha256sum             fixed, also in a container
sha256sum note.txt                fixed where the page wrote note.txt
python3 sum.py                    fixed where the page wrote sum.py, and nothing in it asks for what nobody knows
docker save web | sha256sum       not fixed
"""

import re
import shlex
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from harness.claims.commands import Command, commands_of, parse, read_command
from harness.claims.shell import SimpleCommand, simple_commands
from harness.shapes import dates, started
from harness.shapes.growing import copies, run_of
from harness.shapes.inside import is_typed
from harness.shapes.policies.typed import CACHED, mixes
from harness.shapes.pure_code import is_pure, is_pure_code, runs_code

_SAY = frozenset({"basename", "cd", "dirname", "echo", "expr", "factor", "mkdir", "numfmt", "printf", "seq", "true"})
_READ_FILES = frozenset(
    {
        *("base64", "cat", "head", "nl", "od", "rev", "sort", "tail", "wc", "xxd", "cksum", "b2sum", "md5sum"),
        *("shasum", "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum"),
    }
)
_FILTER = frozenset({"awk", "bc", "cut", "dc", "grep", "sed", "tac", "tr", "uniq"})
_AWK_ASKS = re.compile(r"\b(?:getline|rand|strftime|system|systime|ENVIRON|PROCINFO)\b")  # the clock, chance, others
_HASHES = {"git": "hash-object", "openssl": "dgst"}  # by their subcommand
_EXPANDED = re.compile(r"\$(?!PWD\b|\{PWD\}|\(pwd\))(?:(?P<name>\w+)|\{(?P<long>\w+)\}|\(\((?P<sum>[^()`$]*)\)\))?|`")
_SETTLED = re.compile(r"\$\((?!\()([^()$`]*)\)")  # has no other `$( )` in it
_DEPTH = 3  # of `$( )` in one another
_NAME = re.compile(r"[A-Za-z_]\w*")
_GIVEN = re.compile(r"(?P<name>[A-Za-z_]\w*)=(?P<value>.*)", re.DOTALL)
_RUNS_IMAGES = frozenset({"docker run", "docker compose run"})
_SHELLS = frozenset({"ash", "bash", "dash", "sh"})
_SHEBANG = re.compile(r"#! ?(?:/\S{1,60}/)?(?:env +)?(\w[\w.]{0,30})\b")
_BY_SHELL, _AS_CODE, _ITSELF = "sh", "code", "run"


def is_fixed(commands: Sequence[str], files: Mapping[str, str]) -> bool:
    """Whether the last command prints what follows from the commands, and from the files that the page wrote."""
    of_page = started.read(tuple(commands), tuple(files.items()))
    shown = _that_logs_show(commands) or _that_runs(commands, of_page)
    typed = [*commands[:-1], *(shown or commands[-1:])]
    if not typed or not _is_fixed(typed[-1], None):
        return False
    known = frozenset(map(_name, files))
    known |= _scripts(tuple(files.items()), known)
    unknown = frozenset[str]()  # the names of files in which something else stands
    for text in typed:
        if found := frozenset(_found_inside(of_page, known)):
            known |= found
        changed, written = _changed(text), _written(text, known, unknown)
        if changed or written:  # else there is nothing to copy
            kept = frozenset(name for name in known if _BEFORE_NAME.sub("", name) not in changed) if changed else known
            known, unknown = kept | written, (unknown | changed) - written
    if shown:  # it runs where these are
        known |= frozenset(name for command in parse(commands[-1]) for name in _inside(command, known) or ())
    return _is_fixed(typed[-1], known)


def _found_inside(of_page: started.Started, known: frozenset[str]) -> Iterator[str]:
    """The known files that images and services find, behind what each is called here."""
    there = [(f"{_IMAGE}{name}", program.files) for name, program in of_page.images]
    there += [(f"{_SERVICE}{name}", program.files) for name, program in of_page.services]
    for where, names in there:
        for inside, file in names:
            yield from (f"{where}:{by}{inside}" for by in _WAYS if by + _name(file) in known)
            if is_typed(file):
                yield f"{where}:{inside}"


def _that_runs(commands: Sequence[str], of_page: started.Started) -> list[str]:
    """Of `docker run IMAGE` the command that runs in it, where the page has built the image."""
    found = parse(commands[-1]) if commands else ()
    if len(found) != 1 or found[0].plain_name not in _RUNS_IMAGES or any(_may_expand(found[0].arguments)):
        return []
    return [one.code for one in started.shown(found[0], of_page)][:1]


def _may_expand(words: Iterable[str]) -> Iterator[bool]:
    """Whether the reader's shell may have put something into each of these words."""
    return (sign in word for word in words for sign in "$`")


def _that_logs_show(commands: Sequence[str]) -> list[str]:
    """Of `docker logs NAME` the command that runs in that container, as if it ran in the foreground."""
    name = _logged(commands[-1]) if commands else ""
    if not name:
        return []
    run = run_of(name, commands)
    if not run or not run.inner:
        return []
    if run.inner.code:
        return [run.inner.code]
    return [] if any(_may_expand(run.inner.words)) else [shlex.join(run.inner.words)]


@lru_cache(maxsize=CACHED)
def _logged(text: str) -> str:
    """The container whose output `docker logs NAME` shows; empty for another command, or another form of it."""
    found = parse(text)
    if len(found) != 1 or found[0].plain_name != "docker logs" or found[0].options or len(found[0].arguments) != 1:
        return ""
    return found[0].arguments[0]


# The names of files with a fixed content, those in a container or an image behind its name: `web:app.py`,
# `image box:app.py`; and of scripts that print what is fixed, behind what runs them: `code sum.py`. None: all are.
_Known = frozenset[str] | None
_IMAGE, _SERVICE = "image ", "service "
_BEFORE_NAME = re.compile(r".*[: ]")
_WAYS = ("", *(f"{by} " for by in (_BY_SHELL, _AS_CODE, _ITSELF)))  # to use a file
_WHERE = {"docker exec": "", **dict.fromkeys(("docker compose exec", "docker compose run"), _SERVICE)}
_DEVICES = frozenset({"/dev/null", "/dev/zero"})


def _name(path: str) -> str:
    return path.rpartition("/")[2]


@lru_cache(maxsize=64)  # of a page until a command
def _scripts(files: tuple[tuple[str, str], ...], known: frozenset[str]) -> frozenset[str]:
    """The files that print what is fixed when they are run; of two with one name both have to."""
    found = {run: True for path, text in files for run, _ in _runs(path, text, known)}
    for path, text in files:
        found |= {run: found[run] and is_fixed for run, is_fixed in _runs(path, text, known)}
    return frozenset(run for run, is_fixed in found.items() if is_fixed)


def _runs(path: str, text: str, known: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The ways to run a file, and whether it prints what is fixed then."""
    shebang = _SHEBANG.match(text)
    of_shell, of_code = _is_fixed(text, known), bool(text) and is_pure_code(text)
    yield f"{_BY_SHELL} {_name(path)}", of_shell
    yield f"{_AS_CODE} {_name(path)}", of_code
    if shebang:
        yield f"{_ITSELF} {_name(path)}", of_shell if shebang[1] in _SHELLS else of_code


def _script(command: Command) -> str:
    """The script that a command runs, behind what runs it; empty where it runs none."""
    path = next((word for word in command.words[1:] if word != "-u"), "")
    if command.words[0].startswith("./"):
        return f"{_ITSELF} {command.program}"
    by = _BY_SHELL if command.program in _SHELLS else _AS_CODE if runs_code(command.program) else ""
    return f"{by} {_name(path)}" if by and path and path[0] != "-" else ""


@lru_cache(maxsize=CACHED)
def _changed(text: str) -> frozenset[str]:
    """The names of the files into which a text puts something, in containers too."""
    found: set[str] = set()
    for simple in simple_commands(text):
        found.update(map(_name, copies(simple)))
        for command in commands_of(simple):
            if command.inner and command.inner.code:
                found |= _changed(command.inner.code)
    return frozenset(found)


@lru_cache(maxsize=CACHED)
def _written(text: str, known: _Known, unknown: frozenset[str]) -> frozenset[str]:
    """The names of the files that a text gives a content which follows from it."""
    return frozenset(map(_name, _paths(text, known, unknown)))


def _paths(text: str, known: _Known, unknown: frozenset[str]) -> list[str]:
    found: dict[str, bool] = {}  # whether what stands in it follows
    is_fixed = True
    names: set[str] = set()
    for simple in simple_commands(text):
        found.update((path, True) for command in commands_of(simple) for path in _copied(command, known))
        is_fixed = _is_step(simple, known, names) and (is_fixed or not simple.piped)
        here_document = simple.program == ("cat",) and not simple.piped
        follows = (is_fixed or here_document) and not simple.in_documents
        for path in simple.writes:
            is_known_before = path not in simple.appends or found.get(path, _name(path) not in unknown)
            found[path] = follows and is_known_before
    return [path for path, follows in found.items() if follows]


def _copied(command: Command, known: _Known) -> Iterator[str]:
    """The copies of known files, in a container as `web:a.txt`: of `cp`, of `docker cp`, and what is mounted there."""
    *sources, target = command.arguments or ("",)
    if command.program in ("cp", "mv") and sources and _are_known(sources, known):
        yield from (_name(target) or _name(source) for source in sources)
    if command.plain_name == "docker cp" and len(sources) == 1:
        container, colon, path = target.partition(":")
        if colon and _are_known(sources, known):
            yield f"{container}:{_name(path) or _name(sources[0])}"
    if command.plain_name in ("docker run", "docker create") and known is not None:
        for name in command.options.get("--name", ()):
            yield from (f"{name}:{file}" for file in _inside(command, known) or () if ":" not in file)


def _are_known(paths: Iterable[str], known: _Known) -> bool:
    return known is None or all(path in _DEVICES or _name(path) in known for path in paths)


def _inside(command: Command, known: _Known) -> _Known:
    """The files that a command in a container finds there."""
    if known is None:
        return known
    if command.has("-v", "--volume", "--mount"):  # the page's files are there, some by another name
        renamed = [(_name(source), _name(target)) for source, target in _mounts(command)]
        there = known | {by + target for source, target in renamed for by in _WAYS if by + source in known}
    else:
        there = frozenset()
    first = f"{_WHERE.get(command.plain_name, _IMAGE)}{''.join(command.arguments[:1])}:"
    return there | {name.removeprefix(first) for name in known if name.startswith(first)}


def _mounts(command: Command) -> Iterator[tuple[str, str]]:
    """What a container finds of the reader's, and where: `-v ./a.txt:/b.txt:ro`, `--mount src=a.txt,dst=/b.txt`."""
    for option in ("-v", "--volume"):
        for value in command.options.get(option, ()):
            source, _, target = value.partition(":")
            yield source, target.partition(":")[0]
    for value in command.options.get("--mount", ()):
        fields = dict(field.partition("=")[::2] for field in value.split(","))
        sources = (fields.get(name, "") for name in ("source", "src"))
        targets = (fields.get(name, "") for name in ("target", "destination", "dst"))
        yield next(filter(None, sources), ""), next(filter(None, targets), "")


@lru_cache(maxsize=CACHED)
def _is_fixed(text: str, known: _Known) -> bool:
    found = simple_commands(text)
    names: set[str] = set()
    return bool(found) and all(_is_step(simple, known, names) for simple in found)


def _is_step(simple: SimpleCommand, known: _Known, names: set[str]) -> bool:
    """Whether what a simple command prints is fixed. `names`: the variables with a fixed value, and those it adds."""
    commands = commands_of(simple)
    code = read_command(simple.program).started.code if simple.program else ""
    codes = {code, *(command.inner.code for command in commands if command.inner)}  # looked at by themselves
    texts = [*(word.expandable for word in simple.words if word.text not in codes), simple.here_string]
    if simple.background or simple.texts[:1] == ["time"] or any(_asks(text, names, known) for text in texts):
        return False
    if not _are_known(simple.reads, known):
        return False
    if given := _given(simple):
        names |= given
        return True
    if simple.keyword:
        return simple.keyword == "done" and bool(names)
    if code:
        return _is_fixed(code, known)
    is_fed = bool(simple.here_string or simple.reads)
    return bool(commands) and all(_follows(command, known, piped=simple.piped or is_fed) for command in commands)


def _asks(text: str, names: Container[str], known: _Known) -> bool:
    """Whether a shell puts something into a text that isn't fixed."""
    for _ in range(_DEPTH):  # from the inside out
        text = _SETTLED.sub(lambda code: "0" if _is_fixed(code[1], known) else code[0], text)
    for found in _EXPANDED.finditer(text):
        is_sum = found["sum"] is not None
        used = _NAME.findall(found["sum"]) if is_sum else [found["name"] or found["long"]]
        if not all(name in names for name in used):
            return True
    return False


def _given(simple: SimpleCommand) -> set[str]:
    """The variables that `for i in a b` and `a=b` give a value."""
    if simple.keyword == "for":
        return set(simple.texts[simple.texts.index("for") + 1 :][:1])
    given = [] if simple.program else [_GIVEN.fullmatch(text) for text in simple.texts]
    return {found["name"] for found in given if found} if all(given) else set()


def _follows(command: Command, known: _Known, *, piped: bool) -> bool:
    """Whether what a program prints follows from what was typed; `piped`: what it reads does."""
    if command.inner:
        inside, code = _inside(command, known), command.inner.code
        is_fed = piped and command.has("-i", "--interactive")
        is_fixed = _is_fixed(code, inside) if code else _follows(command.inner, inside, piped=is_fed)
        return is_fixed and not command.has("-d", "--detach")
    if mixes(command):
        return False
    if script := _script(command):
        return known is None or script in known
    if command.program in _HASHES:
        what, *paths = command.arguments or [""]
        return what == _HASHES[command.program] and (_are_known(paths, known) if paths else piped)
    if command.program == "date":
        days = [value for option in ("-d", "--date") for value in command.options.get(option, ())]
        return bool(days) and all(map(dates.is_fixed, days))
    if command.program in _READ_FILES and command.arguments:
        return _are_known(command.arguments, known)
    if command.program == "set":
        return command.words[1:2] != ()
    if command.program in _SAY or is_pure(command.program, command.words[1:]):
        return True
    if command.program == "awk" and any(map(_AWK_ASKS.search, command.words)):
        return False
    return command.program in _FILTER | _READ_FILES and piped
