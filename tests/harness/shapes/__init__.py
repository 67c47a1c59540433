"""Whether it is the same: a sample and what the engine printed become differences. No Docker, no pytest, no files."""

from harness.shapes.bindings import Bindings, prompt_pattern
from harness.shapes.comparison import compare, missing
from harness.shapes.excerpts import narrowed, printable
from harness.shapes.explain import Difference

__all__ = ["Bindings", "Difference", "compare", "missing", "narrowed", "printable", "prompt_pattern"]
