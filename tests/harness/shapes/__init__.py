"""Whether it is the same: a sample and what the engine printed become differences. No Docker, no pytest, no files.

A module is loaded when something of it is first asked for: a build of the site reads differences and finds none.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.shapes.between import between_gaps
    from harness.shapes.bindings import Bindings, prompt_pattern
    from harness.shapes.comparison import compare, compare_prompts, missing
    from harness.shapes.difference import Difference
    from harness.shapes.excerpts import narrowed, with_kinds
    from harness.shapes.lines import GAP, is_gap

__all__ = [
    "GAP",
    "Bindings",
    "Difference",
    "between_gaps",
    "compare",
    "compare_prompts",
    "is_gap",
    "missing",
    "narrowed",
    "prompt_pattern",
    "with_kinds",
]
_MODULES = {
    "GAP": "lines",
    "Bindings": "bindings",
    "Difference": "difference",
    "between_gaps": "between",
    "compare": "comparison",
    "compare_prompts": "comparison",
    "is_gap": "lines",
    "missing": "comparison",
    "narrowed": "excerpts",
    "prompt_pattern": "bindings",
    "with_kinds": "excerpts",
}


def __getattr__(name: str) -> object:
    """Called by Python for a name that is not there yet."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return found
