"""Tells where a program waits for an answer, by the unfinished line that it leaves on the screen: for the terminal and
for answers.
"""

import re
from collections.abc import Iterator

_QUESTION = re.compile(
    r"""
      [\[(] y(?:es)? / n(?:o)? [^\])]{0,40} [\])] \s? [?:]?      # Are you sure? [y/N]
    | [\[(] [^\[\]()]{1,40} [\])] :                              # Port [8080]:
    | (?:password|passphrase|username|login|token|pin)\b [^:]{0,80} :
    | \b(?:enter|choose|select|type|input)\b [^:]{0,80} :
    | \?
    | ^ >{0,3} [\w.:\[\]()=\ -]{0,60} > | ^ \w{1,40} [=-][#]            # sqlite> , >>> , postgres=#
    | ^: | ^\(END\) | ^--More--.*                                # less, more
    """,
    re.IGNORECASE | re.VERBOSE,
)


def asks(line: str) -> bool:
    """Whether an unfinished line asks whoever reads it to type something."""
    return any(match.end() == len(line.rstrip()) for match in _QUESTION.finditer(line.rstrip()))


def asked(line: str) -> Iterator[tuple[str, str]]:
    """(question, answer) for each way in which a line of a sample may be read as both."""
    for match in _QUESTION.finditer(line):
        if answer := line[match.end() :].strip():
            yield line[: match.end()], answer
