"""The bounds of a lab -> the limits of its container; and whether the lab has run into one: for the labs.

A lab's own bounds are meant, not those that a page gives its containers (`-m 64m`): the files *.local count the first
only (cgroup v2). On cgroup v1 pids.events does so, and for memory the outer engine has to be asked (`uncounted`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from docker.utils import parse_bytes

from harness.faults import MACHINES_DISK, OUT_OF, Kind

# With nothing but the shell's own means: a lab without processes can start none to answer.
ASK = r"""
count() { [ -r "$3" ] && while read -r key value; do [ "$key" = "$2" ] && echo "$1 $value"; done < "$3"; }
group=/sys/fs/cgroup
count memory oom $group/memory.events.local
[ -e $group/memory.events.local ] || echo "uncounted 1"
count processes max $group/pids/pids.events
if [ -e $group/pids.events.local ]; then count processes max $group/pids.events.local; else
    count processes max $group/pids.events
    count processes max $group/init/pids.events
fi
[ -r /run/lab.ended ] && read -r status < /run/lab.ended && echo "ended $status"
:
"""
PERIOD = 100_000  # microseconds of the scheduler's
PROCESSORS = 2
ROOM = 1 << 20  # bytes; a disk with less is full
DISKS = ("/", "/var/lib/docker", "/home")
ASK_DISKS = ("stat", "--file-system", "--format=%n %a %S %b %c %d", *DISKS)


@dataclass(frozen=True)
class Bounds:
    """What a lab and all its containers together may have."""

    memory: str = "3g"  # swap included
    processes: int = 4096
    disk: str = "10g"  # its files, its engine's images and containers included
    deadline: int = 3600  # seconds after which it ends by itself


def limits(bounds: Bounds, spare: int = 0) -> dict[str, object]:
    """The part of a HostConfig that says how much a container may take; `spare` is MiB, and processes, beyond."""
    memory = parse_bytes(bounds.memory) + (spare << 20)
    return {
        "Memory": memory,
        "MemorySwap": memory,
        "PidsLimit": bounds.processes + spare,
        "CpuPeriod": PERIOD,
        "CpuQuota": PROCESSORS * PERIOD,
    }


def counts(output: str) -> Counter[str]:
    """What ASK printed, by its first words."""
    found: Counter[str] = Counter()
    for line in output.splitlines():
        name, _, number = line.partition(" ")
        found[name] += int(number) if number.isdigit() else 0
    return found


def out_of_memory(bounds: Bounds) -> str:
    """In words."""
    return _out_of(Kind.MEMORY, bounds.memory, _twice(bounds.memory))


def out_of_processes(bounds: Bounds) -> str:
    """In words."""
    return _out_of(Kind.PROCESSES, bounds.processes, 2 * bounds.processes)


def _out_of(what: Kind, bound: object, more: object) -> str:
    way_out = f"`{what}: {more}` in the page's front matter raises that"
    return f"{OUT_OF[what].of(bound)}; {way_out}"


def full_disk(output: str, bounds: Bounds, *, has_own: bool) -> str:
    """That a disk is full, by what ASK_DISKS printed, in words; empty where none is.

    A lab that has no disk of its own is on that of the machine.
    """
    for line in output.splitlines():
        name, *numbers = line.split()
        if len(numbers) != 5 or not all(number.isdigit() for number in numbers):
            continue
        free, unit, blocks, files, free_files = map(int, numbers)
        if free * unit < ROOM or (files and not free_files):
            return (
                _out_of(Kind.DISK, bounds.disk, _twice(bounds.disk))
                if has_own
                else _machines_is_full(name, blocks * unit)
            )
    return ""


def _machines_is_full(name: str, size: int) -> str:
    way_out = "make room there; `docker system df` says what the outer engine has on it"
    return f"{MACHINES_DISK.of(f'{name}: {size >> 20} MiB')}: {way_out}"


def _twice(size: str) -> str:
    return f"{2 * int(size[:-1])}{size[-1]}"
