"""DAMAGES: an output -> one that a reader would call wrong, or itself where it can't have that damage.

What an output says otherwise: other words, lines, rows, columns, ids. What it says of values is in values.py.
"""

import re
from collections.abc import Callable

from bench import free, values
from bench.outputs import HEADER, Output
from bench.yardsticks import sed

ID = r"(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-z])"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_GENERATED = r"\b[0-9a-z]{25}\b"  # of BuildKit
_COPIED = r"\b(?:file|dir|multi):[0-9a-f]+"  # what an old builder has put into an image
_WRONG_STATES = {"Up": "Dead", "Created": "Up 2 seconds", "healthy": "unhealthy", "FINISHED": "DONE"}
_EXIT = r"(?:(?<=Exited \()|(?<=exit code: )|(?<=exitCode=)|(?<=\"ExitCode\": ))\d+"
_OCTETS = r"(?<![\d.])172\.\d+\.\d+\.\d+(?![\d.])"
# Set to the right edge, or where progress was erased: these are as far to the right as the terminal makes them.
_SET_RIGHT = re.compile(r".*i Info →.*|.*Successfully copied.*")

# -- lines


def letters(line: str) -> str:
    """What two lines have to differ in to be two: an id that is seen for the first time may be any."""
    return re.sub(r"\W+|\d|[a-f]{4,}", "", re.sub(rf"{ID}|{_UUID}|{_GENERATED}|{_COPIED}", "", line))


def _dropped(output: Output) -> str:
    return output.without(output.line())


def _doubled(output: Output) -> str:
    last = len(output.lines) - 1
    return "\n".join([*output.lines, output.lines[last]]) if output.counts(last) else output.text


def _added(output: Output) -> str:
    where = output.random.randint(0, len(output.lines))
    return "\n".join([*output.lines[:where], "something else happened here", *output.lines[where:]])


def _half(output: Output) -> str:
    left = range(len(output.lines) // 2, len(output.lines))
    filled = [index for index in left if output.lines[index].strip()]
    return output.without(*left) if filled and output.counts(*filled) else output.text


def _swapped(output: Output) -> str:
    lines = output.lines
    words = [letters(line) for line in lines]
    places = [
        index
        for index in range(len(lines) - 1)
        if words[index] != words[index + 1]
        and lines[index].strip()
        and lines[index + 1].strip()
        and not free.may_swap(output.command, *lines[index : index + 2])
    ]
    if places:
        index = output.random.choice(places)
        lines[index], lines[index + 1] = lines[index + 1], lines[index]
    return "\n".join(lines)


def _four_blanks(output: Output) -> str:
    lines = output.lines
    places = [i for i, line in enumerate(lines) if line.strip() and i <= output.header and not _SET_RIGHT.match(line)]
    if places:
        place = output.random.choice(places)
        lines[place] = "    " + lines[place]
    return "\n".join(lines)


def _indentation(output: Output) -> str:
    lines = output.lines
    text = range(output.header)  # rows of a table are padded
    places = [i for i in text if re.match(r" +[\w\"'-]", lines[i]) and not _SET_RIGHT.match(lines[i])]
    if places:
        place = output.random.choice(places)
        lines[place] = "  " + lines[place]
    return "\n".join(lines)


# -- tables


def _column_more(output: Output) -> str:
    header = output.header
    return "\n".join(
        f"{line}   {'EXTRA' if index == header else 'x'}" if index >= header and line else line
        for index, line in enumerate(output.lines)
    )


def _column_gone(output: Output) -> str:
    header = next((line for line in output.lines if HEADER.fullmatch(line)), "")
    starts = [match.start() for match in re.finditer(r"(?<=  )\S", header)]
    if not starts:
        return output.text
    start = output.random.choice(starts)
    end = next((other for other in starts if other > start), 10_000)
    return "\n".join(line[:start] + line[end:] for line in output.lines)


def _row_gone(output: Output) -> str:
    row = output.row()
    return output.without(row) if row else output.text


def _row_doubled(output: Output) -> str:
    row = output.row()
    return "\n".join([*output.lines[: row + 1], *output.lines[row:]]) if row else output.text


# -- words and ids


def _other_id(output: Output) -> str:
    digits = "".join(output.random.choices("0123456789abcdef", k=64))
    lines = output.lines
    places = [
        (index, match)
        for index, line in enumerate(lines)
        for match in re.finditer(ID, line)
        if match[0][:12] in output.known and not free.may_be_another(output.command, line)
    ]
    if places:
        index, match = output.random.choice(places)
        lines[index] = lines[index][: match.start()] + digits[: len(match[0])] + lines[index][match.end() :]
    return "\n".join(lines)


def _true_or_false(output: Output) -> str:
    if any(free.may_be_another(output.command, line) for line in output.lines if re.search("true|false", line)):
        return output.text
    return output.change(r"\b(?:true|false)\b", lambda word: "false" if word == "true" else "true")


def _to(pattern: str, new: Callable[[str], str]) -> Callable[[Output], str]:
    return lambda output: output.change(pattern, new)


DAMAGES: dict[str, Callable[[Output], str]] = {
    "exit code": _to(_EXIT, lambda code: "1" if code != "1" else "2"),
    "header": _to(rf"^{HEADER.pattern}$", lambda line: line.replace(line.split()[-1], "XTRA")),
    "column gone": _column_gone,
    "column more": _column_more,
    "row gone": _row_gone,
    "row doubled": _row_doubled,
    "status": _to(
        r"\b(?:Up|Exited(?= \()|Created|healthy|Paused|complete|FINISHED|running|Started)(?!\w)",
        lambda word: _WRONG_STATES.get(word, "failed"),
    ),
    "image": _to(r"\b(?:nginx|centos|hello-world|redis|busybox)\b", lambda word: f"{word}x"),
    "name": _to(r"\b(?:web\d?|loop|test1|dd|h1|lim|mynet)\b", lambda word: f"{word}y"),
    "random name": _to(r"(?<= )[a-z]{4,}_[a-z]{4,}$", lambda name: f"{name[:2]}{name[3:]}"),
    "protocol": _to(r"(?<=\d/)(?:tcp|udp)\b", lambda name: "udp" if name == "tcp" else "tcp"),
    "true or false": _true_or_false,
    "key of JSON": _to(r'(?<=")[A-Z]\w+(?=": ?[^ ])', lambda key: f"{key}Q"),
    "Korean syllable": _to(r"[가-힣]", lambda letter: "뷁" if letter != "뷁" else "가"),
    "indentation": _indentation,
    "port": _to(r"\b(?:8080|8081|80/tcp|5000|32768)\b", lambda port: "9" + port[1:]),
    "address": _to(_OCTETS, lambda address: f"{address}0.1"),
    "no id, short": _to(ID, lambda text: text[:-1]),
    "no id, letter": _to(ID, lambda text: f"{text[:5]}x{text[6:]}"),
    "other id": _other_id,
    "size": _to(r"\b\d+(?:\.\d+)?(?:[kMG]i?)B\b", lambda size: f"{size[:-1]}X"),
    "age": _to(r"\b\d+ (?:seconds|minutes|hours|days|weeks|months|years)\b", lambda age: f"{age.split()[0]} moons"),
    "time": _to(r"\d{4}-\d\d-\d\dT\d\d:", lambda time: f"{time[:5]}99{time[7:]}"),
    "misspelt": _to(r"(?<![\w:.])[A-Za-z]{4,11}(?![\w-])", lambda word: word[0] + word[2] + word[1] + word[3:] + "q"),
    "line dropped": _dropped,
    "last line doubled": _doubled,
    "line added": _added,
    "lines swapped": _swapped,
    "four blanks": _four_blanks,
    "half": _half,
    "error instead": lambda _: "Error response from daemon: Something is wrong",
    "empty": lambda _: "",
    "warning before": lambda output: f"WARNING: Something is deprecated\n{output.text}",
    "warning after": lambda output: f"{output.text}\nWARNING: Something is deprecated",
    "other command": lambda output: output.text if sed(output.other) == sed(output.text) else output.other,
    **values.DAMAGES,
}
