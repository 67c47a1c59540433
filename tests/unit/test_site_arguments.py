"""What `python -m harness.site` takes, and how it ends when it is stopped."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from harness import project

COMMAND = [sys.executable, "-m", "harness.site"]
ENVIRONMENT = {"PYTHONPATH": str(project.ROOT / "tests"), "NO_MKDOCS_2_WARNING": "1"}


def called(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *arguments]
    return subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)


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


def test_ctrl_c_is_told_in_a_line(tmp_path: Path) -> None:
    command = [*COMMAND, str(tmp_path / "site")]
    with subprocess.Popen(command, cwd=project.ROOT, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True) as building:
        while not (tmp_path / "site").exists():
            assert building.poll() is None
            time.sleep(0.05)
        building.send_signal(signal.SIGINT)
        said = building.communicate()[1]
    assert (building.returncode, said.strip()) == (1, "interrupted; the site is not whole")
