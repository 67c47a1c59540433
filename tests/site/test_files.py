"""The site besides its pages: Markdown, an index for language models, a feed, a preview; on paper; built twice."""

import filecmp
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from harness.evidence.facts import Lane
from harness.evidence.files import load
from harness.evidence.summary import Summary
from harness.night.compare import Tonight, compare
from harness.night.saved import to_json

from .conftest import REPOSITORY
from .walk import BROKEN_WORDS

FIRST_ENTRY = "예제가 달라지거나 바로잡히면 여기에 알립니다"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_every_page_is_there_as_markdown_with_what_it_includes(folder: Path, project: Path, names: list[str]) -> None:
    for name in names:
        text = (folder / name.removeprefix("/")).with_suffix(".md").read_text("utf-8")
        assert text.startswith("# ")
        assert [line for line in text.splitlines() if line.lstrip().startswith("--8<--")] == []
    trial = (folder / "trial.md").read_text("utf-8")
    assert "``` console\n$ docker ps\nold\n```\n\n> 달라짐 · Docker 28.5.2" in trial
    assert "# 데비안 위에서\nFROM debian" in trial


def test_a_page_loads_the_script_of_consoles_and_tabs_only_where_it_has_one(folder: Path, names: list[str]) -> None:
    texts = {name: (folder / name.removeprefix("/")).read_text("utf-8") for name in names}
    loading = {name for name, text in texts.items() if 'src="assets/console.js"' in text}
    assert {name for name, text in texts.items() if 'class="language-console' in text} <= loading
    assert {"/status.html", "/commands.html", "/history.html"} & loading == set()


def test_no_script_lies_in_the_site_that_nothing_loads(folder: Path) -> None:
    loading = [path for path in folder.rglob("*") if path.suffix in (".html", ".js") and path.name != "worker.js"]
    texts = [path.read_text("utf-8") for path in loading]
    scripts = {path.name for path in (folder / "assets").glob("*.js")}
    assert "reader.js" in scripts
    assert {name for name in scripts if not any(re.search(f'[/"]{name}"', text) for text in texts)} == set()
    assert [path for path in folder.rglob("*.js") if "javascripts" in path.parts] == []  # the theme's


def test_the_index_for_language_models_is_short_and_names_every_page(folder: Path, names: list[str]) -> None:
    text = (folder / "llms.txt").read_text("utf-8")
    assert text.startswith("# 도커 노트\n\n> ")
    assert len(text.split()) < 2000
    for name in names:
        assert f"({name.removeprefix('/').removesuffix('.html')}.md): " in text


def test_all_pages_are_one_text_as_well(folder: Path, names: list[str]) -> None:
    text = (folder / "llms-full.txt").read_text("utf-8")
    assert text.startswith("출력 아래에 `[1]`처럼")
    for name in names:
        assert (folder / name.removeprefix("/")).with_suffix(".md").read_text("utf-8").strip() in text


def test_the_feed_tells_what_drifted(folder: Path) -> None:
    feed = ElementTree.parse(folder / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["달라짐: typed", FIRST_ENTRY]
    assert entries[0].findtext(f"{ATOM}summary") == "trial.html의 예제입니다. 엔진: Docker 28"
    assert entries[0].find(f"{ATOM}link").attrib["href"] == "trial.html"  # type: ignore[union-attr]
    assert [link.attrib["href"] for link in feed.findall(f"{ATOM}link[@rel='self']")] == ["feed.xml"]


def test_a_page_leads_to_the_feed(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    expect(tab.locator(".about a[href='feed.xml']")).to_be_visible()
    expect(tab.locator("head > link[type='application/atom+xml']")).to_have_attribute("href", "feed.xml")


def test_the_feed_tells_what_was_repaired_since(
    proved_project: Path, tmp_path: Path, environment: Callable[[Path], dict[str, str]]
) -> None:
    root = Path(shutil.copytree(proved_project, tmp_path / "project"))
    evidence = load(root / "build" / "evidence", pytest.fail)
    summary = Summary(Counter(), ["28"], Lane.STANDIN)
    before = compare(Tonight("2026-11-24T08:00:00+00:00", evidence, summary, {}))
    repaired = [replace(page, blocks=[]) for page in evidence]
    after = compare(Tonight("2026-11-25T08:00:00+00:00", repaired, summary, {}), before)
    (root / "build" / "evidence" / "night.json").write_text(json.dumps(to_json(after)), "utf-8")
    subprocess.run([sys.executable, "-m", "harness.site"], cwd=root, env=environment(root), check=True)
    feed = ElementTree.parse(root / "build" / "site" / "feed.xml").getroot()
    assert [title.text for title in feed.iter(f"{ATOM}title")][1:] == ["바로잡음: typed", FIRST_ENTRY]


def test_a_page_says_at_its_end_where_its_source_is_and_asks_whether_it_is_stale(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    end = tab.locator(".about")
    assert end.get_by_role("link", name="원본").get_attribute("href") == f"{REPOSITORY}/blob/HEAD/docs/trial.md"
    stale = end.get_by_role("link", name="이 페이지가 낡았나요?").get_attribute("href")
    assert stale is not None
    assert stale.startswith(f"{REPOSITORY}/issues/new?title=")


def test_a_link_to_a_page_has_a_preview(tab: Page, site: str, folder: Path) -> None:
    tab.goto(f"{site}/images.html")
    said = {
        name: tab.locator(f"meta[property='og:{name}']").get_attribute("content")
        for name in ("title", "description", "image")
    }
    assert said["title"] == "이미지"
    assert "docker pull" in str(said["description"])
    assert (folder / str(said["image"])).read_bytes()[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")


def test_on_paper_no_word_is_cut_and_no_line_runs_off(browser: Browser, site: str, names: list[str]) -> None:
    context = browser.new_context(viewport={"width": 718, "height": 1000})  # A4 between its margins, at 96 dpi
    tab = context.new_page()
    tab.emulate_media(media="print")
    for name in names:
        tab.goto(site + name)
        wide = tab.evaluate("""() => [...document.querySelectorAll("article *")]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => one.outerHTML.slice(0, 80))""")
        assert (name, wide) == (name, [])
        assert (name, tab.evaluate(BROKEN_WORDS)) == (name, [])
    tab.goto(f"{site}/trial.html")
    expect(tab.get_by_role("button", name="재생")).to_have_count(0)
    context.close()


def test_on_paper_what_is_folded_is_there(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    answer = tab.locator("article details:not(.proof) > :not(summary)").first
    expect(answer).to_be_hidden()
    tab.emulate_media(media="print")
    expect(answer).to_be_visible()


def test_on_paper_each_output_stands_once_in_black_on_white(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 718, "height": 1000}, color_scheme="dark")
    tab = context.new_page()
    tab.goto(f"{site}/trial.html")
    tab.locator(".copy").first.wait_for()
    tab.emulate_media(media="print")
    expect(tab.get_by_text("as 28 prints it")).to_have_count(1)
    expect(tab.get_by_text("as 28 prints it")).to_be_visible()
    expect(tab.get_by_text("as 29 prints it")).to_be_hidden()
    expect(tab.locator(".proof-runs:visible, .copy:visible, .tabbed-labels > :visible")).to_have_count(1)
    for printed in (tab.locator(".go").first, tab.locator("pre > code").first):
        expect(printed).to_have_css("color", "rgb(0, 0, 0)")
        expect(printed).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    context.close()


def test_paper_offers_nothing_to_press_and_a_block_that_passed_has_no_sign(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    expect(tab.locator(".proof--same").first).to_be_visible()
    tab.emulate_media(media="print")
    expect(tab.locator(".proof--same").first).to_be_hidden()
    expect(tab.locator(".actions:visible, .steps:visible")).to_have_count(0)
    signs = tab.locator(".proof > summary:visible").evaluate_all(
        "(all) => all.map((one) => [one.innerText.length > 0, getComputedStyle(one, '::after').display])"
    )
    assert {*map(tuple, signs)} == {(True, "none")}


def test_on_paper_a_short_command_is_as_high_as_its_line(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    tab.emulate_media(media="print")
    line, command = (tab.locator(name).first.evaluate("(one) => one.offsetHeight") for name in (".line", ".typed"))
    assert line == command


def test_on_paper_a_list_of_containers_stands_in_its_columns(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 718, "height": 1000})  # A4 between its margins, at 96 dpi
    tab = context.new_page()
    tab.emulate_media(media="print")
    tab.goto(f"{site}/containers.html")
    listed = tab.locator(".language-console", has_text="CONTAINER ID").locator(".go:visible")
    lines = listed.evaluate_all("""(all) => all.map((one) => [one.innerText.trimEnd().split("\\n").length,
        Math.round(one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight))])""")
    assert len(lines) > 10
    assert [pair for pair in lines if pair[0] != pair[1]] == []
    context.close()


@pytest.mark.parametrize("address", ["", "https://example.org/note/"])
def test_built_twice_it_is_the_same_to_the_byte(
    folder: Path, proved_project: Path, tmp_path: Path, environment: Callable[[Path], dict[str, str]], address: str
) -> None:
    def build(name: str) -> Path:
        root = Path(shutil.copytree(proved_project, tmp_path / name / "project"))
        settings = environment(root) | {"SITE_URL": address}
        subprocess.run([sys.executable, "-m", "harness.site"], cwd=root, env=settings, check=True)
        return root / "build" / "site"

    one, two = build("one") if address else folder, build("two")
    files = sorted(path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(two).as_posix() for path in two.rglob("*") if path.is_file())
    assert filecmp.cmpfiles(one, two, files, shallow=False)[1:] == ([], [])
    assert len(files) > 30
