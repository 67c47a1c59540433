"""What the whole guide is as one document, and in which parts."""

import re
from pathlib import Path

import pytest

from harness.claims import navigation
from harness.claims.navigation import Part
from harness.site.book import book

HEAD = '<link rel="stylesheet" href="assets/a.css">'
PAGE = '<html>{head}<nav id="side"></nav><article class="x">{inside}</article><footer id="end"></footer></html>'
PARTS = [Part("", ["index"]), Part("배우기", ["images", "ports"])]


def document(**insides: str) -> str:
    """The document of pages whose articles hold this; the others only a title."""
    html = {}
    for name in ("index", "images", "ports"):
        inside = f'<h1 id="{name}">{name.title()}</h1>{insides.get(name, "")}'
        html[f"{name}.html"] = PAGE.format(head=HEAD, inside=inside)
    return book(PARTS, html)


def test_chapters_follow_the_navigation_and_the_contents_lead_to_them() -> None:
    text = document()
    assert re.findall(r'<article id="(\w+)">', text) == ["index", "images", "ports"]
    assert (
        '<ol><li><a href="#index">Index</a></li><li>배우기<ol><li><a href="#images">Images</a></li>'
        '<li><a href="#ports">Ports</a></li></ol></li></ol>'
    ) in text
    assert HEAD in text
    assert "side" not in text
    assert "footer" not in text


def test_an_anchor_that_two_pages_have_is_each_chapters_own() -> None:
    text = document(images='<h2 id="정리">정리</h2>', ports='<h2 id="정리">정리</h2><a href="#정리">a</a>')
    assert re.findall(r'id="([^"]*정리)"', text) == ["images--정리", "ports--정리"]
    assert '<a href="#ports--정리">a</a>' in text


@pytest.mark.parametrize(
    ("link", "becomes"),
    [
        ("images.html", "#images"),
        ("images.html#태그", "#images--태그"),
        ("feed.xml", "feed.xml"),
        ("nosuch.html#a", "nosuch.html#a"),
        ("https://docs.docker.com/a.html#b", "https://docs.docker.com/a.html#b"),
    ],
)
def test_a_link_to_a_page_leads_to_its_chapter_and_no_other_is_touched(link: str, becomes: str) -> None:
    assert f'<a class="y" href="{becomes}">' in document(ports=f'<a class="y" href="{link}">a</a>')


def test_tabs_belong_to_their_chapter_and_text_that_looks_like_an_attribute_stays() -> None:
    tabs = '<input id="t-1" name="t" type="radio"><label for="t-1">a</label><code> id="x"</code>'
    assert (
        '<input id="ports--t-1" name="ports--t" type="radio"><label for="ports--t-1">a</label><code> id="x"</code>'
    ) in document(ports=tabs)


def test_what_needs_a_script_and_proofs_that_the_page_has_told_are_left_out() -> None:
    said = '<p class="proof proof--passed proof--same" data-search-exclude>a</p>'
    said += '<details class="proof proof--passed proof--same"><summary>b</summary><div>c</div></details>'
    own = '<details class="proof proof--differs" data-search-exclude><summary>달라짐</summary><div>d</div></details>'
    other = "<details><summary>답</summary><p>e</p></details>"
    rest = '<button type="button">복사</button><script src="a.js"></script><a class="headerlink" href="#x">¶</a>'
    rest += '<label class="filter">골라 보기 <input></label><nav class="steps"><a href="images.html">다음</a></nav>'
    text = document(ports=said + own + other + rest)
    assert f'Ports</h1><p class="proof proof--differs">달라짐</p>{other}</article>' in text


def test_a_table_that_may_scroll_is_reached_by_keyboard() -> None:
    assert '<table tabindex="0"><tr>' in document(ports="<table><tr></tr></table>")


def test_a_page_without_a_title_is_a_chapter_without_one() -> None:
    assert '<a href="#a"></a>' in book([Part("", ["a"])], {"a.html": "<p>"})


def test_the_parts_of_the_guide_are_those_of_its_navigation(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: a\n\nnav:\n  - 홈: index.md\n  - 배우기:\n      - 설치: install.md\n      - Docker: 29: new.md\n"
        "  - 기여하기: contributing.md\n\ntheme:\n  features:\n    - a: b.md\n",
        "utf-8",
    )
    assert navigation.parts(tmp_path) == [
        Part("", ["index"]),
        Part("배우기", ["install", "new"]),
        Part("", ["contributing"]),
    ]
