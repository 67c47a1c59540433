"""Asks Docker Hub whether the tags that the guide uses are there, and whether somebody still keeps them.

    docker run nginx:1.30, FROM python:3.14, image: redis:8     ->     nginx:1.30, python:3.14, redis:8

It asks Hub's own pages about a tag, not the registry for its manifest: that counts as no pull.
"""

import json
import re
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from harness.claims.commands import Command, commands_of, parse
from harness.claims.problems import Problem, relative
from harness.claims.shell import simple_commands
from lint.texts import Block, Text, blocks

HUB = "https://hub.docker.com"
EXPECTED = Path(__file__).with_name("tags.toml")
TIMEOUT = 20  # seconds that Hub may take
OLD = timedelta(days=183)

_NAME = re.compile(r"(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::[\w][\w.-]{0,127})?")
_FROM = re.compile(r"[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(?P<image>\S+)(?:[ \t]+AS[ \t]+(?P<stage>\S+))?", re.IGNORECASE)
_COPIED_FROM = re.compile(r"[ \t]*(?:COPY|RUN)[ \t].*?--?(?:from|mount=\S*from)=(?P<image>[^\s,]+)", re.IGNORECASE)
_SERVICE = re.compile(r"[ \t-]*image:[ \t]*[\"']?(?P<image>[^\s\"'#]+)")


@dataclass(frozen=True)
class Use:
    """An image of Docker Hub, and a place that uses it."""

    image: str  # with its tag
    path: Path
    line: int


def stale(pages: Sequence[Path], root: Path, hub: str | None = None, now: datetime | None = None) -> Iterator[Problem]:
    """The tags that are gone or have not been pushed for half a year. Those in tags.toml must be as it says.

    `hub` is the address of Docker Hub, `now` the time to count from.
    """
    expected = {entry["name"]: entry["is"] for entry in known()}
    first: dict[str, Use] = {}
    for use in uses(pages, root):
        first.setdefault(use.image, use)
    with ThreadPoolExecutor(4) as pool:
        states = list(pool.map(lambda image: state(image, hub or HUB, now or datetime.now(UTC)), first))
    for use, (found, in_words) in zip(first.values(), states, strict=True):
        path = relative(use.path, root)
        wanted = expected.get(use.image, "kept")
        if found == "unreachable":
            yield Problem(path, use.line, f"{use.image}: {in_words}; run this where the internet can be reached")
            return
        if found not in (wanted, "unknown"):
            yield Problem(path, use.line, f"{use.image}: {in_words}; {_way_out(wanted)}")


def known() -> list[dict[str, str]]:
    """The entries of tags.toml: `name`, the state that it `is` in, and the `reason` why it stands in the guide."""
    return list(tomllib.loads(EXPECTED.read_text("utf-8"))["image"])


def _way_out(wanted: str) -> str:
    where = f"tests/lint/{EXPECTED.name}"
    if wanted != "kept":
        return f'{where} says is = "{wanted}": correct it there, or write another image'
    return f"write a tag that upstream still keeps, or say in {where} why this one is meant"


def state(image: str, hub: str, now: datetime) -> tuple[str, str]:
    """An image's state, also in words: kept, old, gone, unreachable, or unknown where Hub refuses to say."""
    name, _, tag = image.partition(":")
    address = f"{hub}/v2/repositories/{name if '/' in name else f'library/{name}'}/tags/{tag}"
    request = urllib.request.Request(address, headers={"User-Agent": "docker-note tag check"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            pushed = _pushed(json.load(answer))
    except urllib.error.HTTPError as error:
        # Other errors are between Hub and this machine: a limit, a bad moment.
        return ("gone", "Docker Hub has no such tag") if error.code == 404 else ("unknown", "")
    except (OSError, ValueError) as error:
        return "unreachable", f"Docker Hub cannot be asked ({error})"
    if pushed and now - pushed > OLD:
        return "old", f"not pushed since {pushed:%Y-%m-%d}, for more than half a year"
    return "kept", f"pushed on {pushed:%Y-%m-%d}" if pushed else "there"


def _pushed(tag: dict[str, Any]) -> datetime | None:
    written = tag.get("tag_last_pushed") or tag.get("last_updated")
    return datetime.fromisoformat(written) if written else None


# -- which images the guide uses


def uses(pages: Sequence[Path], root: Path) -> Iterator[Use]:
    """The images of Docker Hub that the pages pull, run or build on, in order, without those that they make."""
    shown = [block for page in pages for block in blocks(page, page.read_text("utf-8"), root / "snippets")]
    made = {_tagged(name) for block in shown for text in block.texts for name in _made(text)}
    for block in shown:
        for text in block.texts:
            for line, name in _named(block, text):
                if _NAME.fullmatch(name) and _tagged(name) not in made:
                    yield Use(_tagged(name), text.path, line)


def _named(block: Block, text: Text) -> Iterator[tuple[int, str]]:
    """(line, image) of each image that a block runs, pulls or builds on."""
    if block.is_session:
        for step in text.steps():
            for simple in simple_commands(step.command):
                names = [name for command in commands_of(simple) for name in _run(command)]
                yield from ((text.above + step.line + simple.line, name) for name in names)
    elif block.language == "dockerfile":
        stages = {"scratch"}
        for number, line in enumerate(text.text.split("\n"), 1):
            if base := _FROM.match(line) or _COPIED_FROM.match(line):
                if base["image"] not in stages and not base["image"].isdigit():
                    yield text.above + number, base["image"]
                stages.add(base.groupdict().get("stage") or "scratch")
    elif block.language in ("yaml", "yml"):
        for number, line in enumerate(text.text.split("\n"), 1):
            if found := _SERVICE.match(line):
                yield text.above + number, found["image"]


def _run(command: Command) -> Sequence[str]:
    """The image that a command runs or pulls."""
    return command.arguments[:1] if command.plain_name in ("docker run", "docker create", "docker pull") else ()


def _made(text: Text) -> Iterator[str]:
    """The images that a session builds, tags or commits."""
    for command in (command for step in text.steps() for command in parse(step.command)):
        if command.plain_name == "docker build":
            yield from (*command.options.get("-t", ()), *command.options.get("--tag", ()))
        elif command.plain_name in ("docker tag", "docker commit", "docker import"):
            yield from command.arguments[-1:]


def _tagged(name: str) -> str:
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"
