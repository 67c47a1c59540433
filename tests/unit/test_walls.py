"""What a lab may do and take, as the outer engine is told."""

import json
from typing import Any

import pytest

from harness.lab.bounds import Bounds, limits
from harness.lab.enclosures import SPARE
from harness.lab.outer.walls import DEVICES, in_user_namespace, needs_guard, seccomp, unbounded, walls

ORDINARY = {"CgroupVersion": "2", "CgroupDriver": "systemd", "SecurityOptions": ["name=apparmor", "name=cgroupns"]}
# What linux/capability.h has besides: each is a way to the machine, or to its other containers.
NEVER = [
    *("DAC_READ_SEARCH", "LINUX_IMMUTABLE", "NET_BROADCAST", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO"),
    *("SYS_PACCT", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "LEASE", "AUDIT_CONTROL"),
    *("MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF"),
    *("CHECKPOINT_RESTORE", "ALL"),
]


def is_refused(call: str, first: int = 0) -> bool:
    """Whether the filter refuses a system call with that first argument."""
    operators = {"SCMP_CMP_EQ": first.__eq__, "SCMP_CMP_GT": first.__gt__}
    rules: Any = seccomp()["syscalls"]
    return any(
        call in rule["names"] and all(operators[each["op"]](each["value"]) for each in rule.get("args", []))
        for rule in rules
    )


def test_a_lab_is_never_privileged_and_gets_only_what_is_listed() -> None:
    allowed: Any = walls(ORDINARY)
    assert "Privileged" not in allowed
    assert allowed["CapDrop"] == ["ALL"]
    assert [name for name in allowed["CapAdd"] if name in NEVER] == []


def test_no_rule_opens_a_block_device_or_more_than_one_device() -> None:
    assert [rule for rule in DEVICES if not rule.startswith("c ") or "*" in rule] == []


@pytest.mark.parametrize("path", ["/proc/sys/kernel", "/proc/sys/vm", "/proc/sys/fs"])
def test_settings_of_the_machines_kernel_are_read_only(path: str) -> None:
    read_only: Any = walls(ORDINARY)["ReadonlyPaths"]
    assert path in read_only


def test_what_dockerd_sets_for_its_own_network_stays_writable() -> None:
    read_only: Any = walls(ORDINARY)["ReadonlyPaths"]
    assert [path for path in read_only if "/proc/sys/net".startswith(path)] == []


@pytest.mark.parametrize("option", ["name=userns", "name=rootless"])
def test_in_a_user_namespace_the_kernel_hides_and_a_masked_path_would_stop_the_labs_containers(option: str) -> None:
    info = {**ORDINARY, "SecurityOptions": [option]}
    allowed = walls(info)
    assert in_user_namespace(info)
    assert (allowed["MaskedPaths"], allowed["ReadonlyPaths"]) == ([], [])
    assert "UsernsMode" not in allowed


@pytest.mark.parametrize(
    ("says", "lacking"),
    [
        ({"CpuCfsQuota": False, "MemoryLimit": True, "PidsLimit": True}, "cpu;"),
        ({"CpuCfsQuota": False, "MemoryLimit": False, "PidsLimit": False}, "cpu and memory and pids;"),
    ],
)
def test_an_engine_that_cannot_bound_a_lab_is_told_what_it_lacks_and_how_it_gets_that(
    says: dict[str, bool], lacking: str
) -> None:
    told = unbounded({**ORDINARY, **says})
    assert f"it lacks the cgroup controllers {lacking}" in told
    assert "`Delegate=cpu cpuset io memory pids` in a drop-in of user@.service" in told


def test_an_engine_that_bounds_a_lab_or_does_not_say_is_taken() -> None:
    bounds = {"CpuCfsQuota": True, "MemoryLimit": True, "PidsLimit": True}
    assert [unbounded(info) for info in ({**ORDINARY, **bounds}, ORDINARY)] == ["", ""]


@pytest.mark.parametrize("call", ["open_by_handle_at", "swapon", "perf_event_open", "fanotify_init", "quotactl"])
def test_calls_that_reach_past_the_lab_are_refused(call: str) -> None:
    assert is_refused(call)


@pytest.mark.parametrize("call", ["mount", "umount2", "pivot_root", "unshare", "setns", "clone3", "keyctl", "ptrace"])
def test_calls_that_an_engine_lives_by_are_not(call: str) -> None:
    assert not is_refused(call)


def test_of_bpf_only_what_lists_a_containers_devices_is_left() -> None:
    load, attach, detach, by_id, query, trace = 5, 8, 9, 13, 16, 17
    assert [is_refused("bpf", command) for command in (load, attach, query)] == [False, False, False]
    assert [is_refused("bpf", command) for command in (detach, by_id, trace)] == [True, True, True]


def test_the_filter_is_handed_over_as_json() -> None:
    options: Any = walls(ORDINARY)["SecurityOpt"]
    assert json.loads(options[0].removeprefix("seccomp=")) == seccomp()


@pytest.mark.parametrize(
    ("info", "guarded"),
    [
        ({"CgroupVersion": "1", "CgroupDriver": "cgroupfs"}, True),
        ({"CgroupDriver": "cgroupfs"}, True),  # before 20.10 it isn't said
        ({"CgroupVersion": "1", "CgroupDriver": "none"}, False),  # rootless
        ({"CgroupVersion": "1", "CgroupDriver": "systemd"}, False),  # takes slices only
        (ORDINARY, False),
    ],
)
def test_a_lab_is_guarded_where_it_could_lift_its_own_limits(info: dict[str, str], guarded: bool) -> None:
    assert needs_guard(info) is guarded


def test_what_is_around_a_lab_is_met_after_the_labs_own_limits() -> None:
    lab, around = limits(Bounds()), limits(Bounds(), SPARE)
    assert {name: around[name] - lab[name] for name in ("Memory", "PidsLimit")} == {  # type: ignore[operator]
        "Memory": 64 << 20, "PidsLimit": 64,
    }  # fmt: skip
