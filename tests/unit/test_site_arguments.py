"""What `python -m harness.site` takes."""

import subprocess
import sys
from pathlib import Path

from harness import project


def called(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harness.site", *arguments]
    environment = {"PYTHONPATH": str(project.ROOT / "tests")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_help_is_shown_and_nothing_is_built(tmp_path: Path) -> None:
    ran = called(tmp_path, "--help")
    assert (ran.returncode, ran.stdout.split()[:5]) == (0, ["usage:", "python", "-m", "harness.site", "[-h]"])
    assert list(tmp_path.iterdir()) == []


def test_an_option_that_is_not_known_is_refused(tmp_path: Path) -> None:
    ran = called(tmp_path, "--strict")
    assert (ran.returncode, ran.stderr.splitlines()[-1]) == (
        2,
        "python -m harness.site: error: unrecognized arguments: --strict",
    )
    assert list(tmp_path.iterdir()) == []
