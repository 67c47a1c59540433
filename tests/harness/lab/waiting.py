"""The processes of a machine -> whether those in a terminal's foreground wait for what is typed, for its labs.

A process that is in `read` of the terminal, or in `poll` of it alone, says and does nothing until something is typed.
Two programs read it all the time, for others: docker's client for a container, where the processes count that the
container runs since the client has begun, and sudo for what it runs on a terminal of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import takewhile

# A line for each process, its fields parted by tabs: those of _Process, then for each of its threads in which call of
# the system it is, with the file that it waits for: the number of that is the call's first argument, or stands where
# the argument of a `poll` without an end points to. A thread that waits for another one, without an end, does so "on".
ASK = [
    "perl",
    "-e",
    r"""
    sub link_of { my $file = readlink(shift) // ""; $file =~ s/[\t\n]/ /g; $file }
    sub text { local $/; open my $file, "<", shift or return ""; <$file> // "" }
    sub polled {
        my ($process, $where) = @_;
        my $polled = "";
        open my $memory, "<:raw", "$process/mem" or return -1;
        sysseek $memory, hex $where, 0 and sysread $memory, $polled, 4;
        length $polled == 4 ? unpack "l", $polled : -1;
    }
    sub awaited {
        my ($process, $number, @given) = @_;
        my $first = @given ? $given[0] : "";
        return $given[3] eq "0x0" ? "on" : "" if ($number eq "202" or $number eq "98") and @given > 3;
        if ($number =~ /^(?:7|73|271)$/ and @given > 2 and $given[1] eq "0x1") {
            my $endless = $number eq "7" ? $given[2] =~ /f{8}$/ : $given[2] eq "0x0";
            my $polled = $endless ? polled($process, $first) : -1;
            return $polled < 0 ? "" : link_of("$process/fd/$polled");
        }
        $first =~ /^0x([0-9a-f]{1,4})$/ ? link_of("$process/fd/" . hex $1) : "";
    }
    for (glob "/proc/[0-9]*") {
        my ($pid) = m{(\d+)};
        my ($of) = text("$_/stat") =~ /.*\) (.*)/s or next;
        my ($state, $parent, $group, $session, $terminal, $foreground, @of) = split " ", $of;
        my ($inside) = text("$_/status") =~ /^NSpid:(.*)/m;
        my ($name) = text("$_/comm") =~ /^([^\t\n]*)/;
        my @calls;
        for my $call (map { text($_) } glob "$_/task/*/syscall") {
            my ($number, @given) = split " ", $call;
            push @calls, join " ", grep { length } $number, awaited($_, $number // "", @given);
        }
        my $depth = () = ($inside // "") =~ /\d+/g;
        my $input = link_of("$_/fd/0");
        print join("\t", $pid, $parent, $group, $session, $foreground, $of[13], $depth, $input, $name, @calls), "\n";
    }
    """,
]
# By their numbers on amd64 and on arm64. What has another's number there doesn't wait.
_READ = {"0", "63", "7", "73", "271"}  # read, poll, ppoll
_WAIT = {"61", "247", "260", "95"}  # for a child: wait4, waitid
_WAIT_FOR_THREAD = {"202", "98"}  # futex
_TERMINAL = "/dev/tty"  # the process's own, whichever that is
_SUDO = "sudo"


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
    name: str  # of its program
    calls: tuple[tuple[str, str], ...]  # of its threads

    def reads(self, file: str) -> bool:
        """Whether one of its threads waits for a file, or for its terminal."""
        return any(number in _READ and of in (file, _TERMINAL) for number, of in self.calls)

    @property
    def rests(self) -> bool:
        """Whether it does nothing until another process, or who types, has done something."""
        return bool(self.calls) and all(map(_rests, self.calls))

    @property
    def is_client(self) -> bool:
        """Whether it is docker's, which works for a container."""
        return self.name.startswith("docker")


def _rests(call: tuple[str, str]) -> bool:
    number, of = call
    if number in _WAIT_FOR_THREAD:
        return of == "on"
    return number in _WAIT or (number in _READ and of.startswith(("pipe:", "/dev/")))


def wait_for_input(shell: int, answer: str) -> bool:
    """Whether what is in the foreground of a shell's terminal waits for input, by what ASK prints on its machine;
    `shell` is the number of that shell's process."""
    processes = {one.pid: one for one in map(_process, answer.splitlines())}
    if shell not in processes:
        return False
    own = processes[shell]
    return _wait(
        [one for one in processes.values() if (one.session, one.group) == (own.session, own.foreground)],
        own.input,
        processes,
    )


def _wait(at_work: Collection[_Process], terminal: str, processes: dict[int, _Process]) -> bool:
    """Whether all that is at work on a terminal rests, and something of it reads what is typed there."""
    if any(one.name == _SUDO for one in at_work):
        others = [one for one in at_work if one.name != _SUDO]
        started = [one for one in processes.values() if _is_started_by_sudo(one, at_work, processes)]
        return bool(started) and _wait([*others, *started], started[0].input, processes)
    clients = [one for one in at_work if one.is_client]
    others = [one for one in at_work if not one.is_client]
    if not clients:
        return all(one.rests for one in others) and any(one.reads(terminal) for one in others)
    since, depth = min(one.began for one in clients), clients[0].depth
    tops = {one.pid: _top(one, processes) for one in processes.values() if one.depth > depth}
    in_containers = [processes[pid] for pid, top in tops.items() if top.began >= since]
    if not in_containers or not all(one.rests for one in (*others, *in_containers)):
        return False
    is_typed = any(one.reads(terminal) for one in clients) and any(
        one.reads(tops[one.pid].input) for one in in_containers
    )
    return is_typed or any(one.reads(terminal) for one in others)


def _is_started_by_sudo(process: _Process, at_work: Collection[_Process], processes: dict[int, _Process]) -> bool:
    """Whether it is in the foreground of the terminal that sudo has made for what it runs."""
    is_below = any(one in at_work and one.name == _SUDO for one in _ancestors(process, processes))
    return is_below and process not in at_work and process.name != _SUDO and process.group == process.foreground


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
    pid, parent, group, session, foreground, began, depth, input_, name, *calls = line.split("\t")
    found = (call.partition(" ") for call in calls)
    return _Process(
        int(pid), int(parent), int(group), int(session), int(foreground), int(began), int(depth), input_, name,
        tuple((number, file) for number, _, file in found),
    )  # fmt: skip
