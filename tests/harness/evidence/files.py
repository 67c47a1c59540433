"""Puts evidence on disk and finds it again, for the runner, the site and the night. Under build/evidence/:

summary.json                     a run as a whole
28/docs/containers.json          a page on an engine: its blocks, steps, outcomes
28/docs/containers/1-HEX.cast    the terminal of its first block (asciicast v2), under the name that the page's file has
28/_elsewhere/...                a page outside the project: no proof for the site
course/28/docs/...               the same of a course, where pages share a machine: no proof for the site
"""

import dataclasses
import json
import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from harness.evidence import recordings
from harness.evidence.checked import FilePath, checked
from harness.evidence.facts import PageFact, digest, place
from harness.evidence.summary import Summary
from harness.project import write

COURSE = "course"
_SUMMARY = "summary.json"
_Read = TypeVar("_Read")


class EvidenceError(Exception):
    """A file that can't be read as evidence: names it, what is wrong, and the way out."""


def write_page(folder: Path, page: PageFact, casts: Mapping[int, str] = {}) -> Path:
    """Writes a page's evidence under `folder`, whole or not at all; returns its path.

    `casts` are its blocks' recordings, by the blocks' places. They have names of their own in each run, and it is the
    page's file that names them: who reads that sees one run or the other.
    """
    for number, text in casts.items():
        recording = page.recordings / f"{number + 1}-{digest(text)[:12]}.cast"
        write(folder / recording, text)
        page.blocks[number] = dataclasses.replace(page.blocks[number], recording=recording.as_posix())
    path = page_path(folder, page)
    write(path, json.dumps(page.to_json(), ensure_ascii=False, indent=1))
    _remove_unnamed(path)
    return path


def stamp(path: Path) -> tuple[int, int]:
    """What changes when the file is written, whatever the clock says: it is then another file."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def _remove_unnamed(path: Path) -> None:
    """Removes the recordings that the page's evidence at `path`, as it stands there now, doesn't name."""
    with suppress(EvidenceError):
        named = {Path(block.recording).name for block in read_page(path).blocks}
        for recording in path.with_suffix("").glob("*.cast"):
            if recording.name not in named:
                recording.unlink(missing_ok=True)


def write_summary(folder: Path, summary: Summary) -> None:
    """Writes summary.json."""
    write(folder / _SUMMARY, json.dumps(summary.to_json()))


def read_json(path: Path, turn: Callable[[Any], _Read]) -> _Read:
    """What `turn` makes of the JSON at `path`; it raises ValueError where that is not what it should be. EvidenceError;
    FileNotFoundError.
    """
    try:
        return turn(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise
    except RecursionError as error:
        raise EvidenceError(f"{path}: lists within lists, deeper than any evidence") from error
    except (OSError, ValueError) as error:
        raise EvidenceError(f"{path}: {error}") from error


def read_page(path: Path) -> PageFact:
    """The page whose evidence `write_page` left at `path`. EvidenceError where it can't be read."""
    try:
        return read_json(path, PageFact.from_json)
    except EvidenceError as error:
        raise EvidenceError(f"{error}; run the page again: nox -s verify") from error


def read_summary(folder: Path) -> Summary:
    """The summary of the run that left its evidence in `folder`. EvidenceError; FileNotFoundError."""
    return read_json(folder / _SUMMARY, Summary.from_json)


def read_in_place(folder: Path, path: Path) -> PageFact:
    """The page at `path`, which has to be the one that belongs there. EvidenceError."""
    page = read_page(path)
    if page_path(folder, page) != path:
        raise EvidenceError(f"{path}: found the evidence of {page.page} on {page.engine}, which belongs elsewhere")
    return page


def load(folder: Path, say: Callable[[str], object]) -> list[PageFact]:
    """The evidence of the site's pages in `folder`. What can't be read proves nothing; `say` is told of it, once."""
    found, refused = read_all(folder, page_paths(folder), read_in_place)
    say_once(refused, say)
    return found


def page_paths(folder: Path) -> list[Path]:
    """Where the evidence of the site's pages in `folder` stands."""
    return sorted(folder.glob("*/docs/**/*.json"))


def read_all(folder: Path, paths: Iterable[Path], read: Callable[[Path, Path], _Read]) -> tuple[list[_Read], list[str]]:
    """What can be `read` at these paths, and what is wrong with the others."""
    found, refused = [], []
    for path in paths:
        try:
            found.append(read(folder, path))
        except EvidenceError as error:
            refused.append(str(error))
    return found, refused


def with_recordings(page: PageFact, folder: Path, say: Callable[[str], object]) -> tuple[PageFact, dict[str, str]]:
    """The page with those of its recordings that can be played, and their texts by their paths; `say` is told of the
    others, once.
    """
    casts = _recordings(page, folder, say)
    return _only_with(casts, page), {page.blocks[number].recording: text for number, text in casts.items()}


def copy_page(page: PageFact, source: Path, folder: Path, say: Callable[[str], object]) -> PageFact:
    """Writes a page's evidence under `folder`, with the recordings of it in `source` that can be played."""
    casts = _recordings(page, source, say)
    page = _only_with(casts, page)
    write_page(folder, page, casts)
    return page


def read_recording(folder: Path, name: str) -> str:
    """The recording called `name` under `folder`. EvidenceError where there is none, or something else."""
    path = folder / name
    try:
        checked(FilePath, name)
        _check_links(folder, name)
        text = path.read_text("utf-8")
        recordings.events_of(text)
    except (OSError, ValueError, RecursionError) as error:
        raise EvidenceError(f"{path}: no recording: {error}") from error
    return text


def _check_links(folder: Path, name: str) -> None:
    """ValueError where a link on the way from `folder` to the file `name` leads out. Without one, which is faster to
    know, nothing has to be resolved.
    """
    _, *way = accumulate(name.split("/"), "{}/{}".format, initial=str(folder))
    if any(map(os.path.islink, way)) and not (folder / name).resolve().is_relative_to(folder.resolve()):
        raise ValueError("found a link that leads out of the evidence")


def _recordings(page: PageFact, folder: Path, say: Callable[[str], object]) -> dict[int, str]:
    """The texts of those of a page's recordings that can be played, by their blocks' places."""
    found, refused = {}, []
    for number, block in enumerate(page.blocks):
        try:
            if block.recording:
                found[number] = read_recording(folder, block.recording)
        except EvidenceError as error:
            refused.append(str(error))
    say_once(refused, say)
    return found


def _only_with(recordings: Container[int], page: PageFact) -> PageFact:
    """The page with no other recordings than these blocks'."""
    blocks = [
        block if number in recordings else dataclasses.replace(block, recording="")
        for number, block in enumerate(page.blocks)
    ]
    return dataclasses.replace(page, blocks=blocks)


def say_once(refused: Sequence[str], say: Callable[[str], object]) -> None:
    """Says the first, and how many there are."""
    if refused:
        say(refused[0] + (f" ({len(refused)} files in all)" if refused[1:] else ""))


def page_path(folder: Path, page: PageFact) -> Path:
    """Where a page's evidence stands under `folder`."""
    return folder / page.engine / place(page.page).with_suffix(".json")
