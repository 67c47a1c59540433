"""What the RUN of a build's step has printed: its standard error and its standard output race.

Step 2/4 : RUN echo tuning && echo static >&2      #5 [2/3] RUN echo tuning && echo static >&2
 ---> Running in 9299306a46c1                      #5 0.895 tuning
tuning                                             #5 0.895 static
static
"""

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from harness.shapes import dockerfile
from harness.shapes.lines import Line
from harness.shapes.policies import streams

CLASSIC = "Step "  # what a head of the classic builder begins with
_OF_PLAIN = re.compile(r"#\d{1,4} \[[^\]]{1,200}\] RUN (.*)")
_OF_EXCERPT = re.compile(r" > \[[^\]]{1,200}\] RUN (.*):")
_OF_CLASSIC = re.compile(r"Step \d{1,4}/\d{1,4} : RUN (.*)")
_OF_BUILDER = re.compile(r" ---> .*|Step \d.*|Removing intermediate .*|The command '.*|Successfully \w+ .*|")
_AT = re.compile(r"(?:#\d{1,4} )?(?:\d{1,5}\.\d{3}|\d\d\.\d\d|\d{3}\.\d|\d{4}\.) ")  # how late it was said
_OPTIONS = re.compile(r"\A(?:--\w+=\S+ +)+")

_Stretch = tuple[str, list[Line]]  # a shell's code, and lines that it may have printed; no code for other lines


def of_step(step: Sequence[Line]) -> list[Line]:
    """The lines of a step in plain progress."""
    head = _OF_PLAIN.fullmatch(step[0].text)
    if head is None:
        return list(step)
    stretches = groupby(step, lambda line: _code(head[1]) if _AT.match(line.text) else "")
    return _arranged((code, list(run)) for code, run in stretches)


def of_excerpts(lines: Sequence[Line]) -> list[Line]:
    """What follows the steps on a terminal: the last lines of a failed one's output once more."""
    return _arranged(_stretches(lines, _OF_EXCERPT, lambda line: line.text == "------"))


def of_classic(lines: Sequence[Line]) -> list[Line]:
    """The lines of the classic builder."""
    return _arranged(_stretches(lines, _OF_CLASSIC, lambda line: bool(_OF_BUILDER.fullmatch(line.text))))


def _arranged(stretches: Iterable[_Stretch]) -> list[Line]:
    return [line for code, run in stretches for line in (streams.arrange(code, run, _said) if code else run)]


def _said(line: Line) -> str:
    return _AT.sub("", line.text, count=1)


def _stretches(lines: Sequence[Line], head: re.Pattern[str], is_end: Callable[[Line], bool]) -> Iterator[_Stretch]:
    """What stands below heads, each up to the next line that is not of its output."""
    code, run = "", list[Line]()
    for line in lines:
        found = head.fullmatch(line.text)
        if found or is_end(line):
            yield code, run
            yield "", [line]
            code, run = _code(found[1]) if found else code if line.text.startswith(" ---> Running in ") else "", []
        else:
            run.append(line)
    yield code, run


def _code(instruction: str) -> str:
    """The shell's code of a RUN, without its options; of `["sh", "-c", "…"]` the same as words."""
    plain = _OPTIONS.sub("", instruction)
    words = dockerfile.words(plain)
    return plain if words is None else shlex.join(words)
