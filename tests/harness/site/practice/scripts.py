"""Turns a lesson's page and the run that proved it into what docs/assets/practice/ answers to a reader who types its
commands: a script for each page, so that it loads from file:// too, and one with what is known of options.

page ──steps──> steps, as one engine's run printed them, or else as the page shows them ──> practice/ports.js
"""

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from harness.claims import commands, options
from harness.claims.pages import Page
from harness.site import clock, texts
from harness.site.addresses import address
from harness.site.inputs import Project
from harness.site.meanings import MEANINGS
from harness.site.plain import Plain
from harness.site.practice.mistakes import mistakes
from harness.site.practice.option_names import LONG, PLAIN_FLAGS
from harness.site.practice.run import Run, shown_run
from harness.site.practice.steps import steps, terminals

_LESSON = "\n## 스스로 확인하기\n"  # every lesson ends with questions, and nothing else does


class Practices(NamedTuple):
    """What can be practised. `scripts`: by their paths below the site."""

    scripts: Mapping[str, str]
    commands: int  # that can be typed, on all pages


def practices(project: Project, plain: Sequence[Plain]) -> Practices:
    """The scripts: one for each lesson, and one that all of them need."""
    lessons = list(_lessons(project, plain))
    wrong = {engine: mistakes(project, engine) for engine in project.engines}
    pages = {_path(address(page, project.root)): _data(page, project, wrong, len(lessons)) for page in lessons}
    known = {**options.tables(), **commands.names(), "commands": [*MEANINGS], "long": LONG}
    known["others"] |= PLAIN_FLAGS
    scripts = {path: _script("practicePage", data) for path, data in pages.items()}
    scripts["practice/options.js"] = _script("practiceOptions", known)
    return Practices(scripts, sum("command" in step for data in pages.values() for step in data["steps"]))


def button(html: str, address: str, scripts: Container[str]) -> str:
    """The page at `address` with the button that opens its practice, where it has one: behind its title."""
    path = _path(address)
    if path not in scripts:
        return html
    shown = f'<button type="button" class="practice-open" data-practice="{path}" data-search-exclude>'
    assets = f"{'../' * address.count('/')}assets/practice/"
    head = f'<link rel="stylesheet" href="{assets}button.css"><script defer src="{assets}open.js"></script>'
    html = html.replace("</head>", f"{head}</head>", 1)
    return html.replace("</h1>", f"</h1>{shown}{texts.PRACTICE}</button>", 1)


def _lessons(project: Project, plain: Sequence[Plain]) -> Iterator[Page]:
    """The pages that teach, and show something to type."""
    teach = {page.address for page in plain if _LESSON in page.text}
    for page in project.pages:
        if not isinstance(page, Page) or address(page, project.root) not in teach:
            continue
        if any(block.is_session for block in page.blocks):
            yield page


def _path(address: str) -> str:
    return f"practice/{address.removesuffix('.html')}.js"


def _data(page: Page, project: Project, wrong: Mapping[str, Mapping[str, str]], lessons: int) -> dict[str, Any]:
    """What the scripts know of a page. `wrong` is what each engine prints of mistakes."""
    run = shown_run(page, project)
    return {
        "page": address(page, project.root).removesuffix(".html"),
        "lessons": lessons,
        "source": _source(run),
        "terminals": terminals(page),
        "ids": run.ids,
        "names": run.names,
        "errors": wrong[run.engine],
        "steps": list(steps(page, run)),
    }


def _source(run: Run) -> str:
    """Where what it prints comes from, in a reader's words."""
    if not run.version:
        return texts.PRACTICE_SAMPLE
    return (texts.PRACTICE_STANDIN if run.standin else texts.PRACTICE_RUN).format(run.version, clock.day(run.started))


def _script(name: str, data: Mapping[str, Any]) -> str:
    return f"globalThis.{name} = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"
