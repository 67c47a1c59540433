"""docker load"""

from harness.shapes.dialects.pull import ways
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy

_LAYER = "Loading layer [==================================================>]   2.56kB/2.56kB"


def _layers_then_names(run: list[Line]) -> list[Line]:
    """The layers are drawn where there was time to; the names come in any order."""
    names = [line for line in run if line.text.startswith("Loaded image: ")]
    return [*ways([line for line in run if line not in names]), *sorted(names, key=lambda line: line.spelled)]


ROWS = (
    Dialect(
        name="what was loaded",
        lines=r"Loaded image: \S+|[0-9a-f]{12}: Loading layer .*",
        policy=Policy.REDUCED,
        reduce=_layers_then_names,
        seen=(
            ("Loaded image: notes:4\nLoaded image: notes:latest", "Loaded image: notes:latest\nLoaded image: notes:4"),
            (
                f"4ac5dcd2f3d5: {_LAYER}\nLoaded image: greeting:1.0\nLoaded image: greeting:2.0",
                f"Loaded image: greeting:2.0\n6e365e530d52: {_LAYER}\nLoaded image: greeting:1.0",
            ),
        ),
        damaged=(("notes:4", "notes:5"), ("Loaded image: notes:4", "")),
        typed="docker load -i notes.tar",
    ),
)
