"""What the pages look like to a person: whole Korean words, enough contrast, nothing wider than a phone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.sight import CONTRASTS, CUT

# Every run of Hangul syllables whose characters stand on more than one line.
BROKEN_WORDS = """() => {
    const broken = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const seen = node.parentElement.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        if (!seen || node.parentElement.closest("pre, script, style")) continue;
        for (const word of node.data.matchAll(/[\\uac00-\\ud7a3]{2,}/g)) {
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            if (new Set(Array.from(range.getClientRects(), (box) => Math.round(box.top))).size > 1)
                broken.push(word[0]);
        }
    }
    return broken;
}"""

CONSOLE_TEXT = (
    ".language-console code span, .proof, .proof span, .tabbed-labels label, .filename, "
    ".status-box :is(caption a, th, th a, th code, small, td, span, summary, details p, pre span, mark)"
)
KINDS = {
    **{f"/{name}.html": set() for name in ("index", "cheatsheet", "commands", "contributing", "glossary")},
    "/status.html": {"MARK", "SMALL", "differs", "diff-run"},
    "/history.html": {"SMALL", "differs", "flaky"},
}


def contrasts(browser: Browser, address: str, scheme: str, style: str = "") -> dict[str, float]:
    """By kind of text in console blocks and proofs, the least contrast that it has on a page."""
    context = browser.new_context(color_scheme="dark" if scheme == "slate" else "light")
    tab = context.new_page()
    tab.goto(address)
    tab.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
    assert tab.locator("body").get_attribute("data-md-color-scheme") == scheme
    if style:
        tab.add_style_tag(content=style)
    found: list[tuple[str, float]] = tab.evaluate(CONTRASTS, CONSOLE_TEXT)
    context.close()
    least: dict[str, float] = {}
    for kind, ratio in found:
        least[kind] = min(ratio, least.get(kind, ratio))
    return least


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_commands_prompts_output_and_proof_have_enough_contrast(
    browser: Browser, site: str, names: list[str], scheme: str
) -> None:
    for name in names:
        least = contrasts(browser, site + name, scheme)
        assert {kind: ratio for kind, ratio in least.items() if ratio < 4.5} == {}
        assert KINDS.get(name, {"gp", "go"}) <= least.keys()


def test_the_measure_of_contrast_sees_what_is_too_faint(browser: Browser, site: str) -> None:
    faint = ".language-console .go { color: rgb(0 0 0 / 30%) !important } .language-console code { background: #fff }"
    assert contrasts(browser, f"{site}/trial.html", "default", faint)["go"] == pytest.approx(2.11, abs=0.05)


def test_no_korean_word_is_broken_over_two_lines_on_a_phone(phone: Page, site: str, names: list[str]) -> None:
    for name in names:
        phone.goto(site + name)
        phone.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
        assert (name, phone.evaluate(BROKEN_WORDS)) == (name, [])


def test_the_search_for_broken_words_finds_them(phone: Page, site: str) -> None:
    phone.goto(site)
    phone.add_style_tag(content="* { word-break: break-all !important }")
    assert len(phone.evaluate(BROKEN_WORDS)) > 3


# The words with a hyphen, of those that fit on a line, that stand on more than one, in code within a text. In the
# head of a row a command stands whole, as in a block, and there are hundreds of them.
TORN_OPTIONS = """() => [...document.querySelectorAll(":not(pre, th[scope=row]) > code")].flatMap((code) => {
    const torn = [], walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (code.checkVisibility() && walker.nextNode())
        for (const word of walker.currentNode.data.matchAll(/[^\\s&]*-[^\\s&]*/g)) {
            range.setStart(walker.currentNode, word.index);
            range.setEnd(walker.currentNode, word.index + word[0].length);
            const lines = new Set(Array.from(range.getClientRects(), (box) => Math.round(box.top)));
            if (lines.size > 1 && word[0].length < 28) torn.push(word[0]);
        }
    return torn;
})"""


@pytest.mark.parametrize("width", [390, 1400])
def test_no_option_is_torn_at_its_hyphen(browser: Browser, site: str, names: list[str], width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    tab = context.new_page()
    for name in names:
        tab.goto(site + name)
        assert (name, tab.evaluate(TORN_OPTIONS)) == (name, [])
    tab.add_style_tag(content="code { width: 1ch; display: block } .whole { white-space: normal !important }")
    assert len(tab.evaluate(TORN_OPTIONS)) > 1
    context.close()


def test_no_page_scrolls_sideways_on_a_phone(phone: Page, site: str, names: list[str]) -> None:
    for name in names:
        phone.goto(site + name)
        assert (name, phone.evaluate("document.documentElement.scrollWidth")) == (name, 390)


@pytest.mark.parametrize("width", [390, 1400])
def test_no_typed_command_is_cut_and_where_outputs_are_looked_up_none_of_those(
    browser: Browser, site: str, names: list[str], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=width == 390)
    tab = context.new_page()
    for name in names:
        tab.goto(site + name)
        assert (name, tab.evaluate(CUT, ".language-console .line, .looked-up .language-console .go")) == (name, [])
    tab.goto(f"{site}/errors.html")
    assert tab.locator(".looked-up .go").count() > 20
    tab.goto(f"{site}/trial.html")
    assert len(tab.evaluate(CUT, ".language-console .go")) == 1
    context.close()


def test_a_command_that_wraps_has_an_arrow_before_each_further_line_that_is_not_copied(phone: Page, site: str) -> None:
    phone.goto(f"{site}/install.html")
    heights = """(line) => [line.getClientRects()[0].height, parseFloat(getComputedStyle(line, "::before").height),
        parseFloat(getComputedStyle(line).lineHeight)]"""
    line = phone.locator(".line", has_text="install -y ca-certificates")
    whole, arrows, one = line.evaluate(heights)
    assert round(whole / one) > 1
    assert round(arrows / one) == round(whole / one) - 1
    copied = phone.locator(".typed", has_text="install -y ca-certificates").get_by_role("button")
    assert copied.get_attribute("data-clipboard-text") == "sudo apt-get install -y ca-certificates curl"
    _, arrows, _ = phone.locator(".line", has_text="apt-get update").first.evaluate(heights)
    assert round(arrows) == 0


def test_an_exit_status_stands_on_a_line_of_its_own_between_the_output_and_the_next_command(
    tab: Page, site: str
) -> None:
    tab.goto(f"{site}/containers.html")
    gaps = tab.locator(".exit:visible").evaluate_all("""(exits) => exits.map((exit) => {
        const box = (one) => one?.getBoundingClientRect();
        const next = box(exit.closest(".typed, code").querySelector(".exit ~ .typed")), here = box(exit);
        return [here.top >= box(exit.previousElementSibling).bottom, !next || next.top >= here.bottom];
    })""")
    assert gaps != []
    assert {above and below for above, below in gaps} == {True}


def test_a_number_in_a_command_is_not_red_as_an_error_is(tab: Page, site: str) -> None:
    tab.goto(f"{site}/ports.html")
    colours = tab.locator(".line .m").evaluate_all(
        "(all) => all.map((one) => [one, one.parentElement].map((it) => getComputedStyle(it).color))"
    )
    assert len(colours) > 2
    assert [pair for pair in colours if pair[0] != pair[1]] == []


def test_what_is_touched_at_a_block_is_24_px_high(phone: Page, site: str) -> None:
    phone.goto(f"{site}/trial.html")
    touched = phone.locator(":is(.copy, .copy-all, .replay, .proof > summary, .actions > *:not(output)):visible")
    heights = touched.evaluate_all("(all) => all.map((one) => [one.className, one.getBoundingClientRect().height])")
    assert len(heights) > 20
    assert [one for one in heights if one[1] < 24] == []


def test_long_output_scrolls_by_finger_and_keyboard_and_has_a_dark_edge(phone: Page, site: str) -> None:
    phone.goto(f"{site}/trial.html")
    code = phone.locator("code", has_text="a very long line")
    wide, shown = code.evaluate("(code) => [code.scrollWidth, code.clientWidth]")
    assert wide > 2 * shown
    assert shown <= 390
    assert code.get_attribute("tabindex") == "0"
    edges = code.evaluate("(code) => getComputedStyle(code).backgroundAttachment")
    assert edges.startswith("local, local, scroll, scroll")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_buttons_that_copy_are_seen_and_lie_over_no_text(browser: Browser, site: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]
        has_touch=True,
    )
    tab = context.new_page()
    tab.goto(f"{site}/build.html")
    tab.locator(".md-code__button").first.wait_for()
    over_text = """() => [...document.querySelectorAll(".copy, .md-code__button")].filter((button) => {
        if (!button.checkVisibility()) return false;
        const at = button.getBoundingClientRect(), range = document.createRange();
        range.selectNodeContents(button.closest(".typed") ?? button.closest("pre").querySelector("code"));
        return [...range.getClientRects()].some((box) => box.right > at.left && box.left < at.right
            && box.bottom > at.top && box.top < at.bottom && box.width < 300 && box.height < 22);
    }).map((button) => button.ariaLabel)"""
    assert tab.evaluate(over_text) == []
    # The icon is drawn in the button's colour: as text it is measured.
    tab.evaluate("document.querySelectorAll('.copy, .md-code__button').forEach((one) => { one.textContent = '.' })")
    found = tab.evaluate(CONTRASTS, ".copy, .md-code__button")
    assert len(found) > 10
    assert [ratio for _, ratio in found if ratio < 3] == []
    context.close()


def test_headings_have_readable_korean_anchors(tab: Page, site: str, names: list[str]) -> None:
    tab.goto(f"{site}/trial.html")
    ids = "(headings) => headings.map((heading) => heading.id)"
    assert tab.locator("h2").evaluate_all(ids) == ["컨테이너-다시-켜기", "docker-29의-images-명령"]
    for name in names:
        tab.goto(site + name)
        headings = tab.locator("article :is(h1, h2, h3)", has_text=re.compile("[가-힣]"))  # else: an error message
        assert [anchor for anchor in headings.evaluate_all(ids) if not re.search("[가-힣]", anchor)] == []


def test_an_anchor_typed_in_hangul_leads_to_its_heading(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html#지우기")
    top = tab.locator("h2#지우기").evaluate("(heading) => heading.getBoundingClientRect().top")
    assert 0 <= top < 300


def test_every_page_has_a_title_and_a_description_of_its_own(tab: Page, site: str, names: list[str]) -> None:
    titles, descriptions = [], []
    for name in names:
        tab.goto(site + name)
        titles.append(tab.title())
        descriptions.append(tab.locator("meta[name=description]").get_attribute("content"))
    assert len(set(titles)) == len(names)
    assert len(set(descriptions)) == len(names)
    assert all(descriptions)


def test_no_request_leaves_the_site(tab: Page, site: str, names: list[str]) -> None:
    asked: list[str] = []
    tab.context.on("request", lambda request: asked.append(request.url))
    for name in names:
        tab.goto(site + name)
        tab.wait_for_load_state("networkidle")
    tab.keyboard.press("/")
    tab.keyboard.type("이미지")
    tab.locator(".md-search-result__link").first.wait_for()
    assert len(asked) > len(names)
    assert [url for url in asked if not url.startswith((f"{site}/", "data:", "blob:"))] == []


def test_a_line_of_text_at_a_desk_has_at_most_45_korean_letters(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    longest = tab.locator(".md-content__inner > p:not([class])").evaluate_all("""(paragraphs) => Math.max(
        ...paragraphs.map((one) => one.getBoundingClientRect().width / parseFloat(getComputedStyle(one).fontSize)))""")
    assert 35 < longest <= 45


def test_a_heading_weighs_what_its_rank_says(tab: Page, site: str) -> None:
    tab.goto(f"{site}/errors.html")
    sizes = [
        tab.locator(name).first.evaluate("(one) => [getComputedStyle(one).fontWeight, getComputedStyle(one).fontSize]")
        for name in ("h1", "h2", "h3", "dt", "dd")
    ]
    assert [weight for weight, _ in sizes] == ["700", "700", "700", "700", "400"]
    assert sorted((float(size.removesuffix("px")) for _, size in sizes), reverse=True) == [
        float(size.removesuffix("px")) for _, size in sizes
    ]


def test_the_home_shows_what_this_is_on_one_screen_with_a_live_example_and_three_ways_in(tab: Page, site: str) -> None:
    tab.goto(site)
    assert tab.title() == "도커 노트"
    assert tab.locator("meta[property='og:title']").get_attribute("content") == "도커 노트"
    links = tab.locator(".ways a")
    assert links.all_inner_texts() == ["15분 맛보기", "오류 사전", "버전별 차이"]
    for link in links.all():
        assert link.evaluate("(one) => one.getBoundingClientRect().bottom < innerHeight")
    example = tab.locator(".proved:visible").first
    assert example.locator(".line").first.inner_text().strip() == "$ docker run --rm hello-world"
    expect(example.locator(".proof--passed")).to_have_count(1)
    example.get_by_role("button", name="재생").first.click()
    expect(tab.get_by_text("재생이 끝났습니다.")).to_be_visible()


def test_in_a_readers_own_colours_a_block_has_a_border_and_icons_are_seen(tab: Page, site: str) -> None:
    tab.emulate_media(forced_colors="active")
    tab.goto(f"{site}/trial.html")
    look = "(one, part) => getComputedStyle(one, part)"
    code = tab.locator("pre > code").first
    assert code.evaluate("(one) => getComputedStyle(one).borderTopStyle") == "solid"
    icon, behind = tab.locator(".copy").first.evaluate(
        f"(one) => [({look})(one, '::after').backgroundColor, getComputedStyle(document.body).backgroundColor]"
    )
    assert icon != behind
