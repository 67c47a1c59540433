"""What holds of every page at a desk, light and dark."""

import re

import pytest
from playwright.sync_api import Browser, Page

from .walk import DESK, Seen, walk

HANGUL = re.compile("[가-힣]")
ONE_PIXEL = 0.001  # of a page's shift, as Chromium counts it: what rounding moves on a busy machine
KINDS = {
    **{f"/{name}.html": set() for name in ("index", "cheatsheet", "commands", "contributing", "glossary")},
    "/404.html": set(),
    "/status.html": {"MARK", "SMALL", "differs", "diff-run"},
    "/history.html": {"SMALL", "differs", "flaky"},
}


@pytest.fixture(scope="module")
def at_desk(chromium: Browser, site: str, names: list[str]) -> dict[str, Seen]:
    return walk(chromium, site, [*names, "/404.html"], DESK)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(at_desk: dict[str, Seen], scheme: str) -> None:
    assert {name: seen.axe[scheme] for name, seen in at_desk.items() if seen.axe[scheme]} == {}


def test_nothing_moves_while_a_page_loads(at_desk: dict[str, Seen]) -> None:
    assert {name: seen.shifts for name, seen in at_desk.items() if sum(seen.shifts) > ONE_PIXEL} == {}


def test_pages_obey_their_policy_and_it_allows_no_foreign_script(
    chromium: Browser, site: str, at_desk: dict[str, Seen]
) -> None:
    for name, seen in at_desk.items():
        rules = dict(rule.split(" ", 1) for rule in seen.policy.split("; "))
        assert (name, rules["default-src"]) == (name, "'self'")
        assert "unsafe-inline" not in rules["script-src"]
    assert {name: seen.said for name, seen in at_desk.items() if seen.said} == {}
    context = chromium.new_context()  # a worker has to obey as well
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(site)
    tab.evaluate("navigator.serviceWorker.ready.then(() => {})")
    assert said == []
    tab.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.foreign = true";
        document.body.append(script);
    }""")
    assert tab.evaluate("window.foreign") is None
    assert "Content Security Policy" in said[0]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_commands_prompts_output_and_proof_have_enough_contrast(at_desk: dict[str, Seen], scheme: str) -> None:
    for name, seen in at_desk.items():
        least = seen.contrasts[scheme]
        assert (name, {kind: ratio for kind, ratio in least.items() if ratio < 4.5}) == (name, {})
        assert KINDS.get(name, {"gp", "go"}) <= least.keys()


def test_no_option_is_torn_at_its_hyphen(at_desk: dict[str, Seen]) -> None:
    assert {name: seen.torn for name, seen in at_desk.items() if seen.torn} == {}


def test_no_typed_command_is_cut_nor_an_output_that_is_looked_up(at_desk: dict[str, Seen]) -> None:
    assert {name: seen.cut for name, seen in at_desk.items() if seen.cut} == {}


def test_headings_have_readable_korean_anchors(tab: Page, site: str, at_desk: dict[str, Seen]) -> None:
    tab.goto(f"{site}/trial.html")
    ids = "(headings) => headings.map((heading) => heading.id)"
    assert tab.locator("h2").evaluate_all(ids) == ["컨테이너-다시-켜기", "docker-29의-images-명령"]
    shown = [heading for name, seen in at_desk.items() if name != "/404.html" for heading in seen.headings]
    assert [(text, anchor) for text, anchor in shown if HANGUL.search(text) and not HANGUL.search(anchor)] == []


def test_every_page_has_a_title_and_a_description_of_its_own(at_desk: dict[str, Seen], names: list[str]) -> None:
    assert len({at_desk[name].title for name in names}) == len(names)
    assert len({at_desk[name].description for name in names} - {""}) == len(names)


def test_no_request_leaves_the_site(tab: Page, site: str, at_desk: dict[str, Seen]) -> None:
    asked = [url for seen in at_desk.values() for url in seen.requests]
    tab.context.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{site}/containers.html")
    tab.keyboard.press("/")
    tab.keyboard.type("이미지")
    tab.locator(".md-search-result__link").first.wait_for()
    assert len(asked) > len(at_desk)
    assert [url for url in asked if not url.startswith((f"{site}/", "data:", "blob:"))] == []
