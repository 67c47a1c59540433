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


def _behind(words: Sequence[Word], keywords: set[str]) -> Sequence[Word]:
    first = next((index for index, word in enumerate(words) if not (word.bare and word.text in keywords)), len(words))
    return words[first:]


class _Reader:
    """Reads a text once, from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.ended: list[SimpleCommand] = []
        self.command = SimpleCommand(0)
        self.documents: list[Word] = []  # the last lines of the here-documents that begin on the next line

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
        self._end("")
        return self.ended

    def _word(self) -> Word:
        word, self.at = read_word(self.text, self.at)
        return word

    def _end(self, operator: str) -> None:
        """The command ends here; the next one begins."""
        self.at += len(operator)
        if operator == "\n":
            self._skip_documents()
        if self.command.words or self.command.writes:
            self.ended.append(replace(self.command, background=operator == "&"))
        elif operator == "\n":
            return  # behind a `|` or `&&` the command goes on on the next line
        self.command = SimpleCommand(self.text.count("\n", 0, self.at), piped=operator in ("|", "|&"))

    def _skip_documents(self) -> None:
        """Goes behind the here-documents; the line that began them has ended."""
        for last in self.documents:
            found = re.compile(rf"^\t*{re.escape(last.text)}$", re.MULTILINE).search(self.text, self.at)
            end = found.start() if found else len(self.text)
            if last.bare:
                code = substitutions(self.text[self.at : end])
                self.command = replace(self.command, in_documents=(*self.command.in_documents, *code))
            self.at = min(found.end() + 1, len(self.text)) if found else len(self.text)
        self.documents = []

    def _redirection(self, sign: str) -> None:
        if self.text.startswith("(", self.at):
            return  # <( ): what stands in it is read as commands of their own
        word = self._word()
        if sign in ("<<", "<<-"):
            self.documents.append(word)
        elif ">" in sign and not (sign == ">&" and re.fullmatch(r"\d+|-", word.text)):
            self.command = replace(self.command, writes=(*self.command.writes, word.text))
