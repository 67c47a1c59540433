"""Turns code of another language into the lines that it prints, piece by piece: for asked.

python -c 'import os; print("pid", os.getpid(), 7 * 6)'     `pid `, what nobody knows before, ` `, something else

Only what such one-liners are made of is read: calls that print, their arguments, strings with values in them, and
variables that hold what nobody knows before.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from harness.shapes import composed, dates
from harness.shapes.composed import CONVERSION, STRING
from harness.shapes.line_patterns import ARCHITECTURE, DECIMAL, KERNEL, NUMBER, PROCESS, between
from harness.shapes.templates import FIELDS

# What stands between the arguments of a call that prints.
_BETWEEN = {
    "python": " ", "pypy": " ", "node": " ", "awk": " ", "gawk": " ", "mawk": " ", "perl": "", "php": "", "ruby": "\n",
}  # fmt: skip
_VERSION = re.compile(r"[\d.]+\Z")
_CALL = re.compile(r"(?<![\w.$])(?P<name>print(?:f|ln)?|puts|say|echo|p|console\.(?:log|error|info))\b(?!\s*=)\s*")
_ASKS = re.compile(
    r"\$\$|\b(?:get(?:my)?pp?id|get_(?:native_id|ident)|s?rand(?:om|int|range|bits|bytes)?|urandom|getsockname)\b"
    r"|\b(?:systime|perf_counter|monotonic|hrtime|cpu_count|availableParallelism)\b|\bcpus\(\)"
    r"|\b(?:disk_(?:usage|(?:free|total)_space)|statvfs|(?:free|total)mem|memory(?:Usage|_get_(?:peak_)?usage))\b"
    r"|\bhash\(\s*[\"']"  # Python's, of a text
    r"|\.(?:pp?id|port|native_id|ident)\b"
    r"|\bDate\.now\b|\bTime\.now\.to_|\btime(?:_ns)?\b(?!\s*\.)"  # a date is no number
)
# What comes then is the same in each run.
_SEEDED = re.compile(r"(?:\b|_)s(?:eed|rand)\(\s*[\w\"']|\bRandom(?:\.new)?\(\s*\d")
_IN_CALL = re.compile(r"\w\(\s*\Z")
_SIZE = re.compile(r"\s*(?:len|count|strlen)\(")
_PROCESS = re.compile(
    r"[\s+(]*(?:(?:str|String)\()?"
    r"(?:(?:\w+\.)?(?:get(?:my)?pp?id(?:\(\))?|pp?id|get_native_id\(\)|(?:\w+\(\)\.)?native_id)|\$\$)[\s+)]*"
)
_ASSIGNED = re.compile(r"(?<![\w.])\$?(?P<name>[A-Za-z_]\w*)\s*=(?!=)(?P<value>[^;\n]*)")
_VALUE = {
    "python": re.compile(r"""\{((?:[^{}:!"']|"[^"]*"|'[^']*')*)(?:![a-z])?(?::(?P<how>[^{}]*))?[^{}]*\}"""),
    "node": re.compile(r"\$\{([^{}]*)\}"),
    "ruby": re.compile(r"#\{([^{}]*)\}"), "perl": re.compile(r"(\$(?:\w+|\$))"), "php": re.compile(r"\{?(\$\w+)\}?"),
}  # fmt: skip
_NAMED = re.compile(r"\s*(?:sep|end|file|flush)\s*=(?!=)")
_SEPARATOR = re.compile(r"""\s*sep\s*=\s*(["'])(.*)\1\s*""")
_SEVERAL = re.compile(r"\A\s*(?:[\[{]|\([^()]*,)|\bfor\b|\b(?:sample|choices|times|map)\b")
_LOOP = re.compile(r"\b(?:for|while|each|times|map|forEach|until|def|function|lambda)\b|=>")
_BRANCH = re.compile(r"\b(?:if|elif|else|unless|try|except|catch|case|exit)\b|[?]|&&|\|\|")
_LONGEST = 50_000  # characters of code: nobody types more, and to read a megabyte takes 20 seconds
_MOST_WITHIN = 8  # lists, or calls, in one another
_NOTHING = re.compile(r"[\s+.()]*")
_SAID = re.compile(r"(?:str|String)\((.*)\)", re.DOTALL)
_ADDED = re.compile(r"\A(\d{1,9}) {0,3}\+ {0,3}| {0,3}\+ {0,3}(\d{1,9})\Z")
# Random whole numbers: from one to another; and from 0, or one, to below another.
_TO = re.compile(
    r"(?:\w{1,32}\.)?(?:randint|(?:mt_)?rand|random_int)\(\s*(?P<least>\d{1,9})\s*(?:,|\.\.)\s*(?P<most>\d{1,9})\s*\)"
)
_BELOW = re.compile(
    r"(?:\w{1,32}\.)?(?:randrange|randbelow|randomInt|choice|sample)\(\s*(?:range\(\s*)?"
    r"(?:(?P<least>\d{1,9})\s*,\s*)?(?P<end>\d{1,9})\s*\)(?:\s*,\s*\d{1,4}\s*\)|\))?"
    r"|(?:\w{1,32}\.)?rand\(\s*(?P<of_ruby>\d{1,9})\s*\)|int\(\s*rand\(\s*(?P<of_perl>\d{1,9})\s*\)\s*\)"
    r"|(?:int|parseInt|Math\.(?:floor|trunc))\(\s*(?:rand|Math\.random)\(\)\s*\*\s*(?P<factor>\d{1,9})\s*\)"
)
_UNIFORM = re.compile(
    r"(?:round\(\s*)?(?:random\.)?uniform\(\s*(?P<least>\d{1,9})(?:\.\d{1,9})?\s*,\s*(?P<most>\d{1,9})"
    r"(?P<part>\.\d{1,9})?\s*\)(?:\s*,\s*\d{1,2}\s*\))?"
)
_TOKEN = re.compile(r"(?:secrets\.)?token_(?P<as>hex|urlsafe)\(\s*(?P<octets>\d{1,3})\s*\)")
_TEMPORARY = re.compile(r"(?:tempfile\.)?mk[ds]?temp\((?P<given>[^()]*)\)(?:\[1\])?")
_AROUND = re.compile(r"""\b(?P<name>prefix|suffix|dir)\s*=\s*(?P<quote>["'])(?P<text>[^"']*)(?P=quote)""")
_LIST = re.compile(r"\s*[\[({](?P<items>[^\[\](){}]*)[\])}]\s*")
_LITERAL_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
_OF_RANGE = re.compile(r"\s*(?:list\(\s*)?(?P<range>range\([^()]{1,40}\))(?:\s*\))?\s*")
_OF_LIST = rf"\(\s*(?P<of>{_LIST.pattern.replace('?P<items>', '?:')}|[A-Za-z_]\w*)"
_ONE_OF = re.compile(rf"(?:random|secrets)\.choice{_OF_LIST}\s*\)")
_SET_OF = re.compile(
    rf"\s*\{{\s*(?P<each>[A-Za-z_]\w*)\s+for\s+(?P=each)\s+in\s+(?P<all>{_LIST.pattern.replace('?P<items>', '?:')}"
    r"|[A-Za-z_]\w*)\s*\}\s*"
    rf"|\s*(?:list\(\s*)?(?:set|frozenset){_OF_LIST}\s*\)(?:\s*\))?\s*|\s*(?P<set>\{{[^{{}}:]*\}})\s*"
)
_SOME_OF = re.compile(rf"\brandom\.(?:sample|choices){_OF_LIST}")
_SHUFFLED = re.compile(r"\brandom\.shuffle\(\s*(?P<name>[A-Za-z_]\w*)\s*\)")
_EACH = re.compile(r"\bfor\s+(?P<name>[A-Za-z_]\w*)\s+in\s+(?P<of>[^:\n]{1,400})")
_NOW = re.compile(r"[\w.]{0,40}\b(?:now|utcnow|today)(?:\([^()]{0,40}\))?")
_DATE = re.compile(
    r"""(?:time\.|(?P<of>[^"']{1,80})\.)?strftime"""
    r"""\(\s*(?P<quote>["'])(?P<date>[^"']*)(?P=quote)\s*(?:,\s*time\.(?:gm|local)time\(\)\s*)?\)"""
)


def _cut_id(length: int) -> re.Pattern[str]:
    """What takes so many digits of an id."""
    return re.compile(rf"[^;\n]{{1,200}}\[[\"']I[dD][\"']\]\[:{length}\]")


_KEYS = "|".join(field.removeprefix(".") for field in FIELDS if field != ".Pid")
_OF_VALUES = {  # seconds since 1970 have ten digits
    re.compile(r"[^;\n]{1,200}\[[\"']Pid[\"']\]"): PROCESS,  # of what docker inspect prints
    re.compile(rf"[^;\n]{{1,200}}\[[\"'](?:{_KEYS})[\"']\]"): NUMBER,
    **{_cut_id(length): rf"([0-9a-f]{{{length}}})" for length in range(1, 12)},
    re.compile(r"(?:int|round)\(\s*time(?:\.time)?\(\)\s*\)|Time\.now\.to_i|systime\(\)"): r"(\d{10})",
    re.compile(r"time\.time\(\)|Time\.now\.to_f"): r"(\d{10}\.\d{1,9})",
    re.compile(r"time(?:\(\))?"): r"(\d{10}(?:\.\d{1,9})?)",
    re.compile(r"time\.time_ns\(\)"): r"(\d{19})",
    re.compile(r"Date\.now\(\)|new Date(?:\(\))?(?:\.(?:getTime|valueOf)\(\))?"): r"(\d{13})",
    re.compile(r"Math\.(?:floor|round|trunc)\(\s*Date\.now\(\)\s*/\s*(?:1000|1e3)\s*\)"): r"(\d{10})",
    re.compile(rf"{_NOW.pattern}\.year|new Date\(\)\.get(?:UTC)?FullYear\(\)"): r"(\d{4})",
    re.compile(
        rf"{_NOW.pattern}\.(?:month|day|hour|minute|second)"
        r"|new Date\(\)\.get(?:UTC)?(?:Date|Day|Hours|Minutes|Month|Seconds)\(\)"
    ): r"(\d{1,2})",
    re.compile(r"platform\.machine\(\)|os\.uname\(\)(?:\.machine|\[4\])"): ARCHITECTURE,
    re.compile(r"process\.arch|os\.arch\(\)"): "(x64|arm64|arm|ppc64|riscv64|s390x)",
    re.compile(r"platform\.release\(\)|os\.uname\(\)\.release|os\.release\(\)"): KERNEL,
    re.compile(r"(?:shutil\.)?disk_usage\([^()]{0,80}\)"): (
        r"usage\(total=(\d{1,20}), used=(\d{1,20}), free=(\d{1,20})\)"
    ),
    re.compile(r"hex\((?:os\.)?getp?pid\(\)\)"): r"(0x[0-9a-f]{1,8})",
    re.compile(r"random\.random\(\)|Math\.random\(\)"): r"(0(?:\.\d{1,20})?|[1-9](?:\.\d{1,20})?e-\d{1,2})",
}


class Value(Enum):
    """What stands in a line beside its texts."""

    ASKED = "a number that nobody knows before"
    PROCESS = "the number of a process"
    SEVERAL = "several of them"
    OTHER = "it follows from the code"
    SIGNS = "quotes, brackets and blanks beside the things in a list"


class Drawn(NamedTuple):
    """What nobody knows before, of which the code says what it may be."""

    form: str  # of one
    is_one: bool = True  # else several of them


Piece = str | Value | Drawn
_AS_IT_IS = frozenset({"", "d", "i", "s", "v"})
ASKED = {Value.ASKED: DECIMAL, Value.PROCESS: PROCESS}
# How a form writes a number, without what only pads it.
_HOW = re.compile(r"[-+ <>^#]{0,2}(?:0(?P<width>[1-9]))?\d{0,2}(?P<comma>,?)(?:\.(?P<digits>\d))?(?P<as>[dfgiux]?)")


class _Names(NamedTuple):
    """What the variables of the code hold."""

    made_up: dict[str, Drawn | None]  # None: the code doesn't say what it may be
    lists: dict[str, str]  # the form of one of the things in each
    clocks: frozenset[str]  # now


def language(program: str) -> str:
    """The name of a program whose code is read here, without its version; empty for any other."""
    name = _VERSION.sub("", program)
    return name if name in _BETWEEN else ""


def asks(code: str) -> bool:
    """Whether code in any language asks for what nobody knows before."""
    return bool(_ASKS.search(code))


def is_seeded(code: str) -> bool:
    """Whether the code says itself where its random numbers begin, so that they are the same in each run."""
    return bool(_SEEDED.search(code))


@lru_cache(maxsize=64)  # asked for each line that the code prints
def repeats(code: str, name: str) -> bool:
    """Whether the code may print a line more than once; awk does so for each that it reads."""
    return bool(_LOOP.search(code)) or (name.endswith("awk") and not code.strip().startswith("BEGIN"))


@lru_cache(maxsize=64)
def is_straight(code: str, name: str) -> bool:
    """Whether the code prints each of its lines once."""
    return not repeats(code, name) and not _BRANCH.search(code)


def lines(code: str, name: str) -> Iterator[list[Piece]]:
    """The lines that the code's calls print; of very long code, or of calls deep in each other, nothing is known."""
    if len(code) > _LONGEST:
        return
    known = _names(code)
    ends: list[int] = []  # of the calls around
    for call in _CALL.finditer(code):
        ends = [end for end in ends if end > call.start()]
        if len(ends) == _MOST_WITHIN:
            continue
        given, end = composed.arguments(code, call.end())
        ends.append(end)
        pieces = [list(_pieces(one, name, known)) for one in given if not _NAMED.match(one)]
        has_form = call["name"] == "printf" or (name == "node" and bool(CONVERSION.search(given[0])))
        if has_form and pieces:
            yield from _split(_filled(pieces[0], pieces[1:]))
        else:
            between = "" if call["name"] == "print" and name == "ruby" else _BETWEEN[name]
            between = next((found[2] for found in map(_SEPARATOR.fullmatch, given) if found), between)
            yield from _split([piece for one in pieces for piece in (*one, between)][:-1])


def _names(code: str) -> _Names:
    """What the code puts into variables."""
    lists = {found["name"]: form for found in _ASSIGNED.finditer(code) if (form := _items(found["value"]))}
    clocks = frozenset(found["name"] for found in _ASSIGNED.finditer(code) if _NOW.fullmatch(found["value"].strip()))
    known = _Names({}, lists, clocks)
    for found in _ASSIGNED.finditer(code):
        if (drawn := _drawn(found["value"], known)) or asks(found["value"]):
            known.made_up[found["name"]] = drawn
    shuffled = {found["name"] for found in _SHUFFLED.finditer(code)}
    known.made_up.update((name, Drawn(f"({lists[name]})", is_one=False)) for name in sorted(shuffled & lists.keys()))
    for loop in _EACH.finditer(code):
        some = known.made_up.get(loop["of"].strip()) or _drawn(loop["of"], known)
        if some and not some.is_one:
            known.made_up[loop["name"]] = Drawn(some.form)
    return known


def _items(value: str) -> str:
    """The form of one of the things in a list; empty where the code doesn't say them one by one."""
    if numbers := _OF_RANGE.fullmatch(value):
        drawn = _BELOW.fullmatch(f"choice({numbers['range']})")
        return _range(drawn) if drawn else ""
    found = _LIST.fullmatch(value)
    words = [string["text"] for string in STRING.finditer(found["items"])] if found else []
    items = list(filter(None, map(str.strip, found["items"].split(",")))) if found and not words else []
    words = words or (items if all(map(_LITERAL_NUMBER.fullmatch, items)) else [])
    return f"(?:{'|'.join(map(re.escape, words))})" if words else ""


def _of_list(drawn: re.Match[str], known: _Names) -> str:
    named = drawn.groupdict()
    of = named.get("set") or named.get("all") or drawn["of"]
    return known.lists.get(of, "") or _items(of)


def _pieces(argument: str, name: str, known: _Names, within: int = 0) -> Iterator[Piece]:
    """The texts and values of one argument, such as `"pid " + str(os.getpid())`."""
    if drawn := _drawn(argument, known):
        yield drawn
        return
    if within < _MOST_WITHIN and (parts := composed.parts(argument, name)):
        yield from _of_parts(parts, name, known, within + 1)
        return
    end = 0
    for string in STRING.finditer(argument):
        if _IN_CALL.search(argument[end : string.start()]):  # it is not printed itself
            continue
        yield from _value(argument[end : string.start()], known)
        yield from _of_string(string, name, known)
        end = string.end()
    yield from _value(argument[end:], known)


def _of_parts(parts: Sequence[composed.Part], name: str, known: _Names, within: int) -> list[Piece]:
    found: list[Piece] = []
    for part in parts:
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, composed.Signs):
            found.append(Value.SIGNS)
        elif isinstance(part, composed.OneOf):
            found.append(_one_of(part.codes, name, known, within))
        elif _LITERAL_NUMBER.fullmatch(part.code.strip()):
            found.append(part.code.strip() if part.written in _AS_IT_IS else Value.OTHER)
        else:
            found += (_written(piece, part.written) for piece in _pieces(part.code, name, known, within))
    beside = [None, *found, None]  # what is anything has its signs within
    return [
        piece
        for before, piece, behind in zip(beside, found, beside[2:], strict=False)
        if piece is not Value.SIGNS or Value.OTHER not in (before, behind)
    ]


def _one_of(codes: Sequence[str], name: str, known: _Names, within: int) -> Piece:
    """One of several values; what is known of them before is literal."""
    values = [[piece for piece in _of_parts([composed.Value(code)], name, known, within) if piece] for code in codes]
    if any(len(pieces) != 1 or (isinstance(pieces[0], Value) and pieces[0] not in ASKED) for pieces in values):
        return Value.OTHER
    literal = [rf"{re.escape(piece)}(?![\w.])" for [piece] in values if isinstance(piece, str)]
    asked = [
        ASKED[piece] if isinstance(piece, Value) else piece.form for [piece] in values if not isinstance(piece, str)
    ]
    return Drawn(f"(?:{'|'.join((*literal, *dict.fromkeys(asked)))})") if asked else Value.OTHER


def _written(piece: Piece, how: str) -> Piece:
    """A value as a form writes it: `.1f` with one digit behind the point, `02d` with two digits at least."""
    form = ASKED.get(piece, "") if isinstance(piece, Value) else piece.form if isinstance(piece, Drawn) else ""
    number = _HOW.fullmatch(how) if form else None
    if not number:
        return piece
    if number["as"] in "xX" and number["as"]:
        return Drawn(r"((?:0x)?[0-9A-Fa-f]{1,16})")
    if number["comma"]:
        return Drawn(r"(\d{1,3}(?:,\d{3}){0,6})")
    if number["digits"]:
        return Drawn(rf"(-?\d{{1,20}}\.\d{{{number['digits']}}})" if int(number["digits"]) else r"(-?\d{1,20})")
    if number["width"]:
        is_range = form[:2] != "(?" and re.compile(form).groups == 1
        digits = rf"0{{0,8}}(?:{form[1:]}" if is_range else r"\d{1,20}"
        return Drawn(rf"(?=\d{{{number['width']}}})({digits})")
    return piece


def _of_string(string: re.Match[str], name: str, known: _Names) -> Iterator[Piece]:
    form = _VALUE.get(name)
    has_values = {"python": "f" in string[0][:2], "node": string["quote"] == "`"}.get(name, string["quote"] == '"')
    end = 0
    for value in form.finditer(string["text"]) if form and has_values else ():
        yield string["text"][end : value.start()]
        how = value.groupdict().get("how") or ""
        date = dates.pattern(how) if _is_now(value[1], known) else ""
        yield from [Drawn(date)] if date else (_written(piece, how) for piece in _value(value[1], known))
        end = value.end()
    yield string["text"][end:]


def _value(code: str, known: _Names) -> Iterator[Piece]:
    if _NOTHING.fullmatch(code):
        return
    used = [] if _SIZE.match(code) else [name for name in known.made_up if re.search(rf"\b{name}\b", code)]
    mixed = next((drawn for name in used if (drawn := known.made_up[name]) and not drawn.is_one), None)
    if drawn := _drawn(code, known) or known.made_up.get(code.strip(" +")) or mixed:
        yield drawn
    elif not used and (_SIZE.match(code) or not asks(code)):
        yield Value.OTHER
    elif _SEVERAL.search(code):
        inside = _TO.search(code) or _BELOW.search(code)
        yield Drawn(_range(inside), is_one=False) if inside else Value.SEVERAL
    else:
        yield Value.PROCESS if _PROCESS.fullmatch(code) else Value.ASKED


def _is_now(code: str, known: _Names) -> bool:
    return code.strip() in known.clocks or bool(_NOW.fullmatch(code.strip()))


def _drawn(code: str, known: _Names) -> Drawn | None:
    """What the code says of what nobody knows before; None where it says nothing, or isn't about that."""
    if form := _form(code, known):
        return Drawn(form)
    some = _SOME_OF.search(code) or _SET_OF.fullmatch(code)
    form = _of_list(some, known) if some else ""
    return Drawn(f"({form})", is_one=False) if form else None


def _form(code: str, known: _Names) -> str:
    """What the code says of one value that nobody knows before."""
    value = code.strip(" \t\n+")
    value = said[1].strip() if (said := _SAID.fullmatch(value)) else value
    for asked, form in _OF_VALUES.items():
        if asked.fullmatch(value):
            return form
    if token := _TOKEN.fullmatch(value):
        octets = int(token["octets"])
        return rf"([0-9a-f]{{{octets * 2}}})" if token["as"] == "hex" else rf"([\w-]{{{-(-octets * 4 // 3)}}})"
    if temporary := _TEMPORARY.fullmatch(value):
        around = {found["name"]: re.escape(found["text"]) for found in _AROUND.finditer(temporary["given"])}
        return rf"\S{{0,200}}/{around.get('prefix', 'tmp')}([0-9a-z_]{{8}}){around.get('suffix', '')}"
    if (date := _DATE.fullmatch(value)) and (date["of"] is None or _is_now(date["of"], known)):
        return dates.pattern(date["date"])
    if (one := _ONE_OF.fullmatch(value)) and (form := _of_list(one, known)):
        return f"({form})"
    if uniform := _UNIFORM.fullmatch(value):
        least, most = int(uniform["least"]), int(uniform["most"]) + bool(uniform["part"])
        return rf"({between(least, max(most - 1, least), is_group=False)}\.\d{{1,20}}|{most}\.0)"
    more = sum(int(number) for added in _ADDED.findall(value) for number in added if number)
    alone = _ADDED.sub("", value)
    drawn = _TO.fullmatch(alone) or _BELOW.fullmatch(alone)
    return _range(drawn, more) if drawn and "sample" not in alone else ""


def _range(drawn: re.Match[str], more: int = 0) -> str:
    """The whole numbers among which one is drawn, and to which so many more are added."""
    given = {name: int(value) for name, value in drawn.groupdict().items() if value}
    least = given.pop("least", 0)
    most = given.pop("most", None)
    end = most + 1 if most is not None else max(given.values())
    return between(least + more, max(end - 1, least) + more)


def _filled(form: list[Piece], given: list[list[Piece]]) -> list[Piece]:
    """What printf makes of a form and its values."""
    values = iter(given)
    filled: list[Piece] = []
    for piece in form:
        if not isinstance(piece, str):
            filled.append(piece)
            continue
        end = 0
        for conversion in CONVERSION.finditer(piece):
            value = next(values, [Value.OTHER])
            filled += [piece[end : conversion.start()], *(_written(one, conversion[0][1:]) for one in value)]
            end = conversion.end()
        filled.append(piece[end:])
    return filled


def _split(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each line."""
    line: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, str):
            line.append(piece)
            continue
        first, *others = re.split(r"\\n|\n", piece)
        line.append(first)
        for text in others:
            yield line
            line = [text]
    yield line
