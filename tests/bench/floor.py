"""Turns a page into the bash script that a person without a harness would write, for tests/bench/cost.py.

The same commands in the same order, typed into nothing and compared with nothing: what a page's run can't be faster
than. A container's shell gets what the page types into it at once, on a standard input that is no terminal, so another
terminal's commands come after it. What ended with another status than the page shows says `unlike:` and where.
"""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from harness.claims.pages import Block, Page
from harness.claims.sessions import Session, Step
from harness.claims.shell_kinds import HOST_PROMPTS
from harness.shapes.names import is_random_name

_RUN = re.compile(r"\bdocker (?:container )?(?:run|create)\b")
_SHELL = re.compile(r"(?:sudo )?(?:su(?: -l?)?(?: [\w$]+)?|bash|sh|newgrp \w+)|sudo -[is]")  # alone: it waits for more
_TERMINAL = re.compile(r"(?<= )-(?:it|ti|i -t|t -i)(?= )")
_ID = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{12})\b")
_SHORTENED = re.compile(r"(?<![\w./:-])[0-9a-f]{4,64}(?![\w./:-])")  # of an id, as a reader types it
_WORD = re.compile(r"[a-z]+_[a-z]+\d?")
# Ctrl+C after so many lines of output, as the reader presses it.
_INTERRUPTED = """\
interrupted() {
    exec 3< <(exec bash -c "$2")
    timeout 10 head -n "$1" <&3
    kill -INT $!
    wait $!
}"""


class Inexpressible(Exception):
    """A page that no plain script can be; the message says which command, and why."""


@dataclass(frozen=True)
class Typed:
    """A step where the page has it."""

    block: Block
    step: Step
    prompt: str  # that waits next on this terminal; '' where the page shows none

    @property
    def at(self) -> str:
        return f"{self.block.snippet or self.block.line}:{self.step.line}"

    @property
    def opens(self) -> bool:
        """Whether a container's shell waits after it."""
        return self.step.at_host and self.prompt not in ("", *HOST_PROMPTS)


def script(page: Page, sessions: Sequence[Session | None]) -> str:
    """The script of a page whose blocks have these sessions (None: a file, or for reading). Raises Inexpressible."""
    steps = list(in_order(page, sessions))
    containers = cid_files([step for step in steps if isinstance(step, Typed)])
    lines = ["cd", _INTERRUPTED]
    ends: list[str] = []  # of the shells that were opened over the script's own
    for number, step in enumerate(steps):
        if isinstance(step, Block):
            lines += written(step, f"FILE{number}")
        elif step.step.at_host:
            command = with_cid_files(step, containers)
            if step.opens:
                lines += opened(command, typed_into(step, steps[number + 1 :]), f"KEYS{number}")
            elif _SHELL.fullmatch(command):
                ends.append(f"SHELL{number}")
                lines.append(f"{command} <<'{ends[-1]}'")
            elif command == "exit" and ends:
                lines.append(ends.pop())
            else:
                lines += [host(step, command), f"[ $? = {step.step.status} ] || echo 'unlike: {step.at}' >&2"]
    return "\n".join([*lines, *reversed(ends), ""])


def in_order(page: Page, sessions: Sequence[Session | None]) -> Iterator[Typed | Block]:
    """The page's steps and the files that its reader writes, from top to bottom."""
    shown = list(zip(page.blocks, sessions, strict=True))
    for number, (block, session) in enumerate(shown):
        if session is None:
            if block.is_file:
                yield block
            continue
        if block.snippet in page.unchecked:
            continue
        later = (
            other.first_prompt
            for after, other in shown[number + 1 :]
            if other and after.title == block.title and after.snippet not in page.unchecked
        )
        last = session.waiting or next(later, "")
        for index, step in enumerate(session.steps):
            yield Typed(block, step, session.prompt_after(index) or last)


def written(block: Block, end: str) -> list[str]:
    """A file of the page's, where the script is."""
    path = shlex.quote(block.title)
    return [f"mkdir -p \"$(dirname {path})\"; cat > {path} <<'{end}'", block.text.removesuffix("\n"), end]


def host(step: Typed, command: str) -> str:
    if step.step.interrupted_after is None:
        return command
    return f"interrupted {step.step.interrupted_after} {shlex.quote(command)}"


def typed_into(opener: Typed, after: Sequence[Typed | Block]) -> list[str]:
    """What the page types into the container's shell that `opener` has opened."""
    same = (step for step in after if isinstance(step, Typed) and step.block.title == opener.block.title)
    return [step.step.command for step in takewhile(lambda step: not step.step.at_host, same)]


def opened(command: str, keys: Sequence[str], end: str) -> list[str]:
    """A shell in a container, which reads the lines above `end`."""
    return [f"{_TERMINAL.sub('-i', command, count=1)} <<'{end}'", *keys, end]


# -- ids that the engine makes up


def cid_files(steps: Sequence[Typed]) -> dict[str, Typed]:
    """Ids that the page's commands name (12 digits) -> the `docker run` that made them. Raises Inexpressible."""
    found: dict[str, Typed] = {}
    maker: Typed | None = None  # the last `docker run`
    seen: dict[str, Typed | None] = {}
    names: set[str] = set()
    for step in steps:
        for typed, name in named(step.step.command, seen):
            made = seen[name]
            if made is None or not step.step.at_host:
                raise Inexpressible(f"{step.at}: `{typed}` is known only from an output above")
            found[name] = made
        if unknown := names.intersection(_WORD.findall(step.step.command)):
            raise Inexpressible(f"{step.at}: `{min(unknown)}` is known only from an output above")
        if _RUN.search(step.step.command):
            maker = step
        for shown in shown_ids(step):
            seen.setdefault(shown, maker if is_container(shown, step) else None)
        names.update(filter(is_random_name, _WORD.findall(step.step.sample)))
    return found


def named(command: str, seen: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What of a command is an id that was seen, whole or shortened, and that id's first 12 digits."""
    for match in _SHORTENED.finditer(command):
        for known in seen:
            if known.startswith(match[0][:12]):
                yield match[0], known


def shown_ids(step: Typed) -> list[str]:
    return [shown[:12] for shown in _ID.findall(f"{step.step.sample}\n{step.prompt}")]


def is_container(shown: str, step: Typed) -> bool:
    """Whether an id that a step shows is that of a container: in a prompt, from `run -d`, in a list."""
    sample = step.step.sample
    listed = sample.startswith("CONTAINER ID") and re.search(rf"^{shown}", sample, re.MULTILINE)
    alone = _RUN.search(step.step.command) and re.search(rf"^{shown}[0-9a-f]{{52}}$", sample, re.MULTILINE)
    return bool(shown in step.prompt or listed or alone)


def with_cid_files(step: Typed, containers: Mapping[str, Typed]) -> str:
    """The command with made-up ids read from files, and that `docker run` writes them into."""
    command = step.step.command
    for typed, name in set(named(command, containers)):
        command = re.sub(rf"(?<![\w./:-]){typed}(?![\w./:-])", f"$(cat /tmp/{name})", command)
    for name, maker in containers.items():
        if maker == step:
            command = _RUN.sub(rf"\g<0> --cidfile /tmp/{name}", command, count=1)
    return command
