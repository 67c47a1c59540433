"""docker diff"""

from harness.shapes.keys import literal
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy


def _below_their_folders(run: list[Line]) -> list[Line]:
    """The changed paths, each that stands above its folder as something else: what is in one comes after it."""
    paths = [line.text[2:] for line in run]
    places = {path: place for place, path in enumerate(paths)}
    is_above = [places.get(path.rpartition("/")[0], -1) > place for place, path in enumerate(paths)]
    return [
        line.standing_for((literal("above its folder"), *line.key)) if above else line
        for line, above in zip(run, is_above, strict=True)
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
