"""Which programs wait for what is typed, by the processes of a lab on engine 28."""

import subprocess
import sys

import pytest

from harness.lab.waiting import ASK, wait_for_input

SHELL = 725
# A terminal with a container's shell, one that its user has left, and the engine.
AROUND = """\
1	0	1	1	-1	180258	1	/null	systemd	61
58	48	58	58	-1	180381	1	/dev/null	dockerd	202	202	281 anon_inode:[eventpoll]
288	1	288	58	-1	186385	1	/dev/null	containerd-shim	202	281 anon_inode:[eventpoll]
313	288	313	313	-1	186391	2	/dev/pts/0	bash	0 /dev/pts/0
598	0	598	598	598	208900	1	/dev/pts/3	bash	270 /dev/pts/3
719	0	719	719	-1	228502	1	/dev/null	dockerd	0
756	1	756	58	-1	228766	1	/dev/null	containerd-shim	202	281 anon_inode:[eventpoll]
"""
AT_PROMPT = "725	0	725	725	725	228574	1	/dev/pts/4	bash	270 /dev/pts/4\n"
WAITS_FOR_CHILD = "725	0	725	725	738	228574	1	/dev/pts/4	bash	61\n"
CLIENT = "738	725	738	725	738	228740	1	/dev/pts/4	docker	202	202	0 /dev/pts/4	281 anon_inode:[eventpoll]\n"

# sudo on the reader's terminal, and on the one that it has made.
SUDO = "".join(
    (
        "738	725	738	725	738	228740	1	/dev/pts/4	sudo	271\n",
        "741	738	741	741	742	228741	1	/dev/pts/5	sudo	271\n",
    )
)


def on_terminal(pid: int, call: str, parent: int = SHELL, name: str = "cat") -> str:
    return f"{pid}	{parent}	738	725	738	228740	1	/dev/pts/4	{name}	{call}\n"


def in_container(pid: int, call: str, parent: int = 756, began: int = 228772, typed_into: str = "pipe:[9]") -> str:
    return f"{pid}	{parent}	781	781	-1	{began}	2	{typed_into}	cat	{call}\n"


def below_sudo(call: str, name: str = "cat") -> str:
    return f"742	741	742	741	742	228741	1	/dev/pts/5	{name}	{call}\n"


@pytest.mark.parametrize(
    "processes",
    [
        pytest.param("725	0	725	725	725	228574	1	/dev/pts/4	bash	0 /dev/pts/4\n", id="read"),
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
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "7 /dev/pts/4"), id="busybox's read"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "73 /dev/pts/4"), id="busybox's read on arm64"),
        pytest.param(
            WAITS_FOR_CHILD + on_terminal(738, "202 on	0 /dev/pts/4"), id="a thread that waits for another"
        ),
        pytest.param(WAITS_FOR_CHILD + SUDO + below_sudo("0 /dev/pts/5"), id="sudo cat"),
        pytest.param(
            WAITS_FOR_CHILD
            + SUDO
            + below_sudo("0 /dev/pts/5	281 anon_inode:[eventpoll]", "docker")
            + in_container(781, "0 pipe:[9]"),
            id="sudo docker run -i cat",
        ),
        pytest.param(
            WAITS_FOR_CHILD
            + on_terminal(739, "0 /dev/pts/4")
            + on_terminal(738, "202	0 pipe:[8]	281 anon_inode:[eventpoll]", name="docker")
            + in_container(781, "0 pipe:[9]"),
            id="cat | docker run -i cat",
        ),
    ],
)
def test_a_program_waits_that_does_nothing_but_read_what_is_typed(processes: str) -> None:
    assert wait_for_input(SHELL, AROUND + processes)


@pytest.mark.parametrize(
    "processes",
    [
        pytest.param("", id="a shell that has ended"),
        pytest.param(AT_PROMPT, id="a shell at its prompt"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "230"), id="sleep"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "running"), id="at work"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "230") + on_terminal(739, "0 pipe:[8]"), id="sleep | cat"),
        pytest.param(
            WAITS_FOR_CHILD + on_terminal(738, "130") + on_terminal(739, "0 /dev/pts/4", 738), id="timeout cat"
        ),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "0 socket:[7]"), id="what comes over the network"),
        pytest.param(
            AT_PROMPT + "739	725	739	725	725	228740	1	/dev/pts/4	bash	0 /dev/pts/4\n",
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
            WAITS_FOR_CHILD + on_terminal(738, "202	281 anon_inode:[eventpoll]", name="docker")
            + in_container(781, "0 pipe:[9]"), id="docker run without -i",
        ),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "7"), id="poll of several, or for a while"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "202	0 /dev/pts/4"), id="a thread that waits for a while"),
        pytest.param(WAITS_FOR_CHILD + on_terminal(738, "230	0 /dev/pts/4"), id="a thread that sleeps"),
        pytest.param(WAITS_FOR_CHILD + SUDO, id="sudo that is about to start something"),
        pytest.param(WAITS_FOR_CHILD + SUDO + below_sudo("230"), id="sudo sleep"),
        pytest.param(
            WAITS_FOR_CHILD + on_terminal(739, "0 /dev/pts/4") + on_terminal(738, "202	0 pipe:[8]", name="docker")
            + in_container(781, "230"), id="cat | docker run -i sleep",
        ),
    ],
)  # fmt: skip
def test_a_program_that_may_go_on_by_itself_does_not_wait(processes: str) -> None:
    assert not wait_for_input(SHELL, AROUND + processes)


def test_a_machine_says_what_a_poll_without_an_end_waits_for() -> None:
    code = "import select; poll = select.poll(); poll.register(0, select.POLLIN); print(flush=True); poll.poll()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"\n"
        row: list[str] = []
        while not row or row[-1].partition(" ")[0] not in ("7", "73", "271"):
            lines = subprocess.check_output(ASK, text=True).splitlines()
            row = next(line.split("\t") for line in lines if line.startswith(f"{program.pid}\t"))
        program.communicate(b"a")
    assert row[-1].partition(" ")[2] == row[7]


def test_a_machine_says_which_processes_it_has() -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as cat:
        answer = subprocess.check_output(ASK, text=True)
        cat.communicate()
    rows = {row[0]: row for row in (line.split("\t") for line in answer.splitlines())}
    assert min(map(len, rows.values())) >= 8
    assert rows[str(cat.pid)][7].startswith("pipe:")
