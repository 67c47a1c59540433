"""Turns the texts that a snippet has for different engines into tabs, for the site's fences."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from harness.lab.engines import Engine
from harness.site import texts
from harness.site.escaping import escape


class Tab(NamedTuple):
    """One of a snippet's texts."""

    label: str
    engines: Sequence[Engine]  # that print it, newest first
    path: Path


def of_samples(samples: Mapping[str, Path], declared: Mapping[str, Engine]) -> list[Tab]:
    """A tab for each file of a snippet's `samples`, by engine, newest first. `declared`: by name, oldest first."""
    printed: dict[Path, list[Engine]] = {}
    for name, path in samples.items():
        printed.setdefault(path, []).append(declared[name])
    return [Tab(_label(shown_on, list(declared.values())), shown_on, path) for path, shown_on in printed.items()]


def html(tabs: Sequence[Tab], blocks: Sequence[str], name: str, newer: Sequence[str]) -> str:
    """Tabs as pymdownx.tabbed writes them for Material. `blocks` are their contents; `name` is theirs on the page.

    The first is open, or that behind the `newer` ones, whose labels say what became of those.
    """
    group = f"console-{name}"
    inputs = "".join(_input(tab, group, at, at == len(newer)) for at, tab in enumerate(tabs))
    notes = [*newer, *(_ended(tab.engines) for tab in tabs[len(newer) :])]
    labels = "".join(
        f'<label for="{group}-{at}">{escape(tab.label)}{f" <small>{note}</small>" if note else ""}</label>\n'
        for at, (tab, note) in enumerate(zip(tabs, notes, strict=True), 1)
    )
    content = "".join(f'<div class="tabbed-block">{block}</div>' for block in blocks)
    return (
        f'<div class="tabbed-set tabbed-alternate" data-tabs="{name}:{len(blocks)}">{inputs}'
        f'<div class="tabbed-labels">{labels}</div><div class="tabbed-content">{content}</div></div>'
    )


def _input(tab: Tab, group: str, at: int, is_open: bool) -> str:
    """What console.js needs to know stands in its data: the engines behind the tab, and which of them it remembers."""
    engines = " ".join(engine.name for engine in tab.engines)
    return (
        f'<input{" checked" if is_open else ""} id="{group}-{at + 1}" name="{group}" type="radio"'
        f' data-engines="{engines}" data-engine="{_remembered(tab.engines)}">'
    )


def _remembered(engines: Sequence[Engine]) -> str:
    """The newest of a tab's engines that is a release by itself stands for all of them."""
    return next((engine.name for engine in engines if engine.is_release), engines[0].name)


def _ended(engines: Sequence[Engine]) -> str:
    return texts.ENDED if all(engine.support.ended for engine in engines) else ""


def _label(shown_on: Sequence[Engine], engines: Sequence[Engine]) -> str:
    """`Docker 28 이하`, for the engines `shown_on`, newest first."""
    newest, oldest = (_release(engine, shown_on) for engine in (shown_on[0], shown_on[-1]))
    to_newest, to_oldest = shown_on[0] == engines[-1], shown_on[-1] == engines[0]
    if newest == oldest or (to_newest and to_oldest):
        return f"Docker {newest}"
    if to_oldest:
        return texts.AND_OLDER.format(f"Docker {newest}")
    return texts.AND_NEWER.format(f"Docker {oldest}") if to_newest else f"Docker {oldest}~{newest}"


def _release(engine: Engine, shown_on: Sequence[Engine]) -> str:
    """`28` for `28 (containerd)`, but where plain 28 prints something else."""
    return next((other.label for other in shown_on if other.name == engine.release), engine.label)
