"""The private engine's bridge has addresses that this machine has no route to; engines that start at once both do."""

import ipaddress

import pytest

from harness.lab.outer import bridge
from harness.lab.outer.bridge import POOL, free_network, untangled
from harness.lab.outer.faults import LabError

HEAD = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
DEFAULT = "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"


def route(network: str) -> str:
    parsed = ipaddress.IPv4Network(network)
    destination, mask = (
        int.from_bytes(part.packed, "little") for part in (parsed.network_address, parsed.netmask)
    )  # as a little-endian kernel writes them
    return f"br0\t{destination:08X}\t00000000\t0001\t0\t0\t0\t{mask:08X}\t0\t0\t0\n"


def test_the_first_network_is_taken_where_there_is_only_a_default_route() -> None:
    assert free_network(HEAD + DEFAULT) == ipaddress.IPv4Network("10.209.0.0/24")


def test_networks_with_a_route_are_passed_over() -> None:
    routes = HEAD + DEFAULT + route("172.17.0.0/16") + route("10.209.0.0/24") + route("10.209.1.128/25")
    assert free_network(routes) == ipaddress.IPv4Network("10.209.2.0/24")


def test_where_all_are_taken_it_is_an_error() -> None:
    with pytest.raises(OSError, match=f"no free network in {POOL}"):
        free_network(HEAD + route("10.0.0.0/8"))


class Rules:
    """Packet rules that another engine changes under the first `tangles` tries."""

    def __init__(self, tangles: int, said: str = "dockerd: (iptables failed: No chain/target/match by that name.)"):
        self.tangles, self.said, self.tries = tangles, said, 0

    def set_up(self) -> str:
        self.tries += 1
        if self.tries <= self.tangles:
            raise LabError(self.said)
        return "set up"


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "PAUSE", 0)


def test_what_another_engine_tangled_is_tried_again() -> None:
    rules = Rules(tangles=2)
    assert untangled(rules.set_up) == "set up"
    assert rules.tries == 3


def test_what_stays_tangled_is_told() -> None:
    rules = Rules(tangles=9)
    with pytest.raises(LabError, match="iptables failed"):
        untangled(rules.set_up)
    assert rules.tries == 3


def test_what_fails_otherwise_is_told_at_once() -> None:
    rules = Rules(tangles=1, said="no space left on device")
    with pytest.raises(LabError, match="no space left"):
        untangled(rules.set_up)
    assert rules.tries == 1
