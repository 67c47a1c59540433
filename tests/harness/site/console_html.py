"""Turns a session's text into the HTML of its block, for the site's fences: prompts, commands, output, what to copy."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

from harness.claims import sessions, shell_kinds
from harness.claims.characters import visible
from harness.claims.sessions import Session, Step
from harness.site import hyphens, texts
from harness.site.escaping import escape

_ID = re.compile(r"(?<![\w&#:-])(?=[a-f]*\d)[0-9a-f]{12,64}(?![\w-])")
_FORMATTER = HtmlFormatter[str](nowrap=True)


def block(text: str, title: str) -> str:
    """A block as Material styles it; a text that is no session is all output. `title` may be empty."""
    try:
        session = sessions.parse(text)
    except sessions.SessionError:
        session = Session(())
        rows = [_span("go", f"{line}\n") for line in text.splitlines()]
    else:
        rows = list(_rows(session))
    filename = f'<span class="filename">{escape(title)}</span>' if title else ""
    return (
        f'<div class="language-console highlight no-copy">{filename}'
        f"<pre><span></span><code>{''.join(rows)}</code></pre></div>\n"
    )


def copy_all(text: str) -> str:
    """The button to which console.js gives a block's commands; where there is but one, that has its own, also by it."""
    try:
        commands = [step.command for step in _of_one_shell(sessions.parse(text))]
    except sessions.SessionError:
        return ""
    if len(commands) < 2:
        return ""
    return f'<button type="button" class="copy-all">{texts.COPY_ALL}</button>\n'


def _of_one_shell(session: Session) -> list[Step]:
    """The steps up to where another shell takes over: what is typed behind that would go to the wrong one."""
    for _, steps in groupby(session.steps, key=lambda step: step.at_host):
        if typed := [step for step in steps if step.command.strip()]:
            return typed
    return []


def _rows(session: Session) -> Iterator[str]:
    """The lines of a block, each with its line's end, so that who selects leaves out the whole line.

    console.js leaves `elsewhere` out where what stands before it is copied as well.
    """
    first = _of_one_shell(session)
    for step in session.steps:
        yield _typed(step, "typed" if step in first or not step.command.strip() else "typed elsewhere")
        if step.sample:
            yield from (_span("go", f"{line}\n") for line in step.sample.split("\n"))
        if step.shown_status:
            yield _span("exit", f"{texts.EXIT_STATUS.format(step.status)}\n")
    if session.waiting:
        yield _span("gp", f"{session.waiting}\n")


def _typed(step: Step, classes: str) -> str:
    """A step's command, each of its lines by itself: one that wraps shows that it goes on."""
    shell, continuation = shell_kinds.shell_at(step.prompt), shell_kinds.continuation_at(step.prompt)
    lines = (
        f'<span class="line">{_span("gp", continuation if number else step.prompt)}{_marked(line)}\n</span>'
        for number, line in enumerate(_highlighted(visible(step.command), shell.lexer))
    )
    return f'<span class="{classes}">{"".join(lines)}</span>'


def _marked(line: str) -> str:
    """A command's line where words with a hyphen stay whole, and what the reader replaces is told: an engine's ID."""
    return _ID.sub(rf'<span class="yours" title="{texts.YOURS}">\g<0></span>', hyphens.whole(line))


@lru_cache(maxsize=4096)
def _highlighted(command: str, language: str) -> Sequence[str]:
    coloured = highlight(command, _lexer(language), _FORMATTER)
    lines = coloured.replace('<span class="w"> </span>', " ").removesuffix("\n").split("\n")
    return lines if len(lines) == command.count("\n") + 1 else escape(command).split("\n")


@lru_cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False, ensurenl=False)


def _span(kind: str, text: str) -> str:
    return f'<span class="{kind}">{escape(text)}</span>' if text else ""
