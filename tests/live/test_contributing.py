"""The commands of the page for contributors, as they are typed, on a copy of the project."""

import re
from pathlib import Path

import pytest
from pytest_console_scripts import ScriptRunner

from harness.claims.fences import fences

ROOT = Path(__file__).parents[2]


def commands() -> list[str]:
    """The lines of the page's first block in a shell."""
    block, *_ = [
        fence
        for fence in fences((ROOT / "docs" / "contributing.md").read_text("utf-8").split("\n"))
        if fence.language == "sh"
    ]
    return list(block.lines)


@pytest.mark.script_launch_mode("subprocess")
def test_five_commands_add_a_page_that_passes(
    script_runner: ScriptRunner, copy: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    typed = commands()
    assert len(typed) == 5
    for command in typed:
        ran = script_runner.run(["bash", "-c", command], cwd=copy)
        assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
    written = (copy / "snippets" / "hello" / "run.console").read_text("utf-8")
    assert written.endswith("\nhello\n")
    page = (copy / "build" / "site" / "hello.html").read_text("utf-8")
    assert re.findall(r'class="proof proof--(\w+)', page) == ["passed"]
