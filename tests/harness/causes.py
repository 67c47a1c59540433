"""An error of any kind -> in words, why a step can't be judged: for the runner and the plugin."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from harness.evidence.files import EvidenceError
from harness.lab.host import TerminalError
from harness.lab.outer.faults import LabError

_HARNESS = Path(__file__).parent
_REPORT = "report it with this line and the page, as CONTRIBUTING.md says"
_MOST = 300  # characters of what an error says of itself
_DEEPEST = 4  # modules of the way to it that are told


def cause(error: Exception) -> str:
    """What went wrong, and where it is nobody's but this program's, where and that it should be reported."""
    if isinstance(error, (LabError, TerminalError, EvidenceError)):
        return str(error)
    if isinstance(error, OSError):
        name = f": {os.fspath(error.filename)}" if isinstance(error.filename, (str, os.PathLike)) else ""
        return f"{error.strerror or error or type(error).__name__}{name}"
    said = " ".join(str(error).split())
    return f"a fault of this program ({type(error).__name__}: {said[:_MOST]}; {_way(error)}); {_REPORT}"


def _way(error: Exception) -> str:
    """The way to the error, through the modules of the harness, outermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_HARNESS)]
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in own[-_DEEPEST:])
