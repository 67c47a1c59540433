"""A socket that leads to the outer engine until it is closed: an engine that is gone in the middle of a run."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def cuttable_socket(host: str, path: Path) -> Iterator[Callable[[], None]]:
    """Listens on `path` for the engine at `host` (unix://); gives what closes it, with all that goes through it."""
    open_sockets: list[socket.socket] = []

    def close() -> None:
        path.unlink(missing_ok=True)
        for each in open_sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()
        open_sockets.append(door)
        guard = threading.Thread(target=_let_in, args=(door, host.removeprefix("unix://"), open_sockets))
        guard.start()
        try:
            yield close
        finally:
            close()
            guard.join()


def _let_in(door: socket.socket, engine: str, open_sockets: list[socket.socket]) -> None:
    pumps: list[threading.Thread] = []
    with suppress(OSError):  # the door was closed
        while True:
            inside, _ = door.accept()
            outside = socket.socket(socket.AF_UNIX)
            outside.connect(engine)
            open_sockets += [inside, outside]
            pumps += [threading.Thread(target=_pump, args=ends) for ends in ((inside, outside), (outside, inside))]
            for pump in pumps[-2:]:
                pump.start()
    for pump in pumps:
        pump.join()
    for each in open_sockets[1:]:
        each.close()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
