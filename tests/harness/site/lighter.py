"""Turns pages and the project's own style sheets and scripts into lighter ones, for a reader's first visit: without
comments and indentation. Scripts and style sheets by others come as they are.
"""

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_LINE_COMMENT = re.compile(r"^[ \t]*//.*\n|(?<=[]({},;]) //.*", re.M)
_TYPES = re.compile(r"/\*\*.*?\*/[ \n]?", re.S)
_INDENT = re.compile(r"^[ \t]+", re.M)

_VERBATIM = re.compile(r"(<(?P<name>pre|script)\b.*?</(?P=name)>)", re.S)  # where a line's end is one


def page(html: str) -> str:
    """A page; of blanks between its tags one line's end is left."""
    parts, at = [], 0
    for kept in _VERBATIM.finditer(html):
        parts += [re.sub(r"\n\s+", "\n", html[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*parts, re.sub(r"\n\s+", "\n", html[at:])])


def style(css: str) -> str:
    """A style sheet; no text in it may hold a comment or two blanks in a row."""
    return re.sub(r" ?([{};]) ?", r"\1", " ".join(_COMMENT.sub("", css).split())) + "\n"


def script(text: str) -> str:
    """A script; no text in it may hold the beginning of a comment behind a blank, or depend on its indentation."""
    return _INDENT.sub("", _LINE_COMMENT.sub("", _TYPES.sub("", text)))
