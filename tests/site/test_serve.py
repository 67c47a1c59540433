"""The site while it is written, in a browser: each page as it will be, and no reload by hand."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from .conftest import _build

Environment = Callable[[Path], dict[str, str]]
# Prints the pages that come out otherwise alone than with all others.
ALONE = """
from pathlib import Path
from harness import project
from harness.claims import navigation
from harness.site.one_page import Pages
site = project.ROOT / "build" / "site"
pages, whole = Pages(project.ROOT), {path.relative_to(site).as_posix() for path in site.rglob("*")}
for path in navigation.in_order(project.ROOT):
    built, warned = pages.build(path, whole)
    print(*[name for name, text in built.items() if (site / name).read_text("utf-8") != text], *warned)
"""


@pytest.fixture(scope="module")
def copy(proved_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that a test may change."""
    return Path(shutil.copytree(proved_project, tmp_path_factory.mktemp("serve") / "project"))


@pytest.fixture
def address(copy: Path, environment: Environment) -> Iterator[str]:
    """Of the preview of that project."""
    command = [sys.executable, "-m", "harness.serve", "--no-verify", "--dev-addr=127.0.0.1:0"]
    with subprocess.Popen(command, cwd=copy, env=environment(copy), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = re.search(r"http://[\d.:]+/", process.stdout.readline())
            assert found
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)


def test_a_page_alone_is_as_it_is_in_the_whole_site(copy: Path, environment: Environment) -> None:
    _build(copy)
    command = [sys.executable, "-c", ALONE]
    ran = subprocess.run(command, cwd=copy, env=environment(copy), stdout=subprocess.PIPE, text=True, check=True)
    # The home says how many commands can be practised, and these pages list what all others have.
    assert set(ran.stdout.split()) <= {"index.html"}


def test_an_open_page_follows_what_is_saved_under_the_policy_of_the_site(address: str, copy: Path, tab: Page) -> None:
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    tab.on("console", hear)
    tab.goto(f"{address}images.html")
    policy = tab.locator("meta[http-equiv=Content-Security-Policy]")
    expect(policy).to_have_count(1)
    page = copy / "docs" / "images.md"
    before = page.read_text("utf-8")
    page.write_text(before.replace("\n# ", "\n# 새로운 ", 1), "utf-8")
    expect(tab.locator("h1")).to_contain_text("새로운")
    expect(policy).to_have_count(1)
    assert [text for text in said if "blocked by Playwright" not in text] == []  # no worker, as for all tests

    page.write_text(f"{before}\n``` sh\n", "utf-8")
    expect(tab.locator("#serve")).to_contain_text(re.compile(r"docs/images\.md:\d+: this fence is never closed"))
    page.write_text(before, "utf-8")
    expect(tab.locator("#serve")).to_have_count(0)
    expect(tab.locator("h1")).not_to_contain_text("새로운")


def test_the_preview_has_search_and_recordings(address: str, tab: Page) -> None:
    assert tab.request.get(f"{address}search/index.js").ok
    assert tab.request.get(f"{address}recordings/docs/trial.js").ok
