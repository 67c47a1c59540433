"""Reads what the site's fences have to know of the project: engines, pages, snippets with variants, evidence, and the
history of the nights.
"""

import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path

from harness.claims import navigation, pages, snippets
from harness.claims.pages import Page, PageError
from harness.evidence import facts, files
from harness.evidence.facts import PageFact
from harness.lab import engines
from harness.lab.engines import Engine
from harness.night import history_file
from harness.night.history import History
from harness.site.proofs import Proof, prove

_EVIDENCE = Path("build", "evidence")
_CHANGING = (
    "snippets/**/*.console",
    "build/evidence/*/docs/**/*.json",
    f"build/evidence/{history_file.NAME}",
    "docs/**/*.md",
    "tests/labs/engines.toml",
)


@dataclass(frozen=True)
class Project:
    """The project as the site's fences know it."""

    root: Path
    declared: Mapping[str, Engine]  # by name, oldest first
    variants: Mapping[Path, Mapping[str, Path]]  # of snippets that have some: by engine, newest first, what it prints
    evidence: Sequence[PageFact]  # of the pages that are there
    history: History  # of the nights up to now
    proofs: Mapping[str, Proof]  # by the digest of the text
    _texts: dict[Path, str] = field(default_factory=dict)

    @cached_property
    def engines(self) -> Sequence[str]:
        """The names of the engines, oldest first."""
        return list(self.declared)

    @cached_property
    def varied(self) -> Mapping[str, Path]:
        """The snippets that have variants, by the digest of their text."""
        return {facts.digest(self.text(path)): path for path in self.variants}

    def samples(self, snippet: Path) -> Mapping[str, Path]:
        """By engine, the newest first, the file that holds what it prints."""
        return self.variants.get(snippet) or dict.fromkeys(reversed(self.engines), snippet)

    def text(self, sample: Path) -> str:
        """What the file of a sample says, which is asked for in many places."""
        if sample not in self._texts:
            self._texts[sample] = sample.read_text("utf-8")
        return self._texts[sample]

    @cached_property
    def pages(self) -> Sequence[Page | PageError]:
        """The pages in the site's order; in the place of one that can't be read, what is wrong with it."""
        return [_page(path, self.root, self.engines) for path in navigation.in_order(self.root)]


_at_rest: dict[Path, Project] = {}


@contextmanager
def at_rest(root: Path) -> Iterator[None]:
    """Inside, the project at `root` is taken to stay as it is: a build would look for changes once for every page."""
    _at_rest[root] = _load(root)
    try:
        yield
    finally:
        del _at_rest[root]


def read(root: Path) -> Project:
    """The project at `root` as it is now; what has not changed since the last call is not read again."""
    if root in _at_rest:
        return _at_rest[root]
    paths = [path for pattern in _CHANGING for path in root.glob(pattern)]
    return _read(root, tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=1)
def _read(root: Path, stamp: tuple[tuple[Path, int], ...]) -> Project:
    return _load(root)


def _load(root: Path) -> Project:
    declared = {engine.name: engine for engine in engines.read(root / "tests" / "labs" / "engines.toml")}
    evidence = list(_evidence(root, declared))
    history = history_file.load(root / _EVIDENCE / history_file.NAME, partial(print, file=sys.stderr))
    variants = _variants(root / "snippets", list(declared))
    return Project(root, declared, variants, evidence, history, prove(evidence, declared, history))


def _variants(folder: Path, engines: Sequence[str]) -> dict[Path, Mapping[str, Path]]:
    paths = sorted(folder.rglob("*.console"))
    varied = {snippets.snippet_of(path) for path in paths if snippets.engines_of(path)}
    return {path: snippets.samples(path, engines) for path in paths if path in varied}


def _evidence(root: Path, declared: Container[str]) -> Iterator[PageFact]:
    """The evidence of pages that are there, on engines that are declared."""
    folder = root / _EVIDENCE
    for page in files.load(folder, _say, lambda folder, path: _read_evidence(folder, path, files.stamp(path))):
        if page.engine not in declared:
            _say(f"{folder / page.engine}: found an engine that tests/labs/engines.toml does not declare")
        elif (root / page.page).exists():
            yield page


@cache
def _read_evidence(folder: Path, path: Path, stamp: tuple[int, int]) -> PageFact:
    """A page's evidence, which after a run of another page is as it was."""
    return files.with_recordings(files.read_in_place(folder, path), folder, _say)


def _say(*words: str) -> None:
    print("not shown as checked:", *words, file=sys.stderr)


def _page(path: Path, root: Path, names: Sequence[str]) -> Page | PageError:
    try:
        return pages.read(path, root, names)
    except PageError as error:
        return error
