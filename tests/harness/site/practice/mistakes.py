"""Turns the guide's own samples of mistakes into what practice answers to one: `No such container: wbe` with another
name in the place of `wbe`.
"""

from typing import NamedTuple

from harness.claims import sessions
from harness.site.inputs import Project


class _Mistake(NamedTuple):
    """A sample of a mistake: its snippet, and the word in it that was wrong."""

    snippet: str
    wrong: str


# What practice asks for -> the sample that has it. Of a snippet, the first step that fails.
_MISTAKES = {
    "container": _Mistake("errors/no-such.console", "wbe"),
    "name": _Mistake("errors/name.console", "web"),
    "flag": _Mistake("debug/s125.console", "--nmae"),
    "command": _Mistake("versions/unknown-command.console", "rnu"),
    "image": _Mistake("containers/misspelt.console", "centos:lastest"),
    "pull": _Mistake("errors/tag.console", "nginx:lastest"),
    "repository": _Mistake("errors/access.console", "nginxx"),
    "program": _Mistake("errors/not-found.console", "bash"),
    "exec": _Mistake("exec/missing.console", "vim"),
}
PLACE = "{}"  # of the wrong word in a text


def mistakes(project: Project, engine: str) -> dict[str, str]:
    """What `engine` prints of each mistake, with PLACE for the wrong word; none where the guide has no sample of it."""
    found = {name: _text(project, mistake, engine) for name, mistake in _MISTAKES.items()}
    return {name: text for name, text in found.items() if text}


def _text(project: Project, mistake: _Mistake, engine: str) -> str:
    snippet = project.root / "snippets" / mistake.snippet
    if not snippet.exists():
        return ""
    text = project.text(project.samples(snippet)[engine])
    failed = next((step for step in sessions.parse(text).steps if step.status), None)
    return failed.sample.replace(mistake.wrong, PLACE) if failed else ""
