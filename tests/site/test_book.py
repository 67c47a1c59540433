"""The whole guide as one document, as a browser shows it and as Chromium prints it."""

import re
from collections import Counter
from pathlib import Path

from playwright.sync_api import Page, expect

from harness.claims import navigation

from .walk import DRAWN


def test_every_page_is_a_chapter_in_the_order_of_the_navigation(tab: Page, site: str, project: Path) -> None:
    tab.goto(f"{site}/book.html")
    wanted = [name for part in navigation.parts(project) for name in part.pages]
    assert len(wanted) > 50
    assert tab.locator("main > article").evaluate_all("(all) => all.map((one) => one.id)") == wanted
    contents = tab.get_by_role("navigation", name="차례").get_by_role("link")
    assert contents.evaluate_all("(all) => all.map((one) => one.hash.slice(1))") == wanted
    contents.get_by_text("컨테이너", exact=True).click()
    expect(tab.get_by_role("heading", name="컨테이너", exact=True, level=1)).to_be_in_viewport()


def test_its_anchors_are_unique_and_its_links_lead_to_them_or_to_other_sites(folder: Path) -> None:
    text = (folder / "book.html").read_text("utf-8")
    tags = re.findall(r"<[a-z][^>]*>", text)
    anchors = Counter(found[1] for tag in tags if (found := re.search(r' id="([^"]*)"', tag)))
    assert [anchor for anchor, count in anchors.items() if count > 1] == []
    links = {found[1] for tag in tags if tag.startswith("<a ") and (found := re.search(r' href="([^"]*)"', tag))}
    inside = {link.removeprefix("#") for link in links if link.startswith("#")}
    assert inside - set(anchors) == set()
    assert len(inside) > 300
    assert [link for link in links if not link.startswith(("#", "https://", "http://"))] == ["index.html"]


def test_it_runs_no_script_and_neither_search_nor_search_engines_list_it(folder: Path) -> None:
    text = (folder / "book.html").read_text("utf-8")
    assert "<script" not in text
    assert "<button" not in text
    assert '<meta name="robots" content="noindex">' in text
    assert "Content-Security-Policy" in text
    assert "book.html" not in (folder / "search" / "index.js").read_text("utf-8")
    assert "book.html" not in (folder / "sitemap.xml").read_text("utf-8")


def test_a_page_leads_to_it(tab: Page, site: str) -> None:
    tab.goto(f"{site}/images.html")
    tab.locator(".about").get_by_role("link", name="한 권으로").click()
    expect(tab).to_have_title("한 권으로 - 도커 노트")
    expect(tab.get_by_role("link", name="도커 노트 사이트로")).to_have_attribute("href", "index.html")


def test_on_paper_each_output_stands_once(tab: Page, site: str) -> None:
    tab.emulate_media(media="print")
    tab.goto(f"{site}/book.html")
    expect(tab.get_by_text("as 28 prints it")).to_be_visible()
    expect(tab.get_by_text("as 29 prints it")).to_be_hidden()
    expect(tab.locator(".tabbed-set", has_text="as 28 prints it").locator("label:visible")).to_have_count(1)
    expect(tab.locator(".proof--same, .headerlink, .bar, .steps")).to_have_count(0)


def test_on_a_phone_nothing_scrolls_that_a_keyboard_would_not_reach(phone: Page, site: str) -> None:
    phone.goto(f"{site}/book.html")
    phone.add_style_tag(content=DRAWN)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    lost = """() => [...document.querySelectorAll("main *")].filter((one) => one.scrollWidth > one.clientWidth + 1
        && getComputedStyle(one).overflowX === "auto" && one.tabIndex < 0 && !one.querySelector("a, input, [tabindex]"))
        .map((one) => one.outerHTML.slice(0, 100))"""
    assert phone.evaluate(lost) == []
