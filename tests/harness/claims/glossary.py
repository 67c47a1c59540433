"""Turns the glossary page into its terms, for the site's tooltips and the lint.

컨테이너 (container)
:   격리해 실행한 프로세스입니다.
:   쓰지 않는 말: 콘테이너
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

INSTEAD_OF = "쓰지 않는 말: "  # what stands before the spellings that the guide does not use
_ENTRY = re.compile(
    rf"^(?P<name>\S.*?) \((?P<english>[^()]+)\)\n:   (?P<meaning>.+)(?:\n:   {INSTEAD_OF}(?P<not>.+))?",
    re.MULTILINE,
)
# What follows a noun in Korean; anything else makes it a part of another word.
PARTICLES = "은|는|이|가|을|를|의|에|와|과|로|으로|도|만|부터|까지|처럼|마다|라|나|인|입|끼"


@dataclass(frozen=True)
class Term:
    """A word of the guide: `instead_of` are the spellings and synonyms that the guide does not use."""

    name: str
    english: str
    meaning: str
    instead_of: tuple[str, ...] = ()
    line: int = 0  # of the glossary, 1-based


@lru_cache(maxsize=1)
def terms(text: str) -> Sequence[Term]:
    """The terms of a glossary's Markdown, in its order."""
    return [
        Term(
            name=entry["name"],
            english=entry["english"],
            meaning=entry["meaning"],
            instead_of=tuple(entry["not"].split(", ")) if entry["not"] else (),
            line=text.count("\n", 0, entry.start()) + 1,
        )
        for entry in _ENTRY.finditer(text)
    ]
