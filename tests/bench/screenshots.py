"""Takes pictures of the finished site in build/site into build/screenshots, for people to look at: home, a lesson, its
practice, the errors, the status, the history, a search, an opened proof, a drift, a replay, 404; light and dark, at a
desk and on a phone. Run by `nox -s screenshots`.
"""

import shutil
from collections.abc import Callable

from playwright.sync_api import Page, sync_playwright

from bench.figures import served
from harness import project

FOLDER = project.ROOT / "build" / "screenshots"


def look(tab: Page) -> None:
    """Nothing but the page."""


def search(tab: Page) -> None:
    tab.keyboard.press("/")
    tab.keyboard.type("컨테이너삭제")
    tab.locator(".md-search-result__link").first.wait_for()


def opened(kind: str) -> Callable[[Page], None]:
    """Opens the first proof of this kind, where there is one."""

    def act(tab: Page) -> None:
        summary = tab.locator(f".proof--{kind} > summary").first
        if summary.count():
            summary.click()
            summary.evaluate("(summary) => summary.closest('.proved').scrollIntoView()")
            tab.mouse.wheel(0, -80)

    return act


def replay(tab: Page) -> None:
    button = tab.locator(".proved > .replay").first
    if button.count():
        button.click()
        tab.get_by_text("재생이 끝났습니다.").wait_for()
        button.evaluate("(button) => button.closest('.proved').scrollIntoView()")
        tab.mouse.wheel(0, -80)


def practise(tab: Page) -> None:
    """Types the first commands of a lesson, the last one wrong."""
    tab.get_by_role("button", name="연습", exact=True).click()
    field = tab.get_by_role("textbox", name="터미널 1에 명령 입력")
    for command in (
        "mkdir -p ~/docker-note/containers && cd ~/docker-note/containers",
        "docker run -it centos:lastest bash",
    ):
        field.fill(command)
        field.press("Enter")


VIEWS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "home": ("index", look),
    "lesson": ("containers", look),
    "practice": ("containers", practise),
    "errors": ("errors", look),
    "status": ("status", look),
    "history": ("history", look),
    "search": ("index", search),
    "proof": ("containers", opened("passed")),
    "drift": ("containers", opened("differs")),
    "replay": ("containers", replay),
    "missing": ("404", look),
}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        for scheme in ("light", "dark"):
            for width, height in ((1400, 900), (390, 844)):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                )
                for name, (page, act) in VIEWS.items():
                    tab = context.new_page()
                    tab.goto(f"{address}/{page}.html")
                    act(tab)
                    tab.wait_for_timeout(500)  # until what moves has come to rest
                    tab.screenshot(path=FOLDER / f"{name}-{scheme}-{width}.png")
                    tab.close()
        browser.close()
    print(f"look at the pictures in {FOLDER.relative_to(project.ROOT)}")


if __name__ == "__main__":
    main()
