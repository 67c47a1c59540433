"""Tells what of an output in a note was printed from what its author says beside it, for claims.notes.reading.

Unable to find image 'busybox:latest' locally     as it stands
(여기서 잠깐 기다림)                              ...
hello                                             as it stands
"""

import re
from collections.abc import Sequence

from harness.claims.notes.lines import HANGUL
from harness.claims.notes.note import Said

GAP = "..."
_LEFT_OUT = re.compile(r"\s*(?:\.{2,}|…+|⋮|\(?(?:중간 |이하 )?(?:생략|중략|후략|하략)\)?|~{3,}|:)\s*,?")


def cleaned(lines: Sequence[str], typed: str) -> tuple[list[str], list[Said]]:
    """The sample without what is said among it, and what was taken for that.

    Docker prints no Korean of its own: a line of it that nobody has typed in the note is its author's.
    """
    said: list[Said] = []
    sample: list[str] = []
    for line in lines:
        if _LEFT_OUT.fullmatch(line):
            sample.append(GAP)
        elif is_said(line, typed):
            said.append(Said("prose", line.strip()))
            sample.append(GAP)
        else:
            sample.append(line)
    once = [line for index, line in enumerate(sample) if line != GAP or sample[index - 1 : index] != [GAP]]
    return _trimmed(once, bool(said), any(_LEFT_OUT.fullmatch(line) for line in lines)), said


def _trimmed(sample: list[str], has_said: bool, has_gaps: bool) -> list[str]:
    """Without blank lines around it; what is said before or behind an output is no part of it."""
    while sample and not sample[-1].strip():
        sample.pop()
    while len(sample) > 1 and not sample[0].strip():
        sample.pop(0)
    if has_said and not has_gaps and any(line != GAP for line in sample):
        while sample[-1] == GAP:
            sample.pop()
        while sample[0] == GAP:
            sample.pop(0)
    return sample


def is_said(line: str, typed: str) -> bool:
    """Whether a line of an output is Korean that was not typed before."""
    return any(word not in typed for word in re.findall(r"[가-힣]+", line)) if HANGUL.search(line) else False


def looks_printed(lines: Sequence[str], typed: str) -> bool:
    """Whether a fence may be an output: most of its lines are nobody's prose."""
    written = [line for line in lines if line.strip()]
    return bool(written) and 2 * sum(is_said(line, typed) for line in written) < len(written)
