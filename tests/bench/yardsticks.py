"""YARDSTICKS: what somebody without the harness would compare outputs with, to measure harness.shapes by."""

import re
from collections.abc import Callable
from difflib import SequenceMatcher

_SED = (
    (r"[0-9a-f]{64}|\b[0-9a-f]{12}\b", "ID"),
    (r"(?:\d+|About an?|Less than a) (?:second|minute|hour|day|week|month|year)s?(?: ago)?", "AGE"),
    (r"\b\d+(?:\.\d+)?(?:[kKMG]i?)?B\b", "SIZE"),
    (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME"),
    (r"\b\d+\.\d+s\b", "DURATION"),
    (r" {2,}", "  "),
)
_SIMILAR = 0.8


def sed(text: str) -> str:
    """The text with what is easily seen to be made up replaced."""
    for pattern, new in _SED:
        text = re.sub(pattern, new, text)
    return text


def _similar(sample: str, actual: str) -> bool:
    matcher = SequenceMatcher(None, sample.split(), actual.split(), autojunk=False)
    return matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR


YARDSTICKS: dict[str, Callable[[str, str], bool]] = {
    "exact": lambda sample, actual: sample == actual,
    "sed rules": lambda sample, actual: sed(sample) == sed(actual),
    "similarity 0.8": _similar,
}
