"""Turns a console fence into HTML with its proof, for the site (MkDocs and Zensical, by pymdownx.superfences).

source ──console_html──> prompts, commands, output ──┐
   └──digest──> proofs ──page_proof──> its proof ────┴──> one block, or a tab for each engine that prints another text
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from markdown import Markdown

from harness import project
from harness.claims.pages import Page
from harness.evidence import facts
from harness.evidence.facts import Outcome
from harness.site import console_html, engine_tabs, faults, inputs, later, proof_html, texts
from harness.site.engine_tabs import Tab
from harness.site.inputs import Project
from harness.site.page_proof import PageProof
from harness.site.proofs import Proof


@dataclass
class _Page:
    """What is known while a page is turned into HTML."""

    project: Project
    proofs: PageProof
    tabs: int = 0  # how many texts have been shown in tabs


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
    page = _page(md)
    tabs = _tabs_of(source, page.project)
    if len(tabs) < 2:
        return _example(source, title, page, page.project.engines)
    page.tabs += 1
    return _tabs(tabs, title, page, str(page.tabs))


def _tabs_of(source: str, project: Project) -> list[Tab]:
    snippet = project.varied.get(facts.digest(source))
    return engine_tabs.of_samples(project.samples(snippet), project.declared) if snippet else []


def _page(md: Markdown) -> _Page:
    if md not in _pages:
        _pages[md] = _Page(inputs.read(project.ROOT), PageProof(md))
        md.postprocessors.register(_pages[md].proofs, "page_proof", 0)  # when all examples are there
    return _pages[md]


def _tabs(tabs: Sequence[Tab], title: str, page: _Page, name: str) -> str:
    """The tabs of a snippet's texts; open is that of the newest engine on which its text was confirmed."""
    shown = [page.project.text(tab.path) for tab in tabs]
    proofs = [_proof(text, page.project) for text in shown]
    opened = next((at for at, proof in enumerate(proofs) if proof.outcome is Outcome.PASSED), 0)
    blocks = [
        _example(text, title, page, [engine.name for engine in tab.engines], at == opened)
        for at, (tab, text) in enumerate(zip(tabs, shown, strict=True))
    ]
    newer = [texts.OUTCOMES[proof.outcome][0] for proof in proofs[:opened]]
    return engine_tabs.html(tabs, blocks, name, newer)


def _proof(text: str, project: Project) -> Proof:
    return project.proofs.get(facts.digest(text), Proof())


def _example(text: str, title: str, page: _Page, engines: Sequence[str], is_opened: bool = True) -> str:
    """A text that these engines print, with its proof."""
    proof = _proof(text, page.project)
    block, copy_all, runs = (later.html(name, make) for name, make in _pieces(text, title, proof))
    said = page.proofs.add(proof, runs, engines, is_opened)
    return f'<div class="proved">{block}{said}{copy_all}</div>\n'


def pieces(project: Project) -> dict[str, str]:
    """The HTML that the blocks of all pages keep places for, by its name."""
    blocks = [block for page in project.pages if isinstance(page, Page) for block in page.blocks if block.is_session]
    shown = ((text, block.title) for block in blocks for text in _texts(block.text, project))
    made = (_pieces(text, title, _proof(text, project)) for text, title in shown)
    return {name: make() for pieces in made for name, make in pieces}


def _texts(source: str, project: Project) -> list[str]:
    """What a block shows: its text, or that of each tab."""
    tabs = _tabs_of(source, project)
    return [project.text(tab.path) for tab in tabs] if len(tabs) > 1 else [source]


def _pieces(text: str, title: str, proof: Proof) -> Iterator[tuple[str, Callable[[], str]]]:
    """What a block and its proof consist of, but for what depends on the page: each by its name."""
    yield f"block-{_name(text, title)}", partial(_piece, console_html.block, text, title)
    yield f"copy-{_name(text)}", partial(_piece, console_html.copy_all, text)
    yield f"runs-{_name(text)}", partial(proof_html.runs, proof)


def _piece(make: Callable[..., str], text: str, *title: str) -> str:
    with faults.ends_the_build(f"the console fence that begins `{text.partition(chr(10))[0]}`"):
        return make(text, *title)


def _name(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
