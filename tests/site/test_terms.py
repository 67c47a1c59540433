"""What a term means, where it first occurs: for the mouse, the keyboard and the finger."""

from playwright.sync_api import Page, expect

# What is shown beside a term: its text, and whether it is within the window.
SHOWN = """(term) => {
    const shown = getComputedStyle(term, "::after");
    const across = term.parentElement.getBoundingClientRect();
    const fits = across.left >= 0 && parseFloat(shown.width) <= across.width && across.right <= innerWidth;
    return shown.content === "none" ? "" : fits ? shown.content : "cut off";
}"""
MEANING = '"container: 이미지의 파일을 바탕으로, 다른 프로세스와 격리해 실행한 프로세스입니다."'


def test_a_term_shows_its_meaning_to_the_mouse(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    term = tab.locator(".term", has_text="컨테이너")
    assert term.evaluate(SHOWN) == ""
    term.hover()
    assert term.evaluate(SHOWN) == MEANING


def test_a_term_is_reached_by_the_keyboard(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    term = tab.locator(".term").first
    for _ in range(60):
        tab.keyboard.press("Tab")
        if term.evaluate("(term) => term === document.activeElement"):
            break
    assert term.evaluate(SHOWN) == MEANING


def test_a_finger_shows_and_hides_a_meaning_that_a_phone_does_not_cut_off(phone: Page, site: str) -> None:
    phone.goto(f"{site}/containers.html")
    term = phone.locator(".term").first
    term.tap()
    assert term.evaluate(SHOWN) == MEANING
    phone.locator("h1").tap()
    assert term.evaluate(SHOWN) == ""


def test_escape_closes_a_meaning(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    term = tab.locator(".term", has_text="컨테이너").first
    term.hover()
    assert term.evaluate(SHOWN) == MEANING
    tab.keyboard.press("Escape")
    assert term.evaluate(SHOWN) == ""
    tab.locator("h1").hover()
    term.hover()
    assert term.evaluate(SHOWN) == MEANING


def test_each_term_of_the_glossary_has_an_address(tab: Page, site: str) -> None:
    tab.goto(f"{site}/glossary.html#공식-이미지")
    assert tab.locator("dt:target").inner_text() == "공식 이미지 (Docker Official Images)"
    assert tab.locator("dt:not([id])").count() == 0


def test_the_list_of_commands_leads_to_where_they_are_run(tab: Page, site: str) -> None:
    tab.goto(f"{site}/commands.html")
    tab.locator("#docker-attach li a").click()
    assert tab.url.startswith(f"{site}/containers.html#")
    expect(tab.locator(":target")).to_have_count(1)


def test_the_list_of_commands_is_filtered_by_what_is_typed(tab: Page, site: str) -> None:
    tab.goto(f"{site}/commands.html")
    tab.get_by_label("골라 보기").fill("네트워크 나열")
    rows = tab.locator(".commands tbody tr:visible th")
    assert rows.all_inner_texts() == ["docker network ls"]
    assert tab.locator("#docker-rnu").count() == 0


def test_on_a_phone_no_name_of_a_command_is_torn(phone: Page, site: str) -> None:
    phone.goto(f"{site}/commands.html")
    lines = (
        "(names) => names.filter((name) => new Set([...name.getClientRects()].map((box) => box.top)).size > 1).length"
    )
    names = phone.locator(".commands th code")
    assert names.count() > 50
    assert names.evaluate_all(lines) == 0
