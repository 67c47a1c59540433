"""What a run asks for -> the machines of its pages, and what they share: an outer engine, lab images and a mirror.

The process that started the run starts these, with the first of them that is needed; its worker processes are handed a
Setup.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial

from harness.lab import labs, newest
from harness.lab.bounds import Bounds
from harness.lab.course import Course
from harness.lab.host import Host
from harness.lab.hub import Rehearsal
from harness.lab.lanes import Lane
from harness.lab.machine import Machine
from harness.lab.mirror import Mirror, mirror
from harness.lab.outer.engine import connect, outer_engine
from harness.lab.outer.faults import LabError, Say, faults
from harness.lab.removals import Removals


@dataclass(frozen=True)
class Request:
    """What is asked for."""

    engine: str = ""  # its name, newest.ALL, or empty for the newest that can be had
    lab_image: str = ""  # an image of the outer engine's, for the labs of the engine named
    lane: Lane | None = None  # None: what is there
    rehearsal: Rehearsal | None = None  # how Docker Hub is played in the lane of that name


@dataclass(frozen=True)
class Setup:
    """What the pages of a run share; plain values only, so that it can be handed to worker processes."""

    run: str
    environment: dict[str, str]  # how the outer engine is reached
    images: dict[str, newest.Images]  # by engine; the engines are those that the run is on
    mirror: Mirror

    def to_json(self) -> str:
        """For from_json in another process."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Setup:
        """What to_json wrote."""
        fields = json.loads(text)
        return cls(**{**fields, "mirror": Mirror.from_fields(fields["mirror"])})


class Supply:
    """The machines of one process's pages. `setup` is what another process has started for it."""

    def __init__(self, request: Request, say: Say, setup: Setup | None = None) -> None:
        self.request, self.setup = request, setup
        self.engines = list(setup.images) if setup else []  # that the run is on, once they are chosen
        self._say = say
        self._shared = ExitStack()
        self._removals = Removals()
        self._courses: dict[str, Course] = {}

    def start(self) -> Setup:
        """What the run shares, started unless it is. LabError."""
        if self.setup is None:
            run, request = secrets.token_hex(4), self.request
            environment = self._shared.enter_context(outer_engine(self._say))
            client = self._shared.enter_context(closing(connect(environment)))
            images = newest.lab_images(client, request.engine, request.lab_image, self._say)
            self.engines = list(images)
            running = mirror(client, run, self._say, request.lane, request.rehearsal)
            self.setup = Setup(run, environment, images, self._shared.enter_context(running))
        return self.setup

    def machine(self, engine: str, bounds: Bounds) -> Machine:
        """A fresh machine with that engine, in these bounds."""
        return Machine(lambda kind: self._removals.removed_later(partial(self._open_lab, engine, kind, bounds)))

    def course(self, name: str, engine: str) -> Course:
        """The course of that name; with its first page other courses end."""
        if name not in self._courses:
            self._close_courses()
            self._courses[name] = Course(self.machine(engine, labs.COURSE))
        return self._courses[name]

    @contextmanager
    def _open_lab(self, engine: str, kind: str, bounds: Bounds) -> Iterator[Host]:
        setup = self.start()
        with faults("reaching the outer engine"):
            connected = connect(setup.environment)
        with closing(connected) as client:
            image = setup.images[engine][kind]
            with labs.lab(client, labs.find(engine), image, setup.mirror, setup.run, bounds) as opened:
                yield opened

    def _close_courses(self) -> None:
        while self._courses:
            with suppress(LabError):  # what could not be removed goes with the mirror
                self._courses.popitem()[1].machine.close()

    def close_machines(self) -> None:
        """Removes all labs of this process that are left."""
        self._close_courses()
        with suppress(LabError):  # what could not be removed goes with the mirror
            self._removals.wait()

    def close(self) -> None:
        """Ends what the run shares, where this process has started it. LabError."""
        self._shared.close()
