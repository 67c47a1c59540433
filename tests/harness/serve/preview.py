"""Pages and evidence -> the site in memory: the page that was saved at once, the whole a little later.

The whole is built by another process, which a save ends: search, lists and the book may wait, who writes may not.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from harness.serve.server import Site
from harness.site.one_page import Pages


class Preview:
    """What `site` shows of the project at `root`. `folder` is for the whole site while it is built."""

    def __init__(self, root: Path, site: Site, folder: Path) -> None:
        self.is_stale = True  # the whole site is older than what was saved
        self._root, self._site, self._folder = root, site, folder
        self._pages: Pages | None = None
        self._newer: dict[str, bytes] = {}  # the pages that were built since the whole was begun
        self._process: subprocess.Popen[str] | None = None

    def get_ready(self) -> Pages:
        """Reads what all pages have in common."""
        self._pages = self._pages or Pages(self._root)
        return self._pages

    def build_page(self, path: Path) -> list[str]:
        """Shows the page at `path` as it is now; what MkDocs warns of. Raises what its extensions do."""
        if not self.get_ready().has(path):
            self.forget_settings()  # it is new
        built, warned = self.get_ready().build(path, self._site.files)
        self._newer |= {name: text.encode() for name, text in built.items()}
        self._site.show({**self._site.files, **self._newer})
        return warned

    def forget_settings(self) -> None:
        """mkdocs.yml has changed, or which pages there are."""
        self._pages = None

    def begin_whole(self, ended: Callable[[str], object]) -> None:
        """Builds the whole site; `ended` is told, in another thread, what was wrong with it."""
        self.stop()
        self.is_stale = False
        self._newer = {}
        nice = [program] if (program := shutil.which("nice")) else []
        command = [*nice, sys.executable, "-m", "harness.site", str(self._folder)]
        process = self._process = subprocess.Popen(
            command,
            cwd=self._root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # Ctrl-C is for this process, which ends that one
        )

        def wait() -> None:
            output, _ = process.communicate()
            if process.returncode >= 0:  # else it was stopped
                ended(output if process.returncode else "")

        Thread(target=wait, daemon=True).start()

    def show_whole(self) -> None:
        """Shows the whole site that was built, with the pages that were built since."""
        paths = [path for path in self._folder.rglob("*") if path.is_file()]
        files = {path.relative_to(self._folder).as_posix(): path.read_bytes() for path in paths}
        files["worker.js"] = (self._root / "docs" / "worker.js").read_bytes()  # a browser keeps nothing of a preview
        self._site.show({**files, **self._newer})

    @property
    def is_building(self) -> bool:
        """Whether the whole site is being built."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Ends the building of the whole site, which is to be done again then."""
        if self._process:
            with suppress(ProcessLookupError):  # it has ended
                os.killpg(self._process.pid, signal.SIGKILL)  # it has a process beside it
            self._process.wait()
            self._process = None
            self.is_stale = True
