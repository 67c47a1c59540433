"""What readers see of the nights before: under a block, and on a page of their own."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

REPAIRED, FLAKY = "docker run -it --rm centos", "nosuch"  # what the blocks show


def opened(tab: Page, containing: str) -> Locator:
    """The proof of the block that shows `containing`, opened."""
    proof = tab.locator(f".language-console:has-text('{containing}') + .proof")
    proof.locator("summary").click()
    return proof


def test_a_block_says_since_when_it_holds_where_the_history_reaches_back(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    assert "· 2026-09-19부터 ·" in opened(tab, REPAIRED).locator("summary").inner_text()
    assert "부터" not in opened(tab, "busybox").locator("summary").inner_text()


def test_an_opened_proof_shows_its_last_90_nights_as_a_strip_and_in_words(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    nights = opened(tab, REPAIRED).locator(".nights")
    expect(nights).to_have_text("밤 실행 90번: 확인됨 87번 · 달라짐 3번")
    box = nights.locator("svg").bounding_box()
    assert box
    assert (box["width"] > 200, box["height"] > 10) == (True, True)


@pytest.mark.parametrize("setting", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_a_night_that_differs_is_higher_than_one_that_passed_whatever_the_colours(
    browser: Browser, site: str, setting: dict[str, str]
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, **setting)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(f"{site}/trial.html")
    strip = opened(tab, REPAIRED).locator("svg")
    heights, colours = strip.evaluate("""(svg) => ["low", "high"].map((name) => {
        const style = getComputedStyle(svg.querySelector(`.${name}`));
        return [parseFloat(style.strokeWidth), style.stroke];
    }).reduce(([heights, colours], [height, colour]) => [[...heights, height], [...colours, colour]], [[], []])""")
    assert heights[1] > 3 * heights[0]
    assert "none" not in colours
    assert (len(set(colours)) == 1) == ("forced_colors" in setting)
    context.close()


def test_the_page_says_of_each_example_since_when_how_often_and_how_long(tab: Page, site: str) -> None:
    tab.goto(f"{site}/status.html")
    tab.get_by_role("link", name="검증 기록", exact=True).first.click()
    expect(tab.locator("h1")).to_contain_text("검증 기록")
    expect(tab.locator(".status > p")).to_have_text(re.compile("^기록은 2026-08-17부터 2026-11-24까지 밤 100번의 것"))
    tab.add_style_tag(content=".status-box { content-visibility: visible }")  # as where it is in sight
    body = tab.get_by_role("table", name="시험", exact=True).locator("tbody tr")
    rows = {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in body.all()}
    [whole] = [cells for name, cells in rows.items() if name.startswith("페이지 전체")]
    assert whole[0].startswith("예제 1개 달라짐")
    [drift] = [cells for name, cells in rows.items() if "docker ps" in name]
    assert drift[:2] == ["달라짐 2026-11-21부터\nDocker 28.5.2", "밤 실행 90번: 확인됨 86번 · 달라짐 4번"]
    flaky = [cells for cells in rows.values() if cells and "들쭉날쭉함" in cells[-1]]
    assert [cells[-1].split("\n")[-1] for cells in flaky] == ["Docker 28"]


def test_a_reader_leaves_of_the_history_a_page_and_what_is_flaky(tab: Page, site: str) -> None:
    tab.goto(f"{site}/history.html")
    tab.add_style_tag(content=".status-box { content-visibility: visible }")
    tables = tab.locator(".history:visible")
    tab.get_by_role("combobox", name="결과").select_option("들쭉날쭉함")
    expect(tables.locator("caption")).to_have_text(["시험"])
    expect(tables.locator("tbody tr:visible")).to_have_count(1)
    tab.get_by_role("combobox", name="결과").select_option("모두")
    tab.get_by_role("combobox", name="페이지").select_option("이미지")
    expect(tables.locator("caption")).to_have_text(["이미지"])


def test_on_a_phone_a_row_is_a_card_and_nothing_lies_beside_the_screen(phone: Page, site: str) -> None:
    phone.goto(f"{site}/history.html")
    box = phone.get_by_role("region", name="시험", exact=True)
    box.scroll_into_view_if_needed()
    assert box.evaluate("(box) => box.scrollWidth - box.clientWidth") == 0
    row = box.locator("tbody tr", has_text="들쭉날쭉함")
    tops = [cell.evaluate("(cell) => cell.getBoundingClientRect().top") for cell in row.locator("th, td").all()]
    assert tops == sorted({*tops})
    expect(row.get_by_text("흔들린 비율")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_where_there_was_no_night_yet_that_is_said_and_blocks_have_no_strip(tab: Page, bare_site: str) -> None:
    tab.goto(f"{bare_site}/history.html")
    expect(tab.locator(".status")).to_have_text(re.compile("^아직 기록이 없습니다"))
    assert tab.locator("table").count() == 0
    tab.goto(f"{bare_site}/trial.html")
    assert tab.locator(".strip").count() == 0
