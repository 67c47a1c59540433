"""Where the examples stand on the site: addresses and anchors, for status and commands."""

import re
from pathlib import Path

from pymdownx.slugs import slugify  # type: ignore[import-untyped]

from harness.claims.pages import Block, Page

_SLUG = slugify(case="lower")  # as mkdocs.yml names the anchors of headings


def address(page: Page, root: Path) -> str:
    """The page's address from the site's root."""
    return page.path.relative_to(root / "docs").with_suffix(".html").as_posix()


def section(block: Block) -> str:
    """The heading above a block as readers see it; where there is none, the block's snippet."""
    return re.sub(r"[`*]|\s*\{[^{}]*\}$", "", block.section) or block.snippet


def anchor(block: Block) -> str:
    """The anchor of the heading above a block."""
    return str(_SLUG(section(block), "-"))
