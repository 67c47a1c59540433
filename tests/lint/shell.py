"""Turns what a reader types into the commands that a shell makes of it, for rules that ask what a command does.

    $ docker run -d web && echo until | cat > note
    docker run -d web     echo until     cat (piped, writes note)

A word that was quoted is never one of the shell's own (`until`), and what stands in a here-document is no command.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_OPERATOR = re.compile(r"&&|\|\||\|&|;;|[;|()\n]|&(?!>)")
_REDIRECTION = re.compile(r"(?:\d*|&)(?P<sign><<<|<<-?|>>|>\||>&|<&|<>|[<>])[ \t]*")
_ASSIGNMENT = re.compile(r"\w+\+?=")
_BEFORE_A_COMMAND = {"if", "then", "elif", "else", "do", "!", "{", "time"}
_LOOPS = {"until", "while", "for", "select", "done"}
# What runs the command behind it, and those of its options that take a value.
_WRAPPERS = {"sudo": "ughpCDRT", "env": "uCS", "nohup": "", "nice": "n", "exec": "a", "command": ""}
_SHELLS = {"sh", "bash", "dash", "ash", "zsh"}
_CONTAINER_FLAGS = "ditPqT"  # the short options of docker run and exec that take no value
_LONG_FLAGS = re.compile(
    r"--(?:detach|interactive|tty|rm|init|privileged|read-only|publish-all|no-healthcheck|oom-kill-disable|quiet|"
    r"no-tty|no-TTY|no-deps|build|service-ports|sig-proxy|use-api-socket)(?:=.*)?|--[a-z-]+=.*"
)


@dataclass(frozen=True)
class Word:
    """A word as the program gets it, without its quotes."""

    text: str
    bare: bool = True  # nothing of it was quoted
    inside: tuple[str, ...] = ()  # what `$( )` and backquotes in it run


@dataclass(frozen=True)
class Command:
    """One program with its arguments. `line` counts from 0, in the text."""

    line: int
    words: tuple[Word, ...] = ()
    writes: tuple[str, ...] = ()  # the files that `>` and `>>` name
    piped: bool = False  # reads what the command before it prints
    behind: bool = False  # goes on in the background (`&`): nobody waits for it

    @property
    def texts(self) -> list[str]:
        return [word.text for word in self.words]

    @property
    def keyword(self) -> str:
        """The word of the shell's own that it begins with (`until`, `for`, `done`); '' where that is a program."""
        words = list(self.words)
        while words and words[0].bare and words[0].text in _BEFORE_A_COMMAND:
            words = words[1:]
        return words[0].text if words and words[0].bare and words[0].text in _LOOPS else ""

    @property
    def program(self) -> list[str]:
        """The program and its arguments, without what stands before it: `until`, `A=1`, `sudo -u nobody`."""
        return [word.text for word in unwrapped(self.words)]


def commands(text: str) -> list[Command]:
    """The commands of a text, from left to right; those in `$( )` and behind `-c` are told by `code`."""
    return _Reader(text).read()


def unwrapped(words: Sequence[Word]) -> Sequence[Word]:
    """The words from the program on that really runs."""
    while words:
        first = words[0]
        own = first.bare and first.text in _BEFORE_A_COMMAND | {"until", "while"}
        if own or _ASSIGNMENT.match(first.text):
            words = words[1:]
        elif first.text in _WRAPPERS:
            words = _behind_options(words[1:], _WRAPPERS[first.text])
        else:
            break
    return words


def code(command: Command) -> Iterator[tuple[str, bool]]:
    """The shell code inside a command, each with whether the reader waits for it however long it takes."""
    for word in command.words:
        yield from ((inside, True) for inside in word.inside)
    for text, waited in _run_by(unwrapped(command.words)):
        yield text, waited and not command.behind


def docker(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The docker command in the words of a program, and its arguments: ('run', [...]), ('compose exec', [...]);
    `docker container run` is told as `run`. ('', []) for another program."""
    if not words or words[0] not in ("docker", "docker-compose"):
        return "", []
    rest = list(words)
    name = "compose" if rest.pop(0) == "docker-compose" else ""
    while rest:
        while rest and rest[0].startswith("-"):
            takes_value = re.fullmatch(r"-[Hclfp]|--(?:host|context|config|log-level|file|project-name)", rest.pop(0))
            rest = rest[1:] if takes_value else rest
        if not rest:
            break
        word = rest.pop(0)
        if word == "compose" and not name:
            name = word
        elif word not in ("container", "image"):
            return f"{name} {word}".strip(), rest
    return name, rest


@dataclass(frozen=True)
class InContainer:
    """What docker run or exec is told: the image or container, what runs there, and whether nobody waits."""

    target: str
    program: Sequence[str]
    detached: bool


def in_container(arguments: Sequence[str]) -> InContainer:
    """Reads the arguments of docker run, create and exec, and of compose's."""
    entry: list[str] = []
    rest, detached = list(arguments), False
    while rest and rest[0].startswith("-") and rest[0] != "-":
        option = rest.pop(0)
        if option == "--":
            break
        if option.startswith("--"):
            detached |= option in ("--detach", "--detach=true")
            name, given, value = option.partition("=")
            if not _LONG_FLAGS.fullmatch(option):
                value = rest.pop(0) if rest else ""
            entry = [value] if name == "--entrypoint" and (given or value) else entry
            continue
        flags = re.match(f"-[{_CONTAINER_FLAGS}]*", option)
        detached |= bool(flags and "d" in flags[0])
        if flags and len(option) == len(flags[0]) + 1 and rest:  # the last letter takes the next word
            rest.pop(0)
    return InContainer(rest[0] if rest else "", [*entry, *rest[1:]], detached)


def _run_by(words: Sequence[Word]) -> Iterator[tuple[str, bool]]:
    """The code that a program is given to run, each with whether it may take for ever."""
    if not words:
        return
    name, texts = words[0].text.rpartition("/")[2], [word.text for word in words]
    if name == "timeout":
        rest = _behind_options(words[1:], "ks")
        endless = bool(rest) and re.fullmatch(r"0+(?:\.0*)?[smhd]?", rest[0].text)  # 0 switches it off
        yield from ((text, waited and bool(endless)) for text, waited in _run_by(unwrapped(rest[1:])))
    elif name in _SHELLS:
        at = next((n for n, text in enumerate(texts) if re.fullmatch(r"-[a-z]*c", text)), None)
        if at is not None and at + 1 < len(texts):
            yield texts[at + 1], True
    elif (told := docker(texts))[0].rpartition(" ")[2] in ("run", "exec"):
        there = in_container(told[1])
        inner = [Word(text, bare=False) for text in there.program]
        yield from ((text, waited and not there.detached) for text, waited in _run_by(unwrapped(inner)))


def _behind_options(words: Sequence[Word], with_value: str) -> Sequence[Word]:
    """The words behind options; the short ones of the letters in `with_value` take the next word."""
    while words and words[0].text.startswith("-"):
        takes_value = len(words[0].text) == 2 and words[0].text[1] in with_value
        words = words[2 if takes_value else 1 :]
    return words


class _Reader:
    """Reads a text once, from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.read_already: list[Command] = []
        self.command = Command(0)
        self.documents: list[str] = []  # the last lines of here-documents that begin on the next line

    def read(self) -> list[Command]:
        while self.at < len(self.text):
            if match := re.compile(r"(?:[ \t]|\\\n)+").match(self.text, self.at):
                self.at = match.end()
            elif self.text[self.at] == "#":
                self.at = self._find("\n")
            elif match := _REDIRECTION.match(self.text, self.at):
                self.at = match.end()
                self._redirection(match["sign"])
            elif match := _OPERATOR.match(self.text, self.at):
                self._end(match[0])
            else:
                line = self.command.line if self.command.words else self.text.count("\n", 0, self.at)
                self.command = replace(self.command, line=line, words=(*self.command.words, self._word()))
        self._end("")
        return self.read_already

    def _end(self, operator: str) -> None:
        """The command ends here; the next one begins."""
        self.at += len(operator)
        if operator == "\n":
            for last in self.documents:
                found = re.compile(rf"^\t*{re.escape(last)}$", re.MULTILINE).search(self.text, self.at)
                self.at = min(found.end() + 1, len(self.text)) if found else len(self.text)
            self.documents = []
        if self.command.words or self.command.writes:
            self.read_already.append(replace(self.command, behind=operator == "&"))
        self.command = Command(self.text.count("\n", 0, self.at), piped=operator in ("|", "|&"))

    def _redirection(self, sign: str) -> None:
        if self.text.startswith("(", self.at):
            return  # <( ): what stands in it is read as commands of their own
        word = self._word()
        if sign in ("<<", "<<-"):
            self.documents.append(word.text)
        elif ">" in sign and not (sign == ">&" and re.fullmatch(r"\d+|-", word.text)):
            self.command = replace(self.command, writes=(*self.command.writes, word.text))

    def _word(self) -> Word:
        text, bare = "", True
        inside: list[str] = []
        while self.at < len(self.text):
            rest = self.text[self.at]
            if rest in " \t" or _OPERATOR.match(self.text, self.at) or rest in "<>":
                break
            if rest in "'\"\\":
                bare = False
            if rest == "'":
                end = self._find("'", self.at + 1)
                text, self.at = text + self.text[self.at + 1 : end], end + 1
            elif rest == '"':
                self.at += 1
                while self.at < len(self.text) and self.text[self.at] != '"':
                    text += self._character(inside, quoted=True)
                self.at += 1
            else:
                text += self._character(inside)
        return Word(text, bare, tuple(inside))

    def _character(self, inside: list[str], *, quoted: bool = False) -> str:
        """The next character of a word, or all of a `$( )`."""
        start = self.at
        if self.text[start] == "\\" and start + 1 < len(self.text):
            self.at += 2
            escaped = self.text[start + 1]
            return "" if escaped == "\n" else ("\\" if quoted and escaped not in '$`"\\' else "") + escaped
        if self.text.startswith(("$((", "${"), start):
            self.at = self._closing(start + 1)
        elif self.text.startswith("$(", start):
            self.at = self._closing(start + 1)
            inside.append(self.text[start + 2 : self.at - 1])
        elif self.text[start] == "`":
            self.at = self._find("`", start + 1) + 1
            inside.append(self.text[start + 1 : self.at - 1])
        else:
            self.at += 1
        return self.text[start : self.at]

    def _closing(self, start: int) -> int:
        """The place behind the bracket that closes the one at `start`; quoted ones do not count."""
        opening, closing = self.text[start], {"(": ")", "{": "}"}[self.text[start]]
        depth, at = 0, start
        while at < len(self.text):
            sign = self.text[at]
            if sign == "\\":
                at += 1
            elif sign == "'":
                at = self._find("'", at + 1)
            elif sign in (opening, closing):
                depth += 1 if sign == opening else -1
                if not depth:
                    return at + 1
            at += 1
        return len(self.text)

    def _find(self, sign: str, start: int | None = None) -> int:
        found = self.text.find(sign, self.at if start is None else start)
        return len(self.text) if found < 0 else found
