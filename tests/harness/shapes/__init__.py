"""Whether it is the same: a sample and what the engine printed become differences. No Docker, no pytest, no files."""

from harness.shapes.between import between_gaps
from harness.shapes.bindings import Bindings, prompt_pattern
from harness.shapes.comparison import compare, compare_prompts, missing
from harness.shapes.excerpts import narrowed
from harness.shapes.explain import Difference
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
]
