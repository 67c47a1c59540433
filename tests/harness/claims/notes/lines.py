"""Tells what a line of a note's fence is: typed at some prompt, typed at none, a comment, or printed.

minji@MacBook ~ % docker ps           `$ `, docker ps            zsh's prompt
[root@588ec8830392 /]# ls             in a container
docker ps -a   // 전부                docker ps -a               what stands behind it is said, not typed
ex) docker pull redis                 docker pull redis
"""

import re
from dataclasses import dataclass

from harness.claims import other_prompts, prompts
from harness.claims.notes.note import Said
from harness.claims.shell_grammar import unfinished

HANGUL = re.compile(r"[가-힣]")
_EXAMPLE = re.compile(r"(?:ex|예|예시|e\.g\.?)\s*[).:]\s*", re.IGNORECASE)
_BESIDE = (
    re.compile(r"\s+(?://|←|<-{1,2}|=>|⇒|->|→|--|:)\s+(?=.*[가-힣]).*\Z"),
    re.compile(r"\s+\([^()]*[가-힣][^()]*\)\s*\Z"),
    re.compile(r"\s{2,}(?=[가-힣]).*\Z"),
)
_SENTENCE = re.compile(r"(?:다|요|음|함|것|까|기)[.!?]?\Z")
_BLANKS_BEHIND = re.compile(r"\\[ \t]+$", re.MULTILINE)


@dataclass(frozen=True)
class Prompted:
    """A prompt and what stands behind it."""

    prompt: str  # `$ ` or `# ` for the reader's own, else as a container shows it
    text: str
    inside: bool = False
    windows: str = ""  # the prompt of a shell of Windows
    is_bare: bool = False  # `# ` alone, with which a comment may begin as well


def plain(line: str) -> str:
    """A line as a person reads it: blanks that look like blanks."""
    return re.sub("[\u00a0\u3000]", " ", re.sub("[\u200b\ufeff]", "", line)).rstrip()


def prompted(line: str, before: str, inside: str) -> Prompted | None:
    """The prompt that a line begins with; None where it has none.

    `before` is the command above it, `inside` the prompt of the container's shell that waits, if one does.
    """
    line = re.sub(r"^(\s*[$#%])\t", r"\1 ", line)
    shown = line.strip() if not inside else line.rstrip()
    if windows := other_prompts.windows_prompt(shown):
        return Prompted("", shown[len(windows) :].strip(), windows=windows)
    if other := other_prompts.unix_prompt(shown):
        return Prompted("$ ", shown[len(other) :].strip())
    prompt = prompts.prompt_of(shown, (), before, first=True)
    if prompt is None:
        return None
    text = shown[len(prompt) :].strip()
    if prompt in ("$ ", "# "):
        bare = prompts.opens_bare_shell(prompt, before) or (inside == prompt)
        return Prompted(prompt, text, inside=bare, is_bare=prompt == "# " and not bare)
    is_same = bool(inside) and prompts.shell_of(prompt) == prompts.shell_of(inside)
    may_open = prompts.may_open(prompt, before)
    if prompts.is_readers_own(prompt) and not is_same:
        is_containers = shown.startswith("root@") and may_open
        return Prompted(prompt, text, inside=True) if is_containers else Prompted(prompts.plain(prompt), text)
    return Prompted(prompt, text, inside=True) if "@" in prompt or may_open or is_same else None


def without_remark(command: str) -> tuple[str, list[Said]]:
    """The command alone, and what was taken off as said beside it."""
    guesses = []
    command = _BLANKS_BEHIND.sub("\\\\", command)
    if found := _EXAMPLE.match(command):
        command = command[found.end() :]
        guesses.append(Said("example", found[0].strip()))
    for form in _BESIDE:
        found = form.search(command)
        if found and "\n" not in command and not unfinished(command[: found.start()]):
            guesses.append(Said("remark", found[0].strip()))
            command = command[: found.start()]
    return command, guesses


def is_sentence(line: str) -> bool:
    """Whether a line that begins as a command is Korean prose: `docker ps로 확인한다`."""
    text = re.sub(r"\s#.*", "", line.strip())
    return bool(_SENTENCE.search(text) and len(HANGUL.findall(text)) >= 4 and len(re.findall(r"[가-힣]+", text)) >= 2)
