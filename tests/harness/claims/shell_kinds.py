"""The kinds of shell that a reader types into: what a page shows of one, and how its end of a command is known.

A second kind is a record in SHELLS, and a machine whose shell prints its marks (as tests/labs/machine/prompt.bash
does for BASH).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.claims import python_blocks

READER = "reader"  # the user whose machine it is


@dataclass(frozen=True)
class ShellKind:
    """A kind of shell."""

    language: str  # of the fences that show its sessions
    other_languages: Sequence[str]  # as pages from elsewhere call it: what GitHub, Pygments and Rouge know
    lexer: str  # Pygments' name for what is typed into it
    users: Mapping[str, str]  # its prompts, each with its closing blank -> the user who types there
    continuation: str  # the prompt for the next line of an unfinished command
    program: str  # what starts one, as a login shell
    begin: bytes  # the mark before a command's output
    # A pattern for the mark after it, with the groups `status`, `nonce` (one for all shells of a machine, of which what
    # they run is told nothing), `folder` (may be missing), `said`, `prompt`.
    end: bytes


# FinalTerm's marks (OSC 133): C before a command's output, D with its status after it; then the folder (OSC 7).
# What bash says of jobs that are done comes between these and the prompt.
BASH = ShellKind(
    language="console",
    other_languages=("shell-session", "shellsession", "shell_session", "sh-session", "bash-session", "bash session"),
    lexer="bash",
    users={"$ ": READER, "# ": "root"},
    continuation="> ",
    program="bash --login",
    begin=b"\x1b]133;C\x07",
    end=rb"\x1b\]133;D;(?P<status>\d{1,3});aid=(?P<nonce>\w+)\x07(?:\x1b\]7;file://[\w.-]*(?P<folder>/[^\x07]*)\x07)?"
    rb"(?P<said>(?:[^\x1b\n]*\n){0,50}?)(?P<prompt>[$#] )",
)
SHELLS = (BASH,)

LANGUAGES = {shell.language for shell in SHELLS}
HOST_PROMPTS = {prompt: shell for shell in SHELLS for prompt in shell.users}


def language_of(name: str) -> str:
    """The language of our fences that a fence of language `name` is of, however others write it; else `name`."""
    shells = (shell.language for shell in SHELLS if name.lower() in (shell.language, *shell.other_languages))
    return next(shells, name)


def shell_at(prompt: str) -> ShellKind:
    """The kind of the shell that shows `prompt`; one in a container is taken for bash."""
    return HOST_PROMPTS.get(prompt, BASH)


def continuation_at(prompt: str) -> str:
    """The prompt for the next line of a command that is unfinished at `prompt`."""
    return python_blocks.CONTINUATION if prompt == python_blocks.PROMPT else shell_at(prompt).continuation


def user_at(prompt: str) -> str:
    """Who types at a prompt of the machine itself; empty for one in a container."""
    return shell_at(prompt).users.get(prompt, "")
