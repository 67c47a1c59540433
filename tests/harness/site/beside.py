"""Makes something in another process beside this one, for a build: MkDocs uses one processor, and most machines have
more.
"""

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, NoReturn, TypeVar, cast

_Made = TypeVar("_Made")


@contextmanager
def beside(make: Callable[[], _Made]) -> Iterator[Callable[[], _Made]]:
    """Inside, another process calls `make`; what is yielded waits for it and returns what it made.

    Where the other process fails, `make` is called here, so that its error is told as any other. Only for a process
    without threads: the other one would have none of them, but their locks.
    """
    with TemporaryFile() as file:
        child = os.fork()
        if not child:
            _make_and_exit(make, cast(BinaryIO, file))
        is_running = True

        def made() -> _Made:
            nonlocal is_running
            _, status = os.waitpid(child, 0)
            is_running = False
            if status:
                return make()
            file.seek(0)
            return cast(_Made, pickle.load(file))  # noqa: S301  (our own process wrote it)

        try:
            yield made
        finally:
            if is_running:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)


def _make_and_exit(make: Callable[[], object], file: BinaryIO) -> NoReturn:
    """Whatever happens: what stands above this call belongs to the other process."""
    status = 1
    try:
        pickle.dump(make(), file)
        file.flush()
        status = 0
    finally:
        os._exit(status)
