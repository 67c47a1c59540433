"""The habits of tools, one file a tool: how its outputs may differ from run to run without saying anything else.

A row of a file is a `Dialect` or a `Rewrite` (policies/). Of the dialects that could be about a line the first one is.
"""

from harness.shapes.dialects import (
    build,
    compose,
    cp,
    diff,
    events,
    images,
    info,
    inspect,
    labels,
    load,
    logs,
    network,
    numbers,
    ports,
    processes,
    prune,
    pull,
    push,
    rmi,
    run,
    save,
    volumes,
    wget,
)
from harness.shapes.policies import Dialect, Rewrite, Row

_TOOLS = (
    *(load, pull, push, compose, network, info, rmi, prune, ports, diff, volumes, images, processes, inspect, labels),
    *(save, cp, events, logs, wget, run, build, numbers),
)
ROWS: tuple[Row, ...] = tuple(row for tool in _TOOLS for row in tool.ROWS)
DIALECTS = tuple(row for row in ROWS if isinstance(row, Dialect))
REWRITES = tuple(row for row in ROWS if isinstance(row, Rewrite))
