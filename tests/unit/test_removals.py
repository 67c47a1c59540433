"""When the labs of pages that are over are removed, and who is told where one can't be."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from harness.lab.host import Host
from harness.lab.outer.faults import LabError
from harness.lab.removals import Removals
from unit.local_host import LocalHost


class Opened:
    """Stands in for labs: each is removed once `may_go` is set."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.may_go = Event()
        self.removed: list[str] = []

    @contextmanager
    def lab(self, name: str, fault: str = "") -> Iterator[Host]:
        yield self.host
        self.may_go.wait(10)
        self.removed.append(name)
        if fault:
            raise LabError(fault)


def test_a_page_goes_on_while_the_lab_of_the_last_one_is_removed_and_a_run_waits_for_all(host: LocalHost) -> None:
    opened, removals = Opened(host), Removals()
    with removals.removed_later(lambda: opened.lab("first")):
        pass
    with removals.removed_later(lambda: opened.lab("second")):
        assert opened.removed == []
        opened.may_go.set()
    removals.wait()
    assert opened.removed == ["first", "second"]


def test_a_lab_that_cannot_be_removed_is_told_by_the_next_one_which_is_removed_all_the_same(host: LocalHost) -> None:
    opened, removals = Opened(host), Removals()
    opened.may_go.set()
    with removals.removed_later(lambda: opened.lab("first", fault="it stays")):
        pass
    with pytest.raises(LabError, match="it stays"), removals.removed_later(lambda: opened.lab("second")):
        pass
    removals.wait()
    assert opened.removed == ["first", "second"]


def test_a_lab_that_cannot_start_beside_the_last_one_starts_after_its_removal(host: LocalHost) -> None:
    opened, removals = Opened(host), Removals()

    @contextmanager
    def alone() -> Iterator[Host]:
        if opened.removed == []:
            opened.may_go.set()
            raise LabError("no addresses are left")
        yield host

    with removals.removed_later(lambda: opened.lab("first")):
        pass
    with removals.removed_later(alone) as second:
        assert second is host


def test_a_lab_that_cannot_start_at_all_is_told_at_once() -> None:
    @contextmanager
    def never() -> Iterator[Host]:
        raise LabError("no addresses are left")
        yield

    with pytest.raises(LabError, match="no addresses are left"), Removals().removed_later(never):
        pass
