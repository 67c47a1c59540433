"""Turns tests/expected.toml into the causes of drift that somebody has looked at and that may stay, with their reasons.

[[expected]]
cause = "0123abcd"  # its key: another difference has another key, and is told
reason = "Docker 29.8 prints this line only the first time: https://github.com/docker/cli/issues/1"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.evidence.checked import Key, record

FILE = "tests/expected.toml"


class WrongExpected(Exception):
    """The file says something else: names it, what was found, what was expected."""


@dataclass(frozen=True)
class _Row:
    cause: Key
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("reason: found nothing, expected why it may stay")


@dataclass(frozen=True)
class _File:
    expected: list[_Row]


def read(root: Path) -> Mapping[str, str]:
    """Why each cause may stay, by its key; nothing where the project at `root` has no such file. WrongExpected."""
    path = root / FILE
    try:
        rows = record(_File, {"expected": [], **tomllib.loads(path.read_text("utf-8"))}).expected
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise WrongExpected(f"{path}: {error}") from error
    return {row.cause: row.reason for row in rows}
