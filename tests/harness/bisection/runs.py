"""A page on versions of Docker -> what came of it there, up to the block that is looked for. Runs it in labs.

What was proved of it is taken instead, where the page is as it was.
"""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from harness.bisection.candidates import Candidate, archived
from harness.bisection.printed import Samples, is_proved
from harness.claims.pages import Page
from harness.claims.samples import sample, shown
from harness.evidence import files
from harness.evidence.facts import PageFact
from harness.evidence.files import EvidenceError
from harness.lab import engines
from harness.lab.bounds import Bounds
from harness.lab.lab_images import build_lab_image, has_lab_image
from harness.lab.labs import find
from harness.lab.lanes import Lane
from harness.lab.newest import reachable
from harness.lab.outer.engine import connect, outer_engine
from harness.lab.outer.faults import LabError, Say
from harness.lab.supply import Request, Supply
from harness.runner import PageRun


class Runs:
    """The runs of one page of the project at `root`, up to block `number`."""

    def __init__(self, page: Page, number: int, root: Path, lane: Lane | None, say: Say) -> None:
        self._page, self._number, self._root, self._lane, self._say = page, number, root, lane, say
        self._names = [engine.name for engine in engines.read()]

    def samples(self, engine: str) -> Samples:
        """What the page's blocks are judged by on a declared engine."""
        return [sample(self._page, block, self._root, engine, self._names) for block in self._page.blocks]

    def proved(self, candidate: Candidate) -> PageFact | None:
        """What an earlier run saw of the page as it is now; None where there is none that could judge the block."""
        if not candidate.is_declared:
            return None
        page = PageFact(str(shown(self._page.path, self._root)), candidate.engine, "", Lane.STANDIN, "")
        try:
            found = files.read_page(files.page_path(self._root / "build" / "evidence", page))
        except (EvidenceError, FileNotFoundError):
            return None
        return found if is_proved(self._page, self._number, self.samples(candidate.engine), found) else None

    def run(self, candidate: Candidate) -> PageFact:
        """What a run sees of the page now, in a fresh lab. It goes on after what fails, with what doesn't hang on that:
        an older version may print earlier blocks otherwise. LabError."""
        image = candidate.lab_image or self._built(candidate)
        supply = Supply(Request(candidate.engine, image, self._lane), self._say)
        try:
            lane = supply.start().mirror.lane
            machine = supply.machine(candidate.engine, Bounds(self._page.memory, self._page.processes, self._page.disk))
            run = PageRun(self._page, self._root, candidate.engine, self._names, lane, machine, keep_going=True)
            try:
                run.run(self._number)
                run.end()
            finally:
                machine.close()
        finally:
            supply.close_machines()
            supply.close()
        return run.fact

    def _built(self, candidate: Candidate) -> str:
        """The image for labs of a version of Docker's packages, which is kept as all lab images are; empty for an
        engine as it is declared, which a run builds by itself. LabError, also before what would need the internet."""
        declared = engines.read()
        engine = find(candidate.engine)
        if candidate.package:
            engine = replace(archived(declared), version=candidate.package)
        if not engine.archive:
            return ""
        with outer_engine(self._say) as environment, closing(connect(environment)) as client:
            if not has_lab_image(client, engine) and not reachable(engine):
                raise LabError(f"Docker's packages ({engine.archive_host}) have to be reachable")
            return build_lab_image(client, engine, "engine", self._say) if candidate.package else ""
