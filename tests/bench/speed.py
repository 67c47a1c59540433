"""Measures how long harness.shapes takes for long outputs, and for those that mean harm. Run by hand.

    PYTHONPATH=tests python tests/bench/speed.py

Seconds of processor time: for 10,000 lines of each form, and for a megabyte of what a pattern could choke on, measured
at two sizes. Twice as much must take twice as long, whatever it is: `growth` is that factor for lines, and for what
means harm both sizes must take as long for a megabyte (short times are noise). At most 2 s a megabyte.
"""

import random
import time
from collections.abc import Callable

from harness.shapes import Bindings, compare

LINES = 10_000
SIZES = (500_000, 1_000_000)  # bytes
ID = "0123456789abcdef" * 4


def _hex(chance: random.Random, length: int) -> str:
    return "".join(chance.choices("0123456789abcdef", k=length))


def _rows(chance: random.Random, number: int) -> str:
    header = "CONTAINER ID   IMAGE     COMMAND   CREATED         STATUS                      PORTS     NAMES"
    status = (
        f"{chance.randint(2, 9)} minutes ago   Exited (0) {chance.randint(10, 50)} seconds ago" for _ in range(number)
    )
    rows = (f'{_hex(chance, 12)}   centos    "bash"    {age}             web{n}' for n, age in enumerate(status))
    return "\n".join([header, *rows])


def _packages(chance: random.Random, number: int) -> str:
    size = (chance.randint(10, 99) for _ in range(number))
    return "\n".join(
        f"Get:{n} http://mirror/debian trixie/main amd64 lib{n} amd64 1.2.{n} [{kb} kB]" for n, kb in enumerate(size)
    )


def _paths(chance: random.Random, number: int) -> str:
    return "\n".join(chance.sample([f"A /file{n}" for n in range(number)], number))


def _steps(chance: random.Random, number: int) -> str:
    steps = (f" => [{n}/{number}] RUN echo {n}     {chance.random():.1f}s" for n in range(1, number))
    return "\n".join(["[+] Building 1.2s (9/9) FINISHED", *steps])


def _events(chance: random.Random, number: int) -> str:
    time = "2026-11-24T06:23:31.772988193Z"
    return "\n".join(f"{time} container start {_hex(chance, 64)} (image=a, name=b{n})" for n in range(number))


LONG: dict[str, Callable[[random.Random, int], str]] = {
    "docker ps": _rows,
    "apt-get": _packages,
    "docker diff": _paths,
    "pull": lambda chance, number: "\n".join(f"{_hex(chance, 12)}: Pull complete" for _ in range(number)),
    "ids": lambda chance, number: "\n".join(_hex(chance, 64) for _ in range(number)),
    "prose": lambda _, number: "\n".join(f"line {n} of the log says that all is well" for n in range(number)),
    "build": _steps,
    "events": _events,
}
HOSTILE = {
    **{
        repr(text): text
        for text in ("a", "0", " ", "\t", "-", "sha256:", "0 ", "a.", "1.", "1:", "a-", "a_", "::", "ab:")
    },
    **{
        repr(text): text
        for text in ("#1 \n", "x\n", "...\n", "...\na\n", "A /x\n...\n", "A  B\n", "aaaaaaaaaaaa: x\n", "\n")
    },
    **{
        repr(text): text for text in ("fe80:", "1h1m1", "1G ", "/v", "v1.2.3-", "01234567-", "ABCD:", "Mon, ", "build ")
    },
    **{repr(text): text for text in (" => ", " => x  ", "[+] ", '{"Labels":"', "a |", "] Pulled", "\x1b[\0\ud800")},
    "events without end": f"2026-11-24T06:23:31.772988193Z container start {ID} (",
    "entries without end": f'      "{ID}": {{\n',
}


def seconds(sample: str, actual: str) -> float:
    started = time.process_time()
    compare(sample, actual, Bindings())
    return time.process_time() - started


def main() -> None:
    for name, made in LONG.items():
        once, twice = (
            seconds(made(random.Random(1), number), made(random.Random(2), number))  # noqa: S311
            for number in (LINES, 2 * LINES)
        )
        print(f"{LINES} lines of {name:20} {once:6.2f} s  growth {twice / once:4.1f}")
    for name, text in HOSTILE.items():
        found = (seconds(text * (size // len(text)), text * (size // len(text)) + "x") / size for size in SIZES)
        print(f"{name:22}", *(f"{each * 1_000_000:6.2f}" for each in found), "s a megabyte")


if __name__ == "__main__":
    main()
