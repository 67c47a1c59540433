"""A registry: distribution 2 lists the tags of an image as its disk does, whatever OCI's specification asks for.

opencontainers/distribution-spec#583 tells of it; `_catalog` is sorted.
"""

import re

from harness.shapes.keys import literal
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.policies.typed import programs

_TAG = r'"\w[\w.-]{0,127}"'
_TAGS = re.compile(rf"(?<=\[){_TAG}(?:,{_TAG})+(?=\])")
_LINE = re.compile(rf" *{_TAG},?|[\w.-]+")
_LISTED = re.compile(r"/v2/\S+/tags/list\b")
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


ROWS = (
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
