"""Measures how the finished site in build/site reads, beside the figures of the day when readers first tried it. Run by
`nox -s figures`.

    PYTHONPATH=tests python tests/bench/reading.py

In Chromium, on a phone (390 px) and at a desk (1400 px): commands that are cut off, blocks that scroll, messages of the
error pages out of sight, lengths of lines, contrast of the buttons that copy and what they copy, sheets of A4, what a
first visit loads, what the search finds of the queries of its tests and how soon.
"""

import gzip
import re
import shutil
import statistics
import tomllib
from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from bench.figures import SITE, served
from bench.sight import CONTRASTS, CUT, settle
from harness import project

# That day's, on the build of 8e1b616, which had 228 blocks and 457 commands.
FIRST = {
    "typed commands cut off, 390 px": "151 of 457",
    "typed commands cut off, 1400 px": "5 of 457",
    "blocks that scroll sideways, 390 px": "199 of 228",
    "blocks that scroll sideways, 1400 px": "55 of 228",
    "error messages out of sight, 390 px": "11 of 15",
    "error messages out of sight, 1400 px": "3 of 15",
    "blocks that open unchecked": "36 of 228",
    "characters of a line, 1400 px": "median 64, p90 73, most 96",
    "contrast of the buttons that copy, light": "1.17",
    "contrast of the buttons that copy, dark": "1.39",
    "buttons that copy a prompt, or an ID unmarked": "4 of 377",
    "sheets of A4": "install 23, errors 26, status 20, compose 19, versions 16, containers 12",
    "first visit, gzip": "median 81.4 kB, most 89.3",
    "first visit of a page that isn't there, gzip": "150 kB",
    "search, found first, in the first 3, 5": "0.73, 0.87, 0.93 of 60 new ones",
    "search, from a key to its results": "median 40 ms, p90 141, most 305",
}
QUERIES = project.ROOT / "tests" / "site" / "queries.toml"
TYPED_EACH = 25  # of so many queries one is typed key by key
PRINTED = ("install", "errors", "status", "compose", "versions", "containers")

SEEN = "(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length"
SCROLLING = """() => [...document.querySelectorAll(".language-console code")]
    .filter((code) => code.checkVisibility() && code.scrollWidth > code.clientWidth).length"""
# The headings in English that a block of the page prints, and how many of them no block shows whole.
MESSAGES = """() => {
    const said = [...document.querySelectorAll("h2, h3")].map((one) => one.firstChild?.textContent ?? "")
        .filter((text) => /^[a-z]/i.test(text));
    const found = new Map();
    for (const code of document.querySelectorAll(".language-console code")) {
        if (!code.checkVisibility()) continue;
        const edge = Math.min(code.getBoundingClientRect().right, innerWidth);
        const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
        while (walker.nextNode())
            for (const message of said) {
                const at = walker.currentNode.data.toLowerCase().indexOf(message.toLowerCase());
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + message.length);
                const seen = [...range.getClientRects()].every((box) => box.right <= edge + 1);
                found.set(message, seen || (found.get(message) ?? false));
            }
    }
    return [[...found.values()].filter((seen) => !seen).length, found.size];
}"""
# How many characters each full line of a paragraph holds.
LENGTHS = """() => [...document.querySelectorAll("article :is(p, li, dd)")].flatMap((one) => {
    if (!one.checkVisibility() || one.closest("table, [data-search-exclude]") || one.querySelector("p, ul")) return [];
    const lines = new Map(), range = document.createRange();
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
        for (let at = 0; at < walker.currentNode.data.length; at++) {
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 1);
            const line = Math.round(range.getBoundingClientRect().bottom / 8);
            lines.set(line, (lines.get(line) ?? 0) + 1);
        }
    return [...lines.values()].slice(0, -1);
})"""
ICONS = "document.querySelectorAll('.copy').forEach((one) => { one.textContent = '.' })"
# In a file `# ` begins a comment.
COPYING = """() => [...document.querySelectorAll(".copy")].map((button) => {
    const { dataset: { clipboardText }, ariaLabel } = button;
    const hasPrompt = button.closest(".language-console") && /^[$#>] /m.test(clipboardText);
    return Boolean(hasPrompt) || (/\\b[0-9a-f]{12}\\b/.test(clipboardText) && !/자기 화면/.test(ariaLabel));
})"""
# For each key the time from its event until the results that it brings have been painted.
KEYS = """() => {
    let pressed = 0;
    window.keys = [];
    const input = document.querySelector(".md-search__input");
    input.addEventListener("input", ({ timeStamp }) => { pressed = timeStamp; }, true);
    const painted = () => requestAnimationFrame(() => setTimeout(() => {
        if (pressed) keys.push(performance.now() - pressed);
        pressed = 0;
    }));
    new MutationObserver(painted).observe(document.querySelector(".md-search-result__list"), { childList: true });
}"""


def measure(browser: Browser, address: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for width in (390, 1400):
        tab = browser.new_context(viewport={"width": width, "height": 900}, has_touch=width == 390).new_page()
        cut = commands = scrolling = blocks = unchecked = hidden = messages = 0
        lengths: list[int] = []
        for name in names:
            tab.goto(f"{address}/{name}.html")
            settle(tab)
            cut += len(tab.evaluate(CUT, ".language-console .line"))
            commands += tab.evaluate(SEEN, ".language-console .typed")
            scrolling += tab.evaluate(SCROLLING)
            blocks += tab.evaluate(SEEN, ".language-console code")
            unchecked += tab.evaluate(SEEN, ".proof--unchecked")
            lengths += tab.evaluate(LENGTHS)
            if name.endswith("errors"):
                found = tab.evaluate(MESSAGES)
                hidden, messages = hidden + found[0], messages + found[1]
        yield f"typed commands cut off, {width} px", f"{cut} of {commands}"
        yield f"blocks that scroll sideways, {width} px", f"{scrolling} of {blocks}"
        yield f"error messages out of sight, {width} px", f"{hidden} of {messages}"
        if width == 1400:
            yield "blocks that open unchecked", f"{unchecked} of {blocks}"
            tenths = statistics.quantiles(lengths, n=10)
            said = f"median {statistics.median(lengths):.0f}, p90 {tenths[-1]:.0f}, most {max(lengths)}"
            yield f"characters of a line, {width} px", said
        tab.context.close()
    yield from _contrasts(browser, address)
    yield "buttons that copy a prompt, or an ID unmarked", _copying(browser, address, names)
    tab = browser.new_page()
    yield "sheets of A4", ", ".join(f"{name} {_sheets(tab, f'{address}/{name}.html')}" for name in PRINTED)
    weights = [_weight(browser, f"{address}/{name}.html") for name in names]
    yield "first visit, gzip", f"median {statistics.median(weights):.1f} kB, most {max(weights):.1f}"
    yield "first visit of a page that isn't there, gzip", f"{_weight(browser, f'{address}/nosuch.html'):.0f} kB"
    yield from _search(browser, address)


def _contrasts(browser: Browser, address: str) -> Iterator[tuple[str, str]]:
    schemes: Sequence[Literal["light", "dark"]] = ("light", "dark")
    for scheme in schemes:
        context = browser.new_context(color_scheme=scheme)
        tab = context.new_page()
        tab.goto(f"{address}/build.html")
        tab.locator(".copy").first.wait_for()
        tab.evaluate(ICONS)  # an icon is drawn in the button's colour: as text it is measured
        found = tab.evaluate(CONTRASTS, ".copy")
        yield f"contrast of the buttons that copy, {scheme}", f"{min(ratio for _, ratio in found):.2f}"
        context.close()


def _copying(browser: Browser, address: str, names: Sequence[str]) -> str:
    tab = browser.new_page()
    found: list[bool] = []
    for name in names:
        tab.goto(f"{address}/{name}.html")
        found += tab.evaluate(COPYING)
    tab.close()
    return f"{sum(found)} of {len(found)}"


def _search(browser: Browser, address: str) -> Iterator[tuple[str, str]]:
    sets: dict[str, dict[str, str | list[str]]] = tomllib.loads(QUERIES.read_text("utf-8"))
    queries = {query: answer for asked in sets.values() for query, answer in asked.items()}
    tab = browser.new_page()
    tab.goto(f"{address}/index.html")
    tab.keyboard.press("/")
    tab.keyboard.type("docker")  # loads the engine
    tab.locator(".md-search__output .md-search-result__link").first.wait_for()
    asking = "(queries) => queries.map((query) => siteSearch(query).pages.map(([best]) => best.address))"
    found: list[list[str]] = tab.evaluate(asking, list(queries))
    hits = dict.fromkeys((1, 3, 5), 0)
    for answer, addresses in zip(queries.values(), found, strict=True):
        wanted = {answer} if isinstance(answer, str) else {*answer}
        pages = [urlsplit(one).path.removesuffix(".html") for one in addresses]
        for most in hits:
            hits[most] += not wanted.isdisjoint(pages[:most])
    shares = ", ".join(f"{count / len(queries):.3f}" for count in hits.values())
    yield "search, found first, in the first 3, 5", f"{shares} of {len(queries)} of the tests"
    tab.evaluate(KEYS)
    for query in [*queries][::TYPED_EACH]:
        tab.locator(".md-search__input").fill("")
        tab.keyboard.type(query, delay=150)
    times: list[float] = tab.evaluate("keys")
    tab.close()
    tenth = statistics.quantiles(times, n=10)[-1]
    said = f"median {statistics.median(times):.0f} ms, p90 {tenth:.0f}, most {max(times):.0f} of {len(times)} keys"
    yield "search, from a key to its results", said


def _sheets(tab: Page, address: str) -> int:
    tab.goto(address)
    settle(tab)
    return len(re.findall(rb"/Type /Page\b(?!s)", tab.pdf(format="A4")))


def _weight(browser: Browser, address: str) -> float:
    """In kB of 1000 bytes: all that a browser that has never been here asks for, compressed."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address)
    settle(tab)
    context.close()
    root = address.rpartition("/")[0]
    paths = {SITE / url.removeprefix(f"{root}/").partition("?")[0] for url in asked if url.startswith(root)}
    found = (path if path.exists() else SITE / "404.html" for path in paths)
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in found) / 1000


def main() -> None:
    names = sorted(path.stem for path in SITE.glob("*.html") if path.stem not in ("404", "book"))
    with served() as address, sync_playwright() as playwright:
        arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        for what, figure in measure(browser, address, names):
            print(f"{what:46} {figure:78} {FIRST[what]}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
