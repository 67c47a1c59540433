"""Tells which lines of a session begin with a prompt, and which shell shows it, for sessions and for the terminal.

$ docker exec -it web sh       `$`                       the reader's own shell
# exit                         `bare # in a container`   only after a command that opens a shell there
$ docker run -it centos        `$`                       the reader's own again
[root@588ec8830392 /]# exit    `[root@588ec8830392#`     whatever folder it is in
"""

import re
from collections.abc import Sequence

from harness.claims import commands, shell_kinds
from harness.claims.commands import Command
from harness.claims.shell import simple_commands
from harness.claims.shell_kinds import HOST_PROMPTS

_USER = r"(?:I have no name!|[\w.-]{1,64})"
# `[root@588ec8830392 /]# ` and `root@588ec8830392:/# ` can be nothing else, nor behind the name of an environment.
_NAMED = re.compile(
    rf"(?P<environment>\([\w.-]{{1,64}}\) )?"
    rf"(?:(?P<shell>\[{_USER}@(?P<host>[\w.-]{{1,64}})) [^\]\s]{{1,80}}\][#$]"
    rf"|(?P<shell2>{_USER}@(?P<host2>[\w.-]{{1,64}})):[^\s#$]{{1,80}}[#$])(?: |$)"
)
# Prompts only where a command may have opened what shows them: `/ # ` (busybox, alpine), `588ec8830392:/# ` (alpine's
# bash), `bash-5.1# `, and those of programs that read commands, also for a further line: `shop-> `, `   ...> ` of
# sqlite3, `    ... ` of Python's sqlite3 (alone it is lines left out), `    -> ` of mysql.
_FURTHER = r" {3}\.\.\.>| {4}\.\.\.(?= \S)| {4}->"
_READER = r">>>|\w{1,40}[=-][#>]|mysql>|sqlite>|MariaDB \[[^\]]{1,40}\]>|[\w.-]{1,64}:\d{1,5}(?:\[\d{1,3}\])?>"
_BARE = re.compile(
    rf"(?:[/~][\w./-]{{0,80}} [#$]|[\w.-]{{1,64}}:[/~][\w./-]{{0,80}}[#$]"
    rf"|(?:bash|sh|ash|dash)-\d{{1,2}}\.\d{{1,2}}[#$]|(?P<reader>{_READER}|{_FURTHER}))(?: |$)"
)
_READERS = {"python", "python3", "psql", "mysql", "mariadb", "sqlite3", "redis-cli"}
_ENVIRONMENT = re.compile(r"\([\w.-]{1,64}\) (?P<prompt>[#$])(?: |$)")  # `(venv) $ `, the reader's own
_SIGN = re.compile(r"[#$>]| {4}\.\.\.")  # in each of these prompts: a fast way past most lines of an output
_CONTAINER_ID = re.compile(r"[0-9a-f]{6,64}")
_EXIT = re.compile(r"\s*(?:exit|logout|quit|bye|\\q)\b.*|\s*(?:\\q|\^D|\^P\^Q)\s*")
_FAILED = re.compile(r"\[0*[1-9]\d{0,2}\]")

_PROMPT_IS = "PS1="
_COLOUR = re.compile(r"\\\[.*?\\\]")  # between `\[` and `\]`: it takes no room
_EXPANDED = re.compile(r"(\\.|\$\([^()]*\)|\$\{\w+\}|\$\w+)")
_ANYTHING = ".{0,200}?"
_START_AGAIN = {"docker attach", "docker compose attach", "docker start"}


def prompt_of(line: str, shells: Sequence[str], command: str, *, first: bool) -> str | None:
    """The prompt that a line after `command` begins with, with its closing blank; None for output.

    `shells` are those that the session has open, outermost first. `first`: no line stands above it.
    """
    for prompt in HOST_PROMPTS:
        if line.startswith(prompt) or line == prompt.rstrip():
            return prompt if first or _is_of_a_shell(prompt, shells, command) else None
    if not _SIGN.search(line):
        return None
    if named := _NAMED.match(line):
        return named[0].rstrip() + " "
    if (own := _ENVIRONMENT.match(line)) and (first or shell_of(own[0]) in shells):
        return own[0].rstrip() + " "
    bare = _BARE.match(line)
    if bare and (first or shell_of(bare[0]) in shells or may_open(bare[0], command)):
        return bare[0].rstrip() + " "
    return None


def _is_of_a_shell(prompt: str, shells: Sequence[str], command: str) -> bool:
    """Whether `$ ` or `# ` is a prompt, and not a comment in an output."""
    if shell_kinds.user_at(prompt) == shell_kinds.READER:
        return True
    shell = shell_after(prompt, shells, command)
    return shell in shells or shell == _bare(prompt) or _opens_root(command)


def _opens_root(command: str) -> bool:
    return any(found.may_open_root_shell for found in commands.parse(command))


def shell_after(prompt: str, shells: Sequence[str], command: str) -> str:
    """Which shell shows `prompt` after `command`, where `shells` are open: the part of a prompt that stays the same
    while the folder changes, or for a `$ ` or `# ` also where it is."""
    if prompt not in HOST_PROMPTS:
        return shell_of(prompt)
    open_ones = shells[:-1] if _EXIT.fullmatch(command) else shells
    is_opened = opens_bare_shell(prompt, command) or _opens_another(command, shells)
    is_inside = is_opened or list(open_ones[-1:]) == [_bare(prompt)]
    return _bare(prompt) if is_inside else shell_of(prompt)


def shell_of(prompt: str) -> str:
    """The part of a prompt that stays the same while the shell's directory changes (`root@588ec8830392#`)."""
    if named := _NAMED.match(prompt):
        return (named["shell"] or named["shell2"]) + prompt.rstrip()[-1]
    if prompt in HOST_PROMPTS or _ENVIRONMENT.match(prompt):
        return prompt.rstrip()
    return prompt.rstrip()[-1].replace(".", ">") + " in a container"  # `    ... ` is that of `sqlite> `


def _bare(prompt: str) -> str:
    return f"bare {prompt.rstrip()} in a container"


def enter(shells: list[str], shell: str, command: str) -> None:
    """Notes that `shell` waits after `command`: it is new, or those that were opened in it are left."""
    if _opens_another(command, shells):
        shells.append(shell)  # also where it looks as one that is open: bash in sh in bash
        return
    if len(shells) > 1 and _EXIT.fullmatch(command):
        shells.pop()
    while shell in shells and shells[-1] != shell:
        shells.pop()
    if shell not in shells:
        shells.append(shell)


def _opens_another(command: str, shells: Sequence[str]) -> bool:
    """Whether `command`, typed into a shell in a container, opens another one there: `sh`, `su postgres`."""
    runs = commands.parse(command) if _is_container(shells) else ()
    return any(run.may_open_shell and run.program != "docker" for run in runs)


def _is_container(shells: Sequence[str]) -> bool:
    """Whether the innermost shell is one in a container."""
    if not shells or f"{shells[-1]} " in HOST_PROMPTS:
        return False
    host = shells[-1].rpartition("@")[2][:-1]
    return len(shells) > 1 or shells[-1].endswith("in a container") or bool(_CONTAINER_ID.fullmatch(host))


def opening(command: str, line_above: str) -> str:
    """`command`, or nothing where the line above the next prompt shows that it failed: then it opened no shell."""
    return "" if _FAILED.fullmatch(line_above) and not _EXIT.fullmatch(command) else command


def opens_bare_shell(prompt: str, command: str) -> bool:
    """Whether `prompt`, a `$ ` or `# `, is that of a shell in a container which `command` opens (dash, as Debian's).

    An image's own shell, and one that is attached to, is taken for one only at `# `: `$ ` is the reader's.
    """
    is_root = shell_kinds.user_at(prompt) != shell_kinds.READER
    return any(_opens_bare(found, is_root=is_root) for found in commands.parse(command))


def _opens_bare(command: Command, *, is_root: bool) -> bool:
    if command.plain_name in _START_AGAIN:
        return is_root
    if command.inner is None or not command.inner.may_open_shell or command.has("-d", "--detach"):
        return False
    in_compose = command.subcommand[:1] == ("compose",) and not command.has("-T", "--no-TTY", "--no-tty")
    return in_compose or command.has("-t", "--tty")


def may_open(prompt: str, command: str) -> bool:
    """Whether `command` may open the shell, or the program that reads commands, which shows `prompt`."""
    bare = _BARE.match(prompt)
    if bare and bare["reader"] and any(found.program in _READERS for found in commands.parse(command)):
        return True
    return any(found.may_open_shell for found in commands.parse(command))


def is_readers_own(prompt: str) -> bool:
    """Whether a prompt with which a terminal begins can be that of the reader's machine: no container's id in it."""
    if named := _NAMED.match(prompt):
        return not _CONTAINER_ID.fullmatch(named["host"] or named["host2"])
    return prompt in HOST_PROMPTS or bool(_ENVIRONMENT.match(prompt))


def plain(prompt: str) -> str:
    """The reader's own prompt without names and folders: `$ ` for `minji@ubuntu:~$ `, `# ` for `[root@box ~]# `."""
    return f"{prompt.rstrip()[-1:]} "


def looks_like_prompt(line: str) -> bool:
    """Whether a terminal's last line is as some shell's prompt, and nothing else."""
    return any(form.fullmatch(line.rstrip() + " ") for form in (_NAMED, _BARE)) or line.rstrip() in ("$", "#")


def set_by(command: str) -> str:
    """The form of the prompt that a command gives the shell in which it is typed (`PS1='> '`), without the blank at
    its end; empty where it gives none."""
    found = ""
    for simple in simple_commands(command):
        words = simple.texts[1:] if simple.texts[:1] == ["export"] else simple.texts
        values = [word.removeprefix(_PROMPT_IS) for word in words if word.startswith(_PROMPT_IS)]
        if values and len(values) == len(words):
            last = _COLOUR.sub("", values[-1]).rpartition("\\n")[2].rstrip()
            found = _form(last)
    return found


def _form(prompt: str) -> str:
    """The form of a prompt: one stretch of anything at most, so that no line takes long to be compared with it."""
    forms = [_of_prompt(piece) for piece in _EXPANDED.split(prompt)]
    anything = [index for index, form in enumerate(forms) if form == _ANYTHING]
    return "".join((*forms[: anything[0] + 1], *forms[anything[-1] + 1 :]) if anything else forms)


def _of_prompt(piece: str) -> str:
    """The form of a piece of a prompt; what a shell puts there may be anything."""
    return r"[#$]" if piece == r"\$" else _ANYTHING if _EXPANDED.fullmatch(piece) else re.escape(piece)
