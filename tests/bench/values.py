"""DAMAGES of values that a reader has chosen or asked for: addresses, limits, versions, words, numbers beside."""

import re
from collections.abc import Callable, Iterator

from bench.outputs import Output

_FIXED = {"0.0.0.0": "127.0.0.1", "127.0.0.1": "0.0.0.0"}  # noqa: S104
_TIME = r"\d\d:\d\d:\d\d(?:\.\d+)?(?:Z\b| ?\+00:?00\b| (?:UTC|GMT)\b)"
_ZONES = {"Z": "+09:00", "+00:00": "+09:00", "+0000": "+0900", "UTC": "KST", "GMT": "KST"}
_LIMIT = re.compile(r"(?:-m|--(?:memory|memory-swap|shm-size))[ =](?P<number>\d+(?:\.\d+)?)(?P<unit>[kmg])b?\b")
_CPUS = re.compile(r"--cpus[ =](?P<number>\d*\.?\d+)")
_UNITS = {"k": ("KiB", 1 << 10), "m": ("MiB", 1 << 20), "g": ("GiB", 1 << 30)}
_IMAGE = re.compile(r"(?<![\w./-])(?:[a-z0-9][\w.-]*/)*[a-z][\w.-]*:v?(\d{1,2}\.\d{1,2})(?![\w])")
# Of letters and digits: an address, a tag, 64M.
_WORD = re.compile(r"(?=[\w.:/-]*[a-z.:-])(?=[\w.:/-]*\d)[\w.:/-]{4,40}")
_ID = re.compile(r"[0-9a-f]{4,64}|.*[0-9a-f]{12}.*")
_MASK = r"(?<=\.\d)/(?:8|12|16|24|28)\b"
_TEMPLATE = re.compile(r"(?:-f|--format)[ =]'(?!table |json)([^']*)'")
_NEW_AT_EVERY_LOOK = re.compile(
    r"\.(?:\w*Pid|Size\w*|Created\w*|StartedAt|FinishedAt|RunningFor|MemUsage|PIDs|Time(?:Nano)?)\b"
)


def _zone(time: str) -> str:
    zone = next(zone for zone in _ZONES if time.endswith(zone))
    return time.removesuffix(zone) + _ZONES[zone]


def _spellings(commands: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What a typed limit is printed as, and another one."""
    for command in commands:
        for found in _LIMIT.finditer(command):
            name, size = _UNITS[found["unit"]]
            yield f"{found['number']}{name}", f"9{found['number']}{name}"
            yield str(int(float(found["number"]) * size)), str(int(float(found["number"]) * size) * 2)
        for found in _CPUS.finditer(command):
            nanos = round(float(found["number"]) * 1e9)
            yield str(nanos), str(nanos * 2)


def _limit(output: Output) -> str:
    printed = dict(_spellings(output.typed))
    if not printed:
        return output.text
    known = "|".join(map(re.escape, printed))
    return output.change(rf"(?<![\w.])(?:{known})(?![\w.])", printed.__getitem__)


def _version(output: Output) -> str:
    """Another version than that of the image that was asked for."""
    versions = {found[1] for command in output.typed for found in _IMAGE.finditer(command)}
    known = "|".join(map(re.escape, sorted(versions)))
    return output.change(rf"(?<![\w.:])(?:{known})(?=\.\d)", lambda version: f"9{version}") if known else output.text


def _word(output: Output) -> str:
    """Another word in the place of one that was typed."""
    words = {word for command in output.typed for word in _WORD.findall(command) if not _ID.fullmatch(word)}
    known = "|".join(map(re.escape, sorted(words)))
    return output.change(rf"(?<![\w./:-])(?:{known})(?![\w./:-])", _with_other_digit) if known else output.text


def _with_other_digit(word: str) -> str:
    place = max(index for index, letter in enumerate(word) if letter.isdigit())
    return f"{word[:place]}{(int(word[place]) + 1) % 10}{word[place + 1 :]}"


def _beside(output: Output) -> str:
    """Another number for one that a template asks for and that is no process or size."""
    template = _TEMPLATE.search(output.command)
    asked = template[1].split() if template and template[1].count("{{") > 1 else []
    lines = output.lines
    places = [
        (number, index)
        for number, line in enumerate(lines)
        if len(line.split()) == len(asked)
        for index, (word, field) in enumerate(zip(line.split(), asked, strict=True))
        if re.search(r"\d", word) and re.fullmatch(r"\W*\d{1,12}\W*", word) and not _NEW_AT_EVERY_LOOK.search(field)
    ]
    if places:
        number, index = output.random.choice(places)
        words = lines[number].split()
        words[index] = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), words[index])
        lines[number] = " ".join(words)
    return "\n".join(lines)


DAMAGES: dict[str, Callable[[Output], str]] = {
    "fixed address": lambda output: output.change(
        r"(?<![\d.])(?:0\.0\.0\.0|127\.0\.0\.1)(?![\d.])", _FIXED.__getitem__
    ),
    "number beside": _beside,
    "limit": _limit,
    "version asked for": _version,
    "word typed": _word,
    "mask": lambda output: output.change(_MASK, lambda mask: f"/{int(mask[1:]) + 1}"),
    "job": lambda output: output.change(r"^\[\d+\](?=[-+ ] *\w)", lambda job: f"[{int(job[1:-1]) + 1}]"),
    "time zone": lambda output: output.change(_TIME, _zone),
}
