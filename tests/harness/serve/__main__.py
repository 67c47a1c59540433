"""Shows the site while it is written, and proves each page that is saved: `python -m harness.serve`, `nox -s serve`."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Thread

from harness import output
from harness.causes import cause
from harness.evidence.summary import ExitStatus
from harness.lab import engines
from harness.lab.lanes import Lane
from harness.lab.outer.client import WrongAddress
from harness.lab.outer.faults import LabError
from harness.lab.supply import Request, Supply
from harness.project import ROOT
from harness.serve import signals
from harness.serve.proving import Prover
from harness.serve.server import served
from harness.serve.serving import Serving
from harness.serve.watching import watching

_SOURCES = ("docs", "snippets", "mkdocs.yml")


def main(arguments: Sequence[str]) -> int:
    """Until Ctrl-C, which is the good end."""
    known = [declared.name for declared in engines.read()]
    parser = argparse.ArgumentParser("nox -s serve --", description="Shows the site, and proves what is saved.")
    parser.add_argument("--no-verify", action="store_true", help="only show the site; needs no Docker")
    parser.add_argument("--dev-addr", type=_address, default=("127.0.0.1", 8000), metavar="HOST:PORT")
    parser.add_argument("--engine", default="", choices=known, help="default: the newest to be had")
    parser.add_argument("--lane", type=Lane, choices=[Lane.HUB, Lane.STANDIN], help="where images come from")
    asked = parser.parse_args(arguments)
    output.forgive()
    signals.hear()
    try:
        with ExitStack() as stack:
            serving = Serving(ROOT, Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="docker-note-"))))
            stack.enter_context(watching([ROOT / name for name in _SOURCES], serving.saved))
            try:
                serving.address = stack.enter_context(served(serving.site, *asked.dev_addr))
            except OSError as error:
                where = ":".join(map(str, asked.dev_addr))
                serving.say(f"the site can't be shown at {where}: {cause(error)}; --dev-addr names another address")
                return ExitStatus.BROKEN
            thread = Thread(target=serving.work)
            thread.start()
            stack.callback(thread.join)
            stack.callback(serving.stop)
            if not asked.no_verify:
                _prove(serving, stack, Request(asked.engine, lane=asked.lane), known)
            stack.callback(signal.signal, signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C would leave labs behind
            signals.wait_for(thread)
    except KeyboardInterrupt:
        return 0
    except WrongAddress as error:
        print(cause(error))
        return ExitStatus.WRONG_ADDRESS
    return 0


def _prove(serving: Serving, stack: ExitStack, request: Request, known: Sequence[str]) -> None:
    """From now on what is saved is proved, until the end of `stack`. WrongAddress."""
    supply = Supply(request, serving.say)
    labs = stack.enter_context(ExitStack())
    labs.callback(supply.close)
    labs.callback(supply.close_machines)
    try:
        lane = supply.start().mirror.lane
    except WrongAddress:
        raise
    except LabError as error:
        serving.say(f"{cause(error)}\nthe site is only shown, and no page run")
        return
    engine = supply.engines[-1]
    prover = Prover(serving.root, engine, known, lane, partial(supply.machine, engine))
    labs.callback(serving.wait)
    labs.callback(prover.close)
    labs.callback(serving.stop)
    prover.get_ready()
    serving.prove_with(prover)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not (port.isascii() and port.isdigit()):
        raise argparse.ArgumentTypeError(f"`{text}` is no address; write HOST:PORT, such as 127.0.0.1:8001")
    return host.strip("[]") or "127.0.0.1", int(port)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
