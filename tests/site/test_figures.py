"""What a browser, a screen reader's user and a slow line get: measured in Chromium on the finished site."""

import gzip
import hashlib
import re
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.sight import settle
from harness.claims import sessions
from harness.evidence import files
from harness.evidence.facts import ImageFact, Outcome, PageFact, StepFact
from harness.evidence.recordings import asciicast

from .conftest import EVENTS, NIGHTS, _build, _served, prove, remember
from .walk import findings

# Of engines, as they call themselves.
VERSIONS = {"20.10": "20.10.24+dfsg1", "26": "26.1.5+dfsg1", "28c": "28.5.2+dfsg4", "28": "28.5.2+dfsg4"}
ID = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{12})\b")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_search_and_player(browser: Browser, site: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(f"{site}/trial.html")
    tab.get_by_role("button", name="재생").first.click()
    expect(tab.get_by_text("재생이 끝났습니다.")).to_be_visible()
    assert findings(tab) == []
    tab.keyboard.press("Escape")
    tab.keyboard.press("/")
    tab.keyboard.type("이미지")
    tab.locator(".md-search-result__link").first.wait_for()
    tab.evaluate("document.getAnimations().forEach((one) => one.cancel())")  # it fades in
    assert findings(tab) == []
    context.close()


def test_axe_sees_what_is_wrong(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    tab.evaluate("document.querySelector('article').append(document.createElement('button'))")
    tab.add_style_tag(content="article h2 { color: #ccc !important }")
    assert [finding.partition(":")[0] for finding in findings(tab)] == ["button-name", "color-contrast"]


def test_axe_sees_a_colour_that_one_of_many_alike_has(tab: Page, site: str) -> None:
    tab.goto(f"{site}/status.html")
    tab.evaluate("document.querySelector('tbody tr:nth-last-child(1) td').style.color = '#aaa'")
    assert [finding.partition(":")[0] for finding in findings(tab)] == ["color-contrast"]


@pytest.fixture(scope="module")
def widely_proved(proved_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a project whose pages were run on four engines, which printed what the samples say with other
    ids, and drifted in three nights of a thousand: the most that pages say.
    """
    root = tmp_path_factory.mktemp("widely-proved") / "project"
    shutil.copytree(proved_project, root)
    for engine, version in VERSIONS.items():
        prove(root, engine, version, printed)
    for page in files.load(root / "build" / "evidence", pytest.fail):
        complete(page, root / "build" / "evidence")
    remember(root, lambda night, block: night < NIGHTS - 3 and hash_of(block.snippet, night // 3) % 1000 < 3)
    return _build(root)


def complete(page: PageFact, folder: Path) -> None:
    """Gives a page's evidence what a real run leaves as well: all its images and tools, times, recordings."""
    digest = hashlib.sha256(page.page.encode()).hexdigest()
    images = {name: ImageFact(f"sha256:{digest}", standin=True) for name in ("redis:8", "nginx:1.30", "busybox:latest")}
    began = datetime.fromisoformat(page.started)
    blocks = [
        replace(block, started=(began + timedelta(seconds=7 * number)).isoformat(timespec="seconds"))
        for number, block in enumerate(page.blocks)
    ]
    whole = replace(page, images=images, tools={"compose": "2.40.3-3", "buildx": "0.29.1+ds1"}, blocks=blocks)
    files.write_page(folder, whole, dict.fromkeys(range(len(blocks)), asciicast("", EVENTS)))


def hash_of(snippet: str, number: int) -> int:
    return int(hashlib.sha256(f"{snippet} {number}".encode()).hexdigest(), 16)


def printed(sample: str) -> list[StepFact]:
    """The steps of a run that printed a sample with ids of its own, each of them another."""
    steps = sessions.parse(sample).steps
    actual = [
        ID.sub(lambda shown: hashlib.sha256(shown[0].encode()).hexdigest()[: len(shown[0])], step.sample)
        for step in steps
    ]
    return [
        StepFact(step.line, step.command, Outcome.PASSED, status=step.status, sample=step.sample, actual=text)
        for step, text in zip(steps, actual, strict=True)
    ]


def test_a_first_visit_loads_at_most_60_kb_of_what_four_engines_proved(
    tab: Page, names: list[str], widely_proved: Path
) -> None:
    server = _served(widely_proved)
    address = f"http://127.0.0.1:{server.server_port}"
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.removeprefix(f"{address}/")))
    weights = {}
    for name in names:
        asked.clear()
        tab.goto(address + name)
        settle(tab)
        paths = {widely_proved / url.partition("?")[0] for url in asked if not url.startswith("data:")}
        weights[name] = sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)
    server.shutdown()
    assert "20.10.24 (모두 지원 종료)" in (widely_proved / "errors.html").read_text("utf-8")
    assert min(weights.values()) > 20_000
    assert {name: weight for name, weight in weights.items() if weight > 60_000} == {}


def test_on_a_phone_the_keyboard_opens_the_menu_and_walks_through_it(phone: Page, site: str) -> None:
    phone.goto(site)
    phone.get_by_role("button", name="메뉴").focus()
    phone.keyboard.press("Enter")
    link = phone.locator(".md-sidebar--primary").get_by_role("link", name="컨테이너", exact=True)
    for _ in range(30):
        phone.keyboard.press("Tab")
        if link.evaluate("(link) => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    phone.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(phone.get_by_role("button", name="메뉴")).to_be_focused()


@pytest.mark.parametrize("width", [390, 1400])
def test_the_keyboard_reaches_everything_that_can_be_clicked_and_shows_where_it_is(
    browser: Browser, site: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    tab = context.new_page()
    tab.goto(f"{site}/trial.html")
    clickable = "a[href], button, summary, input[type=radio]:checked, input[type=search], [tabindex='0']"
    wanted = tab.evaluate(
        """(clickable) => [...document.querySelectorAll(clickable)].filter((one) => one.checkVisibility(
            { visibilityProperty: true, contentVisibilityAuto: true }) && !one.closest("[hidden]")
            && one.tabIndex >= 0).map((one, index) => (one.dataset.wanted = index)).length""",
        clickable,
    )
    reached, seen, ringed = set(), [], []
    for _ in range(2 * wanted):
        tab.keyboard.press("Tab")
        number, visible, ring = tab.evaluate(
            """() => {
                const one = document.activeElement, box = one.getBoundingClientRect();
                const inside = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
                // A tab is a radio button that nobody sees: its label is ringed. The search's field opens instead.
                const shown = one.type === "radio" ? document.querySelector(`label[for="${one.id}"]`) : one;
                const ring = getComputedStyle(shown).outlineStyle !== "none" || one.matches("body, .md-search__input");
                return [one.dataset.wanted, inside, ring];
            }"""
        )
        ringed.append((number, ring))
        reached.add(number)
        seen.append(visible)
    assert {str(number) for number in range(wanted)} - reached == set()
    assert wanted > 20
    assert all(seen)
    assert [number for number, ring in ringed if number and not ring] == []
    context.close()
