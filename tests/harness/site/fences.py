"""Turns a console fence into HTML with its proof, for the site (MkDocs and Zensical, by pymdownx.superfences).

source ──console_html──> prompts, commands, output ──┐
   └──digest──> proofs ──proof_html──> its proof ────┴──> one block, or a tab for each engine that prints another text
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from markdown import Markdown

from harness import project
from harness.evidence import facts
from harness.site import console_html, engine_tabs, faults, inputs, proof_html
from harness.site.inputs import Project
from harness.site.proofs import Proof


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
    with faults.ends_the_build("a console fence"):
        return _show(source, str(options.get("title", "")), md)


def _show(source: str, title: str, md: Markdown) -> str:
    if md not in _pages:
        _pages[md] = _Page(inputs.read(project.ROOT))
    proved = _pages[md].project
    snippet = proved.varied.get(facts.digest(source))
    tabs = engine_tabs.of_snippet(snippet, proved.declared) if snippet else []
    if len(tabs) < 2:
        return _with_proof(source, title, proved)
    blocks = [_with_proof(tab.path.read_text("utf-8"), title, proved) for tab in tabs]
    name = facts.digest(source)[:12]
    _pages[md].tabs[name] += 1
    return engine_tabs.html(tabs, blocks, name, _pages[md].tabs[name])


def _with_proof(text: str, title: str, project: Project) -> str:
    proof = proof_html.proof(project.proofs.get(facts.digest(text), Proof()))
    return f'<div class="proved">{console_html.block(text, title)}{proof}{console_html.copy_all(text)}</div>\n'
