"""Turns the site's navigation (mkdocs.yml) into the order of the pages, for a course and for the site's lists."""

import re
from pathlib import Path


def in_order(root: Path) -> list[Path]:
    """The pages in the order of the site's navigation, and after them those that it leaves out."""
    settings = root / "mkdocs.yml"
    listed = re.findall(r"[\w./-]+\.md\b", settings.read_text("utf-8")) if settings.exists() else []
    names = {path.relative_to(root / "docs").as_posix(): path for path in sorted((root / "docs").rglob("*.md"))}
    return [names[name] for name in dict.fromkeys([*listed, *names]) if name in names]
