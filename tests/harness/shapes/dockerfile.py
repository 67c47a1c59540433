"""Turns a Dockerfile into its instructions, for what an image runs, has and is built by.

FROM busybox AS base              FROM      busybox, AS, base
COPY --from=base a.txt \\
  /b.txt                          COPY      a.txt, /b.txt     with the option --from=base
CMD ["cat", "/b.txt"]             CMD       cat, /b.txt

Source: Dockerfile reference.
"""

import json
import re
import shlex
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_COMMENT = re.compile(r"^[ \t]*#.*\n?", re.MULTILINE)
_CONTINUED = re.compile(r"\\[ \t]*\n")
_OPTIONS = re.compile(r"\A(?:--\S+\s+)+")
_DOCUMENT = re.compile(r"<<-?[\"']?(\w+)[\"']?")


class Instruction(NamedTuple):
    name: str  # in capital letters
    text: str  # what stands behind it

    @property
    def words(self) -> list[str]:
        """What stands behind its name and its options."""
        plain = " ".join(word for word in self.text.split() if word[:2] != "--")
        found = words(plain)
        return plain.split() if found is None else list(found)


def instructions(text: str) -> Iterator[Instruction]:
    """The instructions of a Dockerfile, without its comments and here-documents."""
    lines = iter(_CONTINUED.sub(" ", _COMMENT.sub("", text)).split("\n"))
    for line in lines:
        name, *behind = line.split(maxsplit=1)[:2] or [""]
        if behind:
            yield Instruction(name.upper(), behind[0].rstrip())
        for end in _DOCUMENT.findall(line):
            next((inside for inside in lines if inside.strip() == end), None)


@lru_cache(maxsize=64)
def codes(text: str) -> tuple[str, ...]:
    """What a build runs, each as the text of a shell; nothing where the text is no Dockerfile."""
    found = list(instructions(text))
    if not found or found[0].name not in ("ARG", "FROM"):
        return ()
    plain = (_OPTIONS.sub("", one.text) for one in found if one.name == "RUN")
    return tuple(one if (there := words(one)) is None else shlex.join(there) for one in plain)


def words(text: str) -> tuple[str, ...] | None:
    """The words of `["python", "roll.py"]`; None where it is no such list, and a shell's line or paths therefore."""
    if text[:1] != "[":
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return tuple(found) if all(isinstance(word, str) for word in found) else None
