"""docker diff"""

from harness.shapes.keys import literal
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy


def _below_their_folders(run: list[Line]) -> list[Line]:
    """The changed paths, each that stands above its folder as something else: what is in one comes after it."""
    places = {line.text[2:]: place for place, line in enumerate(run)}
    folders = [places.get(line.text[2:].rpartition("/")[0], -1) for line in run]
    return [
        line.standing_for((literal("above its folder"), *line.key)) if place < folder else line
        for place, (line, folder) in enumerate(zip(run, folders, strict=True))
    ]


ROWS = (
    Dialect(
        name="changed paths",
        lines=r"[ACD] /.*",
        policy=Policy.SET,
        reduce=_below_their_folders,
        seen=(
            ("A /b\nC /etc\nD /etc/issue\nA /a", "A /a\nC /etc\nD /etc/issue\nA /b"),
            ("C /tmp\nA /tmp/one\nA /tmp/other", "C /tmp\nA /tmp/other\nA /tmp/one"),
        ),
        damaged=(("A /a", "A /c"), ("A /a\n", ""), ("C /etc\nD /etc/issue", "D /etc/issue\nC /etc")),
        typed="docker diff dd",
    ),
)
