"""Builds the site that readers get: MkDocs' own, and what is made of it and of the evidence: `python -m harness.site`.

build/site ──> search/index.js, a policy in each page, and what stands at its end
build/evidence ──> recordings/, feed.xml
docs/, snippets/ ──> each page as Markdown, llms.txt
"""

import gc
import json
import os
import re
from pathlib import Path

from mkdocs.__main__ import cli

from harness import evidence, places, proofs
from harness.evidence import write
from harness.night.compare import Night, compare, from_json
from harness.site.about import about, changes
from harness.site.feed import feed
from harness.site.index import index
from harness.site.plain import Plain, llms, plain
from harness.site.policy import guarded
from harness.site.recordings import script


def finish(root: Path, address: str, repository: str) -> None:
    """Finishes the site that MkDocs has built in the project at `root`.

    It will stand at `address`, and what it is made of at `repository`; each may be empty, where that isn't known.
    """
    site, folder = root / "build" / "site", root / "build" / "evidence"
    pages = [plain(path, root) for path in places.in_order(root)]
    built = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    write(site / "search" / "index.js", index(built, pages))
    for page in pages:
        write(site / page.name, page.text)
    write(site / "llms.txt", llms(pages, address))
    write(site / "feed.xml", feed(_night(folder), address))
    for name in sorted(_pages(site, pages, changes(root), repository)):
        write(site / "recordings" / f"{name}.js", script(name, (folder / f"{name}.cast").read_text("utf-8")))


def _pages(site: Path, pages: list[Plain], changed: dict[str, str], repository: str) -> set[str]:
    """Finishes the HTML of each page; returns the recordings that they play."""
    names: set[str] = set()
    sources = {site / page.address: page for page in pages}
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        names.update(re.findall(r'data-recording="([^"]+)"', html))
        if page := sources.get(path):
            end = about(page.name, page.sources, changed, repository)
            html = html.replace("</article>", f"{end}</article>", 1)
        write(path, guarded(_corrected(html)))
    return names


def _corrected(html: str) -> str:
    """Without what Material writes that is no valid HTML, and with its script waiting until the page is there."""
    html = re.sub(r'(<input class="md-toggle"[^>]*) autocomplete="off"', r"\1", html)
    return re.sub(r'<script (src="[^"]*/bundle\.)', r"<script defer \1", html)


def _night(folder: Path) -> Night:
    """What the last night said; where there was none, what the runs so far have seen."""
    path = folder / "night.json"
    night = from_json(json.loads(path.read_text("utf-8"))) if path.exists() else None
    facts = evidence.load(folder)
    date = max((fact["started"] for fact in facts), default="1970-01-01T00:00:00+00:00")
    return night or compare(facts, {"engines": []}, {}, {}, None, date)


def _repository() -> str:
    """Where the project's sources are: REPOSITORY_URL, or what GitHub says to its workflows."""
    server, name = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    return os.environ.get("REPOSITORY_URL", f"{server}/{name}" if server and name else "").rstrip("/")


if __name__ == "__main__":
    gc.disable()  # a build is short and throws everything away in the end
    cli(["build", "--strict", "--quiet"], standalone_mode=False)  # in one process: half of a build is imports
    finish(proofs.ROOT, os.environ.get("SITE_URL", ""), _repository())
