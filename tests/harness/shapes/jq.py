r"""Turns a program of jq into patterns of the lines that it prints, where it asks for what nobody knows before.

    .[0].State.ExitCode, .[0].State.Pid       a line of something else, and one that is (4242)
    "\(.Name) runs as \(.State.Pid)"          web runs as (4242)
    [.Name, .State.Pid] | @tsv                web   (4242)
    {name: .Name, pid: .State.Pid}            "pid": (4242)
.[0].State.Pid as $p | [$p, .[0].Name]    (4242) and web, on lines of their own or in one

It is for programs.py. A pattern without a group is a line of something else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from harness.shapes.line_patterns import ANYTHING, NUMBER, PROCESS, line_pattern
from harness.shapes.templates import FIELDS, SHORT

_PART = re.compile(r"\\.|.", re.DOTALL)
_OPENING, _CLOSING = ("\\(", "(", "[", "{"), (")", "]", "}")
_TO_TEXT = re.compile(r"\|\s*(?:to(?:string|json)\b|@text\b|@json\b)")
_NAMED = re.compile(r"(?P<before>(?:[^|]*\|)*?)(?P<value>[^|]+?)\s+as\s+(?P<name>\$\w+)\s*\|(?P<behind>.*)", re.DOTALL)
_CHOSEN = re.compile(r"if\b.*?\bthen\b(?P<value>.*?)\b(?:elif|else|end)\b.*", re.DOTALL)
_EACH = re.compile(r"map\((.*)\)")
_WHOLE_NUMBER = re.compile(r"\d{1,9}")
_JOINED_BY = re.compile(r'@(?P<format>csv|tsv|sh)|join\("(?P<text>[^"\\]*)"\)')
_FORMATS = {"csv": ",", "tsv": "\t", "sh": " "}
_PUT_IN = re.compile(r"\\\(((?:[^()]|\([^()]*\))*)\)")  # into a string
_IS_ONE = re.compile(r"\.\[\d+\]")  # of an array: the input is no stream
_ENDS_WITH_FIELD = re.compile(rf"(?:{'|'.join(map(re.escape, FIELDS))})[\s)\]]*\Z")
_MOST_NAMES = 4
_PROCESS_OF = ".Pid"
_CUT_ID = re.compile(r".*\.I[dD]\[0?:(?P<length>\d{1,2})\]")
_LAST_FIELD = re.compile(r"\.\w+(?=[\s)\]]*\Z)")
_NO_OTHERS: Mapping[str, str] = MappingProxyType({})


def of_program(program: str, fields: Mapping[str, str] = _NO_OTHERS, *, is_raw: bool) -> Iterator[re.Pattern[str]]:
    """The lines that it prints, of which some hold what was asked for; those of a stream come again and again.

    `fields`: the forms of others that nobody knows before, in what it reads. `is_raw`: a text is printed without its
    quotes.
    """
    *before, last = _split(_TO_TEXT.sub("", _without_names(program)), "|")
    chosen = _CHOSEN.fullmatch(last)
    last = chosen["value"].strip() if chosen else last
    quote = "" if is_raw else '"'
    if (joined := _JOINED_BY.fullmatch(last)) and before:
        values = _split(before[-1].removeprefix("[").removesuffix("]"), ",")
        between = _FORMATS[joined["format"]] if joined["format"] else joined["text"]
        forms = [_quoted(_form(value, fields), "[\"']") for value in values]
        yield line_pattern([quote, *[between] * (len(values) - 1), quote], forms)
    elif last.startswith("{"):
        yield from _of_object(last.removeprefix("{").removesuffix("}"), fields)
    elif each := _EACH.fullmatch(last):
        yield from _of_array([each[1]], fields, quote)
    elif last.startswith("[") and last.endswith("]"):
        yield from _of_array(_split(last[1:-1], ","), fields, quote)
    else:
        yield from (_of_line(_split(line, "+"), quote, fields) for line in _split(last, ","))


def is_stream(program: str) -> bool:
    """Whether its lines may come again and again."""
    return "[]" in program or not _IS_ONE.search(program)


def _without_names(program: str) -> str:
    """The program with the values in the place of the names that it gives them: `.Id as $id | $id[:6]`."""
    for _ in range(_MOST_NAMES):
        named = _NAMED.fullmatch(program)
        if not named:
            break
        program = named["before"] + named["behind"].replace(named["name"], named["value"].strip())
    return program


def _of_array(values: Sequence[str], fields: Mapping[str, str], quote: str) -> Iterator[re.Pattern[str]]:
    """Its lines, or the one that `-c` makes of them, or `@json`: in quotes where a text has these."""
    forms = [_quoted(_form(value, fields), r'\\?"') for value in values]
    if any(form != ANYTHING for form in forms):
        for around in {"", quote}:
            yield line_pattern([f"{around}[", *[","] * (len(forms) - 1), f"]{around}"], forms)
        yield re.compile(r"\A\[\Z")
        yield from (re.compile(rf"\A\s+{form},?\Z") for form in forms)


def _quoted(form: str, quote: str) -> str:
    """What nobody knows before, with quotes or without."""
    return form if form == ANYTHING else f"(?:{quote})?{form}(?:{quote})?"


def _of_object(written: str, fields: Mapping[str, str]) -> Iterator[re.Pattern[str]]:
    for field in _split(written, ","):
        name, _, value = (part.strip() for part in field.partition(":"))
        if (form := _form(value or f".{name}", fields)) != ANYTHING:
            key = '[^"]*' if name.startswith("(") else re.escape(name.strip('"'))
            yield re.compile(rf'"{key}": ?"?{form}(?![^",\s}}])')


def _of_line(terms: Sequence[str], quote: str, fields: Mapping[str, str]) -> re.Pattern[str]:
    """The line that terms make when they are put together; one alone is printed as it is."""
    if any(map(_WHOLE_NUMBER.fullmatch, terms)) and any(map(_asks, terms)):
        return line_pattern(["", ""], [NUMBER])
    texts, values = [quote], list[str]()
    for term in terms:
        first, *others = _PUT_IN.split(term[1:-1]) if term.startswith('"') else ("", term, "")
        texts[-1] += first
        values += others[::2]
        texts += others[1::2]
    if len(terms) == 1 and not terms[0].startswith('"'):
        form = _form(terms[0], fields)
        return line_pattern(["", ""], [form if form == ANYTHING else f'"?{form}"?'])
    texts[-1] += quote
    return line_pattern(texts, [_form(value, fields) for value in values])


def _asks(value: str) -> bool:
    return bool(_ENDS_WITH_FIELD.search(value))


def _form(value: str, fields: Mapping[str, str]) -> str:
    if (last := _LAST_FIELD.search(value)) and last[0] in fields:
        return fields[last[0]]
    if (cut := _CUT_ID.fullmatch(value)) and int(cut["length"]) != SHORT:
        return rf"([0-9a-f]{{{cut['length']}}})"
    if not _asks(value):
        return ANYTHING
    return PROCESS if _PROCESS_OF in value else NUMBER


def _split(text: str, sign: str) -> list[str]:
    """The pieces of a program between the signs that stand in no brackets and in no string."""
    pieces, is_open = [""], list[str]()
    for part in _PART.findall(text):
        in_string = is_open[-1:] == ['"']
        if part == sign and not is_open:
            pieces.append("")
            continue
        pieces[-1] += part
        if part == '"' and in_string:
            is_open.pop()
        elif part in ('"', "\\(") or (part in _OPENING and not in_string):
            is_open.append(part)
        elif part in _CLOSING and is_open and not in_string:
            is_open.pop()
    return [piece.strip() for piece in pieces]
