"""Turns a session's text into the HTML of its block, for the site's fences: prompts, commands, output, what to copy."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

from harness.claims import sessions, shell_kinds
from harness.claims.characters import visible
from harness.claims.sessions import Session
from harness.site import texts
from harness.site.escaping import escape

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
    copied = escape(_copied(session)).replace("\n", "&#10;")
    copy = f' data-copy="{copied}"' if copied else ""
    classes = "language-console highlight" if copied else "language-console highlight no-copy"
    filename = f'<span class="filename">{escape(title)}</span>' if title else ""
    return f'<div class="{classes}"{copy}>{filename}<pre><span></span><code>{"".join(rows)}</code></pre></div>\n'


def _copied(session: Session) -> str:
    """What the copy button takes: the commands for the reader's own shell; only without any, a container's."""
    commands = [step for step in session.steps if step.command.strip()]
    at_host = [step for step in commands if step.at_host]
    return "\n".join(step.command for step in at_host or commands)


def _rows(session: Session) -> Iterator[str]:
    """The lines of a block, each span of output with its line's end, so that who selects leaves out the whole line.

    console.js leaves `inside` out where the host's commands are copied as well.
    """
    mixed = len({step.at_host for step in session.steps if step.command.strip()}) > 1
    for step in session.steps:
        shell = shell_kinds.shell_at(step.prompt)
        for number, line in enumerate(_highlighted(visible(step.command), shell.lexer)):
            typed = f'<span class="inside">{line}\n</span>' if mixed and not step.at_host else f"{line}\n"
            yield _span("gp", shell.continuation if number else step.prompt) + typed
        if step.sample:
            yield from (_span("go", f"{line}\n") for line in step.sample.split("\n"))
        if step.shown_status:
            yield _span("exit", f"{texts.EXIT_STATUS.format(step.status)}\n")
    if session.waiting:
        yield _span("gp", f"{session.waiting}\n")


@lru_cache(maxsize=4096)
def _highlighted(command: str, language: str) -> Sequence[str]:
    lines = highlight(command, _lexer(language), _FORMATTER).removesuffix("\n").split("\n")
    return lines if len(lines) == command.count("\n") + 1 else escape(command).split("\n")


@lru_cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False, ensurenl=False)


def _span(kind: str, text: str) -> str:
    return f'<span class="{kind}">{escape(text)}</span>' if text else ""
