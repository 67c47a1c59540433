"""What a reader is told about each console block: whether, when and on what it was run."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

PASSED = "확인됨 · Docker 28.5.2 (지원 종료) · 2026-11-24 · 대체 이미지"


def proof_of(tab: Page, containing: str) -> str:
    """The proof below the block that shows `containing`."""
    return tab.locator(f".language-console:has-text('{containing}') + .proof").inner_text().strip()


def test_without_evidence_every_block_says_that_it_was_not_checked(tab: Page, bare_site: str, names: list[str]) -> None:
    seen = 0
    for name in names:
        tab.goto(bare_site + name)
        blocks = tab.locator(".language-console").count()
        said = tab.locator(".language-console + .proof").all_text_contents()
        assert [proof for proof in said if not proof.startswith("확인하지 않음")] == []
        assert len(said) == blocks
        seen += blocks
    assert seen > 20


def test_a_block_that_passed_says_on_what_engine_when_and_with_what_images(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    assert proof_of(tab, "busybox") == PASSED
    tab.goto(f"{site}/containers.html")
    assert proof_of(tab, "docker restart") == PASSED


def test_a_block_that_differs_says_so(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    assert proof_of(tab, "old") == "달라짐 · Docker 28.5.2 (지원 종료) · 2026-11-24 · 대체 이미지"


def test_a_block_that_could_not_be_judged_says_that_it_was_not_checked(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    assert proof_of(tab, "stalled") == "확인하지 않음"


def test_a_block_that_was_declared_unchecked_says_why(tab: Page, site: str) -> None:
    tab.goto(f"{site}/install.html")
    assert re.fullmatch(r"확인하지 않음 · .*인터넷.*", proof_of(tab, "get.docker.com"))


def test_a_page_that_used_no_image_says_nothing_of_images(tab: Page, site: str) -> None:
    tab.goto(f"{site}/install.html")
    assert proof_of(tab, "docker -v").endswith("2026-11-24")


def test_the_words_of_a_proof_are_explained_where_the_mouse_rests(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    word = tab.locator(".language-console:has-text('busybox') + .proof summary span").first
    expect(word).to_have_attribute("title", re.compile("실제로 실행"))


def test_tabs_open_on_the_newest_engine_and_each_has_its_own_proof(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    expect(tab.get_by_text("as 29 prints it")).to_be_visible()
    expect(tab.get_by_text("as 28 prints it")).to_be_hidden()
    assert proof_of(tab, "as 29 prints it") == "확인하지 않음"
    tab.locator("label", has_text="Docker 28 이하").click()
    expect(tab.get_by_text("as 28 prints it")).to_be_visible()
    expect(tab.get_by_text("as 29 prints it")).to_be_hidden()
    assert proof_of(tab, "as 28 prints it") == PASSED


def test_a_chosen_engine_is_kept_on_the_next_page(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    tab.locator("label", has_text="Docker 28 이하").click()
    tab.goto(f"{site}/images.html")
    expect(tab.get_by_text("REPOSITORY   TAG")).to_be_visible()


def test_a_choice_holds_for_all_blocks_that_tell_the_engine_apart_whatever_their_labels(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    tab.locator("label", has_text="Docker 26 이하").first.click()
    tab.goto(f"{site}/images.html")
    for label in tab.locator("label", has_text="Docker 28 이하").all():
        expect(tab.locator(f"[id='{label.get_attribute('for')}']")).to_be_checked()
    expect(tab.get_by_text("REPOSITORY   TAG")).to_be_visible()


def opened(tab: Page, containing: str) -> Locator:
    """The proof of the block that shows `containing`, opened with the keyboard."""
    proof = tab.locator(f".language-console:has-text('{containing}') + .proof")
    expect(proof.get_by_role("table")).to_be_hidden()
    proof.locator("summary").focus()
    tab.keyboard.press("Enter")
    return proof


def test_an_opened_proof_says_engine_image_and_exit_status_and_shows_the_output_beside_the_page(
    tab: Page, site: str
) -> None:
    tab.goto(f"{site}/trial.html")
    proof = opened(tab, "busybox")
    row = proof.get_by_role("row", name="Docker 28.5.2").inner_text().split("\t")
    assert [cell.strip() for cell in row] == [
        "Docker 28.5.2\n지원 종료 2026-05-13",
        "확인됨", "2026-11-24 08:00 UTC", "대체 이미지\ncentos:latest", "0", "재생",
    ]  # fmt: skip
    assert proof.locator("figure").all_inner_texts() == [
        "본문\ntyped\nas on the page",
        "실제 출력\ntyped\nas it was printed",
    ]


def test_an_opened_drift_shows_the_difference(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    proof = opened(tab, "old")
    assert proof.locator("pre").first.inner_text().strip() == "- old\n+ <b>new</b>"
    assert proof.locator("mark").all_inner_texts() == ["old", "<b>new</b>"]


def test_tabs_work_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site}/trial.html")
    expect(tab.get_by_text("as 29 prints it")).to_be_visible()
    tab.locator("label", has_text="Docker 28 이하").click()
    expect(tab.get_by_text("as 28 prints it")).to_be_visible()
    context.close()
