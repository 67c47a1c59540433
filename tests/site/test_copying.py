"""What lands on the clipboard when a reader takes the copy button of a console block."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import FILE


def copy(tab: Page, site: str, containing: str, button: str) -> str:
    """Takes a button of the trial page's block that shows `containing`; what is on the clipboard then."""
    tab.goto(f"{site}/trial.html")
    tab.evaluate("navigator.clipboard.writeText('nothing was copied')")
    block = tab.locator(".proved:visible", has_text=containing)
    block.get_by_role("button", name=button, exact=True).click()
    expect(tab.get_by_text("클립보드에 복사됨")).to_be_visible()
    return str(tab.evaluate("navigator.clipboard.readText()"))


RUN = "docker run \\\n  --rm \\\n  busybox"
FILE_MADE = "cat > Dockerfile <<'EOF'\nFROM debian\n\n# 한글\nEOF"


@pytest.mark.parametrize(
    ("containing", "command"),
    [
        pytest.param("ls /srv", "docker run -it --rm centos bash", id="the host's"),
        pytest.param("ls /srv", "ls /srv", id="a container's in the same block"),
        pytest.param("echo <b>", "false", id="a container's"),
        pytest.param("nosuch", "docker run nosuch", id="no output and no exit status"),
        pytest.param("busybox", RUN, id="continued lines whole"),
        pytest.param("busybox", FILE_MADE, id="heredocs whole"),
        pytest.param("as 28 prints it", "docker images", id="in a tab"),
    ],
)
def test_each_command_is_copied_by_a_button_of_its_own(tab: Page, site: str, containing: str, command: str) -> None:
    assert copy(tab, site, containing, f"복사: {command}") == command


def test_a_button_that_copied_has_the_focus_and_a_screen_reader_hears_of_it(tab: Page, site: str) -> None:
    copy(tab, site, "old", "복사: docker ps")
    expect(tab.get_by_role("button", name="복사: docker ps")).to_be_focused()
    said = tab.get_by_role("status").filter(has_text="클립보드에 복사됨")
    expect(said).to_have_css("opacity", "1")
    expect(said).to_have_css("opacity", "0")


NO_CLIPBOARD = "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })"


def test_a_command_is_copied_where_the_site_is_not_served_safely(tab: Page, site: str) -> None:
    tab.add_init_script(NO_CLIPBOARD)
    tab.goto(f"{site}/trial.html")
    tab.get_by_role("button", name="복사: docker ps").click()
    expect(tab.get_by_text("클립보드에 복사됨")).to_be_visible()
    tab.keyboard.press("/")
    tab.keyboard.press("Control+v")
    expect(tab.get_by_role("searchbox")).to_have_value("docker ps")


def test_what_a_browser_does_not_copy_is_not_said_to_be_copied(tab: Page, site: str) -> None:
    tab.add_init_script(f"{NO_CLIPBOARD}; document.execCommand = () => false")
    tab.goto(f"{site}/trial.html")
    tab.get_by_role("button", name="복사: docker ps").click()
    expect(tab.get_by_text("복사하지 못했습니다")).to_be_visible()


def test_a_page_is_copied_as_markdown_by_keyboard_and_says_so(tab: Page, site: str, folder: Path) -> None:
    tab.goto(f"{site}/trial.html")
    button = tab.get_by_role("button", name="Markdown 복사")
    said = tab.locator(".actions").get_by_role("status")
    expect(said).to_be_empty()
    button.focus()
    tab.keyboard.press("Enter")
    expect(said).to_have_text("Markdown을 복사했습니다")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == (folder / "trial.md").read_text("utf-8")
    assert "> 달라짐 · Docker 28.5.2" in copied
    expect(button).to_be_focused()


def test_markdown_that_does_not_come_is_not_said_to_be_copied(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    tab.route("**/trial.md", lambda route: route.abort())
    tab.get_by_role("button", name="Markdown 복사").click()
    said = tab.locator(".actions").get_by_role("status")
    expect(said).to_have_text("복사하지 못했습니다. ‘Markdown 보기’를 열어 복사할 수 있습니다")
    tab.unroute("**/trial.md")
    tab.get_by_role("link", name="Markdown 보기").click()
    expect(tab).to_have_url(f"{site}/trial.md")


@pytest.mark.parametrize("name", ["index", "containers", "errors", "status"])
def test_the_markdown_of_a_page_is_within_reach_on_a_phone_too(phone: Page, site: str, name: str) -> None:
    phone.goto(f"{site}/{name}.html")
    expect(phone.get_by_role("button", name="Markdown 복사")).to_be_in_viewport()
    expect(phone.get_by_role("link", name="Markdown 보기")).to_have_attribute("href", f"{name}.md")


@pytest.mark.parametrize(
    ("containing", "commands"),
    [
        pytest.param("echo <b>", "echo <b>\nfalse", id="a container's, where there are no others"),
        pytest.param("busybox", f"{RUN}\n{FILE_MADE}", id="continued lines and heredocs whole"),
    ],
)
def test_a_blocks_commands_are_copied_together(tab: Page, site: str, containing: str, commands: str) -> None:
    assert copy(tab, site, containing, "모두 복사") == commands


def test_where_a_block_goes_on_in_another_shell_nothing_is_copied_together(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    block = tab.locator(".proved", has_text="ls /srv")
    expect(block.get_by_role("button", name="복사: ls /srv")).to_have_count(1)
    expect(block.get_by_role("button", name="모두 복사")).to_have_count(0)


def test_copying_a_file_takes_all_of_it(tab: Page, site: str) -> None:
    tab.goto(f"{site}/trial.html")
    tab.get_by_role("button", name="복사: Dockerfile", exact=True).click()
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


def test_who_copies_an_id_of_the_page_is_told_to_put_in_the_own_one(tab: Page, site: str) -> None:
    tab.goto(f"{site}/containers.html")
    button = tab.get_by_role("button", name="복사: docker restart 588ec8830392")
    expect(button).to_have_attribute(
        "aria-label", "복사: docker restart 588ec8830392 (588ec8830392: 자기 화면의 값으로)"
    )
