"""Every page, opened once at a width -> what is there to see, for the tests that ask something of all pages.

To open a page takes most of what such a test takes, so all of them share one walk.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, Page

from bench.sight import CONTRASTS, CUT, settle

PHONE, DESK = 390, 1400  # px
NO_WORKER = "Service Worker registration blocked by Playwright"  # says a tab of a reader who has none

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
# Only what is wrong, for axe describes each element that is right as well.
RUN = "(options) => axe.run({ resultTypes: ['violations'], ...options }).then((results) => results.violations)"
# The rules that a scheme can break: all else is the same in both.
COLOURS = ["color-contrast", "link-in-text-block"]
# Marks each element that looks, with all that is in it, as one before it in the same: a table has hundreds of them.
# Returns the numbers of all looks that are known now, those of the pages before as well.
ALIKE = """(before) => {
    const known = new Set(before && before.split(" ").map(Number)), alike = [];
    const number = (look) => {
        let high = 0, low = 0; // 53 bits: no two looks of a site have one number
        for (let at = 0; at < look.length; at++) {
            high = Math.imul(high ^ look.charCodeAt(at), 0x9E3779B1);
            low = Math.imul(low ^ look.charCodeAt(at), 0x85EBCA6B);
        }
        return (high >>> 11) * 2 ** 32 + (low >>> 0);
    };
    const look = (element, around) => {
        const { color, backgroundColor, opacity, fontSize, fontWeight } = getComputedStyle(element);
        const own = [element.localName, element.getAttribute("class"), color, backgroundColor, opacity];
        const here = number([around, ...own, fontSize, fontWeight].join());
        const whole = number(`${here}: ${[...element.children].map((child) => look(child, here))}`);
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return whole;
        if (known.has(whole)) alike.push(element);
        known.add(whole);
        return whole;
    };
    document.querySelectorAll("[data-alike]").forEach((element) => element.removeAttribute("data-alike"));
    look(document.body, 0);
    for (const element of alike) element.dataset.alike = "";
    return [...known].join(" ");
}"""
NOT_ALIKE = "[data-alike] { display: none !important }"  # `nth-child` still counts them
# Resolves once the page has heard of it.
OPEN = """() => {
    document.querySelectorAll("details").forEach((details) => { details.open = true });
    return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""
DRAWN = "* { content-visibility: visible !important }"  # what is out of sight as well, for axe passes over it

SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: "layout-shift", buffered: true });"""

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

# What code in a text ends with, and the particle behind it that begins a line, where both fit on one.
LONE_PARTICLES = """() => [...document.querySelectorAll("article :not(pre) > code")].flatMap((code) => {
    const next = code.nextSibling, particle = next?.nodeType === 3 && next.data.match(/^[\\uac00-\\ud7a3]+/)?.[0];
    const last = code.lastChild;
    if (!particle || last?.nodeType !== 3 || !code.checkVisibility()) return [];
    const box = (node, from, to) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        return range.getBoundingClientRect();
    };
    const word = last.data.match(/\\S*$/)[0], whole = box(last, last.length - word.length, last.length);
    const behind = box(next, 0, particle.length), end = box(last, last.length - 1, last.length);
    let around = code.parentElement;
    while (getComputedStyle(around).display === "inline") around = around.parentElement;
    const fits = whole.width + behind.width < 0.9 * around.clientWidth && whole.height < 2 * end.height;
    return behind.top > end.bottom - 2 && fits ? [word + particle] : [];
})"""

CONSOLE_TEXT = (
    ".language-console code span, .proof, .proof span, .tabbed-labels label, .filename, "
    ".status-box :is(caption a, th, th a, th code, small, td, span, summary, details p, pre span, mark)"
)
_TEXTS = """() => ({
    title: document.title,
    description: document.querySelector("meta[name=description]")?.content ?? "",
    policy: document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "",
    headings: [...document.querySelectorAll("article :is(h1, h2, h3)")].map((one) => [one.textContent, one.id]),
    wide: document.documentElement.scrollWidth,
    shifts,
})"""


@dataclass(frozen=True)
class Seen:
    """What a page has at a width."""

    requests: Sequence[str]  # the addresses that it asked for
    said: Sequence[str]  # on the browser's console
    title: str
    description: str
    policy: str
    headings: Sequence[tuple[str, str]]  # those of the text, each with its anchor
    wide: int  # px that it would take
    shifts: Sequence[float]  # what moved while it was loaded
    torn: Sequence[str]  # options over two lines
    lone: Sequence[str]  # particles that begin a line, each behind the code that it belongs to
    cut: Sequence[str]  # lines of which a part is out of sight
    broken: Sequence[str]  # Korean words over two lines, everything unfolded
    contrasts: Mapping[str, Mapping[str, float]]  # scheme -> kind of text in blocks and proofs -> the least that it has
    axe: Mapping[str, Sequence[str]]  # scheme -> what axe finds, everything unfolded


@dataclass
class Looks:
    """Those whose colours have been measured, by their numbers: in one text, for Playwright takes a list apart."""

    numbers: str = ""


def walk(browser: Browser, site: str, names: Sequence[str], width: int) -> dict[str, Seen]:
    """What a reader who has no worker gets of each page, in a tab of that width."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, has_touch=width == PHONE, service_workers="block"
    )
    context.add_init_script(SHIFTS)
    tab = context.new_page()
    looks = Looks()
    seen = {name: _look(tab, site + name, looks) for name in names}
    context.close()
    return seen


def _look(tab: Page, address: str, looks: Looks) -> Seen:
    """What the page at `address` has. It is opened light and then made dark: a scheme decides over colours alone.

    Of its colours those are measured that have not been on a page before, by their `looks`.
    """
    tab.emulate_media(color_scheme="light")
    with _heard(tab) as (asked, said):
        tab.goto(address)
        settle(tab)
    tab.locator("body[data-md-color-scheme=default]").wait_for()
    texts = tab.evaluate(_TEXTS)
    torn, lone = tab.evaluate(TORN_OPTIONS), tab.evaluate(LONE_PARTICLES)
    cut = tab.evaluate(CUT, ".language-console .line, .looked-up .language-console .go")
    unfold(tab)
    broken = tab.evaluate(BROKEN_WORDS)
    contrasts, axe = {"light": least_contrasts(tab)}, {"light": findings(tab, looks)}
    tab.emulate_media(color_scheme="dark")
    tab.locator("body[data-md-color-scheme=slate]").wait_for()
    contrasts["dark"], axe["dark"] = least_contrasts(tab), wrong_colours(tab, looks)
    heard = [text for text in said if text != NO_WORKER]
    return Seen(asked, heard, **texts, torn=torn, lone=lone, cut=cut, broken=broken, contrasts=contrasts, axe=axe)


@contextmanager
def _heard(tab: Page) -> Iterator[tuple[list[str], list[str]]]:
    """The addresses that a tab asks for, and what is said on its console."""
    asked: list[str] = []
    said: list[str] = []
    hear: list[tuple[Any, Callable[[Any], None]]] = [
        ("request", lambda request: asked.append(request.url)),
        ("console", lambda message: said.append(message.text)),
        ("pageerror", lambda error: said.append(str(error))),
    ]
    for event, handler in hear:
        tab.on(event, handler)
    yield asked, said
    for event, handler in hear:
        tab.remove_listener(event, handler)


def unfold(tab: Page) -> None:
    """Draws all of a page, what is out of sight and what is folded as well."""
    tab.add_style_tag(content=DRAWN)
    tab.evaluate(OPEN)


def least_contrasts(tab: Page) -> dict[str, float]:
    """By kind of text in blocks and proofs, the least contrast that it has on a page as it is."""
    least: dict[str, float] = {}
    for kind, ratio in tab.evaluate(CONTRASTS, CONSOLE_TEXT):
        least[kind] = min(ratio, least.get(kind, ratio))
    return least


def findings(tab: Page, looks: Looks | None = None) -> list[str]:
    """What axe has to say of a page as it is: each rule with the first element that breaks it."""
    rest = {"rules": {rule: {"enabled": False} for rule in COLOURS}}
    return [*_findings(tab, DRAWN, rest), *wrong_colours(tab, looks)]


def wrong_colours(tab: Page, looks: Looks | None = None) -> list[str]:
    """What axe has to say of a page's colours as they are.

    To measure them takes axe most of its time, so it measures one of the elements that look alike, and none whose look
    is among `looks`, to which those of the page are added.
    """
    looks = looks or Looks()
    looks.numbers = tab.evaluate(ALIKE, looks.numbers)
    return _findings(tab, f"{DRAWN} {NOT_ALIKE}", {"runOnly": COLOURS})


def _findings(tab: Page, style: str, options: object) -> list[str]:
    meanwhile = tab.add_style_tag(content=style)
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE)
    found = tab.evaluate(RUN, options)
    meanwhile.evaluate("(style) => style.remove()")
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]
