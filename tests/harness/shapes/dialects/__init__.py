"""The habits of tools, one file a tool: how its outputs may differ from run to run without saying anything else.

A row of a file is a `Dialect` or a `Rewrite` (policies/). Of the dialects that could be about a line the first one is,
file by file in the order of their names: `load` is asked before `pull`.
"""

from importlib import import_module
from pkgutil import iter_modules

from harness.shapes.policies import Dialect, Rewrite, Row

_TOOLS = [import_module(f"{__name__}.{tool.name}") for tool in iter_modules(__path__)]
ROWS: tuple[Row, ...] = tuple(row for tool in _TOOLS for row in tool.ROWS)
DIALECTS = tuple(row for row in ROWS if isinstance(row, Dialect))
REWRITES = tuple(row for row in ROWS if isinstance(row, Rewrite))
