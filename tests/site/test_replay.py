"""What a reader sees who plays the recording of a run."""

import re
from pathlib import Path

import pyte
import pytest
from playwright.sync_api import Browser, Page, expect

from bench.sight import settle

from .conftest import EVENTS

PLAYER = "asciinema-player"


def final_screen() -> list[str]:
    """What a terminal shows in the end that gets the recording."""
    screen = pyte.Screen(200, 50)
    pyte.Stream(screen).feed("".join(text for _, text in EVENTS))
    return [line.rstrip() for line in screen.display if line.strip()]


def play(tab: Page) -> None:
    """Plays the recording of the block that shows `busybox`, to its end."""
    button = tab.locator(".proved", has_text="busybox").get_by_role("button", name="재생")
    button.first.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("재생이 끝났습니다.")).to_be_visible()


def shown(tab: Page) -> list[str]:
    lines = tab.locator(".ap-term-text .ap-line").all_text_contents()
    return [line.rstrip() for line in lines if line.strip()]


def test_the_player_ends_on_the_screen_that_the_run_ended_on(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    play(tab)
    assert shown(tab) == final_screen() == ["$ docker pull 한글", "100 %", "$"]


def test_it_plays_from_files(tab: Page, folder: Path) -> None:
    tab.goto((folder / "trial.html").as_uri())
    play(tab)
    assert shown(tab) == final_screen()


def test_nine_idle_seconds_are_shortened(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    play(tab)
    elapsed = str(tab.locator(".replayed .ap-time-elapsed").text_content())
    minutes, seconds = map(int, elapsed.split(":"))
    assert (minutes, seconds < 5) == (0, True), elapsed
    assert EVENTS[-1][0] > 8


def test_player_and_recording_are_loaded_only_when_asked_for_and_from_the_site(tab: Page, site: str) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.removeprefix(site)))
    tab.goto(f"{site}/trial.html")
    settle(tab)
    assert [url for url in asked if PLAYER in url or "recordings" in url] == []
    play(tab)
    assert {f"/assets/player/{PLAYER}.min.js", "/recordings/docs/trial.js"} <= set(asked)


def test_the_keyboard_gets_to_the_player_and_back(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    play(tab)
    region = tab.get_by_role("region", name="Docker 28.5.2에서 실행한 녹화 재생")
    expect(region).to_contain_text("$ docker pull 한글")
    expect(region.get_by_role("button", name="재생")).to_have_count(1)
    tab.keyboard.press("Escape")
    expect(tab.locator(".replayed")).to_have_count(0)
    expect(tab.locator(".proved", has_text="busybox").get_by_role("button", name="재생").first).to_be_focused()


def test_the_player_speaks_korean(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    play(tab)
    player = tab.locator(".replayed .ap-wrapper")
    tab.keyboard.press("?")
    expect(player.locator(".ap-overlay-help")).to_contain_text("이 도움말 보기")
    said = player.evaluate("""(player) => [
        ...[...player.querySelectorAll("[aria-label]")].map((one) => one.ariaLabel),
        ...[...player.querySelectorAll(".ap-tooltip, .ap-overlay-help p, .ap-overlay-help li")]
            .map((one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("")),
    ]""")
    assert len(said) > 10
    assert [words for words in said if re.search("[A-Za-z]{2,}", words)] == []


def test_on_a_phone_the_recording_has_the_letters_of_the_block_and_scrolls(phone: Page, site: str) -> None:
    phone.goto(f"{site}/trial.html")
    play(phone)
    size = "(one) => parseFloat(getComputedStyle(one).fontSize)"
    block = phone.locator(".proved", has=phone.locator(".replayed")).locator("code").first.evaluate(size)
    assert phone.locator(".replayed .ap-term-text").evaluate(size) == pytest.approx(block, abs=0.5)
    assert block > 12
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    place = "(one) => one.getBoundingClientRect()"
    last = phone.locator(".replayed .ap-term").evaluate(place)["bottom"]
    assert last <= phone.locator(".replayed .ap-control-bar").evaluate(place)["top"] + 1


@pytest.mark.parametrize("lost", [f"{PLAYER}.min.js", f"{PLAYER}.css", "docs/trial.js"])
def test_a_recording_that_did_not_come_is_asked_for_again(tab: Page, site: str, lost: str) -> None:
    """Who was without a network for a moment need not load the page anew."""
    tab.goto(f"{site}/trial.html")
    button = tab.locator(".proved", has_text="busybox").get_by_role("button", name="재생").first
    tab.route(f"**/{lost}", lambda route: route.abort())
    button.click()
    expect(button).to_have_text("녹화를 읽지 못했습니다")
    tab.unroute(f"**/{lost}")
    play(tab)
    assert shown(tab) == final_screen()
    expect(button).to_have_text("재생")


@pytest.mark.parametrize("name", ["trial.html"])
def test_without_javascript_there_is_the_sample_and_no_button(browser: Browser, site: str, name: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site}/{name}")
    expect(tab.locator(".language-console", has_text="busybox")).to_be_visible()
    expect(tab.get_by_role("button", name="재생")).to_have_count(0)
    context.close()
