"""Turns a recording (asciicast v2) into how long each line of an output took to come, for practice."""

import re
from bisect import bisect_right
from itertools import accumulate, pairwise

from harness.evidence import recordings

_DONE = re.compile(r"\x1b\]133;D;[^\x07]*\x07")  # the shell's mark behind a command
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_END = "\x04"
_LONGEST = 1000  # milliseconds: nobody learns from a longer pause
_LONGEST_STEP = 8000


class Pace:
    """What a terminal printed, as one text that is read once from its beginning, with the time of each letter."""

    def __init__(self, cast: str) -> None:
        events = recordings.events_of(cast) if cast else []
        pieces = [_ESCAPE.sub("", _DONE.sub(_END, printed)) for _, printed in events]
        self._text, self._at = "".join(pieces), 0
        self._starts = list(accumulate(map(len, pieces), initial=0))
        self._times: list[float] = [seconds for seconds, _ in events] or [0.0]

    def pauses(self, typed: str, output: str) -> list[int]:
        """The milliseconds before each line of a command's output, and before the prompt behind it."""
        times = [self._after(typed.rpartition("\n")[2])]
        times += [self._after(line.rstrip()) for line in output.split("\n")] if output else []
        times.append(self._after(_END))
        pauses = [min(_LONGEST, round(1000 * (then - before))) for before, then in pairwise(times)]
        share = min(1.0, _LONGEST_STEP / max(1, sum(pauses)))
        return [round(pause * share) for pause in pauses]

    def _after(self, text: str) -> float:
        """When `text` was there, from where the last one ended; what isn't found came at once."""
        found = self._text.find(text, self._at)
        if found >= 0:
            self._at = found + len(text)
        return self._times[bisect_right(self._starts, max(0, self._at - 1)) - 1]
