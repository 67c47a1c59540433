"""Builds one page of the site alone, as it is in the whole, for who writes it: in a tenth of the time."""

from __future__ import annotations

import logging
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from harness.site.__main__ import finished_page, repository


class Pages:
    """The project at `root` as MkDocs knows it: its settings, its navigation, what its pages may link to."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._config: MkDocsConfig = load_config(str(root / "mkdocs.yml"))
        self._files: Files = get_files(self._config)
        self._env: jinja2.Environment = self._config.theme.get_env()
        self._files.add_files_from_theme(self._env, self._config)
        self._nav: Navigation = get_navigation(self._files, self._config)

    def has(self, path: Path) -> bool:
        """Whether the page at `path` was there when this was read."""
        return self._name(path) in self._files.src_uris

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root / "docs").as_posix()

    def build(self, path: Path, practised: Container[str]) -> tuple[dict[str, str], list[str]]:
        """The files of the page at `path`, by their paths below the site, and what MkDocs warns of.

        `practised` are the scripts of practices that the whole site has. Raises whatever an extension does where the
        page can't be shown.
        """
        file = self._files.src_uris[self._name(path)]
        page = file.page or Page(None, file, self._config)
        with _warnings() as warned:
            for read in filter(None, (page, page.previous_page, page.next_page)):  # it names those beside it
                read.read_source(self._config)
            page.render(self._config, self._files)
            page.active = True
            try:
                context = get_context(self._nav, self._files.documentation_pages(), self._config, page)
                html = self._env.get_template(page.meta.get("template", "main.html")).render(context)
            finally:
                page.active = False
        return finished_page(self._root, path, html, practised, repository()), warned


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What MkDocs logs meanwhile."""
    said: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    handler, logger = Handler(logging.WARNING), logging.getLogger("mkdocs")
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates
