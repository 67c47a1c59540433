"""Turns a console fence into HTML with its proof, for the site (MkDocs and Zensical, by pymdownx.superfences).

source ──sessions──> prompts, commands, output ──┐
   └──digest──> proofs ──> its proof ────────────┴──> one block, or a tab for each engine that prints another text
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from markdown import Markdown
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

from harness import project
from harness.claims import pages, sessions, shell_kinds
from harness.evidence import facts
from harness.lab.engines import Engine
from harness.site import proof_html, proofs
from harness.site.proofs import Project, Proof

_FORMATTER = HtmlFormatter[str](nowrap=True)


@dataclass
class _Page:
    """What is known while a page is turned into HTML."""

    project: Project
    tabs: Counter[str] = field(default_factory=Counter)  # how often the page has shown a text's tabs


# A Markdown instance is one page at one time, in MkDocs as in Zensical: nothing outlives a reload.
_pages: WeakKeyDictionary[Markdown, _Page] = WeakKeyDictionary()


def validate(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, str], md: Markdown
) -> bool:
    """Takes every console fence, and the title of those that have one."""
    options["title"] = inputs.get("title", "")
    return True


def console(source: str, language: str, class_name: str, options: Mapping[str, Any], md: Markdown, **_: object) -> str:
    """The HTML of a console fence: its block and proof, in tabs where engines print different texts."""
    with proofs.ends_the_build("a console fence"):
        return _show(source, str(options.get("title", "")), md)


def _show(source: str, title: str, md: Markdown) -> str:
    if md not in _pages:
        _pages[md] = _Page(proofs.read(project.ROOT))
    proved = _pages[md].project
    snippet = proved.varied.get(facts.digest(source))
    shown = _by_engine(snippet, proved.declared) if snippet else []
    if len(shown) < 2:
        return _with_proof(source, title, proved)
    blocks = [(text, _with_proof(text.path.read_text("utf-8"), title, proved)) for text in shown]
    return _tabs(blocks, facts.digest(source)[:12], _pages[md].tabs)


# -- one text for each engine


class _Text(NamedTuple):
    label: str
    engines: Sequence[Engine]  # that print it, newest first
    path: Path


def _by_engine(snippet: Path, declared: Mapping[str, Engine]) -> list[_Text]:
    """Each of the texts that `snippet` has, that of the newest engine first. `declared`: oldest first."""
    printed: dict[Path, list[Engine]] = {}
    for name, path in pages.samples(snippet, list(declared)).items():
        printed.setdefault(path, []).append(declared[name])
    return [_Text(_label(shown_on, list(declared.values())), shown_on, path) for path, shown_on in printed.items()]


def _label(shown_on: Sequence[Engine], engines: Sequence[Engine]) -> str:
    """`Docker 28 이하`, for the engines `shown_on`, newest first."""
    newest, oldest = (_number(engine, shown_on) for engine in (shown_on[0], shown_on[-1]))
    to_newest, to_oldest = shown_on[0] == engines[-1], shown_on[-1] == engines[0]
    if newest == oldest or (to_newest and to_oldest):
        return f"Docker {newest}"
    if to_oldest:
        return f"Docker {newest} 이하"
    return f"Docker {oldest} 이상" if to_newest else f"Docker {oldest}~{newest}"


def _number(engine: Engine, shown_on: Sequence[Engine]) -> str:
    """`28` for `28 (containerd)`, but where plain 28 prints something else."""
    return next((other.label for other in shown_on if other.name == engine.release), engine.label)


def _tabs(blocks: Sequence[tuple[_Text, str]], name: str, seen: Counter[str]) -> str:
    """Tabs as pymdownx.tabbed writes them for Material; the first is open."""
    seen[name] += 1
    group = f"console-{name}-{seen[name]}"
    inputs = "".join(
        f'<input{" checked" if number == 1 else ""} id="{group}-{number}" name="{group}" type="radio"'
        f' data-engines="{" ".join(engine.name for engine in text.engines)}" data-engine="{_remembered(text.engines)}">'
        for number, (text, _) in enumerate(blocks, 1)
    )
    labels = "".join(
        f'<label for="{group}-{number}">{escape(text.label)}{_ended(text.engines)}</label>\n'
        for number, (text, _) in enumerate(blocks, 1)
    )
    content = "".join(f'<div class="tabbed-block">{html}</div>' for _, html in blocks)
    return (
        f'<div class="tabbed-set tabbed-alternate" data-tabs="{name}:{len(blocks)}">{inputs}'
        f'<div class="tabbed-labels">{labels}</div><div class="tabbed-content">{content}</div></div>'
    )


def _remembered(engines: Sequence[Engine]) -> str:
    """The engine that console.js remembers for a tab: the newest in it that is a release by itself stands for all."""
    return next((engine.name for engine in engines if engine.name == engine.release), engines[0].name)


def _ended(engines: Sequence[Engine]) -> str:
    return f" <small>{proofs.ENDED}</small>" if all(engine.ended for engine in engines) else ""


# -- one block


def _with_proof(text: str, title: str, project: Project) -> str:
    proof = proof_html.proof(project.proofs.get(facts.digest(text), Proof()))
    return f'<div class="proved">{_block(text, title)}{proof}</div>\n'


def _block(text: str, title: str) -> str:
    try:
        session = sessions.parse(text)
    except sessions.SessionError:
        session = sessions.Session(())
        rows: list[str] = [_span("go", f"{line}\n") for line in text.splitlines()]
    else:
        rows = list(_rows(session))
    copied = escape(_copied(session)).replace("\n", "&#10;")
    copy = f' data-copy="{copied}"' if copied else ""
    classes = "language-console highlight" if copied else "language-console highlight no-copy"
    filename = f'<span class="filename">{escape(title)}</span>' if title else ""
    return f'<div class="{classes}"{copy}>{filename}<pre><span></span><code>{"".join(rows)}</code></pre></div>\n'


def _copied(session: sessions.Session) -> str:
    """What the copy button takes: the commands for the reader's own shell; only without any, a container's."""
    commands = [step for step in session.steps if step.command.strip()]
    at_host = [step for step in commands if step.at_host]
    return "\n".join(step.command for step in at_host or commands)


def _rows(session: sessions.Session) -> Iterator[str]:
    """The lines of a block, each span of output with its line's end, so that who selects leaves out the whole line.

    console.js leaves `inside` out where the host's commands are copied as well.
    """
    mixed = len({step.at_host for step in session.steps if step.command.strip()}) > 1
    for step in session.steps:
        shell = shell_kinds.shell_at(step.prompt)
        for number, line in enumerate(_highlighted(step.command, shell.lexer)):
            typed = f'<span class="inside">{line}\n</span>' if mixed and not step.at_host else f"{line}\n"
            yield _span("gp", shell.continuation if number else step.prompt) + typed
        if step.sample:
            yield from (_span("go", f"{line}\n") for line in step.sample.split("\n"))
        if step.status:
            yield _span("exit", f"종료 상태 {step.status}\n")
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
