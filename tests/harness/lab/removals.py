"""Labs that are over -> removed, one at a time, while the next page runs: that takes about as long as to start one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress

from harness.lab.host import Host
from harness.lab.outer.faults import LabError

OpenHost = Callable[[], AbstractContextManager[Host]]


class Removals:
    """Removes the labs of one process."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._last: Future[object] | None = None

    @contextmanager
    def removed_later(self, open_host: OpenHost) -> Iterator[Host]:
        """A lab whose removal nobody waits for but the next one; that is where an error of it is raised. LabError."""
        opened, host = self._open(open_host)
        try:
            yield host
        finally:
            try:
                self.wait()
            finally:
                self._last = self._thread.submit(opened.__exit__, None, None, None)

    def _open(self, open_host: OpenHost) -> tuple[AbstractContextManager[Host], Host]:
        opened = open_host()
        try:
            return opened, opened.__enter__()
        except LabError:
            if not self._last:
                raise
        with suppress(LabError):  # what the last lab had, such as its network's addresses, may have been missing
            self.wait()
        opened = open_host()
        return opened, opened.__enter__()

    def wait(self) -> None:
        """Until no removal is under way. Raises what the last one raised: LabError."""
        last, self._last = self._last, None
        if last:
            last.result()
