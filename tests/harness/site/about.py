"""Turns a page's sources into what stands at its end, for readers: when it last changed, its Markdown, its source, and
a question that leads to an issue which is already half written.
"""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

from harness.site import texts
from harness.site.escaping import escape


def changes(root: Path) -> dict[str, str]:
    """When each file of the project last changed (YYYY-MM-DD), by its path; empty where git knows nothing of it."""
    command = ["git", "-c", "core.quotepath=off", "log", "--format=%x00%cs", "--name-only"]
    log = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout
    found: dict[str, str] = {}
    for commit in log.split("\0")[1:]:
        date, *paths = commit.split("\n")
        found |= {path: date for path in filter(None, paths) if path not in found}
    return found


def about(name: str, sources: Sequence[str], changed: Mapping[str, str], repository: str) -> str:
    """The HTML at the end of the page `name` (below docs/). `repository` is its address, empty where there is none."""
    date = max((changed[source] for source in sources if source in changed), default="")
    parts = [f'{texts.CHANGED} <time datetime="{date}">{date}</time>'] if date else []
    parts.append(f'<a href="{quote(Path(name).name)}">Markdown</a>')
    parts.append(f'<a href="{"../" * name.count("/")}feed.xml">{texts.FEED_LINK}</a>')
    if repository:
        source = f"{repository}/blob/HEAD/docs/{quote(name)}"
        parts.append(f'<a href="{escape(source)}">{texts.SOURCE}</a>')
        parts.append(f'<a class="stale" href="{escape(_issue(name, repository))}">{texts.STALE}</a>')
    return f'<p class="about" data-search-exclude>{" · ".join(parts)}</p>'


def _issue(name: str, repository: str) -> str:
    page = f"docs/{name}"
    written = {"title": texts.ISSUE_TITLE.format(page), "body": texts.ISSUE.format(page)}
    return f"{repository}/issues/new?{urlencode(written)}"
