"""Says what is wrong with the prompts that a page shows on one of its terminals, for pages."""

from collections.abc import Iterator, Sequence

from harness.claims.sessions import Session, SessionError, Step, shell_of
from harness.claims.shell_kinds import HOST_PROMPTS


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
            if before and shells[-1:] == [shell_of(prompt)] and before.shown_status and not before.at_host:
                yield where, _unseen_status(before)
            if not _enter(shells, prompt, before):
                yield number, _unexplained(prompt, line)
                return
            before, where = step or before, number


def _enter(shells: list[str], prompt: str, before: Step | None) -> bool:
    """Goes into the shell that shows `prompt`, or back to it; False where nothing explains it."""
    shell = shell_of(prompt)
    if shell in shells:
        del shells[shells.index(shell) + 1 :]
        return True
    is_explained = before.may_open_shell if before and shells else prompt in HOST_PROMPTS
    if is_explained:
        shells.append(shell)
    return is_explained


def _unseen_status(step: Step) -> SessionError:
    message = (
        f"`[{step.status}]` after `{step.command}`: the exit status of a command inside a "
        "container isn't seen from outside; leave it out, or show it with `echo $?`"
    )
    return SessionError(step.line, message)


def _unexplained(prompt: str, line: int) -> SessionError:
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
