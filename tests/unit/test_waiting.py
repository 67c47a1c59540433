"""Which programs wait for what is typed, by the processes of a lab on engine 28."""

import subprocess

import pytest

from harness.lab.waiting import ASK, wait_for_input

SHELL = 725
# A terminal with a container's shell, one that its user has left, and the engine.
AROUND = """\
1	0	1	1	-1	180258	1	/null	61
58	48	58	58	-1	180381	1	/dev/null	202	202	281 anon_inode:[eventpoll]
288	1	288	58	-1	186385	1	/dev/null	202	281 anon_inode:[eventpoll]
313	288	313	313	-1	186391	2	/dev/pts/0	0 /dev/pts/0
598	0	598	598	598	208900	1	/dev/pts/3	270 /dev/pts/3
719	0	719	719	-1	228502	1	/dev/null	0
756	1	756	58	-1	228766	1	/dev/null	202	281 anon_inode:[eventpoll]
"""
WAITS_FOR_CHILD = "725	0	725	725	738	228574	1	/dev/pts/4	61\n"
CLIENT = "738	725	738	725	738	228740	1	/dev/pts/4	202	202	0 /dev/pts/4	281 anon_inode:[eventpoll]\n"


def on_terminal(pid: int, call: str, parent: int = SHELL) -> str:
    return f"{pid}	{parent}	738	725	738	228740	1	/dev/pts/4	{call}\n"


def in_container(pid: int, call: str, parent: int = 756, began: int = 228772, typed_into: str = "pipe:[9]") -> str:
    return f"{pid}	{parent}	781	781	-1	{began}	2	{typed_into}	{call}\n"


@pytest.mark.parametrize(
    "processes",
    [
        pytest.param("725	0	725	725	725	228574	1	/dev/pts/4	0 /dev/pts/4\n", id="read"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "0 /dev/pts/4"), id="cat"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "63 /dev/pts/4"), id="cat on arm64"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "0 /dev/tty"), id="less"),
        pytest.param(
            WAITS_FOR_CHILD + on_terminal(738, "0 /dev/pts/4") + on_terminal(739, "0 pipe:[8]"), id="cat | sort"
        ),
        pytest.param(
            WAITS_FOR_CHILD + on_terminal(738, "61") + on_terminal(739, "0 /dev/pts/4", 738), id="a script's cat"
        ),
        pytest.param(WAITS_FOR_CHILD + CLIENT + in_container(781, "0 pipe:[9]"), id="docker run -i cat"),
        pytest.param(
            WAITS_FOR_CHILD + CLIENT + in_container(781, "0 /dev/pts/0", typed_into="/dev/pts/0"),
            id="docker run -it cat",
        ),
        pytest.param(
            WAITS_FOR_CHILD + CLIENT + in_container(781, "61") + in_container(782, "0 pipe:[9]", 781),
            id="docker run -i sh -c cat",
        ),
    ],
)
def test_a_program_waits_that_does_nothing_but_read_what_is_typed(processes: str) -> None:
    assert wait_for_input(SHELL, AROUND + processes)


@pytest.mark.parametrize(
    "processes",
    [
        pytest.param("", id="a shell that has ended"),
        pytest.param("725	0	725	725	725	228574	1	/dev/pts/4	270 /dev/pts/4\n", id="a shell at its prompt"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "230"), id="sleep"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "running"), id="at work"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "230") + on_terminal(739, "0 pipe:[8]"), id="sleep | cat"),
        pytest.param(
            WAITS_FOR_CHILD + on_terminal(738, "130") + on_terminal(739, "0 /dev/pts/4", 738), id="timeout cat"
        ),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "0 socket:[7]"), id="what comes over the network"),
        pytest.param(
            "725	0	725	725	725	228574	1	/dev/pts/4	270 /dev/pts/4\n"
            "739	725	739	725	725	228740	1	/dev/pts/4	0 /dev/pts/4\n",
            id="a job in the background",
        ),
        pytest.param(WAITS_FOR_CHILD + CLIENT, id="a container that is about to start"),
        pytest.param(WAITS_FOR_CHILD + CLIENT + in_container(781, "230"), id="docker run -i sleep"),
        pytest.param(
            WAITS_FOR_CHILD + CLIENT + in_container(781, "61") + in_container(782, "230", 781)
            + in_container(783, "0 pipe:[10]", 781), id="docker run -i sh -c 'sleep | cat'",
        ),
        pytest.param(
            WAITS_FOR_CHILD + CLIENT + in_container(781, "0 pipe:[9]") + in_container(782, "230", 781),
            id="docker run -i timeout cat, of busybox",
        ),
        pytest.param(WAITS_FOR_CHILD + CLIENT + in_container(781, "202	0 pipe:[9]"), id="docker run -i java"),
        pytest.param(
            WAITS_FOR_CHILD + on_terminal(738, "202	281 anon_inode:[eventpoll]") + in_container(781, "0 pipe:[9]"),
            id="docker run without -i",
        ),
    ],
)  # fmt: skip
def test_a_program_that_may_go_on_by_itself_does_not_wait(processes: str) -> None:
    assert not wait_for_input(SHELL, AROUND + processes)


def test_a_machine_says_which_processes_it_has() -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as cat:
        answer = subprocess.check_output(ASK, text=True)
        cat.communicate()
    rows = {row[0]: row for row in (line.split("\t") for line in answer.splitlines())}
    assert min(map(len, rows.values())) >= 8
    assert rows[str(cat.pid)][7].startswith("pipe:")
