"""Turns a page's front matter into its settings, and says what is wrong with them, for pages."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from harness.claims.front_matter import FrontMatter, line_of

MACHINES = ("engine", "no-engine")
KEYS = (
    *("title", "description", "questions", "hide", "outputs"),
    *("machine", "timeout", "memory", "processes", "disk", "unchecked"),
)


def _is_size(value: Any) -> bool:
    return bool(re.fullmatch(r"[1-9]\d*[mg]", str(value)))


_Check = tuple[Callable[[Any], bool], str]
# Whether a value is right, and else what is said of its line.
_CHECKS: Mapping[str, _Check] = {
    "machine": (lambda value: value in MACHINES, f"found `{{}}`; write one of: {', '.join(MACHINES)}"),
    # In Python, and so for isinstance, True is a whole number.
    "timeout": (lambda value: type(value) is int and value > 0, "found `{}`; write whole seconds, such as 300"),
    "memory": (_is_size, "found `{}`; write MiB or GiB, such as 6g"),
    "disk": (_is_size, "found `{}`; write MiB or GiB, such as 20g"),
    "processes": (lambda value: type(value) is int and value > 0, "found `{}`; write a whole number, such as 8192"),
    "outputs": (lambda value: value == "wrap", "found `{}`; write `outputs: wrap`, or leave it out: outputs scroll"),
    "questions": (
        lambda value: isinstance(value, list) and all(isinstance(question, str) for question in value),
        "`questions` is no list of what readers ask; write `  - question` lines, those with `: ` in quotes",
    ),
    "unchecked": (
        lambda value: isinstance(value, dict) and all(isinstance(reason, str) for reason in value.values()),
        "`unchecked` is no mapping from snippets to reasons; write `  folder/name.console: reason`",
    ),
}


def settings(front: FrontMatter) -> dict[str, Any]:
    """What a page gives of its title, its machine with the bounds, its timeout and unchecked snippets, and is right."""
    right = {key: value for key, value in front.values.items() if key not in _CHECKS or _CHECKS[key][0](value)}
    return {
        "title": str(right.get("title", "")),
        **{
            key: right[key]
            for key in ("machine", "timeout", "memory", "processes", "disk", "unchecked")
            if key in right
        },
    }


def wrong_settings(front: FrontMatter, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(line, what is wrong with its value) of the keys that the harness knows."""
    for key, (is_right, message) in _CHECKS.items():
        if key in front.values and not is_right(front.values[key]):
            line = line_of(lines, key)
            yield line, message.format(lines[line - 1].strip())


def unknown_settings(front: FrontMatter, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of the keys that a page of the guide doesn't have."""
    for key in front.values.keys() - set(KEYS):
        yield line_of(lines, str(key)), f"unknown front-matter key `{key}`; known: {', '.join(KEYS)}"
