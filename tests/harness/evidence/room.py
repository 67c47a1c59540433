"""Where evidence is to be written -> whether it can be, before anything runs: for the plugin."""

import shutil
import tempfile
from pathlib import Path

from harness.evidence.files import EvidenceError

ROOM = 16 << 20  # bytes; the evidence of all pages on one engine is a fourth of that


def check(folder: Path) -> None:
    """EvidenceError, with the way out, where a run's evidence can't be written into `folder`, or has no room there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        what = error.strerror or error
        raise EvidenceError(f"{folder} can't be written ({what}); make it writable, or remove it") from error
    if free < ROOM:
        raise EvidenceError(
            f"{folder} has no room ({free >> 10} KiB are free, {ROOM >> 20} MiB are needed); make room, or "
            "remove build/evidence"
        )
