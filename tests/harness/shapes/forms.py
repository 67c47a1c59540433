"""Knows the forms of line that an engine prints in no promised order, or as many as it had time for, for order.

A set: a map or a race gives its lines, in any order. Progress and the like have a way of their own: what a run of
such lines comes down to. Each form has a name; everything else is ordered.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from harness.shapes.reading import Line

_Run = list[Line]

_ADDRESS = r"[0-9a-f.:]{3,45}(?:/\d{1,3}|:\d{1,5})?"
_SETS = {
    "changed path": r"[ACD] /.*",  # docker diff
    "removed image": r"(?:untagged|deleted): \S+",  # the prunes
    "registry": rf"  {_ADDRESS}",  # docker info
    "published port": r"\d{1,5}/(?:tcp|udp|sctp) -> \S+",  # docker port
    "container": r" \S (?:Container|Volume|Image|Network) .*",  # compose 2
    "of a stack": r"Creating service \S+",
    "started": r"(?:Creating|Starting|Recreating) \S+ +\.\.\..*|\S+ is up-to-date",  # compose 1
} | {
    verb: rf"{verb} \S+ +\.\.\..*"
    for verb in ("Restarting", "Stopping", "Removing")  # compose 1
}
_FORMS = {
    "loaded": r"Loaded image: \S+|[0-9a-f]{12}: Loading layer .*",  # docker load: an image's names, and what it is of
    "layer": r"[0-9a-f]{12}: \S.*",
    "pulled": r" \S \S+ (?:\d{1,4} layers? \[\S+\] .*)?Pulled .*",  # compose 2: an image
    "pulled layer": r" {1,5}\S [0-9a-f]{12} (?:Pull complete|Already exists) .*",  # and what it is made of
    "progress": r"\[\+\] [A-Za-z][a-z]+ \d{1,4}/\d{1,4}",  # compose 2: Running, compose 5: up
    "service log": r"\S{1,100} +\| .*|\S{1,100} exited with code \d{1,3}",  # compose
    "words": r" *Runtimes: .*|Attaching to .*",
    "endpoints": r"[^(]{1,200} has active endpoints \(name:.*",
    "user": r".{1,300}\bcontainer [0-9a-f]{12} is using its referenced image .*",
    "request": r"failed to do request: [A-Z][a-z]+ .*/blobs/sha256:.*",  # a push to what has gone
    "killed": r"(?:true|false) 137",  # inspect of OOMKilled and ExitCode: the kernel may tell too late
} | _SETS
_ANY_FORM = re.compile("|".join(f"(?P<{form.replace(' ', '_')}>{pattern})" for form, pattern in _FORMS.items()))
# Commands whose whole output is of one form: listed by names that may be made up, by an age that isn't shown, or as
# the answers come.
_LISTS = {
    "listed": r"\b(?:volume ls|images|image ls)\b.* (?:-q|--quiet|--format|--tree)|\bconfig --services\b|\bnslookup\b",
    "words": r"\brange \.Containers\b",
}
_NAME = re.compile(r"[0-9A-Za-z][-_.0-9A-Za-z]*")
_DELETED = {  # the prunes: what comes under a heading, a map's keys
    "Deleted Volumes:": ("volume", _NAME),
    "Deleted Networks:": ("network", _NAME),
    "Deleted build cache objects:": ("build record", re.compile(r"[0-9a-z]{25}\*?")),
}
# Of a layer, states that say the same: it is there; nothing was done yet (what a refused push leaves on the screen).
_STATES = {"Already exists": "Pull complete", "Preparing": "Waiting", "Unavailable": "Waiting"}
_USER = re.compile(r"(?<=container )\0short id\0[0-9a-f]*\0")
_BLOB = re.compile(r"(?<=/blobs/)\0digest\0[^\0]*\0")
_ENDPOINTS = re.compile(r"(?<=\()name:[^)]*")
_UNKNOWN_LAYER = "deleted: \0digest\0\0"
_LAYERS = re.compile(r"\d{1,4} layers? \[[^ ]*\]")
_PROGRESS = re.compile(r"(\[\+\] [A-Za-z][a-z]+ )(\d{1,4})/(\d{1,4})")


def listed(command: str) -> str:
    """The form of all that a command prints; empty where each line has its own."""
    return next((form for form, pattern in _LISTS.items() if re.search(pattern, command)), "")


def form(line: Line, heading: str) -> str:
    if "VOLUME NAME" in line.titles:  # sorted by names, and those may be made up
        return "volume"
    if line.titles:
        return "build record" if line.titles[0] == "CACHE ID" or "RECLAIMABLE" in line.titles[1:2] else ""
    deleted, thing = _DELETED.get(heading, ("", _NAME))
    if deleted and thing.fullmatch(line.text):
        return deleted
    found = _ANY_FORM.fullmatch(line.text)
    return (found.lastgroup or "").replace("_", " ") if found else ""


def _layers(run: _Run) -> list[Line]:
    """One line for each way that layers went; how many layers, and which, is the image's business."""
    ways: dict[str, list[str]] = {}
    first: dict[str, Line] = {}
    for line in run:
        layer, state = line.text.split(": ", 1)
        first.setdefault(layer, line)
        way, state = ways.setdefault(layer, []), _STATES.get(state, state)
        if state != "Verifying Checksum" and not (state == "Waiting" and way[-1:] == ["Waiting"]):
            way.append(state)
    seen = {", ".join(way): layer for layer, way in reversed(ways.items())}
    if "Pull complete" in seen:
        seen.pop("Download complete", None)  # 29: attestations come with the layers and are not unpacked
    if len(seen) > 1:
        seen.pop("Pull complete", None)
    return [first[layer].standing_for(f"layer: {way}", f"{layer}: {way}") for way, layer in sorted(seen.items())]


def _loaded(run: _Run) -> list[Line]:
    """Its layers, then its names; the layers are drawn where there was time to."""
    layers = [line for line in run if not line.text.startswith("Loaded image: ")]
    names = [line for line in run if line.text.startswith("Loaded image: ")]
    return [*(_layers(layers)), *sorted(names, key=lambda line: line.key)]


def _pulled_layers(run: _Run) -> list[Line]:
    return [run[0].standing_for("layers pulled")]


def _pulled(run: _Run) -> list[Line]:
    return [replace(line, key=_LAYERS.sub("layers", line.key)) for line in run]


def _progress(run: _Run) -> list[Line]:
    """How many of how many are done; what they are stands in the lines below, layers of an image among them."""
    return [replace(line, key=_PROGRESS.sub(_done, line.key)) for line in run]


def _done(match: re.Match[str]) -> str:
    return f"{match[1]}{'all' if int(match[2]) >= int(match[3]) else 'some'}"


def _service_logs(run: _Run) -> list[Line]:
    """Each service's lines in their order; which service spoke first is a race."""
    return sorted(run, key=lambda line: line.text.split(maxsplit=1)[0])


def _records(run: _Run) -> list[Line]:
    """One line for each kind of build record: how many there are depends on the builder's timing."""
    seen = {line.key.replace("*", ""): line for line in reversed(run)}
    return [line.standing_for(key) for key, line in sorted(seen.items())]


def _words(run: _Run) -> list[Line]:
    return [_rearranged(line, " ".join(sorted(line.key.replace(",", "").split(" ")))) for line in run]


def _deleted(run: _Run) -> _Run:
    """The lines that a prune names images by, of layers that the page doesn't know only one: how many an image has,
    and whether two builds of one second share one, is no more its business than of what is pulled.
    """
    found: dict[str, Line] = {}
    for line in run:
        found.setdefault(line.key if line.key == _UNKNOWN_LAYER else f"{line.number}", line)
    return list(found.values())


def _changed(run: _Run) -> _Run:
    """Changed paths, each that stands above its folder as something else: what is in one comes after it."""
    paths = [line.text[2:] for line in run]
    places = {path: place for place, path in enumerate(paths)}
    is_above = [places.get(path.rpartition("/")[0], -1) > place for place, path in enumerate(paths)]
    return [
        line.standing_for(f"above: {line.key}") if above else line for line, above in zip(run, is_above, strict=True)
    ]


def _endpoints(run: _Run) -> list[Line]:
    """The containers that keep a network from being removed are named in any order."""
    ordered = (_ENDPOINTS.sub(lambda found: ", ".join(sorted(found[0].split(", "))), line.key) for line in run)
    return [_rearranged(line, key) for line, key in zip(run, ordered, strict=True)]


def _rearranged(line: Line, key: str) -> Line:
    """The line with its words in one order; which of what is made up is whose counterpart is not known then."""
    return replace(line, key=key, made_up=())


def _killed(run: _Run) -> list[Line]:
    return [line.standing_for("killed, 137") for line in run]


def _users(run: _Run) -> list[Line]:
    """Which of several containers is named as the user of an image is a map's whim: not always one that was shown."""
    return [replace(line, key=_USER.sub("some container", line.key), made_up=line.made_up[1:]) for line in run]


def _requests(run: _Run) -> list[Line]:
    """Which of an image's blobs was asked for first, of those that go side by side, is a race."""
    return [_rearranged(line, _BLOB.sub("some blob", line.key)) for line in run]


# Of sets, what counts of their lines; they are ordered after that.
SET_WAYS: dict[str, Callable[[_Run], _Run]] = {"removed image": _deleted, "changed path": _changed}
WAYS: dict[str, Callable[[_Run], _Run]] = {
    "loaded": _loaded,
    "layer": _layers,
    "pulled": _pulled,
    "pulled layer": _pulled_layers,
    "progress": _progress,
    "service log": _service_logs,
    "build record": _records,
    "words": _words,
    "endpoints": _endpoints,
    "killed": _killed,
    "user": _users,
    "request": _requests,
}
