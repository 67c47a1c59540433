"""Steps whose samples no longer fit -> the files that show them, rewritten: for the runner, when it records."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from harness import shapes
from harness.claims import record
from harness.claims.samples import Sample
from harness.claims.sessions import Step
from harness.lab.engines import fallback
from harness.lab.host import Ran
from harness.shapes import Bindings


class Rewriter:
    """The new samples of one page on one engine. `page` is its file, from `root` where it is inside."""

    def __init__(self, page: Path, root: Path, engine: str, engines: Sequence[str]) -> None:
        self._page, self._root, self._engine, self._engines = page, root, engine, engines
        self._steps: dict[Path, dict[int, Step]] = {}  # file -> line -> the step as it has to be shown now

    def renew(self, sample: Sample, step: Step, ran: Ran, bindings: Bindings) -> Step:
        """The step as it has to be shown now: what was printed, under the ids and names of the rest of the page."""
        bindings.adopt(step.sample, ran.text)
        renewed = dataclasses.replace(step, sample=bindings.restore(ran.text), status=ran.status or 0)
        shapes.compare(renewed.sample, ran.text, bindings)
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
            if target == file and self._engine == self._engines[-1] and target.is_relative_to("snippets"):
                record.keep_older(self._root / target, self._engines)
            record.rewrite(self._root / file, self._root / target, steps)
