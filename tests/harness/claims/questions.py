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


# What a command itself says that it will ask: `read -p 'Name: ' name`, `input("Name: ")` of Python.
_IN_COMMAND = re.compile(
    r"""(?:\bread\s[^|;&\n]{0,80}?-\w{0,3}p\s*|\b(?:raw_)?input\(\s*|\bgetpass\(\s*)"""
    r"""(?P<quote>["'])(?P<question>[^"'\n]{1,200})(?P=quote)"""
)
_LABEL = re.compile(r"(?P<question>\s{0,8}[^\W\d][^:\n]{0,60}:) +(?P<answer>\S.*)")


def asked_by(command: str) -> tuple[str, ...]:
    """The questions that stand in a command, as it asks them."""
    return tuple(found["question"].rstrip() for found in _IN_COMMAND.finditer(command) if found["question"].strip())


def labelled(line: str) -> tuple[str, str] | None:
    """(question, answer) where a line of a sample has the form `Name: minji`, as any output may have."""
    found = _LABEL.fullmatch(line)
    return (found["question"], found["answer"].rstrip()) if found else None


def asks(line: str) -> bool:
    """Whether an unfinished line asks whoever reads it to type something."""
    return any(match.end() == len(line.rstrip()) for match in _QUESTION.finditer(line.rstrip()))


def asked(line: str) -> Iterator[tuple[str, str]]:
    """(question, answer) for each way in which a line of a sample may be read as both."""
    for match in _QUESTION.finditer(line):
        if answer := line[match.end() :].strip():
            yield line[: match.end()], answer
