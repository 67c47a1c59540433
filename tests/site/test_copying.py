"""What lands on the clipboard when a reader takes the copy button of a console block."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import FILE


def copy(tab: Page, site: str, containing: str) -> str:
    """Copies the trial page's block that shows `containing`; what is on the clipboard then."""
    tab.goto(f"{site}/trial.html")
    tab.evaluate("navigator.clipboard.writeText('nothing was copied')")
    block = tab.locator(".language-console", has_text=containing)
    block.get_by_role("button").click()
    expect(tab.get_by_text("클립보드에 복사됨")).to_be_visible()
    return str(tab.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize(
    ("containing", "commands"),
    [
        pytest.param("ls /srv", "docker run -it --rm centos bash", id="the host's, not the container's"),
        pytest.param("echo <b>", "echo <b>\nfalse", id="a container's, where there are no others"),
        pytest.param("nosuch", "docker run nosuch", id="no output and no exit status"),
        pytest.param(
            "busybox",
            "docker run \\\n  --rm \\\n  busybox\ncat > Dockerfile <<'EOF'\nFROM debian\n\n# 한글\nEOF",
            id="continued lines and heredocs whole",
        ),
    ],
)
def test_copying_a_block_takes_its_commands_only(tab: Page, site: str, containing: str, commands: str) -> None:
    assert copy(tab, site, containing) == commands


def test_copying_in_a_tab_takes_that_tabs_commands(tab: Page, site: str) -> None:
    assert copy(tab, site, "as 29 prints it") == "docker images"


def test_copying_a_file_takes_all_of_it(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    tab.locator(".highlight", has_text="FROM debian").last.get_by_role("button").click()
    expect(tab.get_by_text("클립보드에 복사됨")).to_be_visible()
    assert tab.evaluate("navigator.clipboard.readText()") == FILE.rstrip()


@pytest.mark.parametrize(
    ("containing", "commands"),
    [
        pytest.param("old", "docker ps", id="no prompt and no output"),
        pytest.param("nosuch", "docker run nosuch", id="no exit status"),
        pytest.param("echo <b>", "echo <b>\nfalse", id="a container's, where there are no others"),
        pytest.param("ls /srv", "docker run -it --rm centos bash", id="the host's, not the container's"),
        pytest.param("busybox", "docker run \\\n  --rm \\\n  busybox\ncat > Dockerfile", id="continued lines whole"),
    ],
)
def test_what_the_mouse_selects_is_copied_as_commands_only(
    tab: Page, site: str, containing: str, commands: str
) -> None:
    tab.goto(f"{site}/trial.html")
    tab.locator(".language-console", has_text=containing).locator("code").select_text()
    tab.keyboard.press("Control+c")
    copied = str(tab.evaluate("navigator.clipboard.readText()")).strip()
    assert copied == commands or (containing == "busybox" and copied.startswith(commands))


def test_a_reader_who_drags_over_a_block_sees_no_output_selected(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    tab.locator(".language-console", has_text="old").locator("code").select_text()
    assert tab.evaluate("getSelection().toString().trim()") == "docker ps"
