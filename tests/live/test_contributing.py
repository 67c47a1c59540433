"""The commands of the page for contributors, as they are typed, on a copy of the project."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_console_scripts import ScriptRunner

from harness.claims.fences import fences

ROOT = Path(__file__).parents[2]
ENVIRONMENT = Path(".nox/docker-note")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What git would give, and the environment of this run, so that nothing is installed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(lambda name: (ROOT / name).is_file(), listed.stdout.splitlines()):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ENVIRONMENT).mkdir(parents=True)
    for name in ("bin", "lib", "pyvenv.cfg"):
        (tmp_path / ENVIRONMENT / name).symlink_to(Path(sys.prefix) / name)
    locked = (ROOT / "requirements.txt").read_bytes() + sys.version.encode()
    (tmp_path / ENVIRONMENT / "lock.sha256").write_text(hashlib.sha256(locked).hexdigest())
    return tmp_path


def commands() -> list[str]:
    """The lines of the page's only block in a shell."""
    [block] = [
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
