"""Light or dark: what a reader sees, and how it is chosen."""

from playwright.sync_api import Browser, Page, expect

SCHEME = """() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    const bar = document.body.appendChild(document.createElement("i"));
    bar.style.color = document.querySelector("meta[name=theme-color]").content;
    return {
        root: style("html").colorScheme,
        body: style("body").colorScheme,
        header: style(".md-header").backgroundColor,
        bar: getComputedStyle(bar).color,
    };
}"""


def expect_scheme(tab: Page, scheme: str) -> None:
    """On the page, around it, and in the bar of a phone's browser, at once."""
    expect(tab.locator("body")).to_have_css("color-scheme", scheme)
    seen = tab.evaluate(SCHEME)
    assert (seen["root"], seen["body"]) == (scheme, scheme)
    assert seen["bar"] == seen["header"]


def test_a_page_is_as_the_system_and_follows_it(browser: Browser, site: str) -> None:
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.goto(f"{site}/containers.html")
    expect_scheme(tab, "dark")
    tab.emulate_media(color_scheme="light")
    expect_scheme(tab, "light")
    context.close()


def test_a_choice_holds_on_every_page_whatever_the_system_says(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    tab.get_by_role("button", name="어두운 화면으로 바꾸기").focus()
    tab.keyboard.press("Enter")
    back = tab.get_by_role("button", name="밝은 화면으로 바꾸기")
    expect(back).to_be_focused()
    expect_scheme(tab, "dark")
    tab.goto(f"{site}/images.html")
    expect_scheme(tab, "dark")
    back.click()
    tab.emulate_media(color_scheme="dark")
    expect_scheme(tab, "light")
    tab.reload()
    expect_scheme(tab, "light")
