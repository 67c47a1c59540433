"""Finds in a session what can be read and is surely not meant so, for pages.

A prompt that stands there twice, a command of another shell's among the output, a path of Windows.
"""

import re
from collections.abc import Iterator

from harness.claims.characters import named
from harness.claims.other_prompts import explain_output
from harness.claims.sessions import Session, SessionError, Step
from harness.claims.shell_kinds import user_at

_NO_BREAK_SPACE = "\u00a0"
_WINDOWS_PATH = re.compile(r"(?<![\w\\])[A-Za-z]:\\[\w.$-][^\s:\"']*")
_QUOTATION_MARK = re.compile(r"[“”„‘’‚]")
_TYPED = re.compile(r"(?:docker|sudo) ")


def mistakes(session: Session) -> Iterator[SessionError]:
    """What is wrong, each with its line in the session and what to write."""
    if not session.steps:
        prompt = (session.waiting or "").rstrip()
        yield SessionError(1, f"found the prompt `{prompt}` and no command; write one behind it, or remove the fence")
    for step in session.steps:
        if wrong := _of_command(step):
            yield SessionError(step.line, wrong)
        for number, line in enumerate(step.sample.split("\n"), step.first_line):
            if wrong := explain_output(line):
                yield SessionError(number, wrong)


def _of_command(step: Step) -> str:
    command = step.command
    if command.startswith("$ "):
        return f"found two prompts, `{step.prompt}{command}`; write `{step.prompt}{command.lstrip('$ ')}`"
    if _NO_BREAK_SPACE in command:
        return f"found {named(_NO_BREAK_SPACE)} in `{command}`, which a shell takes for a letter; write a blank"
    if _is_comment(step):
        return (
            f"`# {command}` is read as a command of root's; a comment belongs in the text above the block, and `$ ` "
            "before the command below it"
        )
    if not (words := [word for run in step.commands if run.program == "docker" for word in run.words]):
        return ""
    if path := _WINDOWS_PATH.search(command):
        return f"`{path[0]}` is a path of Windows, and pages are run on Linux; write one of Linux, such as `~/data`"
    if mark := next(filter(None, map(_QUOTATION_MARK.match, words)), None):
        return f'found {named(mark[0])} in `{command}`, which a shell takes for a letter; write `"`'
    return ""


def _is_comment(step: Step) -> bool:
    """Whether `# ` begins a comment: what it would run is no program's name, or commands without a prompt follow."""
    if user_at(step.prompt) != "root" or step.inside:
        return False
    first = step.command.split(" ")[0]
    return not first.isascii() or bool(_TYPED.match(step.sample))
