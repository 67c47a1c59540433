"""What a lab may do is listed, what it may take is bounded, and nothing of one lab reaches another."""

import platform
import re
from collections.abc import Iterator

import docker
import pytest

from harness.lab.enclosures import PARENT
from harness.lab.labs import Lab
from harness.lab.mirror import Mirror, mirror_image
from harness.lab.outer.client import resolv_conf
from harness.lab.outer.faults import LabError
from harness.lab.outer.walls import walls
from live.conftest import OpenLab

CALLS = {  # asm/unistd.h
    "x86_64": {"open_by_handle_at": 304, "init_module": 175, "reboot": 169, "bpf": 321, "perf_event_open": 298},
    "aarch64": {"open_by_handle_at": 265, "init_module": 105, "reboot": 142, "bpf": 280, "perf_event_open": 241},
}
NO = "Operation not permitted"
READ_ONLY = "Read-only file system|Permission denied"  # the second in a user namespace, whose root owns none of it


def call(name: str, *arguments: str) -> str:
    """A shell command that asks the kernel itself, with arguments that do no harm where it would obey."""
    number = CALLS[platform.machine()][name]
    return f'perl -e \'my $text = ""; syscall({", ".join([str(number), *arguments])}) == 0 or die "$!\\n"\''


def each_disk(attempt: str) -> str:
    """A shell command that attempts it with each disk of the machine but the lab's own; fails where all attempts do.

    $disk is a node of the disk.
    """
    return f"""
        own=$(cat /etc/lab/disk 2> /dev/null); succeeded=1
        while read -r major minor _ name; do
            [ "$major:$minor" != "$own" ] || continue
            disk=/tmp/$name; [ -e $disk ] || mknod $disk b $major $minor || continue
            {attempt} && succeeded=0
        done < <(tail -n +3 /proc/partitions)
        exit $succeeded
    """


# A shell command for root that works where the wall is missing, and what it is told instead.
ATTACKS = {
    "read a disk of the machine": (each_disk("head -c 1 $disk"), NO),
    "mount a disk of the machine": (each_disk("mount $disk /mnt"), f"permission denied|Can't open blockdev|{NO}"),
    "find a disk of the machine among its devices": (
        "mount -t devtmpfs dev /mnt; head -c 1 /mnt/vda /mnt/sda; status=$?; umount /mnt; exit $status",
        f"{NO}|No such file",
    ),
    "allow itself all devices": (
        "echo a > /sys/fs/cgroup/devices/devices.allow; " + each_disk("head -c 1 $disk"),
        NO,
    ),
    "read the memory of the machine": ("mknod /tmp/memory c 1 1; head -c 1 /tmp/memory", NO),
    "start a virtual machine": ("mknod /tmp/kvm c 10 232; : < /tmp/kvm", NO),
    "open a file that no path leads to": (call("open_by_handle_at", "-100", "$text", "0"), NO),
    "say what is run when a program crashes": (": >> /proc/sys/kernel/core_pattern", READ_ONLY),
    "set how the kernel swaps": (": >> /proc/sys/vm/swappiness", READ_ONLY),
    "write to /sys": (": >> /sys/kernel/mm/transparent_hugepage/enabled", READ_ONLY),
    "set the clock": ("date --set @$(date +%s.%N) > /dev/null", NO),
    "load a module": (
        call("init_module", "$text", "0", "$text"),
        f"{NO}|Function not implemented",
    ),  # where it has none
    "reboot": (call("reboot", "0xfee1dead", "672274793", "0", "0"), NO),  # only says that ctrl-alt-del is a signal
    "take a list of devices away": (call("bpf", "9", "$text", "0"), NO),
    "look at the programs of the machine": (call("perf_event_open", "$text", "-1", "0", "-1", "0"), NO),
    "reach the outer engine": ("find / -xdev -name '*.sock' ! -path '/run/docker*' ! -path '/var/run/*' | grep .", ""),
    # 0xEFFFFFFC, linux/proc_ns.h: the namespace in which the machine's own programs are.
    "see and trace the programs of the machine": ("[ $(readlink /proc/1/ns/pid) = 'pid:[4026531836]' ]", ""),
}


@pytest.fixture(scope="module")
def attacked(open_lab: OpenLab) -> Iterator[Lab]:
    with open_lab() as running:
        yield running


@pytest.fixture(scope="module")
def other(open_lab: OpenLab) -> Iterator[Lab]:
    with open_lab() as running:
        yield running


@pytest.mark.parametrize("user", ["reader", "root"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_lab_is_refused(attacked: Lab, user: str, attack: str) -> None:
    command, refusal = ATTACKS[attack]
    status, output = attacked.exec("sudo", "bash", "-c", command, user=user)
    assert status != 0
    assert re.search(refusal, output)


def test_where_root_in_a_container_may_make_no_cgroup_no_lab_is_started_and_the_ways_out_are_told(
    client: docker.DockerClient, run_id: str
) -> None:
    less: dict[str, object] = {**walls(client.info()), "CapAdd": []}
    told = (
        r"root may make no cgroup there \(mount: .+\); take an engine that is neither rootless nor has userns-remap, or"
    )
    with pytest.raises(LabError, match=told):
        resolv_conf(client, mirror_image(client, print), run_id, less)


def test_of_the_machines_disk_nothing_is_mounted_in_a_lab(attacked: Lab, shared_mirror: Mirror) -> None:
    if not shared_mirror.settings.has_disks:
        pytest.skip("the outer engine has no loop devices")
    _, mounted = attacked.exec("findmnt", "--noheadings", "--list", "--output", "FSTYPE")
    usual = {"devpts", "ext4", "mqueue", "overlay", "proc", "sysfs", "tmpfs"}
    assert set(mounted.split()) - {"cgroup", "cgroup2"} == usual


def test_a_labs_files_have_so_much_room_and_no_more(attacked: Lab, shared_mirror: Mirror) -> None:
    if not shared_mirror.settings.has_disks:
        pytest.skip("the outer engine has no loop devices")
    asked = ["stat", "--file-system", "--format=%n %i", "/", "/home/reader", "/var/lib/docker"]
    names, disks = zip(*(line.split() for line in attacked.exec(*asked)[1].splitlines()), strict=True)
    assert names == ("/", "/home/reader", "/var/lib/docker")
    assert disks[0] == disks[1]
    room = attacked.exec("df", "--output=size", "--block-size=1G", "/", "/var/lib/docker")[1]
    assert room.split()[1:] == ["10", "10"]


def test_a_lab_that_lifts_its_limits_is_bounded_still(
    client: docker.DockerClient, attacked: Lab, shared_mirror: Mirror
) -> None:
    if not shared_mirror.settings.guarded:
        refused = attacked.exec("bash", "-c", "for limit in memory pids; do echo max > /sys/fs/cgroup/$limit.max; done")
        assert refused[0] != 0
        return
    lifted = "cd /sys/fs/cgroup/memory; for limit in memsw.limit limit; do echo -1 > memory.${limit}_in_bytes; done"
    assert attacked.exec("bash", "-c", lifted) == (0, "")
    parent = client.api.inspect_container(attacked.container)["HostConfig"]["CgroupParent"]
    guard = parent.removeprefix(f"{PARENT}/")
    client.api.update_container(guard, mem_limit="1g", memswap_limit="1g")  # to be there sooner
    assert attacked.exec("perl", "-e", "$text = 'a' x (2 << 30)")[0] == 137
    assert client.api.inspect_container(guard)["State"]["Running"]


def test_an_image_that_a_page_pushes_is_refused_and_another_lab_pulls_the_old_one(attacked: Lab, other: Lab) -> None:
    poison = """
        docker pull --quiet busybox; docker create --name box busybox; echo owned > /tmp/poison
        docker cp /tmp/poison box:/poison; docker commit box busybox; docker push busybox
    """
    status, output = attacked.exec("bash", "-c", poison, user="reader")
    assert status == 1
    assert "denied: requested access to the resource is denied" in output.splitlines()  # errors race with output
    assert other.exec("docker", "run", "--rm", "busybox", "ls", "/poison")[0] == 1


def test_labs_do_not_reach_each_other_by_way_of_the_mirror(attacked: Lab, other: Lab) -> None:
    for here, there in ((attacked, other), (other, attacked)):
        assert here.exec("ip", "route", "add", address(there), "via", address_of_mirror(here)) == (0, "")
    knock = f"timeout 2 bash -c '</dev/tcp/{address(other)}/9' 2> /dev/null"
    assert attacked.exec("bash", "-c", knock)[0] == 124  # neither taken nor refused


def address(lab: Lab) -> str:
    return lab.exec("hostname", "--ip-address")[1].split()[0]


def address_of_mirror(lab: Lab) -> str:
    return lab.exec("getent", "hosts", "docker-note-mirror")[1].split()[0]
