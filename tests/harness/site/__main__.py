"""Finishes build/site, as MkDocs has left it: `python -m harness.site`."""

import json
import re
from pathlib import Path

from harness import proofs
from harness.evidence import write
from harness.site.index import index
from harness.site.policy import guarded
from harness.site.recordings import script


def finish(root: Path) -> None:
    """Finishes the site that MkDocs has built in the project at `root`."""
    site = root / "build" / "site"
    write(site / "search" / "index.js", index(json.loads((site / "search" / "search_index.json").read_text("utf-8"))))
    names: set[str] = set()
    for page in sorted(site.rglob("*.html")):
        html = page.read_text("utf-8")
        names.update(re.findall(r'data-recording="([^"]+)"', html))
        write(page, guarded(_corrected(html)))
    for name in sorted(names):
        cast = (root / "build" / "evidence" / f"{name}.cast").read_text("utf-8")
        write(site / "recordings" / f"{name}.js", script(name, cast))


def _corrected(html: str) -> str:
    """Without what Material writes that is no valid HTML, and with its script waiting until the page is there."""
    html = re.sub(r'(<input class="md-toggle"[^>]*) autocomplete="off"', r"\1", html)
    return re.sub(r'<script (src="[^"]*/bundle\.)', r"<script defer \1", html)


if __name__ == "__main__":
    finish(proofs.ROOT)
