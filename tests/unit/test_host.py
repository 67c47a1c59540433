"""The shell of this machine that stands in for a lab behaves as a lab does."""

import pytest

from harness.lab.host import Host
from unit.conformance import HostConformance
from unit.local_host import LocalHost


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Host:
    return LocalHost(tmp_path_factory.mktemp("machine") / "home")


class TestLocalHost(HostConformance):
    """A bash of this machine."""
