"""Turns what a reader types into the simple commands that a shell makes of it, for claims.commands and the lint.

    $ docker run -d web && echo until | cat > note
    docker run -d web     echo until     cat (piped, writes note)

Our own reader: shlex raises on a quote that nobody closes, and knows neither `$( )` nor here-documents nor which words
were quoted; bashlex, which does, is no longer kept and has a licence that would bind the whole project.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from harness.claims.words import Word, read_word, substitutions

_BLANK = re.compile(r"(?:[ \t]|\\\n)+")
_OPERATOR = re.compile(r"&&|\|\||\|&|;;|[;|()\n]|&(?!>)")
_REDIRECTION = re.compile(r"(?:\d*|&)(?P<sign><<<|<<-?|>>|>\||>&|<&|<>|[<>])[ \t]*")
_ASSIGNMENT = re.compile(r"\w+\+?=")
_BEFORE_A_COMMAND = {"if", "then", "elif", "else", "do", "!", "{", "time", "-p"}  # -p is an option of `time`
_LOOPS = {"until", "while", "for", "select", "done"}
_NO_PROGRAM = {"for", "select", "case", "function", "done", "fi", "esac", "}"}
# What is open until another word or sign comes.
_CLOSED_BY = {
    "if": "fi", "case": "esac", "for": "done", "select": "done", "while": "done", "until": "done", "{": "}", "(": ")",
}  # fmt: skip
_BEFORE_A_KEYWORD = _BEFORE_A_COMMAND | {"until", "while", "fi", "done", "esac", "}"}
_SIGNS = {"\\": "the backslash at the line's end", "`": "a backquote", "$'": "`'`"}
_GO_ON = {"&&", "||", "|", "|&"}  # at a line's end: the command goes on on the next one


@dataclass(frozen=True)
class SimpleCommand:
    """One program with its arguments, or one of the shell's own words. `line` counts from 0, in the text."""

    line: int
    words: tuple[Word, ...] = ()
    writes: tuple[str, ...] = ()  # the files that `>` and `>>` name
    piped: bool = False  # reads what the command before it prints
    background: bool = False  # `&`: nobody waits for its end
    in_documents: tuple[str, ...] = ()  # the code in the `$( )` of its here-documents

    @property
    def texts(self) -> list[str]:
        return [word.text for word in self.words]

    @property
    def keyword(self) -> str:
        """The loop's word that it begins with (`until`, `for`, `done`); '' where it begins with a program."""
        words = _behind(self.words, _BEFORE_A_COMMAND)
        return words[0].text if words and words[0].bare and words[0].text in _LOOPS else ""

    @property
    def program(self) -> tuple[str, ...]:
        """The program and its arguments, without the words before it (`until`, `A=1`); () where there is none."""
        words = _behind(self.words, _BEFORE_A_COMMAND | {"until", "while"})
        if words and words[0].bare and words[0].text in _NO_PROGRAM:
            return ()
        return without_assignments([word.text for word in words])

    @property
    def substitutions(self) -> tuple[str, ...]:
        """The code in the `$( )` and backquotes of its words and here-documents."""
        return (*(code for word in self.words for code in word.substitutions), *self.in_documents)


def without_assignments(words: Sequence[str]) -> tuple[str, ...]:
    """The words from the first on that is no `NAME=value`."""
    first = next((index for index, word in enumerate(words) if not _ASSIGNMENT.match(word)), len(words))
    return tuple(words[first:])


@lru_cache(maxsize=4096)  # the rules of comparison ask for the same texts
def simple_commands(text: str) -> tuple[SimpleCommand, ...]:
    """The simple commands of a text, from left to right; an unfinished text is what is there. Raises nothing.

    What stands in `$( )` or behind `sh -c` is code of its own: see `SimpleCommand.substitutions`, `Command.code`.
    """
    return tuple(_Reader(text).read())


def unfinished(text: str) -> str:
    """What keeps a shell asking for more after this text, in a contributor's words; empty where it is complete."""
    reader = _Reader(text)
    reader.read()
    return reader.unfinished


def complete_lines(text: str, at_least: int = 1) -> int:
    """After how many lines of the text, `at_least` so many, a shell asks for nothing more; 0 where it still does."""
    reader = _Reader(text + "\n")
    reader.read()
    return next((lines for lines in reader.complete if lines >= at_least), 0)


def _behind(words: Sequence[Word], keywords: set[str]) -> Sequence[Word]:
    first = next((index for index, word in enumerate(words) if not (word.bare and word.text in keywords)), len(words))
    return words[first:]


class _Reader:
    """Reads a text once, from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.ended: list[SimpleCommand] = []
        self.command = SimpleCommand(0)
        self.documents: list[tuple[str, Word]] = []  # of those that begin on the next line: `<<` or `<<-`, last line
        self.open: list[str] = []  # the words and brackets that nothing has closed yet
        self.sign = ""  # that the end of the text leaves open: a quote, `$(`, a backslash
        self.operator = ""  # behind which nothing has come yet
        self.complete: list[int] = []  # the numbers of lines after which nothing was open

    def read(self) -> list[SimpleCommand]:
        while self.at < len(self.text):
            if match := _BLANK.match(self.text, self.at):
                self.at = match.end()
            elif self.text[self.at] == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif match := _REDIRECTION.match(self.text, self.at):
                self.at = match.end()
                self._redirection(match["sign"])
            elif match := _OPERATOR.match(self.text, self.at):
                self._end(match[0])
            else:
                line = self.command.line if self.command.words else self.text.count("\n", 0, self.at)
                self.command = replace(self.command, line=line, words=(*self.command.words, self._word()))
                self._open_or_close(self.command.words)
        self._end("")
        return self.ended

    @property
    def unfinished(self) -> str:
        """What is open at the end of the text."""
        if self.sign:
            return _SIGNS.get(self.sign, f"`{self.sign}`")
        if self.documents:
            return f"the here-document that `{self.documents[0][1].text}` ends"
        if self.operator in _GO_ON:
            return f"`{self.operator}`"
        return f"`{self.open[-1]}`, which `{_CLOSED_BY[self.open[-1]]}` ends" if self.open else ""

    def _word(self) -> Word:
        word, self.at = read_word(self.text, self.at)
        self.sign, self.operator = word.open, ""
        return word

    def _open_or_close(self, words: Sequence[Word]) -> None:
        """Notes the last of a command's words, where it is one that opens or closes something."""
        last = words[-1]
        if not last.bare or _behind(words[:-1], _BEFORE_A_KEYWORD):
            return
        if last.text in _CLOSED_BY:
            self.open.append(last.text)
        else:
            self._close(last.text)

    def _close(self, text: str) -> None:
        if self.open and _CLOSED_BY[self.open[-1]] == text:
            self.open.pop()

    def _end(self, operator: str) -> None:
        """The command ends here; the next one begins."""
        self.at += len(operator)
        if operator == "\n":
            self._skip_documents()
            if not self.unfinished:
                self.complete.append(self.text.count("\n", 0, self.at))
        elif operator:
            self.operator = operator
            self._bracket(operator)
        if self.command.words or self.command.writes:
            self.ended.append(replace(self.command, background=operator == "&"))
        elif operator == "\n":
            return  # behind a `|` or `&&` the command goes on on the next line
        self.command = SimpleCommand(self.text.count("\n", 0, self.at), piped=operator in ("|", "|&"))

    def _bracket(self, sign: str) -> None:
        if sign == "(":
            self.open.append(sign)
        elif sign == ")":
            self._close(sign)

    def _skip_documents(self) -> None:
        """Goes behind the here-documents; the line that began them has ended."""
        while self.documents:
            sign, last = self.documents[0]
            tabs = r"\t*" if sign == "<<-" else ""
            found = re.compile(rf"^{tabs}{re.escape(last.text)}$", re.MULTILINE).search(self.text, self.at)
            end = found.start() if found else len(self.text)
            if last.bare:
                code = substitutions(self.text[self.at : end])
                self.command = replace(self.command, in_documents=(*self.command.in_documents, *code))
            self.at = min(found.end() + 1, len(self.text)) if found else len(self.text)
            if not found:
                return  # it is open
            self.documents.pop(0)

    def _redirection(self, sign: str) -> None:
        if self.text.startswith("(", self.at):
            return  # <( ): what stands in it is read as commands of their own
        word = self._word()
        if sign in ("<<", "<<-"):
            self.documents.append((sign, word))
        elif ">" in sign and not (sign == ">&" and re.fullmatch(r"\d+|-", word.text)):
            self.command = replace(self.command, writes=(*self.command.writes, word.text))
