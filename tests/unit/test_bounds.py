"""Whether a lab has run into its bounds, by what it prints of its cgroup and its disks."""

import subprocess
from pathlib import Path

import pytest

from harness.lab.bounds import ASK, Bounds, counts, full_disk, out_of_memory, out_of_processes

V1 = {"pids/pids.events": "max 3\n", "memory/memory.oom_control": "oom_kill 1\n"}
V2_OLD = {
    "memory.events.local": "low 0\nmax 7\noom 2\noom_kill 5\n",
    "pids.events": "max 1\n",
    "init/pids.events": "max 3\n",
}
V2 = {**V2_OLD, "pids.events": "max 9\n", "pids.events.local": "max 4\n"}


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param(V1, {"processes": 3, "uncounted": 1}, id="cgroup v1"),
        pytest.param(V2_OLD, {"memory": 2, "processes": 4}, id="cgroup v2"),
        pytest.param(V2, {"memory": 2, "processes": 4}, id="cgroup v2 that counts a group's own apart"),
        pytest.param({}, {"uncounted": 1}, id="nothing"),
    ],
)
def test_a_groups_own_bounds_are_counted(tmp_path: Path, files: dict[str, str], found: dict[str, int]) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    asked = ASK.replace("/sys/fs/cgroup", str(tmp_path)).replace("/run/lab.ended", str(tmp_path / "ended"))
    # No program is found: a lab without processes could start none.
    ran = subprocess.run(["/bin/bash", "-c", asked], env={"PATH": ""}, capture_output=True, text=True, check=True)
    assert (counts(ran.stdout), ran.stderr) == (found, "")
    (tmp_path / "ended").write_text("137\n")
    ran = subprocess.run(["/bin/bash", "-c", asked], env={"PATH": ""}, capture_output=True, text=True, check=True)
    assert counts(ran.stdout) == {**found, "ended": 137}


FULL = "the disk of the machine that labs run on is full ({}): "
MACHINE = f"{FULL}make room there; `docker system df` says what the outer engine has on it"
OWN = "the lab ran out of disk (10g with all its containers); `disk: 20g` in the page's front matter raises that"


@pytest.mark.parametrize(
    ("output", "full"),
    [
        ("/ 1000 4096 2000 100 50\n/home 1000 4096 2000 100 50\n", ""),
        ("/ 1000 4096 2000 100 50\n/var/lib/docker 255 4096 8192 100 50\n", "/var/lib/docker: 32 MiB"),
        ("/ 1000 4096 262144 100 0\n", "/: 1024 MiB"),
        ("/ 1000 4096 2000 0 0\n", ""),  # of files there are as many as one wants
        ("stat: cannot read file system information for '/': Input/output error\n", ""),
    ],
)
def test_a_disk_is_full_without_room_or_without_files_and_told_by_whose_it_is(output: str, full: str) -> None:
    assert full_disk(output, Bounds(), has_own=False) == (MACHINE.format(full) if full else "")
    assert full_disk(output, Bounds(), has_own=True) == (OWN if full else "")


def test_a_bound_is_told_with_the_way_to_raise_it() -> None:
    bounds = Bounds(memory="3g", processes=4096)
    raised = "in the page's front matter raises that"
    assert out_of_memory(bounds) == (f"the lab ran out of memory (3g with all its containers); `memory: 6g` {raised}")
    assert out_of_processes(bounds) == (
        f"the lab ran out of processes (4096 with all its containers); `processes: 8192` {raised}"
    )
