"""Reads what stands between `[[` and `]]`: for shell_grammar.

[[ -n $a && ! ( $b == c* || $d =~ ^(e|f)$ ) ]]
"""

import re
from functools import partial

from harness.claims.shell_cursor import Cursor, Refused

_OF_ONE = re.compile(r"-[a-zA-Z]")
_OF_TWO = re.compile(r"==?|!=|=~|-(?:eq|ne|lt|le|gt|ge|ef|nt|ot)")


def read_conditions(at: Cursor) -> None:
    at.joined(("&&", "||"), partial(_condition, at))


def _condition(at: Cursor) -> None:
    """A part of what stands in `[[ ]]`: bash refuses it at once where a line ends within the part."""
    at.skip_line_ends()
    while at.sees_word("!"):
        at.take()
        at.skip_line_ends()
    if at.sees("("):
        with at.within("`(`, which `)` ends"):
            at.take()
            read_conditions(at)
            at.expect(")")
    else:
        _comparison(at)
    at.skip_line_ends()


def _comparison(at: Cursor) -> None:
    is_of_one = at.next().is_word and _OF_ONE.fullmatch(at.next().word.text)
    _operand(at)
    if is_of_one:
        _operand(at)
    elif at.next().is_redirection:  # `<` or `>`, with what stands behind it
        at.expect_redirection()
    elif at.next().is_word and _OF_TWO.fullmatch(at.next().word.text):
        at.take()
        _operand(at)
    elif at.sees("\n"):
        raise Refused


def _operand(at: Cursor) -> None:
    """A word, or a pattern with brackets and bars in it."""
    if not at.sees("", "(") or at.sees_word("]]"):
        raise Refused
    end = at.next().start
    while at.next().start == end and not at.sees("\n", "&&", "||", ";", "&"):
        end = at.next().end
        at.take()
