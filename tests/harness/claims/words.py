"""Reads one word of a shell's text, for claims.shell: what the program gets, without the quotes.

'a b'"$c"\\ d     ->     a b$c d
"""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

_BEHIND_A_WORD = " \t\n;|&()<>"
_CLOSING = {"(": ")", "{": "}"}
_PLAIN = re.compile(r'[^"\\$`]+')  # means nothing between double quotes
_BARE = re.compile(r"""[^ \t\n;|&()<>'"\\$`]+""")  # means nothing anywhere
_PUT_IN = re.compile(r"`|\$[\w({!?$#@*-]")
_DEEPEST = 20  # brackets in each other: nobody types more, and what is in them is read again at each level
_BRACKET = re.compile(r"[()]")
_ANSI_QUOTED = re.compile(r"\$'((?:[^'\\]|\\.)*)('?)", re.DOTALL)  # $'it\'s'


class Word(NamedTuple):
    """A word as the program gets it, without its quotes."""

    text: str
    bare: bool = True  # nothing of it was quoted, so it may be one of the shell's own (`until`)
    substitutions: tuple[str, ...] = ()  # the code in its `$( )` and backquotes
    expandable: str = ""  # what of it the shell reads for a `$`: nothing between '', nothing behind a backslash
    open: str = ""  # the sign that the end of the text leaves open: a quote, `$(`, a backslash

    @property
    def is_as_typed(self) -> bool:
        """Whether the shell puts nothing into it: no variable, nothing that a command prints."""
        return not _PUT_IN.search(self.expandable)


class _Piece(NamedTuple):
    """A part of a word, and the index behind it: beyond the text where that ends within the part."""

    text: str
    end: int
    quoted: bool = False
    substitutions: tuple[str, ...] = ()
    expandable: str = ""


def read_word(text: str, at: int) -> tuple[Word, int]:
    """The word that begins at index `at`, and the index behind it. A quote that nobody closes ends with the text."""
    bare = _BARE.match(text, at)
    if bare and text[bare.end() : bare.end() + 1] in _BEHIND_A_WORD:
        return Word(bare[0]), bare.end()
    pieces = []
    start = at
    while at < len(text) and text[at] not in _BEHIND_A_WORD:
        start = at
        pieces.append(_piece(text, at))
        at = pieces[-1].end
    return _joined(pieces)._replace(open=_opening(text, start) if at > len(text) else ""), at


def _joined(pieces: Iterable[_Piece]) -> Word:
    pieces = list(pieces)
    return Word(
        "".join(piece.text for piece in pieces),
        bare=not any(piece.quoted for piece in pieces),
        substitutions=tuple(code for piece in pieces for code in piece.substitutions),
        expandable="".join(piece.expandable for piece in pieces),
    )


def _opening(text: str, at: int) -> str:
    """The sign at index `at`, of one or two characters."""
    return text[at : at + 2] if text.startswith(("$(", "${", "$'"), at) else text[at]


def read_document(text: str) -> Word:
    """A here-document, as a program reads it whose shell looks for a `$` in it."""
    return _joined(_pieces(text, 0, ""))


def _piece(text: str, at: int) -> _Piece:
    """What stands at index `at` outside of quotes: plain characters, something quoted, or a substitution."""
    if found := _BARE.match(text, at):
        return _Piece(found[0], found.end(), expandable=found[0])
    if text[at] == "'":
        end = _find(text, "'", at + 1)
        return _Piece(text[at + 1 : end], end + 1, quoted=True)
    if found := _ANSI_QUOTED.match(text, at):
        return _Piece(found[1], found.end() if found[2] else len(text) + 1, quoted=True)
    if text[at] == '"':
        pieces = list(_pieces(text, at + 1, '"'))
        end = pieces[-1].end if pieces else at + 1
        inside = tuple(code for piece in pieces for code in piece.substitutions)
        expandable = "".join(piece.expandable for piece in pieces)
        return _Piece("".join(piece.text for piece in pieces), end + 1, True, inside, expandable)
    if text[at] == "\\":
        escaped = text[at + 1 : at + 2]
        return _Piece("" if escaped == "\n" else escaped or "\\", at + 2, quoted=True)
    return _expansion(text, at)


def _pieces(text: str, at: int, end: str) -> Iterator[_Piece]:
    """What stands between double quotes, up to the sign `end`; of a whole text where that is empty."""
    while at < len(text) and text[at] != end:
        if plain := _PLAIN.match(text, at):
            piece = _Piece(plain[0], plain.end(), expandable=plain[0])
        else:
            piece = _escaped(text, at, end) if text[at] == "\\" else _expansion(text, at)
        yield piece
        at = piece.end


def _escaped(text: str, at: int, end: str) -> _Piece:
    """Up to the sign `end` a backslash is itself, but before what means something there."""
    escaped = text[at + 1 : at + 2]
    is_sign = bool(escaped) and escaped in "$`\\" + end
    return _Piece("" if escaped == "\n" else ("" if is_sign else "\\") + escaped, at + 2)


def _expansion(text: str, at: int) -> _Piece:
    """A `$( )`, `${ }` or `` ` ` `` as it is written, with its code; else the next character."""
    if text.startswith(("$(", "${"), at):
        end = behind_bracket(text, at + 1)
        is_code = text[at + 1] == "(" and not text.startswith("$((", at)
        code = text[at + 2 : end].removesuffix(")")
        is_read = is_code and not _is_too_deep(code)
        return _Piece(text[at:end], end, substitutions=(code,) if is_read else (), expandable=text[at:end])
    if text[at] == "`":
        end = _find(text, "`", at + 1)
        quoted = text[at : end + 1]
        return _Piece(quoted, end + 1, substitutions=(text[at + 1 : end],), expandable=quoted)
    return _Piece(text[at], at + 1, expandable=text[at])


def _is_too_deep(code: str) -> bool:
    if code.count("(") < _DEEPEST:
        return False
    depths = accumulate(1 if found[0] == "(" else -1 for found in _BRACKET.finditer(code))
    return max(depths) >= _DEEPEST


def behind_bracket(text: str, at: int) -> int:
    """The index behind the bracket that closes the one at index `at`; what is quoted does not count.

    Beyond the text where nothing closes it.
    """
    open_signs: list[str] = []  # each as the sign that closes it
    while at < len(text):
        in_quotes = open_signs[-1:] == ['"']
        if text[at] == "\\":
            at += 1
        elif open_signs and text[at] == open_signs[-1]:
            open_signs.pop()
            if not open_signs:
                return at + 1
        elif text[at] == '"':
            open_signs.append('"')
        elif text[at] == "'" and not in_quotes:
            at = _find(text, "'", at + 1)
        elif text[at] in _CLOSING and (not in_quotes or text[at - 1] == "$"):
            open_signs.append(_CLOSING[text[at]])
        at += 1
    return len(text) + 1


def _find(text: str, sign: str, start: int) -> int:
    found = text.find(sign, start)
    return len(text) if found < 0 else found
