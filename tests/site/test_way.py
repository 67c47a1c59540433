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


def scroll(tab: Page, to: str) -> None:
    tab.evaluate(f"scrollTo({{ top: {to}, behavior: 'instant' }})")


def test_the_header_says_the_pages_title_once_that_is_out_of_sight(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    title = tab.locator(".md-header__topic", has_text="컨테이너")
    expect(title).to_have_css("opacity", "0")
    scroll(tab, "600")
    expect(title).to_have_css("opacity", "1")
    scroll(tab, "0")
    expect(title).to_have_css("opacity", "0")


def test_the_contents_beside_the_text_say_where_the_reader_is(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    contents = tab.locator(".md-sidebar--secondary")
    here, passed = (contents.locator(f".md-nav__link--{what}") for what in ("active", "passed"))
    expect(here).to_have_count(0)
    links = contents.locator(".md-nav__link").all_inner_texts()
    for link in contents.locator(".md-nav__link").all()[:4]:
        link.click()
        expect(here).to_have_text([link.inner_text()])
        expect(passed).to_have_text(links[: links.index(link.inner_text()) + 1])
    scroll(tab, "document.documentElement.scrollHeight")
    expect(here).to_have_text([links[-1]])
    expect(passed).to_have_text(links)
    scroll(tab, "0")
    expect(passed).to_have_count(0)


def test_who_comes_to_a_section_sees_it_in_the_contents(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html#지우기")
    expect(tab.locator(".md-sidebar--secondary .md-nav__link--active")).to_have_text("지우기")


def test_on_a_low_window_contents_and_menu_show_where_the_reader_is_and_end_above_the_footer(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 400})
    tab = context.new_page()
    tab.goto(f"{site}/cleanup.html")
    assert tab.evaluate("document.documentElement.scrollHeight") > 2000
    expect(tab.locator(".md-sidebar--primary a.md-nav__link--active:visible")).to_be_in_viewport()
    tab.goto(f"{site}/errors.html")
    scroll(tab, "document.documentElement.scrollHeight")
    here = tab.locator(".md-sidebar--secondary .md-nav__link--active")
    expect(here).to_be_in_viewport()
    ends = "(all) => all.map((one) => one.getBoundingClientRect().bottom)"
    footer = tab.locator(".md-footer").evaluate("(one) => one.getBoundingClientRect().top")
    sides = tab.locator(".md-sidebar__scrollwrap").evaluate_all(ends)
    assert len(sides) == 2
    assert [end for end in sides if end > footer] == []
    context.close()


def test_a_menu_that_fits_on_the_screen_does_not_scroll(tab: Page, site: str) -> None:
    tab.goto(f"{site}/status.html")
    menu = tab.locator(".md-sidebar--primary .md-sidebar__scrollwrap")
    assert menu.evaluate("(one) => [one.scrollHeight - one.clientHeight, one.scrollTop]") == [0, 0]


def test_a_button_to_the_top_comes_when_the_reader_scrolls_up_and_no_key_reaches_it_before(
    tab: Page, site: str
) -> None:
    tab.goto(f"{site}/containers.html")
    button = tab.get_by_role("button", name="맨위로")
    expect(button).to_be_hidden()
    scroll(tab, "2000")
    tab.wait_for_timeout(100)
    expect(button).to_be_hidden()
    scroll(tab, "1500")
    expect(button).to_be_visible()
    button.click()
    expect(button).to_be_hidden()
    assert tab.evaluate("scrollY") == 0


def test_a_link_up_the_page_brings_no_button_to_the_top(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    scroll(tab, "3000")
    expect(tab.locator(".md-sidebar--secondary .md-nav__link--active")).to_have_count(1)
    tab.locator(".md-sidebar--secondary .md-nav__link").first.click()
    expect(tab.locator(".md-sidebar--secondary .md-nav__link").first).to_have_class(re.compile("--active"))
    expect(tab.get_by_role("button", name="맨위로")).to_be_hidden()


def test_on_a_phone_the_menu_closes_once_a_place_on_the_page_is_chosen(phone: Page, site: str) -> None:
    phone.goto(f"{site}/images.html")
    menu = phone.locator(".md-sidebar--primary")
    for is_new in (True, False):  # the second time the address is there already
        phone.get_by_role("button", name="메뉴").click()
        if is_new:
            menu.locator("label[for=__toc].md-nav__link").click()
        link = menu.locator("[data-md-component=toc] a").nth(1)
        expect(link).to_be_in_viewport()
        name = link.inner_text()
        link.click()
        expect(menu).to_be_hidden()
        expect(phone.get_by_role("heading", name=name)).to_be_in_viewport()
    phone.get_by_role("button", name="메뉴").click()
    expect(menu).to_be_visible()
    phone.go_back()
    expect(menu).to_be_hidden()


def test_a_part_of_the_menu_opens_by_keyboard_and_says_so(tab: Page, site: str) -> None:
    tab.goto(f"{site}/images.html")
    label = tab.locator(".md-sidebar--primary label.md-nav__link", has_text="운영하기")
    part = tab.locator(f"[aria-labelledby='{label.get_attribute('id')}']")
    for said in ("true", "false"):
        label.focus()
        tab.keyboard.press("Enter")
        expect(part).to_have_attribute("aria-expanded", said)
        expect(part.get_by_role("link").first).to_be_visible(visible=said == "true")


@pytest.mark.parametrize(("key", "to"), [("n", "containers"), (".", "containers"), ("p", "install"), (",", "install")])
def test_a_key_leads_to_the_next_page_and_the_one_before(tab: Page, site: str, key: str, to: str) -> None:
    tab.goto(f"{site}/images.html")
    tab.keyboard.press(key)
    expect(tab).to_have_url(f"{site}/{to}.html")


@pytest.mark.parametrize("key", ["n", "p", ".", ","])
def test_a_key_that_is_typed_or_means_something_else_leads_nowhere(tab: Page, site: str, key: str) -> None:
    tab.goto(f"{site}/images.html")
    tab.keyboard.press(f"Alt+{key}")
    tab.keyboard.press("/")
    tab.keyboard.press(key)
    expect(tab.get_by_role("searchbox")).to_have_value(key)
    tab.wait_for_timeout(200)
    expect(tab).to_have_url(f"{site}/images.html")


def test_a_link_into_what_is_folded_opens_it(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    answer = tab.locator("article details:not(.proof) > :not(summary)").first
    expect(answer).to_be_hidden()
    answer.evaluate("(one) => { one.id = '안의-답'; location.hash = one.id }")
    expect(answer).to_be_in_viewport()


def test_words_that_are_cut_are_shown_where_the_mouse_rests_and_no_others(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    link = tab.locator(".md-path a", has_text="배우기")
    link.hover()
    assert link.get_attribute("title") is None
    tab.add_style_tag(content=".md-path .md-ellipsis { display: block; width: 1em; white-space: nowrap }")
    tab.locator("h1").hover()
    link.hover()
    expect(link).to_have_attribute("title", "배우기")


def test_on_a_phone_the_page_stays_where_it_is_under_the_search(phone: Page, site: str) -> None:
    phone.goto(f"{site}/containers.html")
    scroll(phone, "500")
    phone.locator("header label[for=__search]:visible").first.tap()
    expect(phone.get_by_role("searchbox")).to_be_focused()
    phone.mouse.move(200, 600)
    phone.mouse.wheel(0, 900)
    phone.wait_for_timeout(200)
    assert phone.evaluate("scrollY") == 500
    phone.keyboard.press("Escape")
    phone.mouse.wheel(0, 900)
    phone.wait_for_function("scrollY > 500")
