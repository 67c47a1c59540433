"""Events of the file system -> the files that were saved, once an editor has done with them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import (
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

_QUIET = 0.05  # seconds without an event: an editor empties a file before it writes it, or moves a new one there
_CHANGES = (EVENT_TYPE_CREATED, EVENT_TYPE_DELETED, EVENT_TYPE_MODIFIED, EVENT_TYPE_MOVED)


class _Gathering(FileSystemEventHandler):
    """Gathers what changes, and gives it away when nothing has for a while."""

    def __init__(self, wanted: Sequence[Path], saved: Callable[[set[Path]], object]) -> None:
        self._wanted, self._saved = wanted, saved
        self._paths: set[Path] = set()
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.is_directory or event.event_type not in _CHANGES:
            return
        paths = [Path(str(name)) for name in (event.src_path, event.dest_path) if name]
        with self._lock:
            self._paths |= {path for path in paths if not is_editors(path) and self._is_wanted(path)}
            if self._timer:
                self._timer.cancel()
            self._timer = threading.Timer(_QUIET, self._give)
            self._timer.daemon = True
            self._timer.start()

    def _is_wanted(self, path: Path) -> bool:
        return any(path.is_relative_to(one) for one in self._wanted)

    def _give(self) -> None:
        with self._lock:
            paths, self._paths = self._paths, set()
        if paths:
            self._saved(paths)


def is_editors(path: Path) -> bool:
    """Whether it is a file of an editor's own: hidden, a backup, vim's `4913`."""
    return path.name.startswith((".", "#")) or path.name.endswith(("~", ".swp", ".tmp")) or path.name.isdigit()


@contextmanager
def watching(paths: Sequence[Path], saved: Callable[[set[Path]], object]) -> Iterator[None]:
    """Inside, `saved` is called with the files that change under `paths`, folders with all that is in them."""
    observer, gathering = Observer(), _Gathering(paths, saved)
    for path in paths:
        if path.is_dir():
            observer.schedule(gathering, str(path), recursive=True)
        else:  # an editor may put another file in its place
            observer.schedule(gathering, str(path.parent), recursive=False)
    observer.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()
