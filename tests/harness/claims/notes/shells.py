"""Settles who types where in a note: shells that it leaves open in containers, a second terminal beside one of them.

$ docker run -it centos bash          $ docker run -it centos bash
                                      [root@0123456789ab /]# exit      added: the note goes on at `$ `
$ docker ps                           $ docker ps                      or on a second terminal, where a later block
                                                                       comes back into the container
"""

import re
from collections.abc import Sequence

from harness.claims.commands import Command, parse
from harness.claims.notes.note import NoteBlock, NoteStep, Said
from harness.claims.notes.programs import runs_on

SECOND, ROOT = "터미널 2", "root"
_RED_HAT = re.compile(r"centos|rocky|alma|fedora|oraclelinux|amazonlinux|ubi\d")
_BUSYBOX = re.compile(r"busybox|alpine")
_OWN_SHELL = re.compile(r"centos|debian|ubuntu|busybox|alpine|fedora|rocky|alma|amazonlinux")
_FOLDERS = {"redis": "/data", "httpd": "/usr/local/apache2", "node": "/", "python": "/"}
_ID_IN_PROMPT = re.compile(r"(?<=@)[0-9a-f]{6,64}")
_SHELL_NAMES = ("bash", "sh", "ash", "dash", "zsh")


def arrange(blocks: Sequence[NoteBlock]) -> None:
    """Gives each block its terminal, and adds what leaves a shell that the note leaves open."""
    images: dict[str, str] = {}
    waiting = ""  # the container's prompt on the first terminal
    for number, block in enumerate(blocks):
        _open_inside(block, images)
        if not block.steps and not block.waiting:
            continue
        own = _own_shell(blocks)
        first = block.steps[0] if block.steps else None
        if waiting and first and not first.inside:
            if _comes_back(blocks[number:]):
                block.terminal = SECOND
                block.guesses.append(Said("second-terminal", waiting.strip()))
                continue
            _leave(blocks[number - 1], blocks[:number], waiting)
        elif waiting and first and first.inside:
            _same_id(blocks[:number], block)
        if first and not first.inside and first.prompt != own and not _is_roots_by_then(blocks[:number]):
            block.terminal = ROOT if first.prompt == "# " else SECOND
        below = next((later.steps[0] for later in blocks[number + 1 :] if later.steps), None)
        waiting = _leave_within(block, below)


def _own_shell(blocks: Sequence[NoteBlock]) -> str:
    """The prompt of the first terminal's reader."""
    return next((step.prompt for block in blocks for step in block.steps if not step.inside and step.is_run), "$ ")


def _is_roots_by_then(blocks: Sequence[NoteBlock]) -> bool:
    runs = [found for block in blocks for step in block.steps for found in parse(step.command)]
    return any(found.may_open_root_shell for found in runs)


def _comes_back(blocks: Sequence[NoteBlock]) -> bool:
    """Whether a later block begins in the container again, before another shell is opened."""
    for block in blocks:
        for step in block.steps:
            if step.inside:
                return True
            if any(map(opens_shell, parse(step.command))) and step.is_run:
                return False
    return False


def _same_id(before: Sequence[NoteBlock], block: NoteBlock) -> None:
    """One shell waits, so the id in its prompt is the same as before, whatever the note shows."""
    new = _ID_IN_PROMPT.search(block.steps[0].prompt)
    for earlier in before:
        old = _ID_IN_PROMPT.search(earlier.waiting)
        if new and old and new[0] != old[0]:
            block.guesses.append(Said("same-id", f"{old[0]} = {new[0]}"))
            earlier.waiting = earlier.waiting.replace(old[0], new[0])


def _open_inside(block: NoteBlock, images: dict[str, str]) -> None:
    """What a block without prompts types behind a command that opens a shell, up to `exit`, is typed there."""
    prompt = ""
    for index, step in enumerate(block.steps):
        if step.inside:
            prompt = ""
            continue
        if prompt:
            step.prompt, step.inside, step.refused, step.open_value = prompt, True, None, ""
            step.guesses.append(Said("inside", prompt.strip()))
            prompt = "" if step.command.split()[0] == "exit" else prompt
            continue
        _learn_images(step, images)
        behind = [later.command.split()[0] for later in block.steps[index + 1 :]]
        is_unprompted = any(guess.key == "unprompted" for guess in block.guesses)
        if is_unprompted and step.is_run and "exit" in behind and any(map(opens_shell, parse(step.command))):
            prompt = guessed_prompt(step.command, images)


def _learn_images(step: NoteStep, images: dict[str, str]) -> None:
    for found in parse(step.command):
        if found.plain_name in ("docker run", "docker create") and found.arguments:
            for name in found.options.get("--name", ()):
                images[name] = found.arguments[0]


def _leave_within(block: NoteBlock, below: NoteStep | None) -> str:
    """Leaves what the block opens and doesn't show; the container's prompt at which it ends.

    `below` is the first step of the next block.
    """
    images: dict[str, str] = {}
    steps: list[NoteStep] = []
    for index, step in enumerate(block.steps):
        steps.append(step)
        _learn_images(step, images)
        later = block.steps[index + 1] if index + 1 < len(block.steps) else None
        opens = not step.inside and step.is_run and any(map(opens_shell, parse(step.command)))
        if opens and not later and not block.waiting and below and below.inside:
            block.waiting = below.prompt
        elif opens and not (later.inside if later else block.waiting):
            steps += _leaving(step, guessed_prompt(step.command, images))
        elif step.inside and not _is_exit(step) and later and not later.inside:
            steps += _leaving(step, step.prompt)
        elif not opens and _runs_on(step):
            step.guesses.append(Said("stopped"))
    block.steps[:] = steps
    if block.waiting:
        return block.waiting
    last = block.steps[-1] if block.steps else None
    return last.prompt if last and last.inside and not _is_exit(last) and not last.added else ""


def _runs_on(step: NoteStep) -> bool:
    """Whether a step has to be stopped, which the note doesn't show."""
    is_host = step.is_run and not step.inside
    return is_host and runs_on(step.command) and "^C" not in "".join(step.sample or ())


def _leave(block: NoteBlock, before: Sequence[NoteBlock], prompt: str) -> None:
    """Leaves the shell that an earlier block left open: at the end of the last one that was in it."""
    holder = next(one for one in reversed(before) if one.waiting or (one.steps and one.steps[-1].inside))
    last = holder.steps[-1]
    holder.steps += _leaving(last, holder.waiting or prompt)
    holder.waiting = ""


def _leaving(step: NoteStep, prompt: str) -> list[NoteStep]:
    """The step that leaves a shell or another program that reads commands."""
    is_shell = prompt.rstrip()[-1:] in "#$" and not re.match(r"\w+[=-]#", prompt)
    command = "exit" if is_shell else "^D"
    guess = Said("left", f"{prompt.rstrip()} {command}")
    return [NoteStep(step.line, prompt, command, inside=True, guesses=[guess], added=True)]


def _is_exit(step: NoteStep) -> bool:
    return bool(step.command) and step.command.split()[0] in ("exit", "logout", "quit", "^D", "^P^Q", "\\q")


def opens_shell(command: Command) -> bool:
    """Whether a shell, or a program that reads commands, waits behind it for what the reader types."""
    if command.plain_name == "docker attach":
        return True
    if command.plain_name not in ("docker run", "docker exec", "docker compose run", "docker compose exec"):
        return False
    if command.has("-d", "--detach"):
        return False
    has_terminal = command.has("-t", "--tty") or "compose" in command.subcommand
    if command.inner is None:
        return has_terminal and bool(command.arguments) and bool(_OWN_SHELL.search(command.arguments[0]))
    return has_terminal and (command.inner.may_open_shell or _asks(command.inner))


_READERS = {"python": ">>> ", "python3": ">>> ", "psql": "postgres=# ", "mysql": "mysql> "}


def _asks(command: Command) -> bool:
    """Whether it is a program that reads commands, and is given none."""
    return (
        command.program in _READERS
        and not command.has("-c", "-e", "--command", "--execute", "--version", "-V")
        and not (command.program.startswith("python") and command.arguments)
    )


def guessed_prompt(text: str, images: dict[str, str]) -> str:
    """The prompt that a shell shows there, by its image."""
    command = next(found for found in parse(text) if opens_shell(found))
    what = command.arguments[0] if command.arguments else ""
    image = what if command.plain_name == "docker run" else images.get(what, "")
    program = command.inner.program if command.inner else ""
    if program in _READERS:
        return _READERS[program]
    if _BUSYBOX.search(image):
        return "/ # "
    if _RED_HAT.search(image):
        return "[root@0123456789ab /]# "
    if program in ("sh", "dash"):
        return "# "
    folder = next((folder for name, folder in _FOLDERS.items() if name in image), "/")
    return f"root@0123456789ab:{folder}# "
