"""The signals that end `serve` -> KeyboardInterrupt in its main thread."""

from __future__ import annotations

import signal
import time
from threading import Thread

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # a terminal that is closed ends it as Ctrl-C does
_UNHEARD = 0.5  # seconds at most from a signal to its exception


def hear() -> None:
    """From now on each of them is a KeyboardInterrupt."""
    for end in ENDS:
        signal.signal(end, signal.default_int_handler)


def wait_for(thread: Thread) -> None:
    """Waits in the main thread until `thread` has ended, or a signal comes.

    The kernel may hand a signal to another thread, above all while one starts a process. Python notes it there, and the
    main thread sees the note when it next runs; in a wait without a limit it never would. Nor by `join`: interrupted in
    that, Python 3.11 takes the thread for one that has ended.
    """
    while thread.is_alive():
        time.sleep(_UNHEARD)
