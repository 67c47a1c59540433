"""docker system prune and the other prunes, docker builder prune, docker buildx du"""

import re

from harness.shapes.keys import literal
from harness.shapes.lines import Line, each_once
from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.tokens import Token

_UNKNOWN_LAYER = ((*literal("deleted: "), Token("digest", "")),)
_STAR = re.compile(r"(?<=\A[0-9a-z]{25})\*\Z")
_NAME = r"[0-9A-Za-z][-_.0-9A-Za-z]*"
_VOLUME = "33f4e077f89333f4e077f89333f4e077f89333f4e077f89333f4e077f8931234"
_IMAGES = (
    "Deleted Images:\nuntagged: note:v1\ndeleted: sha256:{}\ndeleted: sha256:{}\n{}\nTotal reclaimed space: 12.3MB"
)
_BUILT = "410i31i6qfsuch8nhjslqd2ax*   true          0B        5 seconds ago"
_RECORD = "xnoavvu9so0r   regular        0B        3 seconds ago    false"
_RECORDS = "ID                           RECLAIMABLE   SIZE      LAST ACCESSED\n{}"


def _unknown_once(run: list[Line]) -> list[Line]:
    """Of layers that the page doesn't know one: how many an image has, and whether two builds of one second share
    one, is no more the page's business than of what is pulled.
    """
    unknown = [line for line in run if line.key == _UNKNOWN_LAYER]
    others = [line for line in run if line.key != _UNKNOWN_LAYER]
    return [*unknown[:1], *others, *_said_again(unknown)]


def _records_once(run: list[Line]) -> list[Line]:
    """One of the records that are alike: the builder keeps as many as it likes."""
    return [*each_once(run), *_said_again(run)]


def _said_again(run: list[Line]) -> list[Line]:
    """The lines that say of one thing what was said of it before."""
    first = {line.text: line for line in reversed(run)}
    return [line for line in run if line is not first[line.text]]


ROWS = (
    Rewrite(
        name="whether a build record is in use",
        sign="*",
        write=lambda text: _STAR.sub("", text),
        seen=(("2yksyudutgtwsb8crzyk4hda0", "410i31i6qfsuch8nhjslqd2ax*"),),
        damaged=(("*", "+"),),
        typed="docker buildx du",
    ),
    Dialect(
        name="build records",
        columns=("CACHE ID",),
        policy=Policy.REDUCED,
        reduce=_records_once,
        seen=(
            (
                "CACHE ID       CACHE TYPE     SIZE      CREATED          SHARED\nkabmmxsvg9vw   regular"
                "        28B       3 seconds ago    false",
                "CACHE ID       CACHE TYPE     SIZE      CREATED          SHARED\nkabmmxsvg9vw   regular"
                f"        28B       3 seconds ago    false\n{_RECORD}",
            ),
        ),
        damaged=(("regular        28B", "source.local   28B"), (_RECORD, f"{_RECORD}\n{_RECORD}")),
        typed="docker system df -v",
    ),
    Dialect(
        name="build records of the builder",
        columns=("ID", "RECLAIMABLE"),
        policy=Policy.REDUCED,
        reduce=_records_once,
        seen=(
            (
                _RECORDS.format("2yksyudutgtwsb8crzyk4hda0    true          0B        16 seconds ago"),
                _RECORDS.format(
                    f"{_BUILT}\n88yw1p4zmshcl929fedvk0aij    true          6B        Less than a second ago"
                ),
            ),
        ),
        damaged=(
            ("true ", "maybe"),
            ("RECLAIMABLE", "CLAIMABLE  "),
            (_BUILT, f"{_BUILT}\n{_BUILT}"),
        ),
        typed="docker buildx du",
    ),
    Dialect(
        name="removed images",
        lines=r"(?:untagged|deleted): \S+",
        policy=Policy.SET,
        reduce=_unknown_once,
        seen=(
            (
                _IMAGES.format("a" * 64, "b" * 64, ""),
                _IMAGES.format("d" * 64, "e" * 64, f"deleted: sha256:{'c' * 64}\n"),
            ),
            ("untagged: a:1\nuntagged: b:1", "untagged: b:1\nuntagged: a:1"),
        ),
        damaged=(
            ("note:v1", "note:v2"),
            ("untagged", "deleted"),
            ("Total", "Whole"),
            ("e" * 64, "d" * 64),
        ),
        typed="docker system prune -a -f",
    ),
    *(
        Dialect(
            name=f"deleted {things}",
            under=f"Deleted {things}:",
            lines=form,
            policy=Policy.SET,
            seen=((f"Deleted {things}:\n{one}\n{other}\n", f"Deleted {things}:\n{other}\n{one}\n"),),
            damaged=((other, f"{other}/x"), (f"{one}\n", ""), ("Deleted", "Removed")),
            typed="docker system prune -f",
        )
        for things, form, one, other in (
            ("Volumes", _NAME, _VOLUME, "memo"),
            ("Networks", _NAME, "front", "back"),
        )
    ),
    Dialect(
        name="deleted build records",
        under="Deleted build cache objects:",
        lines=r"[0-9a-z]{25}\*?",
        policy=Policy.REDUCED,
        reduce=_records_once,
        seen=(
            (
                "Deleted build cache objects:\nuw70rm7k78oalc4ulwxlwvstg\n\nTotal reclaimed space: 98.3kB",
                "Deleted build cache objects:\ninb522g3krpiwif1xlqktxoed\nfnp91apw1846oluzzrc9ok5c1\n\n"
                "Total reclaimed space: 98.3kB",
            ),
        ),
        damaged=(
            ("objects", "object"),
            ("fnp91apw1846oluzzrc9ok5c1", "inb522g3krpiwif1xlqktxoed"),
            ("inb522g3krpiwif1xlqktxoed\nfnp91apw1846oluzzrc9ok5c1\n", ""),
        ),
        typed="docker system prune -f",
    ),
)
