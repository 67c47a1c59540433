"""Turns the snippets into a list of the docker commands that the guide runs, for the site (by superfences).

docs/ ──pages──> blocks ──sessions──> steps ──command_of──> `docker run`: the places where it is run
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from markdown import Markdown

from harness import project
from harness.claims import sessions
from harness.claims.pages import PageError
from harness.site import addresses, faults, inputs, texts
from harness.site.inputs import Project

# Those that have commands of their own: `docker network create`.
_GROUPS = re.compile(
    "builder|buildx|checkpoint|compose|config|container|context|image|manifest|network|node|plugin|secret|service|"
    "stack|swarm|system|trust|volume"
)
_WORD = r"""(?:"[^"]*"|'[^']*'|[^\s;|&()"'`])+"""
# The program, the options that stand before the command (with what those of them take), and the command.
_DOCKER = re.compile(
    rf"(?<![\w./=:-])(?P<program>docker-compose|docker)"
    rf"(?:[ ]+(?:(?:-H|-c|-l|-f|-p|--(?:host|context|config|log-level|file|project-name))[ =]{_WORD}|-{_WORD}))*"
    rf"[ ]+(?P<name>[a-z][a-z-]*)(?:[ ]+(?P<of_group>[a-z][a-z-]*))?"
)


def commands(source: str, language: str, class_name: str, options: Mapping[str, Any], md: Markdown, **_: object) -> str:
    """The HTML of a commands fence: it is empty on the page, and stands at the site's root."""
    with faults.ends_the_build("the commands"):
        return show(inputs.read(project.ROOT))


def show(project: Project) -> str:
    """A table of the commands in the alphabet's order, each with the sections that run it in the pages' order."""
    rows = "".join(_row(name, found) for name, found in sorted(collect(project).items()))
    head = f'<tr><th scope="col">{texts.COMMAND}</th><th scope="col">{texts.RUN_IN}</th></tr>'
    return f'<table class="commands" data-search-exclude><thead>{head}</thead><tbody>{rows}</tbody></table>\n'


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


def names(command: str) -> Iterator[str]:
    """The docker commands in a line of a shell: `docker run`, `docker network create`, `docker-compose up`."""
    for part in re.split(r"[;&|()`\n]", re.sub(r"'[^']*'", "''", command)):
        if not (call := _DOCKER.search(part)):
            continue
        grouped = call["program"] == "docker" and _GROUPS.fullmatch(call["name"]) and call["of_group"]
        yield f"{call['program']} {call['name']}" + (f" {call['of_group']}" if grouped else "")


def _row(name: str, found: Mapping[str, Mapping[str, str]]) -> str:
    places_of = "".join(f"<li>{escape(title)}: {_links(sections)}</li>" for title, sections in found.items())
    anchor = name.replace(" ", "-")
    return f'<tr id="{anchor}"><th scope="row"><code>{escape(name)}</code></th><td><ul>{places_of}</ul></td></tr>'


def _links(sections: Mapping[str, str]) -> str:
    return ", ".join(f'<a href="{escape(where)}">{escape(section)}</a>' for where, section in sections.items())
