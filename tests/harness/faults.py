"""What keeps a step from being judged and is no page's doing, as types with their data -> sentences, and back. For all.

Whoever meets such a fault says it by one of these sentences, which evidence keeps; the night reads them back, and tells
together what is of one type.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The types."""

    RATE_LIMIT = "rate limit"
    NETWORK = "network"
    DISK = "disk"
    MEMORY = "memory"
    PROCESSES = "processes"
    ENGINE_GONE = "engine gone"
    IMAGE_GONE = "image gone"
    IMAGE_DAMAGED = "image damaged"


class Fault(NamedTuple):
    """A fault, and what it is of: a host's name, an image, a bound; empty where its type says all."""

    kind: Kind
    of: str


@dataclass(frozen=True)
class Sentence:
    """How a fault of a type is said; `{}` is what it is of."""

    kind: Kind
    words: str

    def of(self, what: object = "") -> str:
        """The sentence for people."""
        return self.words.format(what)

    def read(self, text: str) -> Fault | None:
        """The fault, where the text says it so."""
        at_an_end = self.words.startswith("{}") or self.words.endswith("{}")  # then it is one word
        form = re.escape(self.words).replace(re.escape("{}"), r"([\w./:@-]+)" if at_an_end else "(.+?)")
        found = re.search(form, text, re.DOTALL)
        return Fault(self.kind, found[1] if found.re.groups else "") if found else None


LIMIT = Sentence(
    Kind.RATE_LIMIT,
    "the registry's limit of pulls is reached ({}): wait, or log in with `docker login` where the run was started",
)
PROXY = Sentence(Kind.NETWORK, "the proxy does not let this through ({})")
UNRESOLVED = Sentence(Kind.NETWORK, "the name {} does not resolve here: this needs the internet")
NAMELESS = Sentence(Kind.NETWORK, "no name server answers in the lab: this needs a network")
FULL_DISK = Sentence(
    Kind.DISK,
    "the lab's disk was full while this ran ({}): let the page need less, or give it more (`disk` in its front matter)",
)
MACHINES_DISK = Sentence(Kind.DISK, "the disk of the machine that labs run on is full ({})")
OUT_OF = {
    kind: Sentence(kind, f"the lab ran out of {kind} ({{}} with all its containers)")
    for kind in (Kind.MEMORY, Kind.PROCESSES, Kind.DISK)
}
GONE = Sentence(Kind.ENGINE_GONE, "the lab is gone: its container or the outer engine was ended")
SILENT = Sentence(Kind.ENGINE_GONE, "the outer engine does not answer")
ENDED = Sentence(Kind.ENGINE_GONE, "the engine in the lab ended with status {}")
NOT_ON_HUB = Sentence(Kind.IMAGE_GONE, "Docker Hub has no {}, or not for everybody")
NO_STANDIN = Sentence(Kind.IMAGE_GONE, "no stand-in for {}; it needs Docker Hub")
DAMAGED = Sentence(Kind.IMAGE_DAMAGED, "an image came damaged ({}): run the page again")
LOST_LAYER = Sentence(
    Kind.IMAGE_DAMAGED, "the engine lost a layer that it was unpacking (moby/buildkit#6521; {}): run the page again"
)
# Said by tests/labs/hub/cache.py, which runs in a container and knows nothing of this.
HUBS_LIMIT = Sentence(Kind.RATE_LIMIT, "Docker Hub's limit of pulls is reached, at {} (")
HUB_UNREACHABLE = Sentence(Kind.NETWORK, "{} is not kept here, and Docker Hub can't be reached")
SENTENCES = (
    *(LIMIT, HUBS_LIMIT, PROXY, UNRESOLVED, NAMELESS, HUB_UNREACHABLE, FULL_DISK, MACHINES_DISK, *OUT_OF.values()),
    *(GONE, SILENT, ENDED, NOT_ON_HUB, NO_STANDIN, DAMAGED, LOST_LAYER),
)


def read(reason: str) -> Fault | None:
    """The fault that a reason tells, whatever stands around it; None where it tells none of these."""
    return next((fault for sentence in SENTENCES if (fault := sentence.read(reason))), None)
