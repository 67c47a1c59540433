"""Turns JSON that anybody may have written into the dataclasses it is to be, or says where it is something else.

blocks[2].steps[0].status: found `"<script>"`, expected a whole number

A dataclass is its own schema: the types of its fields, with a Form where not every text will do.
"""

import dataclasses
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache, partial
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from harness.claims.characters import printable

_MOST = 2**53  # the largest whole number that every reader of JSON has
_HALF = re.compile("[\ud800-\udfff]")  # of a character
_QUOTED = 60  # characters of what was found that are shown
_Record = TypeVar("_Record")
_Check = Callable[[Any, str], Any]  # of a value from JSON, which stands there


class Form(NamedTuple):
    """What a text has to look like."""

    expected: str  # in words
    fits: Callable[[str], object]


def pattern(expected: str, form: str) -> Form:
    return Form(expected, re.compile(form, re.ASCII).fullmatch)


def _is_path(text: str) -> bool:
    return not text or (printable(text) == text and not {"", ".", ".."} & {*text.removeprefix("/").split("/")})


def _is_date(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).isoformat(timespec="seconds") == text and text.endswith("+00:00")
    except ValueError:
        return False


EngineName = Annotated[str, pattern("an engine's name, such as 28c", r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")]
Version = Annotated[str, pattern("a version, such as 28.5.2+dfsg4", r"[\w.+~:-]{0,80}")]
ImageName = Annotated[str, pattern("an image's name, such as nginx:1.30", r"\w[\w./:@-]{0,399}")]
ToolName = Annotated[str, pattern("a tool's name, such as compose", r"[a-z][a-z-]{0,39}")]
Sha256 = Annotated[str, pattern("the 64 digits of a sha256", r"[0-9a-f]{64}")]
RegistryDigest = Annotated[str, pattern("sha256: and 64 digits, or nothing", r"(?:sha256:[0-9a-f]{64})?")]
FilePath = Annotated[str, Form("the path of a file, without `..`", _is_path)]
Key = Annotated[str, pattern("the 8 digits that something of a night is known by", r"[0-9a-f]{8}")]
KeyOrNone = Annotated[str, pattern("such 8 digits, or nothing", r"(?:[0-9a-f]{8})?")]
Date = Annotated[str, Form("a date such as 2026-11-24T00:00:00+00:00", _is_date)]
DateOrNone = Annotated[str, Form("such a date, or nothing", lambda text: not text or _is_date(text))]


def record(kind: Callable[..., _Record], value: object, where: str = "") -> _Record:
    """The dataclass `kind` that `value` is, as JSON has it; `where` it stands, for the message. ValueError."""
    row, checks, required = _plain(dict, value, where), *_fields(kind)
    before = f"{where}." if where else ""
    for name in row:
        if name not in checks:
            raise ValueError(f"{before}{_quoted(name)}: found a field that is not known")
    for name in required:
        if name not in row:
            raise ValueError(f"{before}{name}: found nothing, and this field has to be there")
    fields = {name: checks[name](found, before + name) for name, found in row.items()}
    try:
        return kind(**fields)
    except ValueError as error:  # the fields don't fit each other
        raise ValueError(f"{before}{error}") from error


def checked(kind: Any, value: object, where: str = "") -> Any:
    """The `kind` (a type, as a field is declared with) that `value` is, as JSON has it. ValueError."""
    return check_of(kind)(value, where)


@lru_cache
def _fields(kind: Any) -> tuple[Mapping[str, _Check], Sequence[str]]:
    """What each field of a dataclass is checked by, and those that have to be there."""
    missing = dataclasses.MISSING
    required = [field.name for field in dataclasses.fields(kind) if field.default is field.default_factory is missing]
    return {name: check_of(form) for name, form in get_type_hints(kind, include_extras=True).items()}, required


@lru_cache
def check_of(kind: Any) -> _Check:
    """What turns JSON into a `kind`, or raises ValueError."""
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return partial(record, kind)
    if origin is Literal:
        return partial(_one_of, {word: word for word in arguments})
    if origin is Annotated:
        return partial(_of_form, arguments[1])
    if type(None) in arguments:
        return partial(_unless_null, check_of(arguments[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return partial(_mapping, check_of(arguments[0]), check_of(arguments[1]))
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return partial(_items, tuple if origin is tuple else list, check_of(arguments[0]))
    if kind is Any:
        return lambda value, where: value
    if issubclass(kind, StrEnum):
        return partial(_one_of, {str(word): word for word in kind})
    return partial(_plain, kind)


def _unless_null(check: _Check, value: object, where: str) -> Any:
    return None if value is None else check(value, where)


def _mapping(check_name: _Check, check: _Check, value: object, where: str) -> dict[str, Any]:
    before = f"{where}." if where else ""
    return {
        check_name(name, f"a name in {where or 'the file'}"): check(found, before + _quoted(name))
        for name, found in _plain(dict, value, where).items()
    }


def _items(kind: Callable[[list[Any]], Any], check: _Check, value: object, where: str) -> Any:
    return kind([check(one, f"{where}[{at}]") for at, one in enumerate(_plain(list, value, where))])


def _one_of(words: Mapping[str, str], value: object, where: str) -> str:
    if not isinstance(value, str) or value not in words:
        raise _wrong(where, value, f"one of {', '.join(words)}")
    return words[value]


def _of_form(form: Form, value: object, where: str) -> str:
    if not isinstance(value, str) or not form.fits(value):
        raise _wrong(where, value, form.expected)
    return value


# What each plain type is called, and what of it is refused all the same.
_PLAIN: Mapping[type, tuple[str, Callable[[Any], object]]] = {
    str: ("a text that UTF-8 can hold", lambda text: not text.isascii() and _HALF.search(text)),
    int: ("a whole number", lambda number: not 0 <= number < _MOST),
    float: ("a number of seconds", lambda number: not (math.isfinite(number) and 0 <= number < _MOST)),
    bool: ("true or false", lambda _: False),
    list: ("a list", lambda _: False),
    dict: ("an object", lambda _: False),
}


def _plain(kind: type, value: object, where: str) -> Any:
    expected, is_refused = _PLAIN[kind]
    # In Python True is a whole number, and in JSON a whole number of seconds is one of seconds.
    if type(value) is not kind and not (kind is float and type(value) is int):
        raise _wrong(where, value, expected)
    if is_refused(value):
        raise _wrong(where, value, expected)
    return value


def _wrong(where: str, value: object, expected: str) -> ValueError:
    found = f"found `{quoted_json(value)}`, expected {expected}"
    return ValueError(f"{where}: {found}" if where else found)


def quoted_json(value: object) -> str:
    """What JSON holds, for a message: short, and with nothing in it that a terminal obeys."""
    return _quoted(json.dumps(value))


def _quoted(text: str) -> str:
    shown = printable(text)
    return shown if len(shown) <= _QUOTED else shown[: _QUOTED - 1] + "…"
