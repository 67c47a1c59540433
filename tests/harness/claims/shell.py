"""Turns what a reader types into the simple commands that a shell makes of it, for claims.commands and the lint.

$ docker run -d web && echo until | cat > note
docker run -d web     echo until     cat (piped, writes note)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from harness.claims.shell_tokens import Token, tokens
from harness.claims.words import Word

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
    reads: tuple[str, ...] = ()  # the files that `<` names
    here_string: str = ""  # behind `<<<`
    joins: tuple[str, ...] = ()  # the streams that `>&` names: 2 is standard error
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


def _behind(words: Sequence[Word], keywords: set[str]) -> Sequence[Word]:
    first = next((index for index, word in enumerate(words) if not (word.bare and word.text in keywords)), len(words))
    return words[first:]


@lru_cache(maxsize=4096)  # the rules of comparison ask for the same texts
def simple_commands(text: str) -> tuple[SimpleCommand, ...]:
    """The simple commands of a text, from left to right; an unfinished text is what is there. Raises nothing.

    What stands in `$( )` or behind `sh -c` is code of its own: see `SimpleCommand.substitutions`, `Command.code`.
    """
    found: list[SimpleCommand] = []
    command, last_sign = SimpleCommand(0), ""
    for token in tokens(text):
        command = _with_token(command, token)
        if token.is_word or token.is_redirection:
            continue
        if command.words or command.writes or command.joins:
            found.append(replace(command, background=token.sign == "&"))
        elif token.sign == "&" and last_sign == ")" and found:
            found[-1] = replace(found[-1], background=True)  # the last of a subshell
        elif token.sign == "\n":
            continue  # behind a `|` or `&&` the command goes on on the next line
        last_sign = token.sign
        command = SimpleCommand(token.line, piped=token.sign in ("|", "|&"))
    return tuple(found)


def pipelines(text: str) -> tuple[tuple[SimpleCommand, ...], ...]:
    """The simple commands of a text, those together that read what the one before prints."""
    found: list[list[SimpleCommand]] = []
    for simple in simple_commands(text):
        if simple.piped and found:
            found[-1].append(simple)
        else:
            found.append([simple])
    return tuple(map(tuple, found))


def _with_token(command: SimpleCommand, token: Token) -> SimpleCommand:
    """The command with a token more."""
    if token.is_word:
        line = command.line if command.words else token.line
        return replace(command, line=line, words=(*command.words, token.word))
    if token.sign == ">&" and re.fullmatch(r"\d+|-", token.word.text):
        return replace(command, joins=(*command.joins, token.word.text))
    if ">" in token.sign:
        return replace(command, writes=(*command.writes, token.word.text))
    if token.sign == "<":
        return replace(command, reads=(*command.reads, token.word.text))
    if token.sign == "<<<":
        return replace(command, here_string=token.word.text)
    return replace(command, in_documents=(*command.in_documents, *token.code)) if token.code else command
