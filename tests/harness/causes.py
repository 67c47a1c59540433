"""An error, an output, images that aren't there -> in words, why a step can't be judged: for the executor and on."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterable
from pathlib import Path

from harness import faults
from harness.evidence.files import EvidenceError
from harness.lab.host import Missing, TerminalError
from harness.lab.outer.faults import LabError

_HARNESS = Path(__file__).parent
_REPORT = "report it with this line and the page, as CONTRIBUTING.md says"
_MOST = 300  # characters of what an error says of itself
_DEEPEST = 4  # modules of the way to it that are told


def cause(error: Exception) -> str:
    """What went wrong, and where it is nobody's but this program's, where and that it should be reported."""
    if isinstance(error, (LabError, TerminalError, EvidenceError)):
        return str(error)
    if isinstance(error, OSError):
        name = f": {os.fspath(error.filename)}" if isinstance(error.filename, (str, os.PathLike)) else ""
        return f"{error.strerror or str(error) or type(error).__name__}{name}"
    said = " ".join(str(error).split())
    return f"a fault of this program ({type(error).__name__}: {said[:_MOST]}; {_way(error)}); {_REPORT}"


def _way(error: Exception) -> str:
    """The way to the error, through the modules of the harness, outermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_HARNESS)]
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in own[-_DEEPEST:])


# -- a step

# What programs print of the world around them -> what that means. A name without a dot is a container's.
_NAME = r"(?P<said>(?:[\w-]+\.)+[a-z]{2,})"
_PRINTED = (
    (r"(?P<said>(?:verification failed for|unexpected commit) digest sha256:.+)", faults.DAMAGED),
    (
        r"failed to prepare extraction snapshot .*(?P<said>parent snapshot sha256:\S+ does not exist)",
        faults.LOST_LAYER,
    ),
    (r"toomanyrequests: (?P<said>.+)", faults.LIMIT),
    (r"(?:proxyconnect tcp: |CONNECT tunnel failed, )(?P<said>.+)", faults.PROXY),
    (r'"https?://\S+": (?P<said>Forbidden|Proxy Authentication Required)$', faults.PROXY),
    (rf"lookup {_NAME}(?: on \S+)?: ", faults.UNRESOLVED),
    (rf"(?:could not resolve(?: host:)?|failure resolving|resolve host address) ['‘]?{_NAME}", faults.UNRESOLVED),
)
_IS_NOT_THERE = re.compile(r"not found|unknown|denied|does not exist|no such image|unauthorized", re.IGNORECASE)


def world(sample: str, actual: str) -> str:
    """What is wrong around the machine, by what was printed; empty where nothing is, or the page shows the same."""
    for form, sentence in _PRINTED:
        pattern = re.compile(form, re.IGNORECASE | re.MULTILINE)
        if (found := pattern.search(actual)) and not pattern.search(sample):
            return sentence.of(found["said"].strip())
    return ""


# That a name server doesn't answer, as glibc, musl, curl, wget and Go say it; some say it of an unknown name, too.
_NO_NAME = re.compile(
    r"failure in name resolution|name or service not known|bad address|(?:could not|unable to) resolve|EAI_AGAIN"
    r"|server misbehaving|lookup \S+ on \S+: ",
    re.IGNORECASE,
)


def may_lack_names(sample: str, actual: str) -> bool:
    """Whether it was printed that a name doesn't resolve, in a line that the page doesn't show."""
    return bool(_NO_NAME.search("\n".join({*actual.split("\n")} - {*sample.split("\n")})))


_NO_SPACE = re.compile(r"no space left on device|disk quota exceeded", re.IGNORECASE)
_BY_ENGINE = re.compile(
    r"Error response from daemon|^docker: |failed to (?:register|extract|solve|copy)\b|/var/lib/(?:docker|containerd)/"
)
# What pages bound a disk of their own with, on the command line, in compose.yaml or in a Dockerfile.
_OWN_DISK = re.compile(r"\btmpfs\b|\bshm[-_]size\b|\bstorage[-_]opt\b|(?<![\w-])size=|/dev/shm\b")


def full_disk(shown: Iterable[str], sample: str, actual: str) -> str:
    """That a disk of the lab was full, by what was printed while it was; by now there may be room again.

    What a program couldn't write may be the fault of a disk that the page bounds itself: `shown` are its texts.
    """
    if _NO_SPACE.search(sample):
        return ""
    said = [line for line in actual.split("\n") if _NO_SPACE.search(line)]
    if any(map(_OWN_DISK.search, (*shown, *said))):
        said = [line for line in said if _BY_ENGINE.search(line)]
    return faults.FULL_DISK.of(said[0].strip()) if said else ""


def absence(missing: Iterable[Missing], sample: str, seen: str, seconds: float) -> str:
    """Which image isn't there, where that is why a step printed something else; empty where none is.

    `seen` is what was typed and printed, in the last `seconds`. A page may mean to show an image that isn't there.
    """
    for image in missing:
        repository, _, tag = image.image.partition("@")[0].partition(":")
        name = rf"(?<![\w./-])(?:docker\.io/)?(?:library/)?{re.escape(repository)}(?![\w/-])"
        whole = name + (rf":{re.escape(tag)}(?![\w.-])" if tag not in ("", "latest") else r"(?::latest\b|(?!:\w))")
        is_of_step = image.ago <= seconds or re.search(whole, seen)
        is_shown = any(re.search(name, line) and _IS_NOT_THERE.search(line) for line in sample.split("\n"))
        if is_of_step and not is_shown:
            return image.why
    return ""
