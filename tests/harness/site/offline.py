"""Turns the finished site into the list of its files that docs/worker.js keeps on a reader's device, for when there is
no network: each with the beginning of its digest, so that only what has changed is fetched again.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from urllib.parse import quote

from harness.site import book

# What a page loads at once, from the site itself: in its head and at its end.
_LOADED = re.compile(r'<(?:script|link rel="(?:stylesheet|icon|manifest)")[^>]* (?:src|href)="([^":]+)"')
_SEARCH = ("assets/distance.js", "assets/search/", "search/")  # which comes when somebody searches
_HOME = "index.html"
_USED = (
    "assets/practice/",
    "assets/player/",
    "assets/replay.js",
    "outputs/",
    "practice/",
    "recordings/",
)  # what is kept once it was used
_DIGITS = 8


def worker(script: str, files: Mapping[str, bytes]) -> str:
    """The script of docs/worker.js with the list of the site's `files`, each by its path below the site."""
    pages = [name for name in files if name.endswith(".html") and name != "404.html"]
    loaded = {address for name in pages for address in _LOADED.findall(files[name].decode())}
    loaded = {address.lstrip("./") for address in loaded}
    ahead = [name for name in files if name in loaded or name in (_HOME, book.NAME) or name.startswith(_SEARCH)]
    used = [name for name in files if name in pages or name.startswith(_USED) or name.endswith(".md")]
    lists = {"ahead": _digests(ahead, files), "used": _digests(sorted({*used} - {*ahead}), files)}
    return f"globalThis.siteFiles = {json.dumps(lists, separators=(',', ':'))};\n{script}"


def _digests(names: list[str], files: Mapping[str, bytes]) -> dict[str, str]:
    """By its address, as browsers write it, the beginning of each file's digest."""
    return {quote(name): hashlib.sha256(files[name]).hexdigest()[:_DIGITS] for name in names}
