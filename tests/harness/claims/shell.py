"""Turns what a reader types into the simple commands that a shell makes of it, for claims.commands and the lint.

$ docker run -d web && echo until | cat > note
docker run -d web     echo until     cat (piped, writes note)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

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
    appends: tuple[str, ...] = ()  # those of them that `>>` names
    is_written: bool = False  # its output goes into one of them, not only its errors
    reads: tuple[str, ...] = ()  # the files that `<` names
    here_string: str = ""  # behind `<<<`
    joins: tuple[str, ...] = ()  # the streams that `>&` names: 2 is standard error
    piped: bool = False  # reads what the command before it prints
    background: bool = False  # `&`: nobody waits for its end
    depends: bool = False  # behind `&&` or `||`: on how the command before it ends
    documents: tuple[Word, ...] = ()  # its here-documents

    @property
    def texts(self) -> list[str]:
        return [word.text for word in self.words]

    @cached_property
    def keyword(self) -> str:
        """The loop's word that it begins with (`until`, `for`, `done`); '' where it begins with a program."""
        words = _behind(self.words, _BEFORE_A_COMMAND)
        return words[0].text if words and words[0].bare and words[0].text in _LOOPS else ""

    @cached_property
    def program(self) -> tuple[str, ...]:
        """The program and its arguments, without the words before it (`until`, `A=1`); () where there is none."""
        words = _behind(self.words, _BEFORE_A_COMMAND | {"until", "while"})
        if words and words[0].bare and words[0].text in _NO_PROGRAM:
            return ()
        return without_assignments([word.text for word in words])

    @cached_property
    def in_documents(self) -> tuple[str, ...]:
        """The code in the `$( )` of its here-documents."""
        return tuple(code for document in self.documents for code in document.substitutions)

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
    own: list[Token] = []  # of the command that is read
    line, last_sign = 0, ""
    for token in tokens(text):
        own.append(token)
        if token.is_word or token.is_redirection:
            continue
        command = _simple_command(own, line, last_sign, background=token.sign == "&")
        if command.words or command.writes or command.reads or command.joins:
            found.append(command)
        elif token.sign == "&" and last_sign == ")" and found:
            found[-1] = replace(found[-1], background=True)  # the last of a subshell
        elif token.sign == "\n":
            own = [one for one in own if one.documents]
            continue  # behind a `|` or `&&` the command goes on on the next line
        line, last_sign, own = token.line, token.sign, []
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


def _simple_command(own: Sequence[Token], line: int, sign_before: str, *, background: bool) -> SimpleCommand:
    """The command of its `own` tokens, with the one that ends it; without a word it stands on `line`."""
    words = [token for token in own if token.is_word]
    targets: dict[str, list[str]] = {"joins": [], "writes": [], "reads": [], "<<<": []}
    is_written = False
    for token in filter(lambda token: token.is_redirection, own):
        target = _target_of(token)
        targets.setdefault(target, []).append(token.word.text)
        is_written = is_written or (target == "writes" and token.stream in ("", "1", "&"))
    return SimpleCommand(
        line=words[0].line if words else line,
        words=tuple(token.word for token in words),
        writes=tuple(targets["writes"]),
        appends=tuple(token.word.text for token in own if token.sign == ">>"),
        is_written=is_written,
        reads=tuple(targets["reads"]),
        here_string="".join(targets["<<<"][-1:]),
        joins=tuple(targets["joins"]),
        piped=sign_before in ("|", "|&"),
        background=background,
        depends=sign_before in ("&&", "||"),
        documents=tuple(document for token in own for document in token.documents),
    )


def _target_of(redirection: Token) -> str:
    """What the word behind it names: a stream that it `joins`, a file that it `writes` or `reads`; else its sign."""
    if redirection.sign == ">&" and re.fullmatch(r"\d+|-", redirection.word.text):
        return "joins"
    return "writes" if ">" in redirection.sign else "reads" if redirection.sign == "<" else redirection.sign
