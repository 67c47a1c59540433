"""Steps whose samples no longer fit -> the files that show them, rewritten: for the runner, when it records."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from harness import shapes
from harness.claims import record, sessions
from harness.claims.record import Unwritable
from harness.claims.samples import Sample
from harness.claims.sessions import Step
from harness.lab.engines import fallback
from harness.lab.host import Ran
from harness.shapes import Bindings, is_gap

_AROUND = 2  # lines as they were, that are shown before and after one that was changed


class Rewriter:
    """The new samples of one page on one engine. `page` is its file, from `root` where it is inside.

    Where it `renews_all`, also those that still fit are written as they were printed.
    """

    def __init__(
        self, page: Path, root: Path, engine: str, engines: Sequence[str], *, renews_all: bool = False
    ) -> None:
        self.renews_all = renews_all
        self._page, self._root, self._engine, self._engines = page, root, engine, engines
        self._steps: dict[Path, dict[int, Step]] = {}  # file -> line -> the step as it has to be shown now
        self.written: dict[Path, str] = {}  # each file that was written -> how it differs from what was judged

    def renew(self, sample: Sample, step: Step, ran: Ran, bindings: Bindings) -> Step:
        """The step as it has to be shown now: what was printed, under the ids and names of the rest of the page.

        The sample's gaps stay where its lines around them do. Raises Unwritable where a page can't show that.
        """
        bindings.adopt(step.sample, ran.text)
        for text in (_with_gaps(step.sample, ran.text, bindings), ran.text):
            renewed = sessions.with_output(step, bindings.restore(text), ran.status)
            if not shapes.compare(renewed.sample, ran.text, bindings):
                break
        record.check(sample.text, sample.session, step, renewed)
        self._steps.setdefault(sample.file, {})[sample.line(step)] = renewed
        return renewed

    def target(self, file: Path) -> Path | None:
        """Where new samples for `file` go: the page itself, the snippet, or a variant of it. None where it has none."""
        if file not in self._steps:
            return None
        if file == self._page:
            return file
        snippet = self._root / file.with_name(file.stem.partition("@")[0] + file.suffix)
        return record.target(snippet, self._engine, self._engines, fallback()).relative_to(self._root)

    def write(self) -> None:
        """Writes all new samples. Where the newest engine writes a snippet, the older ones keep what it showed."""
        for file, steps in self._steps.items():
            target = self.target(file)
            assert target
            if kept := self._kept(file, target):
                self.written[kept.relative_to(self._root)] = f"new: what {target} was"
            before = record.lines_of(self._root / file)
            record.rewrite(self._root / file, self._root / target, steps)
            if changed := _unified(before, record.lines_of(self._root / target), file, target):
                self.written[target] = changed

    def _kept(self, file: Path, target: Path) -> Path | None:
        """The new variant with what a snippet showed, where the newest engine writes that; None where there is none."""
        is_newest = target == file and self._engine == self._engines[-1]
        writes_snippet = is_newest and target.is_relative_to("snippets")
        return record.keep_older(self._root / target, self._engines) if writes_snippet else None


def _unified(before: Sequence[str], after: Sequence[str], file: Path, target: Path) -> str:
    """The difference of two texts as diff and git show it; empty where there is none."""
    old, new = ([line.rstrip("\r\n") for line in text] for text in (before, after))
    return "\n".join(difflib.unified_diff(old, new, str(file), str(target), n=_AROUND, lineterm=""))


def _with_gaps(sample: str, actual: str, bindings: Bindings) -> str:
    """The actual output without the lines that the sample leaves out. Raises Unwritable for a line that is a gap."""
    pieces = shapes.between_gaps(sample, actual, bindings)
    gaps = [line for line in sample.split("\n") if is_gap(line)]  # each as far indented as it was
    lines = list(pieces[0])
    for gap, piece in zip(gaps, pieces[1:], strict=False):
        lines += [gap, *piece]
    for line in filter(is_gap, (line for piece in pieces for line in piece)):
        raise Unwritable(line, "would be read as lines left out")
    return "\n".join(lines)
