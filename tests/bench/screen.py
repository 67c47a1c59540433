"""Measures how long the screen takes for a megabyte of what a program might print to do harm. Run by hand.

    PYTHONPATH=tests python tests/bench/screen.py

Seconds of processor time for each, on an empty screen, behind 3,000 lines and behind a line of 200,000 characters. The
goal is under 2 s.
"""

import time

from harness.lab.screen import screen_text

BYTES = 1 << 20
HOSTILE = {
    "reverse index": "\x1bM",
    "line feed, reverse index": "\n\x1bM",
    "line feed without return": "x\x1b[m\n",
    "insert a line": "\x1b[L",
    "insert many lines": "\x1b[999L",
    "delete a line": "\x1b[M",
    "insert characters": "ab\x1b[H\x1b[@",
    "delete characters": "\x1b[P",
    "erase characters": "\x1b[9999X",
    "erase the screen": "\x1b[2J",
    "erase above": "\x1b[200B\x1b[1J",
    "erase the line's beginning": "\x1b[1K",
    "far to the right": "\x1b[9999Cx\n",
    "combining marks": "\u0301",
    "wide characters": "한",
    "a colour for each character": "\x1b[1mx",
    "tabs": "\t",
    "unfinished strings": "\x1b]",
    "numbers of 5,000 digits": "\x1b[" + "1" * 5000 + "A",
    "saved cursors": "\x1b7",
}
BEFORE = {"nothing": "", "lines": "\n" * 3000 + "\x1b[H", "a long line": "y" * 200_000 + "\x1b[m"}


def seconds(output: str) -> float:
    began = time.process_time()
    screen_text(output.encode())
    return time.process_time() - began


if __name__ == "__main__":
    print(f"{'':30}{''.join(f'{name:>14}' for name in BEFORE)}")
    for name, one in HOSTILE.items():
        output = one * (BYTES // len(one.encode()))
        print(f"{name:30}{''.join(f'{seconds(before + output):14.2f}' for before in BEFORE.values())}")
