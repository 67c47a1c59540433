"""How a reader finds the way: from the home, through a page on a phone, and on to the next one."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

IN_SIGHT = "(one) => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"


def test_a_page_says_how_to_get_to_it_and_its_place_among_those_of_its_part(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    way = tab.get_by_role("navigation", name="현재 위치")
    home, part, place = (item.strip() for item in way.get_by_role("listitem").all_inner_texts())
    assert (home, part) == ("홈", "배우기")
    assert re.fullmatch(r"3 / \d+", place)
    way.get_by_role("link", name="배우기").click()
    expect(tab).to_have_url(f"{site}/install.html")
    tab.get_by_role("navigation", name="현재 위치").get_by_role("link", name="홈").click()
    expect(tab).to_have_url(f"{site}/index.html")
    expect(tab.get_by_role("navigation", name="현재 위치")).to_have_count(0)


def test_a_finger_hits_what_leads_up_from_a_page(phone: Page, site: str) -> None:
    phone.goto(f"{site}/containers.html")
    heights = phone.locator(".md-path a").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().height)")
    assert len(heights) == 2
    assert [height for height in heights if height < 24] == []


def test_a_page_ends_with_the_next_as_a_card_that_says_what_it_teaches(tab: Page, site: str) -> None:
    tab.goto(f"{site}/images.html")
    card = tab.get_by_role("link", name="다음 컨테이너")
    expect(card).to_contain_text("컨테이너에서 bash 셸을 실행하고 docker ps로 확인한 뒤")
    card.click()
    expect(tab).to_have_url(f"{site}/containers.html")
    tab.get_by_role("link", name="이전: 이미지").click()
    expect(tab).to_have_url(f"{site}/images.html")


def test_on_a_phone_the_contents_are_one_tap_away_wherever_the_reader_is(phone: Page, site: str) -> None:
    phone.goto(f"{site}/errors.html")
    button = phone.get_by_role("button", name="목차")
    contents = phone.get_by_role("navigation", name="이 페이지의 목차")
    phone.evaluate("scrollTo({ top: 6000, behavior: 'instant' })")
    assert button.evaluate(IN_SIGHT)
    expect(contents).to_be_hidden()
    button.tap()
    link = contents.get_by_role("link", name="port is already allocated")
    expect(link).to_be_visible()
    link.tap()
    expect(contents).to_be_hidden()
    heading = phone.get_by_role("heading", name="port is already allocated")
    expect(heading).to_be_in_viewport()
    bar = phone.locator(".bar").evaluate("(bar) => bar.getBoundingClientRect().bottom")
    assert bar <= heading.evaluate("(one) => one.getBoundingClientRect().top") < 300


def test_the_contents_open_close_and_are_walked_through_by_keyboard(phone: Page, site: str) -> None:
    phone.goto(f"{site}/images.html")
    button = phone.get_by_role("button", name="목차")
    contents = phone.get_by_role("navigation", name="이 페이지의 목차")
    button.focus()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    expect(contents.get_by_role("link").first).to_be_focused()
    phone.keyboard.press("Escape")
    expect(contents).to_be_hidden()
    expect(button).to_be_focused()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")
    chosen = contents.get_by_role("link").nth(1).inner_text()
    phone.keyboard.press("Enter")
    expect(contents).to_be_hidden()
    expect(phone.get_by_role("heading", name=chosen)).to_be_in_viewport()


def test_the_contents_lie_over_the_page_and_move_nothing(phone: Page, site: str) -> None:
    phone.goto(f"{site}/images.html")
    places = """() => [...document.querySelectorAll("article > *")].map((one) => one.getBoundingClientRect().top)"""
    before = phone.evaluate(places)
    phone.get_by_role("button", name="목차").tap()
    expect(phone.get_by_role("navigation", name="이 페이지의 목차")).to_be_in_viewport()
    assert phone.evaluate(places) == before


def test_without_javascript_the_contents_open_too(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site}/images.html")
    tab.get_by_role("button", name="목차").tap()
    expect(tab.get_by_role("navigation", name="이 페이지의 목차")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "shown"), [(390, 1), (959, 1), (960, 0), (1400, 0)])
def test_the_button_is_there_where_the_contents_are_not_beside_the_text(
    browser: Browser, site: str, width: int, shown: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    tab = context.new_page()
    tab.goto(f"{site}/images.html")
    beside = tab.locator(".md-sidebar--secondary:visible").count()
    assert (tab.locator(".contents-button:visible").count(), beside) == (shown, 1 - shown)
    context.close()
