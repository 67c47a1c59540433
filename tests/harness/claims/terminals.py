"""Says what is wrong with the prompts that a page shows on one of its terminals, for pages."""

from collections.abc import Iterator, Sequence

from harness.claims import prompts
from harness.claims.sessions import Session, SessionError, Step
from harness.claims.shell_kinds import READER, user_at


def explain_prompts(sessions: Sequence[Session]) -> Iterator[tuple[int, SessionError]]:
    """What is wrong with the prompts of one terminal's sessions, as (index of the session, error).

    A prompt is explained by the shell that shows it: the reader's own, one that the command before may have
    opened, or one to which the terminal has come back.
    """
    shells: list[str] = []
    before: Step | None = None
    where = 0  # the session of the step before
    for number, session in enumerate(sessions):
        for prompt, line, step in _prompts(session):
            shell = prompts.shell_after(prompt, shells, _opening(before))
            stays_inside = shells[-1:] == [shell] and shell not in shells[:1]
            if before and before.shown_status and stays_inside and not before.at_host:
                yield where, _unseen_status(before)
            if not _is_explained(shell, shells, prompt, before):
                if before and before.prompt == "# " and user_at(prompt) == READER:
                    yield where, _comment(before, prompt)
                else:
                    yield number, _unexplained(prompt, line, before)
                return
            prompts.enter(shells, shell, _opening(before))
            before, where = step or before, number


def _opening(before: Step | None) -> str:
    return prompts.opening(before.command, f"[{before.shown_status or 0}]") if before else ""


def _is_explained(shell: str, shells: Sequence[str], prompt: str, before: Step | None) -> bool:
    """Whether the page has shown how the reader came to `shell`."""
    if shell in shells:
        return True
    return prompts.may_open(prompt, before.command) if before and shells else prompts.is_readers_own(prompt)


def _unseen_status(step: Step) -> SessionError:
    message = (
        f"`[{step.status}]` after `{step.command}`: the exit status of a command inside a "
        "container isn't seen from outside; leave it out, or show it with `echo $?`"
    )
    return SessionError(step.line, message)


def _comment(step: Step, prompt: str) -> SessionError:
    message = (
        f"`# {step.command}` is read as a command of root's, and `{prompt.rstrip()}` comes after it; a comment "
        f"belongs in the text above the block, or behind a prompt: `{prompt}# {step.command}`"
    )
    return SessionError(step.line, message)


def _unexplained(prompt: str, line: int, before: Step | None) -> SessionError:
    if before and user_at(prompt) == "root":
        message = (
            "root's prompt `#` on a terminal where the reader's shell waits; show `$ sudo -i` before it, or type "
            '`$ sudo …`, or give the block a terminal of its own (title="…")'
        )
        return SessionError(line, message)
    message = (
        f"nothing explains the prompt `{prompt.rstrip()}`: no earlier command on this terminal opens "
        "that shell; begin with `$ `, or show the `docker run -it`, `exec -it` or `attach` before it"
    )
    return SessionError(line, message)


def _prompts(session: Session) -> Iterator[tuple[str, int, Step | None]]:
    """The prompts that a session shows, each with its line and its step; the last may be waiting, without a step."""
    for step in session.steps:
        yield step.prompt, step.line, step
    if session.waiting:
        last = session.steps[-1].last_line + 1 if session.steps else 1
        yield session.waiting, last, None
