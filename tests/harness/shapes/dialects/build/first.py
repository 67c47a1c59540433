"""What a build reads first, in plain progress that is cut off: the steps of this race, and each speaks in turns.

#1 [internal] load build definition from Dockerfile      all lines of one number are a step
#1 transferring dockerfile: 38B done
#1 DONE 0.0s
"""

import re

from harness.shapes.dialects.build.order import NUMBER
from harness.shapes.lines import Line
from harness.shapes.policies.typed import programs

_BUILD = frozenset({"docker build", "docker buildx bake", "docker compose build", "docker compose up"})
_STEP = re.compile(
    r"\[internal\] load (?:(?:\.dockerignore|build context)\Z|build definition from |metadata for )"
    r"|transferring (?:context|dockerfile): (?=\S{1,20}(?: \d{1,5}\.\ds)?(?: done)?\Z)"
    r"|DONE (?=\d{1,5}\.\ds\Z)|\.\.\.\Z"
)


def builds(command: str) -> bool:
    """Whether a command builds images."""
    return any(one.plain_name in _BUILD for one in programs(command))


def what(line: Line) -> str:
    """What a line says of these steps, whatever their number; empty for any other line. A blank one parts steps."""
    found = _STEP.match(NUMBER.sub("", line.text, count=1))
    return found[0] if found else "" if line.text else "blank"


def without_numbers(lines: list[Line]) -> list[Line]:
    """The lines, compared by what follows the number of their step."""
    return [line.rewritten(NUMBER, "", count=1) for line in lines]
