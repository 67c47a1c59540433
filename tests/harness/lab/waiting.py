"""The processes of a machine -> whether those in a terminal's foreground wait for what is typed, for its labs.

A process that is in `read` of the terminal says and does nothing until something is typed. docker's client reads it
all the time, for a container: there the processes count that the container runs since the client has begun.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import takewhile

# A line for each process, its fields parted by tabs: those of _Process, then for each of its threads in which call of
# the system it is, with the file that this call's first argument is the number of.
ASK = [
    "perl",
    "-e",
    r"""
    sub link_of { my $file = readlink(shift) // ""; $file =~ s/[\t\n]/ /g; $file }
    sub text { local $/; open my $file, "<", shift or return ""; <$file> // "" }
    for (glob "/proc/[0-9]*") {
        my ($pid) = m{(\d+)};
        my ($of) = text("$_/stat") =~ /.*\) (.*)/s or next;
        my ($state, $parent, $group, $session, $terminal, $foreground, @of) = split " ", $of;
        my ($inside) = text("$_/status") =~ /^NSpid:(.*)/m;
        my @calls;
        for my $call (map { text($_) } glob "$_/task/*/syscall") {
            my ($number, $first) = split " ", $call;
            my $file = ($first // "") =~ /^0x([0-9a-f]{1,4})$/ ? link_of("$_/fd/" . hex $1) : "";
            push @calls, join " ", grep { length } $number, $file;
        }
        my $depth = () = ($inside // "") =~ /\d+/g;
        my $input = link_of("$_/fd/0");
        print join("\t", $pid, $parent, $group, $session, $foreground, $of[13], $depth, $input, @calls), "\n";
    }
    """,
]
# By their numbers on amd64 and on arm64. What has another's number there doesn't wait.
_READ = {"0", "63"}
_WAIT = {"61", "247", "260", "95"}  # for a child: wait4, waitid
_TERMINAL = "/dev/tty"  # the process's own, whichever that is


@dataclass(frozen=True)
class _Process:
    pid: int
    parent: int
    group: int
    session: int
    foreground: int  # which group is in the foreground of its terminal
    began: int  # in ticks since the machine started
    depth: int  # how many namespaces of processes it is in: more in a container
    input: str  # what its standard input is
    calls: tuple[tuple[str, str], ...]  # of its threads

    def reads(self, file: str) -> bool:
        """Whether one of its threads is in `read` of a file, or of its terminal."""
        return any(number in _READ and of in (file, _TERMINAL) for number, of in self.calls)

    @property
    def rests(self) -> bool:
        """Whether it does nothing until another process, or who types, has done something."""
        if len(self.calls) != 1:
            return False
        number, of = self.calls[0]
        return number in _WAIT or (number in _READ and of.startswith(("pipe:", "/dev/")))


def wait_for_input(shell: int, answer: str) -> bool:
    """Whether what is in the foreground of a shell's terminal waits for input, by what ASK prints on its machine;
    `shell` is the number of that shell's process."""
    processes = {one.pid: one for one in map(_process, answer.splitlines())}
    if shell not in processes:
        return False
    own = processes[shell]
    at_work = [one for one in processes.values() if (one.session, one.group) == (own.session, own.foreground)]
    clients = [one for one in at_work if len(one.calls) > 1 and one.reads(own.input)]
    if not clients:
        return _wait(at_work, lambda _: own.input)
    tops = {one.pid: _top(one, processes) for one in processes.values() if one.depth > own.depth}
    since = min(one.began for one in clients)
    in_containers = [processes[pid] for pid, top in tops.items() if top.began >= since]
    return _wait(in_containers, lambda one: tops[one.pid].input)


def _wait(at_work: Collection[_Process], typed_into: Callable[[_Process], str]) -> bool:
    return all(one.rests for one in at_work) and any(one.reads(typed_into(one)) for one in at_work)


def _top(process: _Process, processes: dict[int, _Process]) -> _Process:
    """The process of a container from which that one descends."""
    *_, top = takewhile(lambda one: one.depth == process.depth, _ancestors(process, processes))
    return top


def _ancestors(process: _Process, processes: dict[int, _Process]) -> Iterator[_Process]:
    """The process, its parent, and so on."""
    found: _Process | None = process
    while found:
        yield found
        found = processes.get(found.parent)


def _process(line: str) -> _Process:
    pid, parent, group, session, foreground, began, depth, input_, *calls = line.split("\t")
    found = (call.partition(" ") for call in calls)
    return _Process(
        int(pid), int(parent), int(group), int(session), int(foreground), int(began), int(depth), input_,
        tuple((number, file) for number, _, file in found),
    )  # fmt: skip
