"""Finds in a page and its snippets what readers would not see as it is, for pages: a page is anybody's text.

What a command printed is left as it came: a terminal's orders in it have a sign wherever people are shown it.
"""

import html
from collections.abc import Container, Iterator, Sequence

from harness.claims import sessions
from harness.claims.characters import hidden
from harness.claims.front_matter import FrontMatter, line_of
from harness.claims.markdown import text_lines


def unseen(lines: Sequence[str], printed: Container[int] = ()) -> Iterator[tuple[int, str]]:
    """(line, what is wrong with it) of a text, but for the lines in `printed`; 1-based."""
    if not any(hidden("\n".join(lines))):
        return  # as in nearly all texts
    for number, line in enumerate(lines, 1):
        if number not in printed and (names := list(hidden(line))):
            yield number, f"found {', '.join(names)}, which readers would not see; remove it"


def unseen_references(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The same of what stands in a Markdown text as HTML writes it: `&#8238;`."""
    referring = {line: ", ".join(named) for line in lines if (named := _referred(line))}
    for number, line in text_lines(lines) if referring else ():
        if line in referring:
            yield number, f"found a reference to {referring[line]}, which readers would not see; remove it"


def _referred(line: str) -> list[str]:
    """The hidden characters that a line refers to, where it has none as such."""
    return list(hidden(html.unescape(line))) if "&" in line and not any(hidden(line)) else []


def unseen_values(front: FrontMatter, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The same of the values in a front matter, where YAML writes it: `"\\u202e"`."""
    for key, value in front.values.items():
        if names := [name for text in _texts(value) for name in hidden(text)]:
            yield (
                line_of(lines, str(key)),
                f"found {', '.join(names)} in `{key}`, which readers would not see; remove it",
            )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inside in value.items() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from _texts(inside)


def printed_lines(text: str, first_line: int = 1) -> set[int]:
    """The lines of a session that a command printed, where the text begins on `first_line`; all, if it is none."""
    try:
        steps = sessions.parse(text).steps
    except sessions.SessionError:
        return set(range(first_line, first_line + text.count("\n") + 1))
    return {first_line - 1 + number for step in steps for number in range(step.first_line, step.last_line + 1)}
