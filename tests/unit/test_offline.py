"""Which files of the site a reader's device keeps for when there is no network."""

import json
from typing import Any

from harness.site import offline

HEAD = """<link rel="canonical" href="https://example.org/a.html"><link rel="icon" href="assets/icon.svg">
<link rel="stylesheet" href="assets/extra.css"><link rel="alternate" type="text/markdown" href="a.md">"""
FILES = {
    "404.html": "<h1>",
    "index.html": "<h1>",
    "book.html": '<link rel="stylesheet" href="assets/book.css">',
    "assets/book.css": "q",
    "a.html": f'<head>{HEAD}</head><script defer src="assets/practice/open.js"></script><a href="https://x.org">',
    "a.md": "#",
    "assets/extra.css": "p",
    "assets/icon.svg": "<svg>",
    "assets/practice/lesson.js": "1",
    "assets/practice/open.js": "2",
    "assets/search/words.js": "3",
    "feed.xml": "<feed>",
    "recordings/docs/a.js": "4",
    "search/index.js": "5",
    "볼륨/a.html": '<script src="../assets/up.js"></script>',
    "assets/up.js": "6",
}


def lists(files: dict[str, str]) -> dict[str, Any]:
    """What the worker knows of the files."""
    text = offline.worker("{ the script }", {name: text.encode() for name, text in files.items()})
    first, script = text.split(";\n")
    assert script == "{ the script }"
    known: dict[str, Any] = json.loads(first.removeprefix("globalThis.siteFiles = "))
    return known


def test_home_book_and_search_with_what_pages_load_are_kept_at_once() -> None:
    assert sorted(lists(FILES)["ahead"]) == [
        "assets/book.css",
        "assets/extra.css",
        "assets/icon.svg",
        "assets/practice/open.js",
        "assets/search/words.js",
        "assets/up.js",
        "book.html",
        "index.html",
        "search/index.js",
    ]


def test_pages_recordings_practice_and_markdown_are_kept_once_they_were_used() -> None:
    assert list(lists(FILES)["used"]) == [
        "a.html",
        "a.md",
        "assets/practice/lesson.js",
        "recordings/docs/a.js",
        "%EB%B3%BC%EB%A5%A8/a.html",
    ]


def test_a_digest_changes_with_its_file_and_no_other() -> None:
    before, after = lists(FILES), lists(FILES | {"a.md": "# b"})
    assert before["ahead"] == after["ahead"]
    changed = {name for name, digest in after["used"].items() if before["used"][name] != digest}
    assert changed == {"a.md"}
