"""Turns the project's own style sheets and scripts into lighter ones, for a reader's first visit: without comments and
indentation. What was written by others comes as it is.
"""

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_LINE_COMMENT = re.compile(r"^[ \t]*//.*\n", re.M)
_INDENT = re.compile(r"^[ \t]+", re.M)


def style(css: str) -> str:
    """A style sheet; no text in it may hold a comment or two blanks in a row."""
    return re.sub(r" ?([{};]) ?", r"\1", " ".join(_COMMENT.sub("", css).split())) + "\n"


def script(text: str) -> str:
    """A script; no line of a template in it may begin with `//` or depend on its indentation."""
    return _INDENT.sub("", _LINE_COMMENT.sub("", text))
