"""Turns the snippets into a list of the docker commands that the guide runs, for the site (by superfences).

docs/ ──pages──> blocks ──sessions──> steps ──commands──> `docker run`: the places where it is run
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from markdown import Markdown

from harness import project
from harness.claims import sessions
from harness.claims.commands import parse
from harness.claims.pages import PageError
from harness.site import addresses, faults, inputs, later, texts
from harness.site.escaping import escape
from harness.site.inputs import Project
from harness.site.meanings import MEANINGS
from harness.site.tables import LOADED

_SHOWN = 3  # pages of a command: `docker run` stands on nearly all of them, and a phone would show nothing else


def commands(source: str, language: str, class_name: str, options: Mapping[str, Any], md: Markdown, **_: object) -> str:
    """The HTML of a commands fence: it is empty on the page, and stands at the site's root."""
    with faults.ends_the_build("the commands"):
        return later.html("commands", partial(show, inputs.read(project.ROOT)))


@faults.ends_the_build("the commands")
def show(project: Project) -> str:
    """A table of the commands in the alphabet's order, each with the sections that run it in the pages' order."""
    known = ((name, found) for name, found in sorted(collect(project).items()) if name in MEANINGS)
    rows = "".join(_row(name, found) for name, found in known)
    head = f'<tr><th scope="col">{texts.COMMAND}</th><th scope="col">{texts.RUN_IN}</th></tr>'
    search = f'<label class="filter">{texts.FILTER} <input type="search" data-filters="commands"></label>'
    table = f'<table class="commands" data-search-exclude><thead>{head}</thead><tbody>{rows}</tbody></table>'
    return f"<section>{LOADED}{search}{table}</section>\n"


def collect(project: Project) -> dict[str, dict[str, dict[str, str]]]:
    """The commands that the newest engine is shown running: name -> title of a page -> address -> section there."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for page in project.pages:
        if isinstance(page, PageError):
            continue  # the page of all examples says so
        for block in filter(lambda block: block.is_session, page.blocks):
            where = f"{addresses.address(page, project.root)}#{addresses.anchor(block)}"
            for name in (name for step in sessions.parse(block.text).steps for name in names(step.command)):
                sections = found.setdefault(name, {}).setdefault(page.title or page.path.stem, {})
                sections[where] = addresses.section(block)
    return found


def names(text: str) -> Iterator[str]:
    """The docker commands in a line of a shell: `docker run`, `docker network create`, `docker compose up`.

    A loop that waits (`sh -c 'until docker inspect …'`) is no example of what it asks with.
    """
    for command in parse(text):
        if command.program == "docker" and command.subcommand and "sh" not in command.within:
            yield command.name


def _row(name: str, found: Mapping[str, Mapping[str, str]]) -> str:
    anchor = escape(name.replace(" ", "-"))
    link = f'<a href="#{anchor}"><code>{escape(name)}</code></a>'
    meaning = f"<p>{MEANINGS[name]}</p>"
    return f'<tr id="{anchor}"><th scope="row">{link}</th><td>{meaning}{_places(found)}</td></tr>'


def _places(found: Mapping[str, Mapping[str, str]]) -> str:
    """The first pages that run a command, and behind a line that opens the others."""
    pages = [f"<li>{escape(title)}: {_links(sections)}</li>" for title, sections in found.items()]
    first, others = (pages[:_SHOWN], pages[_SHOWN:]) if len(pages) > _SHOWN + 1 else (pages, [])
    shown = f"<ul>{''.join(first)}</ul>"
    if not others:
        return shown
    summary = f"<summary>{texts.OTHER_PAGES.format(len(others))}</summary>"
    return f"{shown}<details>{summary}<ul>{''.join(others)}</ul></details>"


def _links(sections: Mapping[str, str]) -> str:
    return ", ".join(f'<a href="{escape(where)}">{escape(section)}</a>' for where, section in sections.items())
