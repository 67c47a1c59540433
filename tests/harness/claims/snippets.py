"""Finds the files in snippets/ that show one session on different engines, for whoever shows, judges or writes them."""

import os
from collections.abc import Sequence
from pathlib import Path


def samples(snippet: Path, engines: Sequence[str]) -> dict[str, Path]:
    """By engine, the newest first, the file that holds what it prints: the snippet, or its variant for an older engine.

    `list@20.10.console` is for that engine only, `list@until-28c.console` for it and all before it.
    """
    shown, found = snippet, {}
    have = {engines_of(path): path for path in variants(snippet)}
    for engine in reversed(engines):
        shown = have.get(f"until-{engine}", shown)
        found[engine] = have.get(engine, shown)
    return found


def sample_for(snippet: Path, engine: str, engines: Sequence[str]) -> Path:
    """The file that holds what `engine` prints."""
    return samples(snippet, engines)[engine]


def variants(snippet: Path) -> list[Path]:
    """The files beside `snippet` that show it on older engines."""
    start, end = f"{snippet.stem}@", snippet.suffix
    names = os.listdir(snippet.parent)  # noqa: PTH208  (a glob takes twenty times as long, which a build feels)
    names = [name for name in names if name.startswith(start) and name.endswith(end)]
    return [snippet.with_name(name) for name in sorted(names)]


def snippet_of(variant: Path) -> Path:
    """The snippet that a file is a variant of; for a snippet that itself."""
    return variant.with_name(variant.stem.partition("@")[0] + variant.suffix)


def engines_of(variant: Path) -> str:
    """Which engines a variant is for, as its name says it: `28`, `until-28`; '' for the snippet itself."""
    return variant.stem.partition("@")[2]
