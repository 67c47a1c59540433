"""Finds a misspelt tag in a command that names an image: `centos:lastest`, for which `centos:latest` is meant."""

import re
from difflib import SequenceMatcher

from harness.claims.commands import parse

_LATEST = "latest"
_LIKE = 0.75  # `lastest` is 0.92 like it, `lts` 0.44, `latest-alpine` is another tag
_TAGGED = re.compile(r"[\w./-]+:(?P<tag>[A-Za-z]{5,8})")
_WITH_IMAGE = ("docker run", "docker pull", "docker create")


def with_tags_corrected(text: str) -> str:
    """The command with `latest` where something like it is written for an image's tag."""
    for command in parse(text):
        if command.plain_name in _WITH_IMAGE and command.arguments:
            image = _TAGGED.fullmatch(command.arguments[0])
            if image and image["tag"] != _LATEST and SequenceMatcher(None, image["tag"], _LATEST).ratio() >= _LIKE:
                text = text.replace(image[0], f"{image[0].rpartition(':')[0]}:{_LATEST}", 1)
    return text
