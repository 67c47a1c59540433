"""A registry: distribution 2 lists the tags of an image as its disk does, whatever OCI's specification asks for.

opencontainers/distribution-spec#583 tells of it; `_catalog` is sorted.
"""

import re

from harness.shapes.dialects.logs import cut_to
from harness.shapes.keys import literal, split
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.policies.typed import Typed, programs

_TAG = r'"\w[\w.-]{0,127}"'
_TAGS = re.compile(rf"(?<=\[){_TAG}(?:,{_TAG})+(?=\])")
_LINE = re.compile(rf" *{_TAG},?|[\w.-]+")
_LISTED = re.compile(r"/v2/\S+/tags/list\b")
_STARTS = (
    r'time="\S+" level=info msg="(?:redis not configured|using inmemory blob descriptor cache'
    r'|Starting upload purge in \w{1,20})" .*'
)
_QUOTE, _MESSAGE = re.compile('"'), 3
_SAID = 'time="2026-11-28T18:51:59.{}Z" level={} msg="{}" go.version=go1.26.5 service=registry version=2.8.3+ds1'
_NO_SECRET = _SAID.format("231608273", "warning", "No HTTP secret provided - generated random secret.")
_NO_REDIS = _SAID.format("233384668", "info", "redis not configured")
_PURGES = _SAID.format("232658351", "info", "Starting upload purge in 5m0s")
_ARRANGE = frozenset({"awk", "head", "sort", "tail", "tac"})


def _asks_for_tags(command: str) -> bool:
    found = programs(command)
    asks = any(_LISTED.search(word) for one in found for word in one.words)
    return asks and not any(one.program in _ARRANGE or "sort" in " ".join(one.words) for one in found)


def _by_name(run: list[Line]) -> list[Line]:
    """The lines, those of tags by these; which is the last one, without a comma, is no news."""
    tags = sorted((line.text.rstrip(","), place) for place, line in enumerate(run) if _LINE.fullmatch(line.text))
    in_order = (run[place].standing_for((literal(tag),)) for tag, place in tags)
    return [next(in_order) if _LINE.fullmatch(line.text) else line for line in run]


def _is_cut(command: str) -> bool:
    """Whether a command shows so many lines of a log."""
    return Typed("docker logs")(command) and cut_to(command) is not None


def _any_part(run: list[Line]) -> list[Line]:
    """The lines, compared without the part that each is about: which come before a cut, nobody knows."""
    quoted = [split(line.key[0], _QUOTE) for line in run]  # its time, its message and so on
    return [
        line.with_key((tuple(token for place, piece in enumerate(pieces) if place != _MESSAGE for token in piece),))
        for line, pieces in zip(run, quoted, strict=True)
    ]


ROWS = (
    Dialect(
        name="what a registry says of its parts as it starts, cut off",
        lines=_STARTS,
        policy=Policy.REDUCED,
        command=_is_cut,
        reduce=_any_part,
        seen=((f"{_NO_SECRET}\n{_NO_REDIS}", f"{_NO_SECRET}\n{_PURGES}"),),
        damaged=(("upload", "download"), ("info", "error"), (f"\n{_PURGES}", ""), (_NO_SECRET, _PURGES)),
        typed="docker logs registry 2>&1 | head -n 2",
    ),
    Dialect(
        name="what a registry says of its parts as it starts",
        lines=_STARTS,
        policy=Policy.SET,
        command=Typed("docker logs"),
        seen=((f"{_NO_SECRET}\n{_NO_REDIS}\n{_PURGES}", f"{_NO_SECRET}\n{_PURGES}\n{_NO_REDIS}"),),
        damaged=(("redis", "radish"), (f"{_PURGES}\n", ""), (f"{_NO_SECRET}\n{_PURGES}", f"{_PURGES}\n{_NO_SECRET}")),
        typed="docker logs registry",
    ),
    Rewrite(
        name="tags of an image, on one line",
        sign='","',
        write=lambda text: _TAGS.sub(lambda tags: ",".join(sorted(tags[0].split(","))), text),
        command=_asks_for_tags,
        seen=(('{"name":"fast","tags":["cache","latest"]}', '{"name":"fast","tags":["latest","cache"]}'),),
        damaged=(("latest", "newest"), (',"cache"', ""), ("fast", "slow")),
        typed="curl -s http://localhost:5000/v2/fast/tags/list",
    ),
    Dialect(
        name="tags of an image, a line each",
        policy=Policy.REDUCED,
        reduce=_by_name,
        command=_asks_for_tags,
        seen=(('{\n  "tags": [\n    "1.0",\n    "1.1"\n  ]\n}', '{\n  "tags": [\n    "1.1",\n    "1.0"\n  ]\n}'),),
        damaged=((',\n    "1.0"', ""), ("1.1", "1.2"), ("tags", "names")),
        typed="curl -s http://localhost:5000/v2/web/tags/list | jq",
    ),
)
