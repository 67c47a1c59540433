"""What was saved -> the page as it is now, and its verdict: in the browsers that have it open, and in the terminal.

One job after the other; a page is proved in a thread of its own meanwhile.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import NamedTuple

from harness import changed, report
from harness.causes import cause
from harness.claims import pages
from harness.claims.pages import Page, PageError
from harness.claims.problems import relative
from harness.evidence import files
from harness.evidence.facts import BlockFact, Outcome, PageFact, place
from harness.evidence.files import EvidenceError
from harness.lab import engines
from harness.serve.preview import Preview
from harness.serve.proving import Prover
from harness.serve.saves import Steps
from harness.serve.server import Site

_MOST = 3  # pages that one save may concern; more are a checkout, and `check` is for that
_WRONG = (Outcome.DIFFERS, Outcome.BROKEN)
_RUNNING = "running"
_AGAIN = "that may come of the lab's having waited since the last save: run again in a fresh one"
_Job = Callable[[], object]


class _Saved(NamedTuple):
    """A page that is to be proved."""

    page: Page
    changed: int  # the first block that is another than before
    at: float  # monotonic
    afresh: bool = False  # once more, in a fresh lab


class Serving:
    """Shows the project at `root` and, once there is a prover, proves what is saved. Builds in `folder`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.site = Site(self.opened)
        self.address = ""  # of the site, until that has been said
        self._preview = Preview(root, self.site, folder)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._engines = [declared.name for declared in engines.read(root / "tests" / "labs" / "engines.toml")]
        self._thread = ThreadPoolExecutor(1)  # in which a page is proved
        self._is_over = False
        self._prover: Prover | None = None
        self._early: dict[Path, float] = {}  # pages that were saved before there was one
        self._open = ""  # the page that a browser opened last
        self._proving: Path | None = None
        self._waiting: dict[Path, _Saved] = {}  # to be proved; the last comes first
        self._steps: dict[Path, Steps] = {}  # of the pages as they were last proved, or are to be
        self._verdicts: dict[Path, tuple[str, str]] = {}  # the last ones
        self._wrong: set[Path] = set()  # pages that can't be read

    def say(self, text: str) -> None:
        """To the terminal."""
        if not self._is_over:
            print(text, flush=True)

    def saved(self, paths: set[Path]) -> None:
        """These files were saved; from any thread."""
        at = monotonic()
        self._jobs.put(lambda: self._saved(paths, at))

    def opened(self, page: str) -> None:
        """A browser has opened the page at that address below the site's; from any thread."""
        self._jobs.put(lambda: self._opened(page))

    def prove_with(self, prover: Prover) -> None:
        """From now on what is saved is proved, and what has been; from any thread."""
        self._jobs.put(lambda: self._begin(prover))

    def work(self) -> None:
        """Does what there is to do, until `stop`. What goes wrong with it is said, and costs no more than that."""
        self._jobs.put(self._preview.get_ready)
        while True:
            is_idle = self._jobs.empty() and not self._proving and not self._preview.is_building
            if is_idle and self._preview.is_stale and not self._wrong:
                self._preview.begin_whole(lambda wrong: self._jobs.put(partial(self._whole, wrong)))
            if (job := self._jobs.get()) is None:
                break
            try:
                job()
            except Exception as error:
                self.say(cause(error))
        self._preview.stop()

    def stop(self) -> None:
        """Says and begins nothing more; from any thread."""
        self._is_over = True
        self._jobs.put(None)

    def wait(self) -> None:
        """Until the proof that is under way has ended."""
        self._thread.shutdown()

    # -- jobs

    def _begin(self, prover: Prover) -> None:
        self._prover = prover
        for path, at in self._early.items():
            self._saved({path}, at)
        self._opened(self._open)

    def _opened(self, page: str) -> None:
        """Has the page typed before its first save, unless another was just saved."""
        self._open = page
        path = (self.root / "docs" / page).with_suffix(".md")
        is_page = path.is_file() and ".." not in path.parts
        if self._prover and is_page and not (self._proving or self._waiting):
            with suppress(PageError):  # its save will tell
                self._prover.get_ready_for(pages.read(path, self.root, self._engines))

    def _saved(self, paths: set[Path], at: float) -> None:
        if self.site.files:
            self._preview.stop()
        self._preview.is_stale = True
        if any(path.name == "mkdocs.yml" or (path.suffix == ".md" and not path.exists()) for path in paths):
            self._preview.forget_settings()
            self._wrong = {path for path in self._wrong if path.exists()}
        concerned = changed.to_run(paths, self.root)
        if len(concerned) > _MOST:
            self.say(f"{len(concerned)} pages have changed at once: not run; `nox -s check` runs them")
            return
        for path in concerned:
            self._read(path, at)
        self._prove_next()
        for path in concerned:
            self._show(path)

    def _read(self, path: Path, at: float) -> None:
        """Has the page proved, unless it can't be read."""
        try:
            page = pages.read(path, self.root, self._engines)
        except PageError as error:
            self._wrong.add(path)
            self._waiting.pop(path, None)
            self.say(str(error))
            self._tell(path, "wrong", str(error))
            return
        self._wrong.discard(path)
        if self._prover:
            self._plan(self._prover, path, page, at)
        else:
            self._early[path] = at
            self._tell(path, "", "")

    def _plan(self, prover: Prover, path: Path, page: Page, at: float) -> None:
        """Has the page proved, unless it has the steps that it had."""
        steps, before = prover.steps(page), self._steps.get(path)
        self._steps[path] = steps
        if before is None:
            first = steps.first_unproved(self._evidence(path, prover.engine))
        else:
            first = None if steps == before else steps.first_changed(before)
        if first is not None and steps.blocks:
            self._waiting[path] = _Saved(page, first, at)
            self._tell(path, _RUNNING, "running")
        elif path not in self._waiting and path != self._proving:
            self._tell(path, *self._verdicts.get(path, ("", "")))

    def _evidence(self, path: Path, engine: str) -> PageFact | None:
        """What is written down of the page on that engine."""
        written = place(str(relative(path, self.root))).with_suffix(".json")
        try:
            return files.read_page(self.root / "build" / "evidence" / engine / written)
        except (EvidenceError, FileNotFoundError):
            return None

    def _show(self, path: Path) -> None:
        """Shows the page as it is now. What is wrong with one that can't be read has been said."""
        try:
            warned = self._preview.build_page(path)
        except Exception as error:
            warned = [f"can't be shown: {error}"]
        if warned and path not in self._wrong and self._jobs.empty():  # else it may have been saved since
            text = "\n".join(f"{relative(path, self.root)}: {one}" for one in warned)
            self.say(text)
            if path not in self._waiting and path != self._proving:
                self._tell(path, "wrong", text)

    def _whole(self, wrong: str) -> None:
        """The whole site was built, or could not be."""
        if self._preview.is_building:
            return  # a later one
        if wrong:
            self.say(f"the whole site could not be built:\n{wrong.strip()}")
        else:
            self._preview.show_whole()
        if self.address:
            self.say(f"the site is at {self.address}; Ctrl-C ends it")
            self.address = ""

    def _tell(self, path: Path, outcome: str, text: str) -> None:
        """To the browsers that have the page open."""
        self.site.tell(path.relative_to(self.root / "docs").with_suffix(".html").as_posix(), outcome, text)

    # -- proofs

    def _prove_next(self) -> None:
        """Begins with what was saved last, unless a page is being proved, which the next block's end stops."""
        if self._prover and self._waiting and not self._proving and not self._is_over:
            path, saved = self._waiting.popitem()
            self._proving = path
            self._thread.submit(self._prove, self._prover, path, saved)

    def _prove(self, prover: Prover, path: Path, saved: _Saved) -> None:
        """In the thread for it."""
        told, is_old = partial(self._judged, path, saved), partial(self._is_old, saved)
        try:
            proved = prover.prove(saved.page, saved.changed, told, is_old, afresh=saved.afresh)
        except Exception as error:
            verdict = str(Outcome.BROKEN), f"{relative(path, self.root)}: {cause(error)}"
            self.say(verdict[1])
            self._tell(path, *verdict)
            self._jobs.put(lambda: self._proved(path, verdict))
        else:
            if proved is None:
                self._jobs.put(lambda: self._stopped(path, saved))
                return
            again = [saved._replace(at=monotonic(), afresh=True)] if proved.is_doubtful else []
            self._jobs.put(lambda: self._proved(path, _verdict(proved.fact, monotonic() - saved.at), *again))

    def _is_old(self, saved: _Saved) -> bool:
        """Whether what was saved later waits to be proved."""
        return any(other.at > saved.at for other in self._waiting.copy().values())

    def _judged(self, path: Path, saved: _Saved, page: PageFact, block: BlockFact) -> None:
        """In the thread for it: what became of a block; after the last one, of the page."""
        number = len(page.blocks)
        if block.outcome in _WRONG:
            self.say(report.explain(page, block, colour=sys.stdout.isatty()))
            self._tell(path, str(block.outcome), report.explain(page, block))
        elif number > saved.changed and block.outcome is Outcome.PASSED and not saved.afresh:
            self._tell(path, _RUNNING, f"block {number} of {len(saved.page.blocks)} fits")
        if number == len(saved.page.blocks):
            outcome, text = _verdict(page, monotonic() - saved.at)
            self.say(text.partition("\n")[0])  # the rest was said when it was seen
            self._tell(path, outcome, text)

    def _stopped(self, path: Path, saved: _Saved) -> None:
        """Another page was saved before this one was proved, or this one as well."""
        self._proving = None
        self._wait_behind(path, saved)
        self._prove_next()

    def _proved(self, path: Path, verdict: tuple[str, str], *again: _Saved) -> None:
        """The page was proved; once more where there is a doubt."""
        self._proving = None
        self._preview.is_stale = True  # there is other evidence
        self._verdicts[path] = verdict
        if verdict[0] == Outcome.BROKEN:
            self._steps.pop(path, None)  # saved as it is, it is run again
        for saved in again:
            self.say(_AGAIN)
            self._wait_behind(path, saved)
        self._prove_next()
        self._show(path)

    def _wait_behind(self, path: Path, saved: _Saved) -> None:
        """Has the page proved after all others that wait, unless it was saved since."""
        self._waiting = {path: saved} | self._waiting


def _verdict(fact: PageFact, seconds: float) -> tuple[str, str]:
    """The outcome of a page, and what is said of it."""
    counts = sum((block.count() for block in fact.blocks), Counter[Outcome]())
    told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]) or "nothing to run"
    line = f"{fact.page}: {told} in {seconds:.1f} s"
    wrong = next((block for block in fact.blocks if block.outcome in _WRONG), None)
    if wrong is None:
        return str(Outcome.PASSED), line
    return str(wrong.outcome), f"{line}\n{report.explain(fact, wrong)}"
