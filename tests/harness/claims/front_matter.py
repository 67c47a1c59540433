"""Turns the YAML at the beginning of a Markdown text into its values, for pages, the site and the lint."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from harness.claims import yaml_text


@dataclass(frozen=True)
class FrontMatter:
    """What a text says of itself before its first line."""

    end: int = 0  # the index of the first line behind it
    values: Mapping[str, Any] = field(default_factory=dict)
    is_mapping: bool = True  # `key: value` lines; two rules with a text between them are none
    error: str = ""  # what is no YAML in it
    error_line: int = 0  # 1-based


def front_matter(lines: Sequence[str]) -> FrontMatter:
    """The front matter between the first two `---`; where the second is missing, a text has none."""
    if not lines or lines[0].rstrip(" \t") != "---":
        return FrontMatter()
    closing = (index for index, line in enumerate(lines) if index and line.rstrip(" \t") in ("---", "..."))
    end = next(closing, 0)
    if not end:
        return FrontMatter()
    try:
        values = _values("\n".join(lines[1:end]))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return FrontMatter(
            end + 1, error=str(getattr(error, "problem", error)), error_line=2 + (mark.line if mark else 0)
        )
    if not isinstance(values, dict):
        return FrontMatter(end + 1, is_mapping=False)
    return FrontMatter(end + 1, values)


@lru_cache(maxsize=256)  # the site asks for a page's in three places
def _values(text: str) -> Any:
    return yaml_text.load(text) or {}


def line_of(lines: Sequence[str], key: str) -> int:
    """The 1-based line of the front matter on which `key` stands."""
    return next((number for number, line in enumerate(lines, 1) if line.strip().startswith(f"{key}:")), 1)
