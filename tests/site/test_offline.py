"""What a reader who has been here once has of the guide when there is no network."""

import gzip
import shutil
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from harness.site import offline

from .conftest import ROOT, _served
from .test_replay import final_screen, play, shown
from .walk import findings

# The addresses of what the browser keeps, with the digests.
KEPT = """(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
    return requests.map(({ url }) => url.replace(/.*\\/note\\//, ""));
})()"""
# Asks the page until the answer is yes; Playwright's own way to wait is none that the pages' policy allows.
UNTIL = """async (argument) => {
    const started = Date.now();
    while (!await (%s)) {
        if (Date.now() - started > 60_000) throw new Error("it did not come");
        await new Promise((done) => setTimeout(done, 50));
    }
}"""
USED = "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('practice/'))"
SPY = """ServiceWorkerContainer.prototype.register = async (address) => { window.registered = String(address); }"""
STAYED = 4000  # milliseconds that a reader has stayed for, and nothing more is kept for one who leaves before
SENTENCE = "이 주소의 페이지는 이 기기에 저장되어 있지 않습니다"


class Host:
    """Serves a site in a folder of an address until it is stopped."""

    def __init__(self, root: Path) -> None:
        self.site = root / "note"
        self.server: ThreadingHTTPServer = _served(root)
        self.address = f"http://127.0.0.1:{self.server.server_port}/note"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def host(folder: Path, tmp_path: Path) -> Iterator[Host]:
    """A host whose site a test may change."""
    shutil.copytree(folder, tmp_path / "note")
    host = Host(tmp_path)
    yield host
    host.stop()


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that has workers."""
    context = browser.new_context(service_workers="allow")
    yield context.new_page()
    context.close()


def visit(tab: Page, address: str) -> None:
    """Opens a page, and waits until a worker answers: then it has kept what it keeps at once."""
    tab.goto(address)
    tab.evaluate(UNTIL % "navigator.serviceWorker.controller")


def kept(tab: Page, beginning: str) -> list[str]:
    return [address for address in tab.evaluate(KEPT) if address.startswith(beginning)]


def wait_until_kept(tab: Page, beginning: str) -> None:
    tab.evaluate(UNTIL % f"{KEPT}.then((kept) => kept.some((address) => address.startsWith(argument)))", beginning)


def publish(site: Path) -> None:
    """Makes the list of the site's files anew, as a build does."""
    contents = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    script = (ROOT / "docs" / "worker.js").read_text("utf-8")
    (site / "worker.js").write_text(offline.worker(script, contents), "utf-8")


def test_who_was_here_once_opens_that_page_again_searches_and_replays_what_was_replayed(
    reader: Page, host: Host
) -> None:
    visit(reader, f"{host.address}/trial.html")
    play(reader)
    wait_until_kept(reader, "recordings/docs/trial.js")
    wait_until_kept(reader, "trial.html")
    host.stop()
    reader.goto(f"{host.address}/trial.html")
    play(reader)
    assert shown(reader) == final_screen()
    reader.get_by_role("searchbox", name="검색").fill("컨테이너삭제")
    expect(reader.locator(".md-search-result__link").first).to_contain_text("컨테이너 › 지우기")


def test_a_page_that_was_never_opened_is_read_in_the_document_of_the_whole_guide(reader: Page, host: Host) -> None:
    visit(reader, f"{host.address}/trial.html")
    host.stop()
    reader.goto(f"{host.address}/volumes.html")
    expect(reader.get_by_role("heading", name="데이터 보존", level=1)).to_be_in_viewport()
    expect(reader).to_have_url(f"{host.address}/book.html#volumes")
    reader.goto(f"{host.address}/containers.html#지우기")
    expect(reader.get_by_role("heading", name="지우기", exact=True)).to_be_in_viewport()
    reader.get_by_role("link", name="도커 노트 사이트로").click()
    expect(reader).to_have_url(f"{host.address}/index.html")
    expect(reader.get_by_text(SENTENCE)).to_have_count(0)


def test_what_was_used_before_anything_was_kept_is_kept_as_well(reader: Page, host: Host) -> None:
    worker = (host.site / "worker.js").read_text("utf-8")
    (host.site / "worker.js").write_text("", "utf-8")  # no worker yet: this one does nothing
    reader.goto(f"{host.address}/containers.html")
    reader.locator("[data-practice]").click()
    expect(reader.locator(".practice")).to_be_visible()
    (host.site / "worker.js").write_text(worker, "utf-8")
    reader.evaluate("navigator.serviceWorker.ready.then((registration) => registration.update())")
    for address in reader.evaluate(USED):
        wait_until_kept(reader, address.removeprefix(f"{host.address}/"))
    host.stop()
    reader.goto(f"{host.address}/containers.html")
    reader.locator("[data-practice]").click()
    expect(reader.locator(".practice")).to_be_visible()


def test_what_is_kept_at_once_weighs_at_most_680_kb_and_has_no_recording_and_no_practice(
    reader: Page, host: Host
) -> None:
    visit(reader, f"{host.address}/containers.html")
    files = {unquote(address.partition("?")[0]) for address in kept(reader, "")} - {"containers.html"}
    assert {"index.html", "book.html", "search/index.js", "assets/extra.css"} <= files
    assert sum(len(gzip.compress((host.site / name).read_bytes(), 9)) for name in files) <= 680_000
    assert [kept(reader, folder) for folder in ("recordings/", "practice/", "assets/player/")] == [[], [], []]


def test_what_is_published_anew_takes_the_place_of_what_was_kept(reader: Page, host: Host) -> None:
    visit(reader, f"{host.address}/trial.html")
    for name in ("ports.html", "volumes.html", "trial.html"):
        reader.goto(f"{host.address}/{name}")
        wait_until_kept(reader, name)
    before = reader.evaluate(KEPT)
    page = host.site / "volumes.html"
    page.write_text(page.read_text("utf-8").replace("데이터 보존", "새로 쓴 페이지"), "utf-8")
    (host.site / "ports.html").unlink()
    publish(host.site)
    reader.goto(f"{host.address}/volumes.html")
    expect(reader.get_by_role("heading", name="새로 쓴 페이지", level=1)).to_be_visible()  # while there is a network
    reader.evaluate(UNTIL % f"{KEPT}.then((kept) => !kept.some((address) => address.startsWith('ports.html')))")
    wait_until_kept(reader, "volumes.html")
    after = reader.evaluate(KEPT)
    assert {address.partition("?")[0] for address in {*before} - {*after}} == {"ports.html", "volumes.html"}
    assert {address.partition("?")[0] for address in {*after} - {*before}} == {"volumes.html"}
    host.stop()
    reader.goto(f"{host.address}/volumes.html")
    expect(reader.get_by_role("heading", name="새로 쓴 페이지", level=1)).to_be_visible()


@pytest.mark.parametrize("address", ["nowhere.html", "a/deeper/one.html"])
def test_in_the_place_of_a_page_that_is_not_kept_stands_the_home_and_says_so(
    reader: Page, host: Host, address: str
) -> None:
    visit(reader, f"{host.address}/trial.html")
    host.stop()
    reader.goto(f"{host.address}/{address}")
    expect(reader.get_by_text(SENTENCE)).to_be_visible()
    assert findings(reader) == []
    reader.locator(".ways").get_by_role("link", name="오류 사전").click()
    expect(reader).to_have_url(f"{host.address}/book.html#errors")
    expect(reader.get_by_text(SENTENCE)).to_have_count(0)


def test_the_site_can_be_installed(chromium: Browser, host: Host) -> None:
    context = chromium.new_context()
    reader = context.new_page()
    visit(reader, f"{host.address}/index.html")
    devtools = context.new_cdp_session(reader)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"] == f"{host.address}/manifest.webmanifest"
    hindrances = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in hindrances] == ["in-incognito"]  # as every tab of these tests is
    context.close()


def test_only_a_site_that_is_served_is_kept(browser: Browser, site: str, folder: Path) -> None:
    context = browser.new_context(service_workers="allow")
    context.add_init_script(SPY)
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.clock.install()
    tab.goto((folder / "trial.html").as_uri())
    tab.clock.run_for(STAYED)
    assert tab.evaluate("window.registered") is None
    assert [words for words in said if "orker" in words] == []
    tab.goto(f"{site}/trial.html")
    assert tab.evaluate("window.registered") is None
    tab.clock.run_for(STAYED)
    assert tab.evaluate("window.registered") == f"{site}/worker.js"
    context.close()
