"""A socket that leads to the outer engine until it is cut, for a moment or for good, in the middle of a run."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cuttable:
    """What cuts all that goes through the socket: for a moment, or for good."""

    cut: Callable[[], None]
    close: Callable[[], None]


@contextmanager
def cuttable_socket(host: str, path: Path) -> Iterator[Cuttable]:
    """Listens on `path` for the engine at `host` (unix://)."""
    open_sockets: list[socket.socket] = []

    def cut(first: int = 1) -> None:
        for each in open_sockets[first:]:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close() -> None:
        path.unlink(missing_ok=True)
        cut(0)

    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()
        open_sockets.append(door)
        guard = threading.Thread(target=_let_in, args=(door, host.removeprefix("unix://"), open_sockets))
        guard.start()
        try:
            yield Cuttable(cut, close)
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
