"""A kind of shell is one record, which all that show or type a session go by."""

import re
from dataclasses import replace

import pytest

from harness.claims import sessions, shell_kinds
from harness.claims.shell_kinds import BASH, LANGUAGES, READER
from harness.project import ROOT


def test_the_site_knows_the_fences_of_every_kind_of_shell() -> None:
    configured = (ROOT / "mkdocs.yml").read_text("utf-8").partition("custom_fences:")[2]
    assert set(re.findall(r"^ +- name: (\S+)$", configured, re.MULTILINE)) >= LANGUAGES


def test_the_labs_print_the_marks_of_bash() -> None:
    """As tests/unit/conformance.py sees them; the second prompt is only in the file."""
    assert f"PS2='{BASH.continuation}'" in (ROOT / "tests/labs/machine/prompt.bash").read_text("utf-8")


def test_sessions_of_a_second_kind_of_shell_are_read_by_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    powershell = replace(BASH, lexer="powershell", users={"PS> ": READER}, continuation=">> ")
    monkeypatch.setitem(shell_kinds.HOST_PROMPTS, "PS> ", powershell)
    [step] = sessions.parse("PS> docker run `\n>> hello-world\n> quoted\n").steps
    assert (step.command, step.sample, step.at_host) == ("docker run `\nhello-world", "> quoted", True)
    assert (shell_kinds.shell_at(step.prompt), shell_kinds.user_at(step.prompt)) == (powershell, READER)
