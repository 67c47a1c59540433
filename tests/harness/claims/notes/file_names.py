"""Tells which fence of a note is a file that its reader writes, and under which name, for claims.notes.reading."""

import re
from collections.abc import Sequence

from harness.claims.fences import Fence

_NAME = r"(?:[\w./-]*/)?(?:[\w-][\w.-]*\.[A-Za-z]{1,8}|Dockerfile(?:\.\w+)?|\.dockerignore|\.env)"
_IN_TEXT = re.compile(rf"[`*\"'“(\[]({_NAME})[`*\"'”)\]]")
_ALONE = re.compile(rf"[\s#*>+-]*(?:\d+[.)]\s*)?({_NAME})\s*[:*]*\s*")
_IN_COMMENT = re.compile(rf"\s*(?:#|//|<!--|;)\s*({_NAME})\s*(?:-->)?\s*")
_DOCKERFILE = re.compile(r"(?:#.*\n|ARG .*\n|\s*\n)*FROM [\w./:-]+", re.IGNORECASE)
_COMPOSE = re.compile(r"(?:#.*\n|version:.*\n|name:.*\n|\s*\n)*services:\s*\n")
_IS_PYTHON = re.compile(r"(?:#.*\n|\s*\n)*(?:import|from) \w")


def file_name(fence: Fence, above: str, is_shell: bool) -> tuple[str, bool]:
    """The name of the file that a fence is, and whether that is a guess; '' where it is none.

    `above` is the line of text above the fence; `is_shell`: its language is a shell's.
    """
    if fence.title:
        return fence.title, False
    text = "".join(f"{line}\n" for line in fence.lines)
    first = fence.lines[0] if fence.lines else ""
    if found := _IN_COMMENT.fullmatch(first):
        return found[1], True
    alone = _ALONE.fullmatch(above)
    names = [name for name in (*_IN_TEXT.findall(above), *(alone.groups() if alone else ())) if name not in text]
    if is_shell:
        scripts = [name for name in names if name.endswith(".sh")]
        return (scripts[-1], True) if scripts else ("", False)
    if fence.language.lower() in ("dockerfile", "docker") or _DOCKERFILE.match(text):
        return next((name for name in reversed(names) if "Dockerfile" in name), "Dockerfile"), True
    if _COMPOSE.match(text):
        return next((name for name in reversed(names) if name.endswith(("yml", "yaml"))), "docker-compose.yml"), True
    is_code = fence.language.lower() not in ("", "text", "txt", "json", "diff", "markdown", "md")
    return (names[-1], True) if names and (is_code or _IS_PYTHON.match(text)) else ("", False)


def line_above(lines: Sequence[str], number: int) -> str:
    """The last line of text above line `number` (1-based)."""
    return next((line for line in reversed(lines[: number - 1]) if line.strip()), "")
