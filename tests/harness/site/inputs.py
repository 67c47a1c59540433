"""Reads what the site's fences have to know of the project: engines, pages, snippets with variants, evidence, and the
history of the nights.
"""

import sys
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
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
from harness.site.beside import beside
from harness.site.proofs import Proof, prove

_Run = tuple[PageFact, Mapping[str, str]]  # of a page on an engine, with the texts of its recordings by their paths
_Runs = Sequence[_Run]
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
    casts: Mapping[str, str]  # the texts of its recordings, by their paths below the evidence
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
    """Inside, the project at `root` is taken to stay as it is: a build would look for changes once for every page. It
    is read in two processes; this one must have no threads.
    """
    _at_rest[root] = _load(root, _runs_in_two)
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
    return _load(root, _runs)


def _load(root: Path, read: Callable[[Path], _Runs]) -> Project:
    declared = {engine.name: engine for engine in engines.read(root / "tests" / "labs" / "engines.toml")}
    runs = list(_shown(read(root / _EVIDENCE), root, declared))
    evidence = [page for page, _ in runs]
    casts = {path: text for _, recorded in runs for path, text in recorded.items()}
    history = history_file.load(root / _EVIDENCE / history_file.NAME, partial(print, file=sys.stderr))
    variants = _variants(root / "snippets", list(declared))
    return Project(root, declared, variants, evidence, casts, history, prove(evidence, declared, history))


def _variants(folder: Path, engines: Sequence[str]) -> dict[Path, Mapping[str, Path]]:
    paths = sorted(folder.rglob("*.console"))
    varied = {snippets.snippet_of(path) for path in paths if snippets.engines_of(path)}
    return {path: snippets.samples(path, engines) for path in paths if path in varied}


def _shown(runs: _Runs, root: Path, declared: Container[str]) -> Iterator[_Run]:
    """Those of pages that are there, on engines that are declared."""
    for page, casts in runs:
        if page.engine not in declared:
            _say(f"{root / _EVIDENCE / page.engine}: found an engine that tests/labs/engines.toml does not declare")
        elif (root / page.page).exists():
            yield page, casts


def _runs(folder: Path) -> _Runs:
    """The evidence in `folder` that can be read."""
    found, refused = files.read_all(folder, files.page_paths(folder), _run)
    files.say_once(refused, _say)
    return found


def _runs_in_two(folder: Path) -> _Runs:
    """The same, half of it read by another process."""
    paths = files.page_paths(folder)
    half = len(paths) // 2
    with beside(partial(files.read_all, folder, paths[half:], _run)) as others:
        found, refused = files.read_all(folder, paths[:half], _run)
        more, also_refused = others()
    files.say_once([*refused, *also_refused], _say)
    return [*found, *more]


def _run(folder: Path, path: Path) -> _Run:
    return _read_run(folder, path, files.stamp(path))


@cache
def _read_run(folder: Path, path: Path, stamp: tuple[int, int]) -> _Run:
    """A page's evidence, which after a run of another page is as it was."""
    return files.with_recordings(files.read_in_place(folder, path), folder, _say)


def _say(*words: str) -> None:
    print("not shown as checked:", *words, file=sys.stderr)


def _page(path: Path, root: Path, names: Sequence[str]) -> Page | PageError:
    try:
        return pages.read(path, root, names)
    except PageError as error:
        return error
