"""Names the prompts of shells that pages are not run in, and says what is wrong with a line that shows none of bash's
as bash shows it: for sessions and for notes.

PS C:\\shop> docker ps           PowerShell's
minji@MacBook ~ % docker ps     zsh's
$docker ps                      bash's, but for a blank
"""

import re

from harness.claims.characters import named

_WINDOWS = {
    "PowerShell": re.compile(r"PS(?: [A-Za-z]:[\\/][^>]{0,260})?>"),
    "cmd": re.compile(r"[A-Za-z]:[\\/][^>]{0,260}>"),
}
# As they come, and with the best known themes of zsh.
_UNIX = {
    "zsh": re.compile(
        r"(?:\([\w.-]{1,64}\) )?"
        r"(?:[\w.-]{1,64}@[\w.-]{1,64} [^\s%]{1,80} % |% |➜ {1,2}\S{1,80} (?:git:\(\S{1,80}\) )?(?:✗ )?"
        r"|(?:\S{1,80} )?❯ )"
    ),
    "fish": re.compile(r"[\w.-]{1,64}@[\w.-]{1,64} [~/][^\s>]{0,80}> "),
}
_TYPED = r"(?:docker|docker-compose|sudo|cd|ls|cat|curl|mkdir|echo|git)\b"
_COMMAND = re.compile(_TYPED)
_SIGN = re.compile("[>%➜❯$]")  # in each of these prompts: a fast way past the other lines
_TIGHT = re.compile(rf"(?P<prompt>\$)(?P<blank>[\t\u00a0\u3000]?)(?={_TYPED})")  # `$docker ps`


def windows_prompt(line: str) -> str:
    """The prompt of a shell of Windows with which a line begins; '' where it has none."""
    return next((found[0] for form in _WINDOWS.values() if (found := form.match(line))), "")


def unix_prompt(line: str) -> str:
    """The prompt of zsh or fish, or one of bash without its blank, with which a line begins; '' where it has none."""
    return next((found[0] for form in (*_UNIX.values(), _TIGHT) if (found := form.match(line))), "")


def explain_no_prompt(line: str) -> str:
    """What is wrong with a session that begins with `line`."""
    if found := _explain(line):
        return found
    found_text = f"found `{line}`" if line.strip() else "found nothing"
    return f"no prompt: {found_text}; write `$ ` before the command that prints it"


def explain_output(line: str) -> str:
    """What is wrong with a line that is read as an output and can only be a command; '' where it may be an output."""
    if not _SIGN.search(line):
        return ""
    prompt = windows_prompt(line) or unix_prompt(line)
    return _explain(line) if prompt and _COMMAND.match(line[len(prompt) :].lstrip()) else ""


def _explain(line: str) -> str:
    for name, form in _WINDOWS.items():
        if found := form.match(line):
            return (
                f"`{found[0]}` is the prompt of another platform, Windows ({name}), and pages are run in bash; write "
                "`$ ` and bash's command, or give the fence another language (```powershell), which is for reading only"
            )
    for name, form in _UNIX.items():
        if found := form.match(line):
            return f"`{found[0].rstrip()}` is {name}'s prompt, and pages are run in bash; write `$ ` in its place"
    if tight := _TIGHT.match(line):
        behind = named(tight["blank"]) if tight["blank"] else "no blank"
        return f"`{line.strip()}` has {behind} behind its prompt; write `$ {line[tight.end() :].strip()}`"
    return ""
