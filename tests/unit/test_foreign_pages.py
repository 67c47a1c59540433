"""What becomes of a page that isn't this project's: it tells all its faults in one run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.claims import pages
from harness.evidence.facts import Lane
from harness.lab.host import Host
from harness.lab.machine import Machine
from harness.runner import PageRun
from unit.local_host import LocalHost

ENGINES = ["28"]
Told = Callable[[str], list[str]]


@pytest.fixture
def told(tmp_path: Path, host: LocalHost) -> Told:
    """Runs a page, and gives its steps as `LINE outcome reason`, with what is wrong between them."""

    @contextmanager
    def open_host(machine: str) -> Iterator[Host]:
        yield host

    def run(text: str) -> list[str]:
        (tmp_path / "page.md").write_text(text)
        page = pages.read(tmp_path / "page.md", tmp_path, ENGINES)
        ran = PageRun(page, tmp_path, "28", ENGINES, Lane.STANDIN, Machine(open_host), keep_going=True)
        try:
            facts = [ran.run(number) for number in range(len(page.blocks))]
        finally:
            ran.close()
        steps = [(step.line, f"{step.outcome} {step.reason}".rstrip()) for fact in facts for step in fact.steps]
        wrong = [(problem.line, problem.message) for place in page.wrong for problem in place.problems]
        return [f"{line} {words}" for line, words in sorted(steps + wrong)]

    return run


def fences(*sessions: str) -> str:
    return "\n".join(f"``` console\n{session}\n```\n" for session in sessions)


def test_after_a_difference_the_page_goes_on(told: Told) -> None:
    assert told(fences("$ echo one\ntwo\n$ echo three\nthree", "$ echo four\nfour")) == [
        "2 differs", "4 passed", "9 passed",
    ]  # fmt: skip


def test_what_hangs_on_a_step_that_failed_is_blocked_and_says_on_what(told: Told) -> None:
    assert told(fences("$ docker() { false; }", "$ docker run -d --name web nginx", "$ docker logs web", "$ true")) == [
        "2 passed", "6 differs", "10 blocked `web` of page.md:6 isn't there", "14 passed",
    ]  # fmt: skip


def test_what_hangs_on_a_fence_that_cannot_be_read_is_blocked(told: Told) -> None:
    assert told(fences("docker run -d --name web nginx", "$ docker logs web", "$ true")) == [
        "2 no prompt: found `docker run -d --name web nginx`; write `$ ` before the command that prints it",
        "6 blocked `web` of page.md:1 isn't there",
        "10 passed",
    ]


def test_after_a_command_that_does_not_end_the_next_is_typed_in_a_new_terminal_in_the_same_folder(told: Told) -> None:
    page = fences("$ mkdir app; cd app; name=web\n$ sleep 60", "$ pwd | grep -o 'app$'\napp", "$ echo $name\nweb")
    assert told(f"---\ntimeout: 1\n---\n{page}") == [
        "5 passed",
        "6 broken did not end within its time (1 s)",
        "10 passed",
        "15 blocked `$name` of page.md:6 isn't set",
    ]


def test_a_container_that_the_page_forgot_to_leave_costs_no_later_step(told: Told) -> None:
    opened = "$ docker run -it --name web centos"
    assert told(fences(f"{opened}\n$ echo one\none", f"{opened}\n[root@588ec8830392 ~]# echo two\ntwo")) == [
        "2 differs", "3 passed", "8 passed", "9 passed",
    ]  # fmt: skip


def test_a_shell_that_was_not_opened_is_not_typed_into(told: Told) -> None:
    session = "$ docker() { false; }\n$ docker run -it centos\n[root@588ec8830392 ~]# exit\nexit\n$ echo one\none"
    assert told(fences(session)) == [
        "2 passed", "3 differs", "4 blocked the shell that it is typed into was not opened", "6 passed",
    ]  # fmt: skip


def test_a_titled_fence_is_a_file_that_the_reader_writes(told: Told) -> None:
    file = '``` ini title="app/app.conf"\nname=1\n```\n\n'
    assert told(file + fences("$ cat app/app.conf\nname=1")) == ["1 passed", "6 passed"]
