"""What the outer engine says of itself -> what a lab may do on it: for the Engine API, as a container's HostConfig.

A lab runs an engine, so it needs more of the kernel than other containers. What it needs is listed here; all else is
refused. SECURITY.md says what the rest leaves open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

# Those of any container, which the lab's own containers get; three that dockerd and runc can't do without: to mount and
# unshare, to set up networks, to enter a container of another user. None of the clock, modules, raw I/O or reboots;
# nor DAC_READ_SEARCH, by which a file is opened that no path leads to.
CAPABILITIES = [
    *("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW"),
    *("SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"),
    *("SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE"),
]

# Besides the lab's own disk and the devices of any container (null, zero, full, random, urandom, tty, terminals): tun,
# of its own network namespace, which older runcs ask for. A node of any other can be made, and not opened.
DEVICES = ["c 10:200 rwm"]

# What SYS_ADMIN alone would still allow, and no engine asks for: files of the machine by their handles, its swap and
# quotas, a watch on all of a file system, a look at other processes and at the kernel.
REFUSED_CALLS = [
    *("fanotify_init", "lookup_dcookie", "open_by_handle_at", "perf_event_open"),
    *("quotactl", "quotactl_fd", "swapoff", "swapon"),
]
# Of bpf(2), runc asks for those up to BPF_PROG_ATTACH (it lists the devices of a container on cgroup v2) and for
# BPF_PROG_QUERY. The rest could take a list away again, or look into the kernel.
DETACH_BPF, QUERY_BPF = 9, 16

MASKED = [
    "/proc/acpi",
    "/proc/asound",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/proc/sysrq-trigger",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/sys/devices/virtual/powercap",
    "/sys/firmware",
]
# Of /proc/sys, dockerd writes only to net/, which is its own network namespace's.
READ_ONLY = [
    *("/proc/bus", "/proc/fs", "/proc/irq"),
    *(f"/proc/sys/{part}" for part in ("abi", "debug", "dev", "fs", "kernel", "sunrpc", "user", "vm")),
]


def walls(info: Mapping[str, Any]) -> dict[str, object]:
    """The part of a HostConfig that says what a lab may do; `info` is the outer engine's."""
    # In a user namespace the kernel itself keeps root from these paths, and refuses to mount a /proc beside a masked
    # one, as each container of the lab needs it.
    hidden = not in_user_namespace(info)
    return {
        "CapDrop": ["ALL"],
        "CapAdd": CAPABILITIES,
        "SecurityOpt": [f"seccomp={json.dumps(seccomp())}", "apparmor=unconfined", "label=disable"],
        "MaskedPaths": MASKED if hidden else [],
        "ReadonlyPaths": READ_ONLY if hidden else [],
        "CgroupnsMode": "private",
    }


def in_user_namespace(info: Mapping[str, Any]) -> bool:
    """Whether root in a container of the outer engine is nobody on its machine."""
    return any(option in ("name=userns", "name=rootless") for option in info.get("SecurityOptions") or [])


# What the outer engine says it can bound -> the cgroup controller that does. Pages bound their own containers, too.
_BOUNDED_BY = {"CpuCfsQuota": "cpu", "MemoryLimit": "memory", "PidsLimit": "pids"}


def unbounded(info: Mapping[str, Any]) -> str:
    """Why no lab is to run on an outer engine that can't bound what it takes; empty where it can."""
    lacking = " and ".join(name for field, name in _BOUNDED_BY.items() if info.get(field) is False)
    return lacking and (
        f"the outer engine can't bound what a lab takes: it lacks the cgroup controllers {lacking}; a rootless engine "
        "gets them by `Delegate=cpu cpuset io memory pids` in a drop-in of user@.service, another one from the kernel"
    )


def refusal(said: str) -> str:
    """Why no lab can run on the outer engine, of which a container `said` that it may make no cgroup.

    So it is in a user namespace, but where runc hands the container's cgroup over: through systemd, on cgroup v2.
    """
    why = said.strip().partition("\n")[0]
    return (
        f"a lab could start no container on the outer engine, as root may make no cgroup there ({why}); take an engine "
        "that is neither rootless nor has userns-remap, or one on cgroup v2 whose cgroup driver is systemd"
    )


def needs_guard(info: Mapping[str, Any]) -> bool:
    """Whether root in a container could lift its limits, and a guard helps: on cgroup v1.

    Where systemd makes the cgroups, none lies in that of another container; rootless, there may be none at all.
    """
    return bool(info.get("CgroupVersion", "1") == "1") and info.get("CgroupDriver") == "cgroupfs"


def seccomp() -> dict[str, object]:
    """A filter of system calls: of what is not refused here, capabilities decide."""
    refused = {"action": "SCMP_ACT_ERRNO", "errnoRet": 1}
    return {
        "defaultAction": "SCMP_ACT_ALLOW",
        "archMap": [
            {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86", "SCMP_ARCH_X32"]},
            {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": ["SCMP_ARCH_ARM"]},
        ],
        "syscalls": [
            {"names": REFUSED_CALLS, **refused},
            {"names": ["bpf"], "args": [_first("SCMP_CMP_GT", QUERY_BPF)], **refused},
            *({"names": ["bpf"], "args": [_first("SCMP_CMP_EQ", n)], **refused} for n in range(DETACH_BPF, QUERY_BPF)),
        ],
    }


def _first(operator: str, value: int) -> dict[str, object]:
    """A condition on a call's first argument."""
    return {"index": 0, "op": operator, "value": value}
