"""Files that have changed -> the pages that have to be run again: for the task `check`."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from harness.claims import navigation, pages

BRANCHES = ("main", "origin/main")


def since_main(root: Path) -> list[Path] | None:
    """The files under `root` that differ from where this branch left main, or that git doesn't know yet.

    None where that can't be told: no git here, or no branch main.
    """
    left = next(filter(None, (_git(root, "merge-base", "HEAD", branch) for branch in BRANCHES)), None)
    if not left:
        return None
    known = _git(root, "diff", "--name-only", "-z", left.strip()) or ""
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z") or ""
    return [root / name for name in (known + new).split("\0") if name]


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout


def to_run(changed: Iterable[Path], root: Path) -> list[Path]:
    """The pages among them, and those that show one of their snippets, in the site's order."""
    files = set(changed)
    shown = {pages.shown_as(path, root) for path in files if path.is_relative_to(root / "snippets")}
    return [page for page in navigation.in_order(root) if page in files or shown & pages.snippets_of(page)]
