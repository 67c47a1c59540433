"""A host that is a shell of this machine, and a server of it, for tests that need no Docker."""

import contextlib
import http.server
import importlib.util
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from harness.claims.shell_kinds import BASH, READER
from harness.lab.host import Shell
from unit.local_host import LocalHost

pytest.register_assert_rewrite("unit.conformance")


@pytest.fixture
def host(tmp_path: Path) -> LocalHost:
    return LocalHost(tmp_path / "home")


@pytest.fixture
def shell(host: LocalHost) -> Iterator[Shell]:
    with host.open_shell(BASH, READER, time.monotonic()) as opened:
        yield opened


@pytest.fixture(scope="session")
def tasks() -> ModuleType:
    """The project's noxfile; nox takes it for a mistake if one process reads it twice."""
    spec = importlib.util.spec_from_file_location("noxfile", Path(__file__).parents[2] / "noxfile.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def served(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server of this machine's, while inside."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
