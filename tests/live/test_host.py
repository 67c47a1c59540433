"""A lab does all that the runner relies on."""

from collections.abc import Iterator

import pytest

from harness.lab.host import Host
from live.conftest import OpenLab
from unit.conformance import HostConformance


@pytest.fixture(scope="module")
def host(open_lab: OpenLab) -> Iterator[Host]:
    with open_lab() as running:
        yield running


class TestLab(HostConformance):
    """A container on the outer engine."""
