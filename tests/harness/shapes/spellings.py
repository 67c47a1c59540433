"""Turns what a reader types, or writes into a file, into the words that are literal from then on, for bindings.

    -m 256m -e HEAP=64M python:3.14    ->    256m, 256MiB, 256.0M, ...   64M, 64MiB, ...   versions from 3.14. on

A word is literal as it was typed and as Docker or a program gives it back.
"""

import re
from collections.abc import Iterator, Mapping

_PIECE = re.compile(r"[^\s=,;'\"()\[\]{}|&<>]+")
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)([kmgt])(?:i?b)?", re.IGNORECASE)
_DURATION = re.compile(r"(?=\d)(?:(\d{1,4})h)?(?:(\d{1,4})m)?(?:(\d{1,6}(?:\.\d{1,3})?)s)?(?:(\d{1,7})ms)?")
_TAG = re.compile(
    r"(?=[^:]*[a-z])[a-z0-9][\w./-]*:v?(\d{1,4}(?:\.\d{1,4})?)(?:\.\d[\w.]*)?(?:-[\w.-]+)?(?:@sha256:[0-9a-f]{64})?"
)
_OPEN_TAG = re.compile(r"[^\s'\"]{1,200}:[^\s'\"$]{0,60}\$[^\s'\"]{1,100}")
_VARIABLE = re.compile(r"\$(?:(?P<name>\w+)|\{(?P<long>\w+)(?::?-(?P<default>[\w.-]+))?\})")
_GIVEN = re.compile(r"\b(?P<name>[A-Za-z_]\w{0,60}) {0,3}[=:] {0,3}['\"]?(?P<value>v?\d[\w.-]{0,60})")
_DD = re.compile(r"\bdd\b[^|;&\n]{0,200}")
_BLOCK, _BLOCKS = re.compile(r"\bbs=(\d{1,6})([kKMG]?)\b"), re.compile(r"\bcount=(\d{1,7})\b")
_TOUCHED = re.compile(
    r"\btouch\b[^|;&\n]{0,200}?(?:-d|--date=?|-t) {0,2}['\"]?"
    r"(\d{4})-?([01]\d)-?([0-3]\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?)?"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TRUNCATED = re.compile(r"\btruncate (?:-s|--size)[ =]?(\d{1,6})([kKMG])\b")
_ALLOCATED = re.compile(r"\b(?:fallocate -l|head -c) ?(\d{1,6})([kKMG])\b")
_TWO_NUMBERS = re.compile(r"\d{1,4}\.\d{1,4}")  # a package's version: idna==3.11
_SUBNET = re.compile(r"((?:\d{1,3}\.){3})\d{1,3}/(\d{1,2})")
_PLATFORM = re.compile(r"linux/[a-z0-9]{3,8}(?:/v\d)?")
_SHARED_MEMORY = "/dev/shm"  # noqa: S108  (a word that is read)
_UNITS = "kmgt"
_MANY = 1000  # kibibytes: a smaller number stands anywhere


def pieces(text: str) -> Iterator[str]:
    """The words of a text, those beside `=`, quotes and brackets apart."""
    return (found[0] for found in _PIECE.finditer(text))


def spellings(piece: str) -> Iterator[str]:
    """What a typed word is called where it comes back."""
    if size := _SIZE.fullmatch(piece):
        yield from _sizes(float(size[1]), _UNITS.index(size[2].lower()))
    if (duration := _DURATION.fullmatch(piece)) and piece[-1].isalpha():
        hours, minutes, seconds, thousandths = (float(part or 0) for part in duration.groups())
        yield _duration(hours * 3600 + minutes * 60 + seconds + thousandths / 1000)
    if subnet := _SUBNET.fullmatch(piece):
        yield f"{subnet[1]}1"  # the gateway, which Docker puts at the first address
        yield ".".join(subnet[1].split(".")[: int(subnet[2]) // 8]) + "."  # what all addresses begin with
    if piece == _SHARED_MEMORY:
        yield from _sizes(64, _UNITS.index("m"))  # so large Docker makes it unless it is told otherwise
    if _TWO_NUMBERS.fullmatch(piece) or _PLATFORM.fullmatch(piece):
        yield piece
    if tag := _TAG.fullmatch(piece):
        yield f"{tag[1]}."  # what every version begins with that this tag can name


def versions(text: str) -> dict[str, str]:
    """The variables that a text gives a version: `PG=17`, `PG: "17"`."""
    return {given["name"]: given["value"] for given in _GIVEN.finditer(text)}


def open_tags(text: str) -> list[str]:
    """The images of a text in whose tag a variable stands: `postgres:${PG}`."""
    return _OPEN_TAG.findall(text) if "$" in text else []


def closed(tag: str, values: Mapping[str, str]) -> str:
    """An image's name with the values of its variables; one that has none keeps its name."""
    return _VARIABLE.sub(lambda found: values.get(found["name"] or found["long"]) or found["default"] or found[0], tag)


def written(text: str) -> Iterator[str]:
    """How large is what `dd bs=1M count=10` writes, and when `touch -d 2020-02-02` says that a file was."""
    for number, unit in _written_by_dd(text):
        yield from _sizes(number, unit)
    for amount in amounts(text):
        yield str(amount)
        yield from _by_dd(amount)
    yield from (str(_octets(*found.groups())) for found in _TRUNCATED.finditer(text))
    for touched in _TOUCHED.finditer(text):
        yield from _days(*touched.groups("00"))


def _days(year: str, month: str, day: str, hour: str, minute: str, second: str) -> Iterator[str]:
    """As ls and stat write when a file was changed."""
    of_year = f"{_MONTHS[(int(month) - 1) % len(_MONTHS)]} {int(day):>2}"
    yield from (f"{of_year}  {year}", f"{of_year} {hour}:{minute}")
    yield from (f"{year}-{month}-{day} {hour}:{minute}", f"{year}-{month}-{day} {hour}:{minute}:{second}.000000000")


def amounts(text: str) -> Iterator[int]:
    """How many bytes `dd bs=1M count=10`, `fallocate -l 10M` and `head -c 10M` write."""
    for number, unit in _written_by_dd(text):
        yield int(number * 1024 ** (unit + 1))
    for found in _ALLOCATED.finditer(text):
        yield _octets(*found.groups())


def _octets(number: str, unit: str) -> int:
    return int(number) << 10 * (_UNITS.index(unit.lower()) + 1)


def _written_by_dd(text: str) -> Iterator[tuple[float, int]]:
    for command in _DD.findall(text):
        block, blocks = _BLOCK.search(command), _BLOCKS.search(command)
        if block and blocks and block[2]:
            yield float(block[1]) * int(blocks[1]), _UNITS.index(block[2].lower())


def _by_dd(amount: int) -> Iterator[str]:
    """As GNU's dd writes how much it has copied: `5.2 MB`, `5.0 MiB`, `105 MB`."""
    for base, units in ((1000, ("kB", "MB", "GB", "TB")), (1024, ("KiB", "MiB", "GiB", "TiB"))):
        power = max((power for power in range(len(units)) if amount >= base ** (power + 1)), default=0)
        number = amount / base ** (power + 1)
        yield f"{number:.{1 if number < 10 else 0}f} {units[power]}"


def _sizes(number: float, power: int) -> Iterator[str]:
    """As docker stats and inspect (go-units BytesSize), df, ls and free write a size."""
    while number >= 1024 and power < len(_UNITS) - 1:
        number, power = number / 1024, power + 1
    while 0 < number < 1 and power:
        number, power = number * 1024, power - 1
    if power and (kibibytes := number * 1024 ** (power - _UNITS.index("k"))) >= _MANY:
        yield f"{kibibytes:.0f}"  # df -k
    unit = _UNITS[power].upper()
    yield f"{number:.4g}{unit}iB"
    for plain in (f"{number:.4g}", f"{number:.1f}"):
        yield from (f"{plain}{unit}", f"{plain}{unit}i", f"{plain}{unit}B")


def _duration(seconds: float) -> str:
    """As Go writes a duration: 1m30s, 2m0s, 1h0m0s, 500ms."""
    if 0 < seconds < 1:
        return f"{seconds * 1000:g}ms"
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    above = f"{hours}h{minutes}m" if hours else f"{minutes}m" if minutes else ""
    return f"{above}{rest:g}s"
