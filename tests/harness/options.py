"""pytest's command line -> what is asked of a run of pages: for the plugin."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from harness.lab import engines, newest
from harness.lab.hub import Rehearsal
from harness.lab.lanes import Lane
from harness.lab.mine import MINE
from harness.lab.supply import Request

MARKDOWN = (".md", ".markdown")


def add(parser: pytest.Parser) -> None:
    """Adds the options of a run of pages."""
    group = parser.getgroup("docker-note")
    group.addoption(
        "--engine",
        default="",
        help="an engine to run pages on, or `all`, or `mine`: of the release that `docker version` names on this "
        "machine, or the nearest to it (default: the newest to be had)",
    )
    group.addoption("--lab-image", default="", help="an image that the outer engine has, for labs of the engine named")
    group.addoption("--course", action="store_true", help="run the pages in the site's order on one machine")
    group.addoption("--random-order", action="store_true", help="with --course: the pages in an order of chance")
    group.addoption("--seed", type=int, metavar="N", help="with --random-order: the order of that seed, which is said")
    group.addoption("--twice", action="store_true", help="run each page two times in a row on one machine")
    group.addoption(
        "--repeat", type=_times, default=1, metavar="N", help="run each page N times, and say how often it fits"
    )
    group.addoption("--shell", action="store_true", help="open a shell in the lab where a page first goes wrong")
    group.addoption(
        "--lane",
        choices=[Lane.HUB, Lane.STANDIN],
        type=Lane,
        help="images of Docker Hub, or stand-ins (default: what is there)",
    )
    group.addoption("--rehearse-hub", action="store_true", help="as the lane hub, with a server here as Docker Hub")
    group.addoption("--rehearse-outage", action="store_true", help="the same, when Docker Hub can't be reached")
    group.addoption("--record", action="store_true", help="rewrite the samples whose shape no longer fits")


def check(config: pytest.Config) -> None:
    """Refuses what does not go together. pytest.UsageError."""
    option, known = config.option, engine_names()
    if option.engine not in ("", newest.ALL, MINE, *known):
        raise pytest.UsageError(f"unknown engine `{option.engine}`; known, oldest first: {', '.join(known)}")
    if option.record and option.repeat > 1:
        raise pytest.UsageError("--repeat says how often samples fit: record them without it")
    if option.record and option.engine == newest.ALL:
        raise pytest.UsageError("record on one engine at a time, the newest first: name it with --engine")
    if option.record and option.engine == MINE:
        raise pytest.UsageError(f"--engine {MINE} takes an engine that is near: to record, name one")
    if option.lab_image and not is_named(option):
        raise pytest.UsageError("--lab-image is an image of one engine; name it with --engine")
    if option.random_order and not option.course:
        raise pytest.UsageError("--random-order is for pages that share a machine; name --course as well")
    if option.seed is not None and not option.random_order:
        raise pytest.UsageError("--seed says which --random-order; name that as well")
    if on_one_machine(option):
        _check_course(config)
    if option.shell and _has_workers(config):
        raise pytest.UsageError("--shell opens a shell at this terminal, from one process: leave --numprocesses out")


def _times(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of times")
    return int(text)


def _check_course(config: pytest.Config) -> None:
    option = "--course" if config.option.course else "--twice"
    if config.option.repeat > 1:
        raise pytest.UsageError(f"--repeat takes a fresh machine each time: leave {option} out")
    if config.option.course and config.option.twice:
        raise pytest.UsageError("--course or --twice: not both at once")
    if config.option.record:
        raise pytest.UsageError(f"{option} judges pages on a used machine: record them without it")
    if _has_workers(config):
        raise pytest.UsageError(f"{option} takes one machine and one process: leave --numprocesses out")


def _has_workers(config: pytest.Config) -> bool:
    return bool(getattr(config.option, "numprocesses", None)) or hasattr(config, "workerinput")


def engine_names() -> list[str]:
    """All engines that are known, oldest first."""
    return [declared.name for declared in engines.read()]


def is_named(option: argparse.Namespace) -> bool:
    """Whether one engine is asked for by its name."""
    return option.engine not in ("", newest.ALL, MINE)


def on_one_machine(option: argparse.Namespace) -> bool:
    """Whether pages share a machine with others, or with themselves."""
    return bool(option.course or option.twice)


def request(option: argparse.Namespace) -> Request:
    """What is asked for of labs and images."""
    if option.rehearse_hub or option.rehearse_outage:
        rehearsal = Rehearsal(gone=option.rehearse_outage)
        return Request(option.engine, option.lab_image, Lane.REHEARSAL, rehearsal)
    return Request(option.engine, option.lab_image, option.lane)


def named_files(config: pytest.Config) -> Iterator[Path]:
    """The pages and snippets that the command line names, by themselves or by a folder that they are in."""
    for argument in config.args:
        path = Path(config.invocation_params.dir, argument.partition("::")[0])
        for file in _files(path, config.getini("norecursedirs")):
            if is_page(file) or is_snippet(file, config.rootpath):
                yield file


def named_strangers(config: pytest.Config) -> bool:
    """Whether the command line names a page from outside the project."""
    return any(is_page(path) and not path.resolve().is_relative_to(config.rootpath) for path in named_files(config))


def _files(path: Path, skipped: list[str]) -> Iterator[Path]:
    """The file, or those in the folder but for folders that pytest doesn't look into."""
    if path.is_file():
        yield path
    for folder, names, files in os.walk(path):
        names[:] = [name for name in names if not any(fnmatch(name, pattern) for pattern in skipped)]
        yield from (Path(folder, name) for name in files)


def is_page(path: Path) -> bool:
    """Whether a file is Markdown."""
    return path.suffix.lower() in MARKDOWN


def is_snippet(path: Path, root: Path) -> bool:
    """Whether a file is one that the pages of the project at `root` show."""
    return path.is_relative_to(root / "snippets")
