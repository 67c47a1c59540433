"""The page that shows every example against every engine, as readers and contributors look at it."""

from itertools import groupby
from pathlib import Path
from urllib.parse import unquote, urldefrag

from playwright.sync_api import Browser, Page, expect

from harness.claims import pages

from .walk import unfold

ENGINES = ("20.10", "26", "28", "28c", "29")


def test_every_example_of_every_page_is_listed_in_its_order(tab: Page, site: str, project: Path) -> None:
    tab.goto(f"{site}/status.html")
    tables = tab.locator(".status-examples")
    titles = tables.locator("caption a").all_text_contents()  # inner texts only of what is in sight
    assert titles[:4] == ["시험", "도커 노트", "15분 맛보기", "설치와 첫 실행"]
    written = [pages.read(path, project, ENGINES) for path in (project / "docs").glob("*.md")]
    shown = {page.title: [block for block in page.blocks if block.is_session] for page in written}
    assert sorted(titles) == sorted(title for title, blocks in shown.items() if blocks)
    for table, title in zip(tables.all(), titles, strict=True):
        sections = [block.section for block in shown[title]]
        assert table.locator("tbody th a").all_text_contents() == sections


def test_each_example_leads_to_its_heading(tab: Page, site: str) -> None:
    tab.goto(f"{site}/status.html")
    links = tab.locator(".status-examples tbody th a")
    addresses = sorted(set(links.evaluate_all("(links) => links.map((link) => link.href)")))
    assert len(addresses) > 10
    for _, same in groupby(addresses, key=lambda address: urldefrag(address).url):  # of a page, the first is opened
        first, *others = same
        tab.goto(first)
        expect(tab.locator(f"[id='{unquote(urldefrag(first).fragment)}']")).to_be_in_viewport()
        names = [unquote(urldefrag(address).fragment) for address in others]
        headings = tab.locator("article :is(h1, h2, h3)[id]").evaluate_all("(all) => all.map((one) => one.id)")
        assert {*names} - {*headings} == set()


def test_an_example_has_a_cell_for_each_engine_that_ran_its_page(tab: Page, site: str) -> None:
    tab.goto(f"{site}/status.html")
    unfold(tab)
    table = tab.get_by_role("table", name="이미지", exact=True)
    heads = [text.split("\n") for text in table.locator("thead th").all_inner_texts()]
    assert heads == [["예제"], ["Docker 28", "지원 종료", "28.5.2", "2026-11-24", "대체 이미지"]]
    assert "실행 기록 없음: Docker 29, Docker 28 (containerd), Docker 26, Docker 20.10" in (
        tab.get_by_role("region", name="이미지", exact=True).inner_text()
    )
    row = table.get_by_role("row", name="이미지 목록 보기")
    assert row.locator("td").all_inner_texts() == ["확인됨"]


def test_a_reader_leaves_of_the_tables_a_page_an_engine_and_an_outcome(tab: Page, site: str) -> None:
    tab.goto(f"{site}/status.html")
    pages_left, tables = tab.locator(".status-page:visible"), tab.locator(".status-examples:visible")
    everything = pages_left.count()
    expect(tables).to_have_count(0)  # until a reader asks for one
    tab.get_by_role("combobox", name="결과").select_option("달라짐")
    assert [table.locator("caption a").inner_text() for table in tables.all()] == ["시험"]
    assert tables.locator("tbody tr:visible .differs").all_inner_texts() == ["달라짐"]
    tab.get_by_role("combobox", name="결과").select_option("모두")
    tab.get_by_role("combobox", name="페이지").select_option("이미지")
    assert [table.locator("caption a").inner_text() for table in tables.all()] == ["이미지"]
    tab.get_by_role("combobox", name="엔진").select_option("Docker 29")
    expect(pages_left).to_have_count(0)
    tab.get_by_role("combobox", name="페이지").select_option("모두")
    tab.get_by_role("combobox", name="엔진").select_option("Docker 28")
    expect(pages_left).to_have_count(everything)


def test_what_was_declared_unchecked_says_why(tab: Page, site: str) -> None:
    tab.goto(f"{site}/status.html")
    tab.get_by_role("combobox", name="페이지").select_option("설치와 첫 실행")
    row = tab.get_by_role("row", name="get.docker.com")
    assert row.locator("td").all_text_contents() == ["확인하지 않음: 인터넷에서 설치 스크립트를 내려받아야 합니다"]


def test_a_drift_shows_what_differs_once_it_is_opened(tab: Page, site: str) -> None:
    tab.goto(f"{site}/status.html")
    tab.locator(".status-page > summary", has_text="달라짐 1").click()
    difference = tab.locator(".status-why details", has_text="Docker 28: 달라짐")
    expect(difference.locator("pre")).to_be_hidden()
    difference.locator("summary").click()
    assert difference.locator("pre").inner_text().strip() == "- old\n+ <b>new</b>"
    assert difference.locator("mark").all_inner_texts() == ["old", "<b>new</b>"]


def test_the_total_counts_each_example_on_each_engine(tab: Page, site: str, bare_site: str) -> None:
    tab.goto(f"{site}/status.html")
    examples = tab.locator(".status-examples tbody th").count()
    passed = tab.locator(".status .passed").count()
    total = tab.locator(".status > p").first.inner_text()
    assert f"모두 {examples}건이며, 그 가운데 {passed}건을 확인했습니다. 달라진 것은 1건" in total
    assert total.endswith("마지막으로 실행한 날은 2026-11-24입니다.")
    tab.goto(f"{bare_site}/status.html")
    assert "아직 어떤 엔진에서도 실행하지 않았습니다" in tab.locator(".status > p").first.inner_text()


def test_on_a_phone_an_example_is_a_card_with_its_name_whole_and_its_result_beside_it(phone: Page, site: str) -> None:
    phone.goto(f"{site}/status.html")
    phone.get_by_role("combobox", name="페이지").select_option("컨테이너")
    box = phone.get_by_role("region", name="컨테이너", exact=True)
    wide, shown = box.evaluate("(box) => [box.scrollWidth, box.clientWidth]")
    assert wide == shown
    row = box.locator("tr", has_text="docker run -it centos:latest bash").first
    command, result = row.locator("code").bounding_box(), row.locator(".passed").bounding_box()
    assert command
    assert result
    assert command["x"] + command["width"] <= result["x"]
    lines = "(code) => [...code.childNodes].flatMap((node) => { const range = document.createRange();"
    lines += "range.selectNodeContents(node); return [...range.getClientRects()].map((at) => Math.round(at.top)) })"
    assert len(set(row.locator("code").evaluate(lines))) == 1
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_on_a_phone_the_totals_are_seen_whole(phone: Page, site: str) -> None:
    phone.goto(f"{site}/status.html")
    box = phone.locator(".status-box:has(.status-totals)")
    wide, shown = box.evaluate("(box) => [box.scrollWidth, box.clientWidth]")
    assert wide == shown


def test_without_javascript_all_rows_are_there_and_no_filter(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    for name, rows in (("status", ".status-examples tbody tr"), ("commands", ".commands tbody tr")):
        tab.goto(f"{site}/{name}.html")
        expect(tab.locator(".filter").first).to_be_hidden()
        assert tab.locator(f"{rows}[hidden]").count() == 0
        assert tab.locator(rows).count() > 50
    context.close()
