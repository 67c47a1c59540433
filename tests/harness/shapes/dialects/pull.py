"""The layers of docker pull, of docker push, and of whatever pulls: how many there are is the image's business."""

import re

from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy

# States that say the same: it is there; nothing was done yet (what a refused push leaves on the screen).
_ALIKE = {"Already exists": "Pull complete", "Preparing": "Waiting", "Unavailable": "Waiting"}
# What a pull prints, and a run or compose that pulls, only where the image isn't there yet.
FIRST_TIME = re.compile(
    r"Unable to find image '\S+' locally|\S+: Pulling from \S+|Digest: sha256:[0-9a-f]{64}"
    r"|Status: Downloaded newer image for \S+"
    r"|[0-9a-f]{12}: (?!Loading layer )\S.*| \S \S+ (?:\d{1,4} layers? \[\S+\] .*)?Pulled .*"
)
_STATES = "Already|Download|Extract|Layer|Mounted|Prepar|Pull|Push|Retry|Unavailable|Verif|Wait"
_BAR = re.compile(r"(Downloading|Extracting) +\[=*>? *\] .*")  # where the screen was too narrow to draw over it
_DOWNLOADED = "590a7a06b822: Pulling fs layer\n{}590a7a06b822: Download complete\n590a7a06b822: Pull complete"
_DRAWN = "590a7a06b822: Extracting [{}> ]  {}MB/49MB\n590a7a06b822: Pull complete"
_FIRST = "Using default tag: latest\nlatest: Pulling from a"


def ways(run: list[Line]) -> list[Line]:
    """A line for each layer, with the states that it went through as its key."""
    by_layer: dict[str, list[str]] = {}
    first: dict[str, Line] = {}
    for line in run:
        layer, state = line.text.split(": ", 1)
        first.setdefault(layer, line)
        way, state = by_layer.setdefault(layer, []), _BAR.sub(r"\1", _ALIKE.get(state, state))
        if way[-1:] in (["Downloading"], ["Extracting"]):
            way.pop()  # it went on
        if state == "Download complete" and way[-1:] == ["Verifying Checksum"]:
            way.pop()  # not every run has the time to say so
        if not (state == "Waiting" and way[-1:] == ["Waiting"]):
            way.append(state)
    went = {layer: ", ".join(way) for layer, way in by_layer.items()}
    kept = _telling(set(went.values()))
    once = {way: layer for layer, way in reversed(went.items()) if way in kept}
    return [first[layer].standing_for(f"layer: {way}", f"{layer}: {way}") for way, layer in sorted(once.items())]


def _telling(seen: set[str]) -> set[str]:
    """The ways that say something of the whole pull."""
    if "Pull complete" in seen:
        seen = seen - {"Download complete"}  # 29: attestations come with the layers and are not unpacked
    return seen - {"Pull complete"} if len(seen) > 1 else seen


ROWS = (
    Dialect(
        name="layers",
        lines=rf"[0-9a-f]{{12}}: (?:{_STATES})\S*(?: .*)?",
        policy=Policy.REDUCED,
        reduce=ways,
        seen=(
            (
                f"{_FIRST}\n50b0298dee7b: Pull complete\n54ebb8ffa0a2: Pull complete",
                f"{_FIRST}\n435710ff7855: Pull complete\n54ebb8ffa0a2: Already exists\n351b8fe4f3ea: Download complete",
            ),
            ("90ed9eba4fe2: Waiting\n42bced9a3262: Waiting", "90ed9eba4fe2: Unavailable\n42bced9a3262: Preparing"),
            (_DOWNLOADED.format(""), _DOWNLOADED.format("590a7a06b822: Verifying Checksum\n")),
            (_DRAWN.format("=", 3), _DRAWN.format("==", 5)),
        ),
        damaged=(
            ("435710ff7855: Pull complete", "435710ff7855: Pull failed"),
            ("435710ff7855: Pull", "435710ff785: Pull"),
            ("435710ff7855: Pull complete\n54ebb8ffa0a2: Already exists\n351b8fe4f3ea: Download complete", ""),
            (
                "Pulling fs layer\n590a7a06b822: Verifying Checksum",
                "Verifying Checksum\n590a7a06b822: Pulling fs layer",
            ),
            ("Pull complete\n54ebb8ffa0a2: Already exists", "Download complete\n54ebb8ffa0a2: Download complete"),
        ),
        typed="docker pull localhost:5000/a",
    ),
)
