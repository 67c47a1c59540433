"""What other testers of sessions make of the pages' blocks: cram, tesh and byexample, for tests/bench/cost.py.

They run commands in a shell of this machine, so its docker client is led to the engine of a fresh lab, one for each
page and tester; a page that changes its reader's machine can't be run by them. Each block is written as the tester
wants it, as an author could who leaves the sample as it is, and is run by itself, beginning in the home directory.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.claims.pages import Page
from harness.claims.sessions import Session

REACHABLE = {"hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"], "tls": False}  # a lab's daemon.json
PATIENCE = 30  # seconds for a block; of themselves, tesh waits 30 for a command, byexample 2, cram for ever
PACKAGES = ("byexample", "cram", "tesh")


@dataclass
class Result:
    """What one tester came to."""

    ran: list[str] = field(default_factory=list)  # snippets
    passed: list[str] = field(default_factory=list)
    seconds: float = 0.0


def install(folder: Path) -> Path:
    """Where the testers' programs are: in an environment of their own."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([folder / "bin" / "pip", "install", "--quiet", *PACKAGES], check=True)
    return folder / "bin"


def cram(session: Session) -> str:
    return "  $ cd\n" + "".join(f"  {line}\n" for line in lines(session, statuses=True))


def tesh(session: Session) -> str:
    """tesh wants exit statuses elsewhere, and takes no variables from its environment."""
    statuses = " ".join(str(step.status) for step in session.steps)
    fence = f'```console tesh-session="block" tesh-exitcodes="{statuses}" tesh-setup="setup.sh"'
    return "\n".join([fence, *lines(session), "```\n"])


def byexample(session: Session) -> str:
    """byexample takes no exit statuses, and has a mark of its own for what is left out."""
    return "\n".join(["```shell", *("<...>" if line == "..." else line for line in lines(session)), "```\n"])


WRITTEN: Mapping[str, Callable[[Session], str]] = {"cram": cram, "tesh": tesh, "byexample": byexample}
COMMANDS = {
    "cram": ["cram", "block.t"],
    "tesh": ["tesh", "--no-debug", "block.md"],
    "byexample": ["byexample", "--language=shell", f"--timeout={PATIENCE}", "--options=+norm-ws", "block.md"],
}


def lines(session: Session, *, statuses: bool = False) -> Iterator[str]:
    """A session as its snippet shows it, with or without `[125]`."""
    for step in session.steps:
        yield step.prompt + step.command.replace("\n", "\n> ")
        yield from step.sample.splitlines()
        if statuses and step.status:
            yield f"[{step.status}]"
    if session.waiting:
        yield session.waiting


def run_page(
    name: str, host: str, page: Page, sessions: Sequence[Session | None], programs: Path, folder: Path, result: Result
) -> None:
    """Has a tester run a page's blocks against the engine at `host`, with `folder` as its home directory."""
    environment = {**os.environ, "DOCKER_HOST": host, "HOME": str(folder), "TERM": "dumb"}
    (folder / "setup.sh").write_text(f"export DOCKER_HOST={host} HOME={folder}\ncd\n")
    for block, session in zip(page.blocks, sessions, strict=True):
        if session is None:
            if block.is_file:
                (folder / block.title).parent.mkdir(parents=True, exist_ok=True)
                (folder / block.title).write_text(block.text)
            continue
        program, *arguments = COMMANDS[name]
        (folder / arguments[-1]).write_text(WRITTEN[name](session))
        began = time.monotonic()
        ended = status([programs / program, *arguments], folder, environment)
        result.seconds += time.monotonic() - began
        result.ran.append(block.snippet)
        result.passed += [block.snippet] if ended == 0 else []


def status(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> int | None:
    """The exit status of a command; None where it took too long."""
    with Path(os.devnull).open("r+") as nothing:
        try:
            return subprocess.run(
                command, cwd=folder, env=environment, timeout=PATIENCE, stdin=nothing, stdout=nothing, stderr=nothing
            ).returncode
        except subprocess.TimeoutExpired:
            return None
