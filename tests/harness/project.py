"""The project's folders, and how anything is written into them, for all wings."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]  # of the project that the harness belongs to; pages may belong to another
LABS = ROOT / "tests" / "labs"


def write(path: Path, text: str) -> None:
    """Write a file, and its folders, so that who reads `path` sees the old text or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
