"""Says which programs a note's commands need, and why one of them is not run here, for claims.notes.reading."""

import re
from collections.abc import Container, Iterator, Sequence

from harness.claims.commands import Command, parse
from harness.claims.notes.note import Said

# Words that begin a command wherever they stand, whether the program is here or not.
_USUAL_WORDS = (
    "docker docker-compose docker-machine sudo cd ls cat echo mkdir rm cp mv pwd touch curl wget apt apt-get apt-key "
    "apt-cache grep chmod chown usermod systemctl service vi vim nano git export source su printf tar kubectl yum dnf "
    "brew exit npm pip python3 whoami uname ping hostname ps kill sh bash"
)
_ALONE = ("exit", "ls", "pwd", "whoami")  # what people type without a word behind it
_BUILTIN_WORDS = (
    ". [ alias break cd continue declare echo eval exit export false history kill let local printf pwd read return set "
    "shift source test trap true type umask unset wait"
)
USUAL, _BUILTINS = frozenset(_USUAL_WORDS.split()), frozenset(_BUILTIN_WORDS.split())
_ELSEWHERE = {"apk", "brew", "choco", "dnf", "minikube", "open", "pacman", "scoop", "snap", "winget", "wsl", "yum"}
_WATCHED = {"code", "emacs", "gedit", "htop", "less", "man", "more", "nano", "top", "vi", "vim"}
_ENDS = {"exit", "halt", "logout", "poweroff", "reboot", "shutdown"}
_MAY_BE_PROGRAM = re.compile(r"[a-z][\w.+-]{0,40}")
# Images whose own program is a server, which runs until it is stopped.
_SERVERS = {
    *("httpd", "jenkins", "mariadb", "mongo", "mysql", "nginx", "postgres", "rabbitmq", "redis", "registry"),
    *("tomcat", "wordpress"),
}


def asked_for(texts: Sequence[str]) -> list[str]:
    """The words of a note's fences that may be programs: a machine can say of each whether it has it."""
    found = {word for text in texts for line in text.split("\n") for word in _words(line)}
    return sorted(found)


def _words(line: str) -> Iterator[str]:
    line = line.replace("\N{NO-BREAK SPACE}", " ").strip()
    for text in (line, re.split(r"[$#%>❯✗]\s+|^\$|~ ", line)[-1]):
        for command in parse(text):
            for word in (command.program, *command.within):
                if _MAY_BE_PROGRAM.fullmatch(word):
                    yield word


def begins_command(line: str, programs: Container[str]) -> bool:
    """Whether the line's first word is a program, be it one of another machine's."""
    word = re.split(r"\s", re.sub(r"^(?:\w+=\S*\s+)+", "", line.strip()), maxsplit=1)[0]
    return word in USUAL | _ELSEWHERE or word in programs or word in _BUILTINS or word.startswith("./")


def is_usual(line: str) -> bool:
    """Whether the line begins as commands of such notes do, so that it is hardly an output."""
    words = line.split()
    return bool(words) and (words[0] in USUAL | _ELSEWHERE) and (len(words) > 1 or words[0] in _ALONE)


def refusal(command: str, programs: Container[str], above: str) -> Said | None:
    """Why a command at the reader's own shell is not run; None where it is. `above`: all that was typed before it."""
    for found in parse(command):
        program = found.program
        if program in _WATCHED:
            return Said("watched", program)
        if program in _ENDS and "sh" not in found.within and "bash" not in found.within:
            return Said("ends", program)
        is_here = program in programs or program in _BUILTINS or program == "docker" or "/" in found.words[0]
        if is_here or re.search(rf"(?<![\w-]){re.escape(program)}(?![\w-])", above) or not program:
            continue
        return Said("elsewhere" if program in _ELSEWHERE else "absent", program)
    return None


def runs_on(command: str) -> bool:
    """Whether it ends only when it is stopped: it follows, or is a server in the foreground."""
    return any(found.follows or _is_server(found) for found in parse(command))


def _is_server(command: Command) -> bool:
    if command.plain_name != "docker run" or command.has("-d", "--detach") or not command.arguments:
        return False
    name = command.arguments[0].rpartition("/")[2].partition(":")[0]
    return name in _SERVERS and command.inner is None
