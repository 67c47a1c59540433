"""Prints the whole guide with Chromium: build/site/book.html -> build/docker-note.pdf, by `python -m harness.site.pdf`.

Chromium numbers the sheets, but can't say in the contents on which of them a chapter begins. What it has printed says
that, and then it prints again.
"""

import re
import shutil
import sys
from collections.abc import Iterator, Mapping

from playwright.sync_api import Page, sync_playwright

from harness import project
from harness.site import book

_OBJECT = re.compile(rb"^(\d+) 0 obj\n(.*?)\nendobj$", re.S | re.M)
_CATALOG = re.compile(rb"/Type /Catalog\n/Pages (\d+) 0 R\n/Dests (\d+) 0 R")
_KIDS = re.compile(rb"/Kids \[([^\]]*)\]")
_PLACE = re.compile(rb"/([\w-]+) \[(\d+) 0 R /XYZ")
_NUMBER = "(links, sheets) => links.forEach((link) => { link.dataset.page = sheets[link.hash.slice(1)]; })"


def sheets(pdf: bytes) -> dict[str, int]:
    """On which sheet of a PDF by Chromium each of its named places is, of those that a chapter's address names."""
    objects: dict[bytes, bytes] = dict(_OBJECT.findall(pdf))
    catalog = _CATALOG.search(pdf)
    if not catalog:
        return {}
    leaves = {number: at for at, number in enumerate(_leaves(catalog[1], objects), 1)}
    return {name.decode(): leaves[number] for name, number in _PLACE.findall(objects[catalog[2]])}


def _leaves(number: bytes, objects: Mapping[bytes, bytes]) -> Iterator[bytes]:
    """The numbers of the sheets below a node of the tree of pages, in their order."""
    kids = _KIDS.search(objects[number])
    if not kids:
        yield number
        return
    for kid in re.findall(rb"(\d+) 0 R", kids[1]):
        yield from _leaves(kid, objects)


def print_book(tab: Page) -> bytes:
    """The document in the tab as PDF."""
    found = sheets(tab.pdf(prefer_css_page_size=True))
    chapters = tab.locator(".book-contents a")
    names = chapters.evaluate_all("(links) => links.map((link) => link.hash.slice(1))")
    if lost := [name for name in names if name not in found]:
        sys.exit(f"{book.NAME}: found no sheet in Chromium's PDF for {', '.join(lost)}; is its form new?")
    chapters.evaluate_all(_NUMBER, found)
    return tab.pdf(prefer_css_page_size=True, outline=True, tagged=True)


def main() -> None:
    source, target = project.ROOT / "build" / "site" / book.NAME, project.ROOT / "build" / "docker-note.pdf"
    with sync_playwright() as playwright:
        arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        tab = browser.new_page()
        tab.goto(source.as_uri())
        target.write_bytes(print_book(tab))
        browser.close()
    print(f"the guide is in {target.relative_to(project.ROOT)}")


if __name__ == "__main__":
    main()
