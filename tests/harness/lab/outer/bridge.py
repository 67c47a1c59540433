"""A private engine's own network bridge, so that `docker0` stays with whoever has it; a wall between a run's networks.

By ioctl: the command `ip` may be missing where dockerd isn't; `iptables` it can't do without.
"""

from __future__ import annotations

import errno
import fcntl
import ipaddress
import shlex
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from docker.errors import DockerException

from harness.lab.outer.faults import LabError

Made = TypeVar("Made")

POOL = ipaddress.IPv4Network("10.209.0.0/16")  # of it the first /24 that this machine has no route to

ADD_BRIDGE, DELETE_BRIDGE = 0x89A0, 0x89A1  # linux/sockios.h
SET_FLAGS, SET_ADDRESS, SET_MASK = 0x8914, 0x8916, 0x891C
UP = 1

OURS = "dnl-"  # how the names of the bridges of a run's networks begin
UNTOUCHED = ["iptables", "--wait", "--table", "mangle"]  # no dockerd has rules in its FORWARD
FROM_ELSEWHERE = [  # into one of a run's networks, but for what is answered from there
    *("-o", f"{OURS}+", "-m", "physdev", "!", "--physdev-is-bridged"),
    *("-m", "conntrack", "!", "--ctstate", "ESTABLISHED,RELATED", "-j", "DROP"),
]

TANGLED = "iptables failed"  # what dockerd says where a rule or a chain was gone when it came to it
TRIES, PAUSE = 3, 1.0  # seconds


def make(name: str) -> None:
    """Makes a bridge (15 characters at most) with an address; fine where there is one. OSError."""
    network = free_network(Path("/proc/net/route").read_text())
    with control() as sock:
        try:
            fcntl.ioctl(sock, ADD_BRIDGE, name.encode() + b"\0")
        except OSError as error:
            if error.errno != errno.EEXIST:
                raise
            return
        fcntl.ioctl(sock, SET_ADDRESS, address_request(name, network[1]))
        fcntl.ioctl(sock, SET_MASK, address_request(name, network.netmask))
        fcntl.ioctl(sock, SET_FLAGS, flags_request(name, UP))


def remove(name: str) -> None:
    """Removes the bridge and the rules for it that dockerd leaves; fine where there is none."""
    for table in ("filter", "nat"):
        command = ["iptables", "--wait", "--table", table]
        listed = subprocess.run([*command, "--list-rules"], stdout=subprocess.PIPE, text=True, check=False).stdout
        for rule in map(shlex.split, listed.splitlines()):
            if name in rule:
                subprocess.run([*command, "--delete", *rule[1:]], stderr=subprocess.DEVNULL, check=False)
    with control() as sock:
        try:
            fcntl.ioctl(sock, SET_FLAGS, flags_request(name, 0))
            fcntl.ioctl(sock, DELETE_BRIDGE, name.encode() + b"\0")
        except OSError as error:
            if error.errno not in (errno.ENODEV, errno.ENXIO):
                raise


def part_networks() -> None:
    """Refuses what other networks, be they a run's, send into one of a run's: a rule for each engine that starts.

    dockerd has such rules for all networks. But each dockerd that starts throws away those of the others on the
    machine, and takes the chains that are asked before them out for a moment.
    """
    subprocess.run([*UNTOUCHED, "--insert", "FORWARD", *FROM_ELSEWHERE], check=False)


def stop_parting_networks() -> None:
    """Takes the rule of one engine away."""
    subprocess.run([*UNTOUCHED, "--delete", "FORWARD", *FROM_ELSEWHERE], stderr=subprocess.DEVNULL, check=False)


def untangled(make: Callable[[], Made]) -> Made:
    """What `make` makes; tried again where another dockerd on the machine changed the rules at the same moment."""
    for _ in range(TRIES - 1):
        try:
            return make()
        except (DockerException, LabError) as error:
            if TANGLED not in str(error):
                raise
            time.sleep(PAUSE)
    return make()


@contextmanager
def control() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        yield sock


def address_request(name: str, address: ipaddress.IPv4Address) -> bytes:
    return struct.pack("16sH2x4s16x", name.encode(), socket.AF_INET, address.packed)


def flags_request(name: str, flags: int) -> bytes:
    return struct.pack("16sH22x", name.encode(), flags)


def free_network(routes: str) -> ipaddress.IPv4Network:
    """The first /24 of POOL that no route of /proc/net/route but the default one covers; OSError if there is none."""
    taken = []
    for line in routes.splitlines()[1:]:
        _, destination, _, _, _, _, _, mask, *_ = line.split()
        address, bits = (int.from_bytes(bytes.fromhex(word), "little") for word in (destination, mask))
        taken.append(ipaddress.IPv4Network((address, bits.bit_count())))
    for network in POOL.subnets(new_prefix=24):
        if not any(route.prefixlen and route.overlaps(network) for route in taken):
            return network
    raise OSError(errno.EADDRNOTAVAIL, f"no free network in {POOL}")
