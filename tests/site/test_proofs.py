"""What a reader is told about each console block: whether, when and on what it was run."""

import re
from urllib.parse import unquote

from playwright.sync_api import Browser, Locator, Page, Route, expect

PASSED = "확인됨 · Docker 28.5.2 (지원 종료) · 2026-11-24 · 대체 이미지"

# How many blocks a page has, and what is said below them: read, not opened, which takes a second for each.
BLOCKS = """async (address) => {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const said = [...page.querySelectorAll(".language-console + .proof")].map((proof) => proof.textContent);
    return [page.querySelectorAll(".language-console").length, said];
}"""


def proof_of(tab: Page, containing: str) -> str:
    """The proof below the block that shows `containing`."""
    proof = tab.locator(f".language-console:has-text('{containing}') + .proof")
    return str(proof.evaluate("(proof) => (proof.querySelector('summary') ?? proof).textContent.trim()"))


def test_without_evidence_every_block_says_that_it_was_not_checked(tab: Page, bare_site: str, names: list[str]) -> None:
    tab.goto(bare_site)
    seen = 0
    for name in names:
        blocks, said = tab.evaluate(BLOCKS, name)
        assert [proof for proof in said if not proof.startswith("확인하지 않음")] == []
        assert len(said) == blocks
        seen += blocks
    assert seen > 20


def test_without_evidence_a_page_says_that_nothing_was_checked(tab: Page, bare_site: str) -> None:
    tab.goto(f"{bare_site}/trial.html")
    expect(tab.locator(".page-proof")).to_have_text(
        re.compile(r"^예제 \d+개를 실행해 확인한 기록이 아직 없습니다\. 무슨 뜻인가요\?$")
    )


def test_a_page_says_at_its_top_on_what_engine_when_and_with_what_images_and_what_that_means(
    tab: Page, site: str
) -> None:
    tab.goto(f"{site}/trial.html")
    said = tab.locator("h1 ~ .page-proof")
    expect(said).to_have_text(f"예제 7개 가운데 5개 {PASSED}. 나머지는 예제 아래에 따로 적었습니다. 무슨 뜻인가요?")
    said.get_by_role("link", name="무슨 뜻인가요?").click()
    expect(tab.get_by_role("heading", name="확인 결과 읽는 법")).to_be_in_viewport()


def test_a_block_that_passed_as_its_page_says_has_a_sign_and_opened_it_says_all(tab: Page, site: str) -> None:
    for name, containing in (("trial", "busybox"), ("containers", "docker restart")):
        tab.goto(f"{site}/{name}.html")
        proof = tab.locator(f".language-console:has-text('{containing}') + .proof")
        expect(proof.locator("summary")).to_have_accessible_name("확인됨")
        assert proof.locator("summary").evaluate("(summary) => summary.getBoundingClientRect().width") < 70
        proof.locator("summary").click()
        assert proof.locator("summary").inner_text() == PASSED


def test_a_block_that_differs_says_so(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    assert proof_of(tab, "old") == "달라짐 · Docker 28.5.2 (지원 종료) · 2026-11-24 · 2026-11-21부터 · 대체 이미지"


def test_a_block_that_could_not_be_judged_says_that_it_was_not_checked(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    assert proof_of(tab, "stalled") == "확인하지 않음"


def test_a_block_that_was_declared_unchecked_says_why(tab: Page, site: str) -> None:
    tab.goto(f"{site}/install.html")
    assert re.fullmatch(r"확인하지 않음 · .*인터넷.*", proof_of(tab, "get.docker.com"))


def test_the_words_of_a_proof_are_explained_where_the_mouse_rests(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    word = tab.locator(".language-console:has-text('busybox') + .proof summary span").first
    expect(word).to_have_attribute("title", re.compile("실제로 실행"))


def test_tabs_open_on_the_newest_engine_that_was_proved_and_a_newer_one_says_that_it_was_not(
    tab: Page, site: str, bare_site: str
) -> None:
    tab.goto(f"{site}/trial.html")
    expect(tab.get_by_text("as 28 prints it")).to_be_visible()
    expect(tab.locator("label", has_text="Docker 29")).to_have_text("Docker 29 확인하지 않음")
    tab.locator("label", has_text="Docker 29").click()
    expect(tab.get_by_text("as 28 prints it")).not_to_be_in_viewport()
    assert proof_of(tab, "as 29 prints it") == "확인하지 않음"
    expect(tab).to_have_url(f"{site}/trial.html")
    tab.context.clear_cookies()
    tab.evaluate("localStorage.clear()")
    tab.goto(f"{bare_site}/trial.html")
    expect(tab.get_by_text("as 29 prints it")).to_be_visible()


def test_the_browsers_own_search_finds_what_stands_in_another_tab_and_opens_it(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    hidden = tab.locator(".tabbed-block", has_text="as 29 prints it")
    expect(hidden).to_have_attribute("hidden", "until-found")
    assert hidden.evaluate("(block) => block.getBoundingClientRect().height") == 0
    hidden.evaluate("(block) => block.dispatchEvent(new Event('beforematch'))")
    expect(hidden).not_to_have_attribute("hidden", "until-found")
    expect(tab.get_by_text("as 29 prints it")).to_be_visible()
    expect(tab.locator("label", has_text="Docker 29")).to_be_visible()


def test_a_link_to_a_tab_with_a_korean_name_opens_it(tab: Page, site: str) -> None:
    tab.goto(f"{site}/install.html#배포판-패키지")
    expect(tab.locator("[id='배포판-패키지']")).to_be_checked()
    tab.evaluate("location.hash = '도커-설치-스크립트'")
    expect(tab.locator("[id='도커-설치-스크립트']")).to_be_checked()


def test_a_chosen_engine_is_kept_on_the_next_page(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    tab.locator("label", has_text="Docker 28 이하").click()
    tab.goto(f"{site}/images.html")
    expect(tab.get_by_text("REPOSITORY   TAG")).to_be_visible()


def test_a_choice_holds_for_all_blocks_that_tell_the_engine_apart_whatever_their_labels(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    tab.locator("label", has_text="Docker 28 (containerd) 이상").first.click()
    tab.goto(f"{site}/images.html")
    tab.locator("label", has_text="Docker 29").first.wait_for()
    for label in tab.locator("label", has_text="Docker 29").all():
        expect(tab.locator(f"[id='{label.get_attribute('for')}']")).to_be_checked()


def test_a_tab_that_is_chosen_stays_where_it_is_while_others_change_with_it(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    label = tab.locator("label", has_text="Docker 28 (containerd) 이상").last
    label.scroll_into_view_if_needed()
    before = label.bounding_box()
    label.click()
    after = label.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2


def test_another_tab_is_chosen_in_all_that_have_one_of_its_name_and_in_the_address_and_on_the_next_visit(
    tab: Page, site: str
) -> None:
    def with_a_name_twice(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(">Windows</label>", ">도커 설치 스크립트</label>"))

    tab.route("**/install.html", with_a_name_twice)
    tab.goto(f"{site}/install.html")
    chosen = tab.locator("label", has_text="도커 설치 스크립트")
    expect(chosen).to_have_count(2)
    tabs = [tab.locator(f"[id='{label.get_attribute('for')}']") for label in chosen.all()]
    assert [one.is_checked() for one in tabs] == [False, False]
    chosen.first.click()
    for one in tabs:
        expect(one).to_be_checked()
    assert unquote(tab.url) == f"{site}/install.html#도커-설치-스크립트"
    tab.goto(f"{site}/images.html")
    tab.goto(f"{site}/install.html")
    for one in tabs:
        expect(one).to_be_checked()


def test_of_tabs_wider_than_a_phone_the_chosen_one_is_in_sight(phone: Page, site: str) -> None:
    phone.goto(f"{site}/containers.html")
    wide = "(tabs) => tabs.scrollWidth > tabs.clientWidth"
    for _ in range(2):
        shown = [tabs for tabs in phone.locator(".tabbed-labels:visible").all() if tabs.evaluate(wide)]
        assert shown != []
        for tabs in shown:
            tabs.scroll_into_view_if_needed()
            chosen = tabs.locator("xpath=..").locator("> input:checked").get_attribute("id")
            expect(tabs.locator(f"label[for='{chosen}']")).to_be_in_viewport(ratio=0.9)
        shown[0].locator("label").last.click()


def opened(tab: Page, containing: str) -> Locator:
    """The proof of the block that shows `containing`, opened with the keyboard."""
    proof = tab.locator(f".language-console:has-text('{containing}') + .proof")
    expect(proof.get_by_role("table")).to_be_hidden()
    proof.locator("summary").focus()
    tab.keyboard.press("Enter")
    return proof


def test_an_opened_proof_says_engine_image_and_exit_status_and_shows_the_output(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    proof = opened(tab, "busybox")
    row = proof.get_by_role("row", name="Docker 28.5.2").inner_text().split("\t")
    assert [cell.strip() for cell in row] == [
        "Docker 28.5.2\n지원 종료 2026-05-13",
        "확인됨", "2026-11-24 17:00", "대체 이미지\ncentos:latest", "0", "재생",
    ]  # fmt: skip
    expect(proof.locator("pre")).to_have_text("typed\nas it was printed\n")


def test_where_the_output_does_not_come_there_is_still_the_way_to_it(tab: Page, site: str) -> None:
    tab.route("**/outputs/*", lambda route: route.abort())
    tab.goto(f"{site}/trial.html")
    proof = opened(tab, "busybox")
    tab.unroute("**/outputs/*")
    proof.get_by_role("link", name="Docker 28.5.2의 실제 출력").click()
    assert tab.locator("body").inner_text().strip() == "typed\nas it was printed"


def test_an_opened_drift_shows_the_difference(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    proof = opened(tab, "old")
    assert proof.locator("pre").first.inner_text().strip() == "- old\n+ <b>new</b>"
    assert proof.locator("mark").all_inner_texts() == ["old", "<b>new</b>"]


def test_tabs_work_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site}/trial.html")
    expect(tab.get_by_text("as 28 prints it")).to_be_visible()
    tab.locator("label", has_text="Docker 29").click()
    expect(tab.get_by_text("as 29 prints it")).to_be_visible()
    expect(tab.get_by_text("as 28 prints it")).to_be_hidden()
    context.close()
