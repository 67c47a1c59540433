"""Says where on the site an example stands, for the lists of examples and of commands."""

from pathlib import Path

from harness.claims.pages import Block, Page


def address(page: Page, root: Path) -> str:
    """The page's address from the site's root."""
    return page.path.relative_to(root / "docs").with_suffix(".html").as_posix()


def section(block: Block) -> str:
    """The heading above a block as readers see it; where there is none, the block's snippet."""
    return block.section or block.snippet


def anchor(block: Block) -> str:
    """The anchor of the heading above a block; '' where there is none, and the page itself is meant."""
    return block.anchor
