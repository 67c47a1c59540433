"""Turns `["python", "roll.py"]` of a Dockerfile into its words, for what an image runs, has and is built by.

Source: Dockerfile reference, "Shell and exec form".
"""

import json


def words(text: str) -> tuple[str, ...] | None:
    """None where the text is no list of words, and a shell's line or plain paths therefore."""
    if text[:1] != "[":
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return tuple(found) if all(isinstance(word, str) for word in found) else None
