"""The guide as Chromium prints it: what the contents of the PDF say."""

import re

from playwright.sync_api import Page

from harness.site.pdf import print_book, sheets

CHAPTERS = {"first": 1, "second": 3, "third": 1}  # how many sheets each fills
DOCUMENT = """<style>
  @page { size: A4; margin: 2cm }
  article { break-before: page }
  p { break-after: page; margin: 0 }
  p:last-child { break-after: auto }
</style>
<nav class="book-contents"><ol>%s</ol></nav>%s"""


def test_the_contents_name_the_sheet_on_which_each_chapter_begins(tab: Page) -> None:
    links = "".join(f'<li><a href="#{name}">{name}</a></li>' for name in CHAPTERS)
    chapters = "".join(
        f'<article id="{name}"><h1>{name}</h1>{"<p>text</p>" * count}</article>' for name, count in CHAPTERS.items()
    )
    tab.set_content(DOCUMENT % (links, chapters))
    pdf = print_book(tab)
    begin = {"first": 2, "second": 3, "third": 6}
    assert sheets(pdf) == begin
    said = tab.locator(".book-contents a").evaluate_all("(links) => links.map((link) => Number(link.dataset.page))")
    assert said == list(begin.values())
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) == 6
    assert b"/Outlines" in pdf


def test_each_chapter_of_the_guide_begins_on_a_sheet_of_its_own(tab: Page, site: str) -> None:
    tab.goto(f"{site}/book.html")
    tab.emulate_media(media="print")
    breaks = tab.locator("main > article").evaluate_all("(all) => all.map((one) => getComputedStyle(one).breakBefore)")
    assert set(breaks) == {"page"}
