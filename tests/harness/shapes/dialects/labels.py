"""Labels, networks and mounts, as docker ps and others list them: a map, in any order."""

import re

from harness.shapes.policies import Rewrite
from harness.shapes.policies.typed import Typed

_IN_JSON = re.compile(r'(?<="Labels":")[^"]*')
_LABEL = r"[\w./-]{1,100}+=[^,=]*+"
_ALONE = re.compile(rf"(?<![\w./-]){_LABEL}(?:,{_LABEL})+")
_TABLE = "NAMES     {}\nweb       {}"
_MOUNTS_IN_JSON = re.compile(r'(?<="Mounts":")[^"]*')
_MOUNTS = re.compile(r"(?<![^\s=:])[\w./~-]{1,200}+…?(?:,[\w./~-]{1,200}+…?)++(?!\S)")
_MADE_UP = re.compile(r"[0-9a-f]{7,64}…?")


def _sorted(text: str) -> str:
    return ",".join(sorted(text.split(",")))


def _mounts_sorted(text: str) -> str:
    """The mounts by their names, those behind that have no name of the reader's."""
    return ",".join(sorted(text.split(","), key=lambda mount: (bool(_MADE_UP.fullmatch(mount)), mount)))


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
        sign=",",
        write=lambda text: _ALONE.sub(lambda found: _sorted(found[0]), text),
        seen=(("web: room=1,maintainer=A B,kind=web", "web: kind=web,room=1,maintainer=A B"),),
        damaged=(("A B", "A C"), ("room=1,", "")),
        typed="docker ps --format '{{.Names}}: {{.Labels}}'",
    ),
    Rewrite(
        name="mounts in JSON",
        sign='"Mounts":"',
        write=lambda text: _MOUNTS_IN_JSON.sub(lambda found: _mounts_sorted(found[0]), text),
        seen=(('{"Image":"redis","Mounts":"charts,logs"}', '{"Image":"redis","Mounts":"logs,charts"}'),),
        damaged=(("charts", "chart"), ("logs,", "")),
        typed="docker ps --format json",
    ),
    Rewrite(
        name="mounts that a format asks for",
        command=Typed("docker ps", word=".Mounts}}"),
        sign=",",
        write=lambda text: _MOUNTS.sub(lambda found: _mounts_sorted(found[0]), text),
        seen=(
            ("keeper charts,e6cc1bceb0dbf6…", "keeper 97ab01cd23ef45…,charts"),
            (_TABLE.format("MOUNTS", "charts,/srv"), _TABLE.format("MOUNTS", "/srv,charts")),
        ),
        damaged=(("charts", "chart"), (",charts", ""), ("keeper", "keep,er")),
        typed="docker ps --format '{{.Names}} {{.Mounts}}'",
    ),
)
