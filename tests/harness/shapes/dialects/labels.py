"""Labels and networks, as docker ps and others list them: a map, in any order."""

import re

from harness.shapes.policies import Rewrite
from harness.shapes.policies.typed import Typed

_IN_JSON = re.compile(r'(?<="Labels":")[^"]*')
_LABEL = r"[\w./-]{1,100}=[^,=]*"
_ALONE = re.compile(rf"(?<![\w./-]){_LABEL}(?:,{_LABEL})+")
_TABLE = "NAMES     {}\nweb       {}"


def _sorted(text: str) -> str:
    return ",".join(sorted(text.split(",")))


ROWS = (
    Rewrite(
        name="labels and networks in a column",
        columns=frozenset({"LABELS", "NETWORKS"}),
        sign=",",
        write=_sorted,
        seen=(
            (_TABLE.format("LABELS", "room=1,kind=web"), _TABLE.format("LABELS", "kind=web,room=1")),
            (_TABLE.format("NETWORKS", "front,back"), _TABLE.format("NETWORKS", "back,front")),
        ),
        damaged=(("room=1", "room=2"), (",room=1", "")),
        typed="docker ps --format 'table {{.Names}}\\t{{.Networks}}'",
    ),
    Rewrite(
        name="labels in JSON",
        sign='"Labels":"',
        write=lambda text: _IN_JSON.sub(lambda found: _sorted(found[0]), text),
        seen=(('{"Image":"redis","Labels":"a=b,c=d"}', '{"Image":"redis","Labels":"c=d,a=b"}'),),
        damaged=(("a=b", "a=c"), ("c=d,", "")),
        typed="docker ps --format json",
    ),
    Rewrite(
        name="labels that a format asks for",
        command=Typed(word=".Labels}}"),
        sign="=",
        write=lambda text: _ALONE.sub(lambda found: _sorted(found[0]), text),
        seen=(("web: room=1,maintainer=A B,kind=web", "web: kind=web,room=1,maintainer=A B"),),
        damaged=(("A B", "A C"), ("room=1,", "")),
        typed="docker ps --format '{{.Names}}: {{.Labels}}'",
    ),
)
