"""Turns a command that prints all that Docker knows into its lines with what nobody knows before: for asked.

docker inspect web      "Pid": (4242),
docker info              CPUs: (2)

As long as a line is whole its words tell what is made up in it, see kinds.py; a text tool may cut these off.
"""

from collections.abc import Iterator, Mapping

from harness.claims.commands import Command
from harness.shapes.line_patterns import ARCHITECTURE, KERNEL, NUMBER, PROCESS, LineForm
from harness.shapes.templates import FIELDS

_COMMIT = r"([0-9a-f]{7,40}|\d{1,3}\.\d{1,4}\S{0,80})"
_API = r"(\d{1,2}\.\d{1,3})(?: \(minimum version (\d{1,2}\.\d{1,3})\))?"
_OF_INFO = {
    "CPUs": NUMBER, "Kernel Version": KERNEL, "Operating System": r"(\S.*?)", "Architecture": ARCHITECTURE,
    "Name": r"(\S+?)", "Cgroup Driver": "(cgroupfs|systemd)", "Cgroup Version": "([12])",
}  # fmt: skip
_OF_VERSION = {"API version": _API, "Git commit": _COMMIT}
_TEXTS: Mapping[str, Mapping[str, str]] = {"docker info": _OF_INFO, "docker version": _OF_VERSION}
_AS_JSON = frozenset({"docker inspect"})


def lines(command: Command) -> Iterator[tuple[str, LineForm]]:
    """The lines of what the command prints, each with the word that it begins with; none where it asks for a part."""
    if command.has("-f", "--format"):
        return
    if command.plain_name in _AS_JSON:
        for name in (field.removeprefix(".") for field in FIELDS):
            yield name, LineForm((f' "{name}": ', ","), (PROCESS if name == "Pid" else NUMBER,))
    for name, form in _TEXTS.get(command.plain_name, {}).items():
        yield name, LineForm((f" {name}: ", ""), (form,))
