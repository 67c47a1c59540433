"""Turns what a reader types into a shell's tokens, for claims.shell and claims.shell_grammar.

    docker ps | wc -l > n        `docker` `ps` `|` `wc` `-l` `>`, the end of the line

Our own reader: shlex raises on a quote that nobody closes, and knows neither `$( )` nor here-documents nor which words
were quoted; bashlex, which does, is no longer kept and has a licence that would bind the whole project.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from harness.claims.words import Word, behind_bracket, read_document, read_word

_BLANK = re.compile(r"(?:[ \t]|\\\n)+")
_OPERATOR = re.compile(r"&&|\|\||\|&|;;&|;;|;&|[;|()\n]|&(?!>)")
_REDIRECTION = re.compile(r"(?P<stream>\d*|&)(?P<sign><<<|<<-?|>>|>\||>&|<&|<>|[<>])[ \t]*")
_SIGNS = {"\\": "the backslash at the line's end", "`": "a backquote", "$'": "`'`"}
_TABS = re.compile(r"^\t+", re.MULTILINE)
_NO_WORD = Word("", bare=False)


class Token(NamedTuple):
    """A word, an operator, a redirection with the word behind it, or the end of a line."""

    sign: str  # of an operator or a redirection; empty for a word
    word: Word  # empty for an operator
    start: int  # where it stands in the text
    end: int
    line: int  # that it begins on, from 0
    lines: int  # that a shell has read with it
    open: str = ""  # what nobody has closed in it, in a contributor's words
    stream: str = ""  # that a redirection names before its sign: 2 is standard error
    documents: tuple[Word, ...] = ()  # behind the line that ends here

    @property
    def is_word(self) -> bool:
        return not self.sign

    @property
    def is_redirection(self) -> bool:
        return self.sign[:1] in ("<", ">") and self.sign != "<("


@lru_cache(maxsize=4096)  # the grammar and claims.shell ask for the same texts
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text, from left to right; its end ends a line too."""
    return tuple(_Lexer(text).read())


class _Lexer:
    """Reads a text once, from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.line, self.counted = 0, 0  # the lines that end before this index
        self.documents: list[tuple[str, Word]] = []  # of those that begin on the next line: `<<` or `<<-`, last line

    def read(self) -> Iterator[Token]:
        while self.at < len(self.text):
            if match := _BLANK.match(self.text, self.at):
                self.at = match.end()
            elif self.text[self.at] == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                yield self._token()
        yield self._line_end(self.at)

    def _token(self) -> Token:
        start = self.at
        if match := _REDIRECTION.match(self.text, start):
            self.at = match.end()
            return self._redirection(match["sign"], start)._replace(stream=match["stream"])
        if end := self._behind_sum():
            is_open = end > len(self.text)
            self.at = start + 2 if is_open else end
            return self._made("((", start, is_open="`((`, which `))` ends" if is_open else "")
        if match := _OPERATOR.match(self.text, start):
            self.at = match.end()
            return self._line_end(start) if match[0] == "\n" else self._made(match[0], start)
        word, self.at = read_word(self.text, start)
        return self._made("", start, word)

    def _made(self, sign: str, start: int, word: Word = _NO_WORD, is_open: str = "") -> Token:
        """The token that stands between `start` and here."""
        line, ended = self._line_of(start), self._line_of(self.at)
        lines = ended if self.text.endswith("\n", start, self.at) else ended + 1
        sign_left = _SIGNS.get(word.open, f"`{word.open}`") if word.open else is_open
        return Token(sign, word, start, self.at, line, lines, sign_left)

    def _line_of(self, index: int) -> int:
        """The line that `index` stands on, from 0; it only grows."""
        self.line += self.text.count("\n", self.counted, index)
        self.counted = index
        return self.line

    def _behind_sum(self) -> int:
        """The index behind the `(( ))` that begins here; 0 where none does, as in `((a); b)`."""
        if not self.text.startswith("((", self.at):
            return 0
        inner = behind_bracket(self.text, self.at + 1)
        return inner + 1 if inner > len(self.text) or self.text.startswith(")", inner) else 0

    def _redirection(self, sign: str, start: int) -> Token:
        # <( ): what stands in it is read as commands of their own.
        if sign in ("<", ">") and self.text.startswith("(", start + 1):
            self.at = start + 2
            return self._made("<(", start)
        word, self.at = read_word(self.text, self.at)
        if sign in ("<<", "<<-"):
            self.documents.append((sign, word))
        return self._made(sign, start, word)

    def _line_end(self, start: int) -> Token:
        """The end of a line, with the here-documents below it."""
        documents: tuple[Word, ...] = ()
        is_open = ""
        while self.documents and not is_open:
            sign, last = self.documents.pop(0)
            found = self._document(sign, last)
            end = found.start() if found else len(self.text)
            text = self.text[self.at : end]
            text = _TABS.sub("", text) if sign == "<<-" else text
            documents += (read_document(text) if last.bare else Word(text, bare=False),)
            self.at = min(found.end() + 1, len(self.text)) if found else len(self.text)
            is_open = "" if found else f"the here-document that `{last.text}` ends"
        return self._made("\n", start, is_open=is_open)._replace(documents=documents)

    def _document(self, sign: str, last: Word) -> re.Match[str] | None:
        """The last line of a here-document."""
        tabs = r"\t*" if sign == "<<-" else ""
        return re.compile(rf"^{tabs}{re.escape(last.text)}$", re.MULTILINE).search(self.text, self.at)
