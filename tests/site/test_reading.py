"""What the pages look like to a person: whole Korean words, enough contrast, nothing wider than a phone."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.sight import CONTRASTS, CUT

from .walk import BROKEN_WORDS, DESK, LONE_PARTICLES, PHONE, TORN_OPTIONS, least_contrasts


def test_the_measure_of_contrast_sees_what_is_too_faint(tab: Page, site: str) -> None:
    faint = ".language-console .go { color: rgb(0 0 0 / 30%) !important } .language-console code { background: #fff }"
    tab.goto(f"{site}/trial.html")
    tab.add_style_tag(content=faint)
    assert least_contrasts(tab)["go"] == pytest.approx(2.11, abs=0.05)


def test_the_search_for_broken_words_finds_them(phone: Page, site: str) -> None:
    phone.goto(site)
    phone.add_style_tag(content="* { word-break: break-all !important }")
    assert len(phone.evaluate(BROKEN_WORDS)) > 3


def test_the_search_for_torn_options_finds_them(tab: Page, site: str) -> None:
    tab.goto(f"{site}/volumes.html")
    tab.add_style_tag(content="code { width: 1ch; display: block } .whole { white-space: normal !important }")
    assert len(tab.evaluate(TORN_OPTIONS)) > 1


def test_the_search_for_particles_that_begin_a_line_finds_them(tab: Page, site: str) -> None:
    tab.set_viewport_size({"width": PHONE, "height": 900})
    tab.goto(f"{site}/log-drivers.html")
    assert tab.evaluate(LONE_PARTICLES) == []
    tab.add_style_tag(content=".md-typeset :not(pre) > code::after { content: none }")
    assert tab.evaluate(LONE_PARTICLES) == ["/etc/docker/로"]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_search_for_what_is_cut_finds_it(browser: Browser, site: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=width == PHONE)
    tab = context.new_page()
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
    tab.locator(".copy").first.wait_for()
    over_text = """() => [...document.querySelectorAll(".copy")].filter((button) => {
        if (!button.checkVisibility()) return false;
        const at = button.getBoundingClientRect(), range = document.createRange();
        range.selectNodeContents(button.closest(".typed") ?? button.parentElement.querySelector("code"));
        return [...range.getClientRects()].some((box) => box.right > at.left && box.left < at.right
            && box.bottom > at.top && box.top < at.bottom && box.width < 300 && box.height < 22);
    }).map((button) => button.ariaLabel)"""
    assert tab.evaluate(over_text) == []
    # The icon is drawn in the button's colour: as text it is measured.
    tab.evaluate("document.querySelectorAll('.copy').forEach((one) => { one.textContent = '.' })")
    found = tab.evaluate(CONTRASTS, ".copy")
    assert len(found) > 10
    assert [ratio for _, ratio in found if ratio < 3] == []
    context.close()


def test_an_anchor_typed_in_hangul_leads_to_its_heading(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html#지우기")
    top = tab.locator("h2#지우기").evaluate("(heading) => heading.getBoundingClientRect().top")
    assert 0 <= top < 300


@pytest.mark.parametrize("page", ["containers", "status", "history"])
def test_a_line_of_text_at_a_desk_has_at_most_45_korean_letters(tab: Page, site: str, page: str) -> None:
    tab.goto(f"{site}/{page}.html")
    longest = tab.locator(":is(.md-content__inner, section) > p:not([class])").evaluate_all("""(paragraphs) => Math.max(
        ...paragraphs.map((one) => one.getBoundingClientRect().width / parseFloat(getComputedStyle(one).fontSize)))""")
    assert 35 < longest <= 45


def test_what_stands_about_a_page_is_as_wide_as_its_text(tab: Page, site: str) -> None:
    """Its letters are smaller, and the tint of a box's title goes from edge to edge."""
    tab.goto(f"{site}/containers.html")
    width = "(one) => Math.round(one.getBoundingClientRect().width)"
    text = tab.locator(".md-content__inner > p:not([class])").first.evaluate(width)
    assert tab.locator(".page-proof").evaluate(width) == text
    assert tab.locator(".about").evaluate(width) == text
    title = tab.locator(".admonition-title").first
    inside = title.evaluate("(one) => [one.getBoundingClientRect().width, one.parentElement.clientWidth]")
    assert round(inside[0]) == inside[1]


def test_the_line_under_a_link_hides_no_underscore_of_its_code(tab: Page, site: str) -> None:
    tab.goto(f"{site}/errors.html")
    link = tab.locator("dd > p > a:has(> code), dd > a:has(> code)", has_text="DOCKER_HOST").first
    below = link.evaluate(
        "(one) => parseFloat(getComputedStyle(one).textUnderlineOffset) / "
        "parseFloat(getComputedStyle(one.querySelector('code')).fontSize)"
    )
    assert below > 0.3  # where monospaced letters have their underscore


def test_a_prompt_stands_on_the_line_of_its_command_on_a_phone(phone: Page, site: str) -> None:
    """A long path ends the line behind a slash: it is not put below the prompt and cut where the screen ends."""
    phone.goto(f"{site}/errors.html")
    command = phone.locator(".line", has_text="DOCKER_HOST=unix:///run/user/1000/docker.sock").first
    command.scroll_into_view_if_needed()
    tops = command.evaluate("""(line) => {
        const top = (node, at) => {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            return Math.round(range.getBoundingClientRect().top);
        };
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), found = [];
        while (walker.nextNode())
            [...walker.currentNode.data].forEach((letter, at) => found.push([letter, top(walker.currentNode, at)]));
        const text = found.map(([letter]) => letter).join("");
        return ["$", "DOCKER_HOST", "sock"].map((word) => found[text.indexOf(word)][1]);
    }""")
    assert tops[0] == tops[1] < tops[2]


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


def test_a_heading_ends_where_its_words_do(phone: Page, site: str) -> None:
    """The link to it takes no line of its own below words that fill theirs."""
    phone.goto(f"{site}/errors.html")
    below = phone.locator("h2, h3").evaluate_all("""(headings) => headings.map((heading) => {
        const range = document.createRange();
        range.selectNodeContents(heading.firstChild);
        return heading.getBoundingClientRect().bottom - [...range.getClientRects()].at(-1).bottom;
    })""")
    assert len(below) > 20
    assert max(below) < 10


BELOW_THE_SEARCH = """(proof) => proof.getBoundingClientRect().bottom
    - document.querySelector(".home-search form").getBoundingClientRect().top"""


def test_the_home_shows_what_this_is_on_one_screen_with_a_live_example_and_three_ways_in(
    tab: Page, phone: Page, site: str
) -> None:
    for reader in (tab, phone):
        reader.goto(site)
        assert reader.locator(".ways a").all_inner_texts() == ["15분 맛보기", "오류 사전", "버전별 차이"]
        for part in (".replay:visible", ".home-search", ".ways"):
            assert reader.locator(part).first.evaluate("(one) => one.getBoundingClientRect().bottom - innerHeight") <= 0
        for label in reader.locator(".tabbed-labels label").all():
            label.click()
            assert reader.locator(".proof:visible").evaluate(BELOW_THE_SEARCH) <= 0
    assert tab.title() == "도커 노트"
    assert tab.locator("meta[property='og:title']").get_attribute("content") == "도커 노트"
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
    tab.goto(f"{site}/containers.html")
    here = tab.locator(".md-nav--primary .md-nav__link--active:visible").last
    assert "underline" in here.evaluate("(one) => getComputedStyle(one).textDecorationLine")
    icon, behind = tab.locator(".copy").first.evaluate(
        f"(one) => [({look})(one, '::after').backgroundColor, getComputedStyle(document.body).backgroundColor]"
    )
    assert icon != behind


@pytest.mark.parametrize("colours", ["none", "active"])
def test_the_chosen_tab_is_underlined_and_no_other_in_a_readers_own_colours_too(
    tab: Page, site: str, colours: Literal["none", "active"]
) -> None:
    tab.emulate_media(forced_colors=colours)
    tab.goto(f"{site}/trial.html")
    tabs = tab.locator(".tabbed-set", has_text="as 29 prints it").first
    lines = tabs.locator("label:visible").evaluate_all(
        """(labels) => labels.map((one) => [
          ![getComputedStyle(document.body).backgroundColor, "rgba(0, 0, 0, 0)"]
            .includes(getComputedStyle(one).borderBottomColor),
          document.getElementById(one.htmlFor).checked,
        ])"""
    )
    assert sorted(lines) == [[False, False], [True, True]]


def test_the_list_of_commands_shows_a_phone_its_rows_alone_and_opens_what_a_reader_looks_for(
    phone: Page, site: str
) -> None:
    phone.goto(f"{site}/commands.html")
    expect(phone.locator(".commands thead")).to_be_hidden()
    row = phone.locator("#docker-run")
    others = row.locator("details li")
    expect(others.first).to_be_hidden()
    phone.get_by_label("골라 보기").fill("docker run")
    expect(others.first).to_be_visible()
    phone.get_by_label("골라 보기").fill("")
    expect(others.first).to_be_hidden()
