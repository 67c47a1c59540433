"""--shell gives the contributor a shell in the lab of the page that goes wrong first."""

import os
import pty
import re
import subprocess

from harness.evidence.summary import ExitStatus
from live.project import Project

PAGE = """\
``` console
$ cd /tmp
$ docker volume create box
box
$ echo one
two
$ docker volume rm box
box
```
"""


def read_until(terminal: int, expected: str) -> str:
    """What the terminal shows until `expected` stands there, or until it is closed."""
    shown = b""
    while not re.search(expected, shown.decode(errors="replace")):
        try:
            shown += os.read(terminal, 4096)
        except OSError:  # as Linux says that the other end is closed
            break
    return shown.decode(errors="replace")


def test_the_shell_is_the_readers_in_the_pages_folder_with_its_history_where_the_page_stopped(project: Project) -> None:
    here, there = pty.openpty()
    command = project.command({"page.md": PAGE}, "--shell")
    with subprocess.Popen(
        command, cwd=project.root, env=project.environment, stdin=there, stdout=there, stderr=there
    ) as run:
        os.close(there)
        try:
            said = read_until(here, r"`exit` ends it[^$]*\$ ")
            assert "page.md:6: line: `one`, the page says `two`" in said
            os.write(here, b"id -un; pwd; docker volume ls -q; history | tail -n 2\n")
            told = read_until(here, r"\d  id -un.*\n")
            assert re.search(r"reader\s+/tmp\s+box\s+\d+ +echo one\s+\d+ +id -un;", told)
            os.write(here, b"exit\n")
            assert "the shell in the lab was opened for the first block that went wrong" in read_until(here, "1 failed")
            read_until(here, "never")
        finally:
            os.close(here)  # which ends the shell, and the run
    assert run.returncode == ExitStatus.DIFFERS


def test_without_a_terminal_no_shell_is_opened_and_the_run_says_why(project: Project) -> None:
    ran = subprocess.run(
        project.command({"page.md": PAGE}, "--shell"),
        cwd=project.root, env=project.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert "--shell needs a terminal at the standard input" in ran.stdout
    assert ran.returncode == ExitStatus.DIFFERS
