"""Says of what a reader types what bash does at its end: runs it, asks for more, or refuses it. For sessions.

    echo (a)                 refused at once: it is run as it stands, and bash's words are its output
    if true                  unfinished: bash asks for more
    if true; then a; fi      complete

Bash's own grammar, read from the top down; a test holds it against `bash -n`.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

from harness.claims.shell_conditions import read_conditions
from harness.claims.shell_cursor import Cursor, Refused, Unfinished

_CLOSED_BY = {
    "if": "fi", "case": "esac", "for": "done", "select": "done", "while": "done", "until": "done", "{": "}", "(": ")",
    "[[": "]]",
}  # fmt: skip
_NO_BEGINNING = {"then", "elif", "else", "fi", "do", "done", "esac", "}", "]]", "in"}
_RESERVED = {*_CLOSED_BY, *_NO_BEGINNING, "coproc", "function", "time"}
_WORDS = re.compile(r"(?P<first>[\w./:=,@%+-]+)(?: +[\w./:=,@%+-]+)*")  # with no sign that means something to a shell
_BEHIND_A_CASE = (";;", ";&", ";;&")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*(?:\[[^]]*\])?\+?=")
_DECLARE = {"alias", "declare", "eval", "export", "let", "local", "readonly", "typeset"}  # they take `a=(1 2)`


@lru_cache(maxsize=4096)  # the variants of a snippet share most commands
def unfinished(text: str) -> str:
    """What keeps a shell asking for more after this text, in a contributor's words; empty where it doesn't."""
    if (words := _WORDS.fullmatch(text)) and words["first"] not in _RESERVED:
        return ""  # as most that readers type, and quickly known
    try:
        _Grammar(text).read()
    except Unfinished as error:
        return str(error)
    return ""


def complete_lines(text: str, at_least: int = 1) -> int:
    """After how many lines of the text, `at_least` so many, a shell asks for nothing more; 0 where it still does."""
    grammar = _Grammar(f"{text}\n")
    with suppress(Unfinished):
        grammar.read()
    there = text.count("\n") + 1
    return next((lines for lines in grammar.complete if at_least <= lines <= there), 0)


class _Grammar:
    """Reads a text once. `complete` are the numbers of lines after which a shell has run, or refused, what came."""

    def __init__(self, text: str) -> None:
        self.complete: list[int] = []
        self._at = Cursor(text)

    def read(self) -> None:
        """Raises Unfinished."""
        with suppress(Refused):
            self._at.take()
            while not self._at.is_at_end:
                if not self._at.sees("\n"):
                    self._line()
                self._line_end()
        self.complete += [] if self._at.is_at_end else [self._at.next().lines]

    def _line_end(self) -> None:
        end = self._at.next()
        self._at.expect("\n")
        self.complete.append(end.lines)

    # -- lists of commands

    def _line(self) -> None:
        self._and_or()
        while self._at.sees(";", "&"):
            self._at.take()
            if self._at.sees("\n"):
                return
            self._and_or()

    def _list(self) -> None:
        """Commands, one at least, up to what closes the construct that they stand in."""
        self._at.skip_line_ends()
        self._and_or()
        while self._at.sees(";", "&", "\n"):
            self._at.take()
            self._at.skip_line_ends()
            if not self._is_beginning():
                return
            self._and_or()

    def _is_beginning(self) -> bool:
        """Whether a command may begin here."""
        token = self._at.next()
        may_begin = token.is_word or token.is_redirection or self._at.sees("(", "((", "<(")
        return may_begin and not self._at.sees_word(*_NO_BEGINNING)

    def _and_or(self) -> None:
        self._at.joined(("&&", "||"), self._pipeline)

    def _pipeline(self) -> None:
        while self._at.sees_word("!", "time", "-p"):
            self._at.take()
            if self._at.sees("\n", ";"):
                return
        self._at.joined(("|", "|&"), self._command)

    # -- commands

    def _command(self) -> None:
        if not self._is_beginning() or self._at.sees_word("!"):
            raise Refused
        if self._at.sees_word("function"):
            self._at.take()
            name = self._at.next().word.text
            self._at.expect_any_word()
            self._function(f"`function {name}`")
        elif not self._compound():
            self._simple()

    def _compound(self) -> bool:
        """Reads one of bash's constructs, if one begins here."""
        token = self._at.next()
        name = token.sign or (token.word.text if token.word.bare else "")
        if name != "((" and name not in _CLOSED_BY:
            return False
        if name == "((":
            self._sum()
            return True
        with self._at.within(f"`{name}`, which `{_CLOSED_BY[name]}` ends"):
            self._at.take()
            self._inside(name)
        while self._at.next().is_redirection:
            self._at.expect_redirection()
        return True

    def _inside(self, name: str) -> None:
        """What stands in the construct that `name` begins, with its end."""
        if name in ("(", "{"):
            self._list()
        elif name == "[[":
            read_conditions(self._at)
        elif name == "if":
            self._if()
        elif name in ("while", "until"):
            self._list()
            self._at.expect("do")
            self._list()
        elif name in ("for", "select"):
            self._for()
        elif name == "case":
            self._case()
        if name not in ("for", "select"):
            self._at.expect(_CLOSED_BY[name])

    def _simple(self) -> None:
        """A program with its words, or the head of a function."""
        first = self._at.next()
        words: list[str] = []
        parts = 0
        while self._part(words):
            parts += 1
        if parts == 1 and words and not _ASSIGNMENT.match(words[0]) and self._at.sees("("):
            self._function(f"`{first.word.text}()`")

    def _part(self, words: list[str]) -> bool:
        """Reads one of a command's words or redirections, if one comes."""
        token = self._at.next()
        if token.is_redirection:
            self._at.expect_redirection()
        elif token.sign == "<(":
            with self._at.within("`(`, which `)` ends"):
                self._at.take()
                self._list()
                self._at.expect(")")
        elif token.is_word:
            self._at.take()
            if _ASSIGNMENT.fullmatch(token.word.text) and self._at.sees("(") and self._at.next().start == token.end:
                self._array(words)
            words.append(token.word.text)
        else:
            return False
        return True

    def _array(self, before: Sequence[str]) -> None:
        """`(1 2)` behind `a=`, where `before` are the command's words before it."""
        program = next((word for word in before if not _ASSIGNMENT.match(word)), "declare")
        if program not in _DECLARE:
            raise Refused
        with self._at.within("`(`, which `)` ends"):
            self._at.take()
            while not self._at.sees(")"):
                self._at.take()
            self._at.take()

    def _function(self, head: str) -> None:
        """The body of a function, and the brackets before it."""
        with self._at.within(head):
            if self._at.sees("("):
                self._at.take()
                self._at.expect(")")
            self._at.skip_line_ends()
            if not self._compound():
                raise Refused

    # -- constructs

    def _sum(self) -> None:
        """`((n + 1))`, which the shell doesn't read as words."""
        self._at.check_closed(self._at.next())
        self._at.take()

    def _if(self) -> None:
        self._list()
        self._at.expect("then")
        self._list()
        while self._at.sees_word("elif"):
            self._at.take()
            self._list()
            self._at.expect("then")
            self._list()
        if self._at.sees_word("else"):
            self._at.take()
            self._list()

    def _for(self) -> None:
        self._values()
        self._at.skip_line_ends()
        end = "}" if self._at.sees_word("{") else "done"
        self._at.expect("{" if end == "}" else "do")
        self._list()
        self._at.expect(end)

    def _values(self) -> None:
        """What a loop goes through."""
        if self._at.sees("(("):
            self._sum()
            if self._at.sees(";"):
                self._at.take()
            return
        self._at.expect_any_word()
        if self._at.sees(";"):
            self._at.take()
            return
        self._at.skip_line_ends()
        if self._at.sees_word("in"):
            while self._at.next().is_word:
                self._at.take()
            if not self._at.sees(";", "\n"):
                raise Refused
            self._at.take()

    def _case(self) -> None:
        self._at.expect_any_word()
        self._at.skip_line_ends()
        self._at.expect("in")
        self._at.skip_line_ends()
        while not self._at.sees_word("esac"):
            self._branch()
            if not self._at.sees(*_BEHIND_A_CASE):
                return
            self._at.take()
            self._at.skip_line_ends()

    def _branch(self) -> None:
        if self._at.sees("("):
            self._at.take()
        self._at.expect_any_word()
        while self._at.sees("|"):
            self._at.take()
            self._at.expect_any_word()
        self._at.expect(")")
        self._at.skip_line_ends()
        if self._is_beginning():
            self._list()
