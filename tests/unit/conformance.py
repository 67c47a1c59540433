"""What the runner relies on in a Host, be it a lab or a shell of this machine: each has to pass it on a fresh one."""

import re
import time
from collections.abc import Iterator

import pytest

from harness.claims.shell_kinds import BASH, READER
from harness.lab.host import HOME, Host, Ran, Shell, TerminalError, Thing
from harness.lab.outer.faults import LabError


class HostConformance:
    """A module with a subclass gives the fixture `host`, fresh for the module."""

    @pytest.fixture
    def shell(self, host: Host) -> Iterator[Shell]:
        with host.open_shell(BASH, READER, time.monotonic()) as opened:
            yield opened

    def test_a_fresh_one_has_nothing_and_no_fault(self, host: Host) -> None:
        assert (host.images(), host.things(), host.fault()) == ({}, [], "")

    def test_it_says_which_engine_and_tools_it_has(self, host: Host) -> None:
        assert re.match(r"\d+\.\d+", host.engine_version())
        assert re.match(r"\d+\.\d+", host.tools()["compose"])

    @pytest.mark.parametrize(("user", "prompt"), [(user, prompt) for prompt, user in BASH.users.items()])
    def test_a_shell_waits_at_the_prompt_of_its_user(self, host: Host, user: str, prompt: str) -> None:
        with host.open_shell(BASH, user, time.monotonic()) as opened:
            assert opened.prompt == prompt

    def test_a_command_gives_its_output_status_and_next_prompt(self, shell: Shell) -> None:
        assert shell.run("echo one; echo two >&2; (exit 3)", None, 60) == Ran("one\ntwo", "$ ", 3)
        assert shell.run("cat << END\nlines\nEND", None, 60) == Ran("lines", "$ ", 0)

    def test_a_shell_says_in_which_folder_it_is(self, shell: Shell) -> None:
        shell.run("cd /usr", None, 60)
        assert shell.folder == "/usr"

    def test_a_command_that_goes_on_is_interrupted(self, shell: Shell) -> None:
        assert shell.run("echo one; sleep 60", None, 60, lambda text: bool(text)) == Ran("one\n^C", "$ ", 130)

    def test_what_a_terminal_got_is_kept_in_order(self, shell: Shell) -> None:
        shell.run("echo 한글", None, 60)
        times = [seconds for seconds, _ in shell.events]
        assert times == sorted(times)
        assert "한글\r\n" in "".join(text for _, text in shell.events)

    def test_a_command_that_does_not_end_is_refused_with_what_the_screen_shows(self, shell: Shell) -> None:
        with pytest.raises(TerminalError, match=r"did not end within its time \(3 s\)") as refused:
            shell.run("echo waiting; sleep 60", None, 3)
        assert refused.value.screen.endswith("waiting")

    def test_a_command_that_closes_the_terminal_is_refused(self, shell: Shell) -> None:
        with pytest.raises(TerminalError, match="closed the terminal"):
            shell.run("exec true", None, 60)

    def test_a_file_comes_where_the_reader_is_with_the_directories_above_it(self, host: Host, shell: Shell) -> None:
        shell.run("mkdir -p work && cd work", None, 60)
        host.write_file(shell.folder, "web/인덱스.html", b"hello\n")
        assert shell.run("cat web/인덱스.html", None, 60) == Ran("hello", "$ ", 0)

    def test_what_lies_at_home_is_listed(self, host: Host) -> None:
        host.write_file(HOME, "note.txt", b"")
        assert Thing("file", "~/note.txt") in host.things()

    def test_a_file_that_cannot_be_written_is_refused(self, host: Host) -> None:
        host.write_file(HOME, "taken", b"")
        with pytest.raises(LabError, match="writing taken/below"):
            host.write_file(HOME, "taken/below", b"")
