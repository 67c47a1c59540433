"""A run on an engine of the reader's own release -> the report that the reader pastes into an issue.

For the process that started the run: in the end it is written into build/evidence, and shown.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from harness import options, stale
from harness.claims.problems import relative
from harness.evidence import files
from harness.evidence.facts import place
from harness.evidence.files import EvidenceError
from harness.lab import engines
from harness.lab.mine import installed
from harness.lab.supply import Supply
from harness.project import write

NAME = "report.md"


class ReaderReport:
    """Hooks of a run with `--engine mine`."""

    def __init__(self, config: pytest.Config, supply: Supply) -> None:
        self._config, self._supply = config, supply
        self._began = datetime.now(UTC).isoformat(timespec="seconds")

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Of each page that has run to its end."""
        if not self._supply.setup or not (told := self._told(self._supply.engines[0])):
            return
        path = self._config.rootpath / "build" / "evidence" / NAME
        write(path, "\n".join(told))
        for line in [stale.TO_PASTE.format(relative(path, self._config.rootpath)), "", *"\n".join(told).split("\n")]:
            terminalreporter.write_line(line)

    def _told(self, engine: str) -> list[str]:
        """The reports of the pages whose evidence is this run's, on `engine`."""
        root, mine, told = self._config.rootpath, installed(), []
        release = next(declared.release for declared in engines.read() if declared.name == engine)
        for path in filter(options.is_page, options.named_files(self._config)):
            evidence = root / "build" / "evidence" / engine / place(str(relative(path, root))).with_suffix(".json")
            with suppress(FileNotFoundError, EvidenceError):
                page = files.read_page(evidence)
                if page.started >= self._began:
                    told.append(stale.report(page, str(mine), is_same=release == mine.release))
        return told
