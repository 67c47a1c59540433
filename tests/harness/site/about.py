"""Turns a page's sources into what stands under its title and at its end, for readers: its Markdown; when it last
changed, its source, and a question that leads to an issue which is already half written.
"""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from harness import stale
from harness.site import book, texts
from harness.site.escaping import escape


def changes(root: Path) -> dict[str, str]:
    """When each page and snippet last changed (YYYY-MM-DD), by its path; empty where git knows nothing of it."""
    command = ["git", "-c", "core.quotepath=off", "log", "--format=%x00%cs", "--name-only", "--", "docs", "snippets"]
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
    root = "../" * name.count("/")
    parts.append(f'<a href="{root}feed.xml">{texts.FEED_LINK}</a>')
    parts.append(f'<a href="{root}{book.NAME}">{texts.BOOK}</a>')
    if repository:
        source = f"{repository}/blob/HEAD/docs/{quote(name)}"
        parts.append(f'<a href="{escape(source)}">{texts.SOURCE}</a>')
        parts.append(f'<a class="stale" href="{escape(stale.address(f"docs/{name}", repository))}">{texts.STALE}</a>')
    return f'<p class="about" data-search-exclude>{" · ".join(parts)}</p>'


def actions(name: str) -> str:
    """The HTML under the title of the page `name`, with the button to which docs/assets/page.js listens."""
    address = quote(Path(name).name)
    return (
        '<span class="actions" data-search-exclude>'
        f'<button type="button" class="copy-markdown" data-address="{address}">{texts.COPY_MARKDOWN}</button>'
        f'<a href="{address}">{texts.MARKDOWN}</a><output></output></span>'
    )
