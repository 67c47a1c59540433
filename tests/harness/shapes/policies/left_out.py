"""LEFT_OUT: takes out lines that an engine prints or not, for reasons of timing or of the machine."""

from collections.abc import Sequence

from harness.shapes.lines import Line
from harness.shapes.policies import Forms


def arrange(forms: Forms, lines: Sequence[Line]) -> list[Line]:
    """The lines that count."""
    found = ((index, line, forms.of(line)) for index, line in enumerate(lines))
    return [line for index, line, row in found if not (row and row.only(lines, index))]
