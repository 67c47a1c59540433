"""Turns code that makes one text of several values into the texts and the code of each value: for printed.

[os.getpid(), 5]                      signs, `os.getpid()`, signs, `,`, signs, `5`, signs
",".join([str(os.getpid()), "x"])     `str(os.getpid())`, `,`, `"x"`
"%d of %d" % (os.getpid(), 5)         `os.getpid()`, ` of `, `5`

Python, JavaScript, Ruby, Perl and PHP write these alike.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

STRING = re.compile(r"""[fbru]{0,2}(?P<quote>["'`])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)""", re.DOTALL)
CONVERSION = re.compile(r"%[-+ 0-9.]*[a-zA-Z]")  # of printf
_FIELD = re.compile(r"\{(?:[:!][^{}]*)?\}")  # of str.format
_CALLED = re.compile(r"[\w.]{0,60}(?=[\[({])")
_OF_STRING = re.compile(r"\.(?P<how>join|format)(?=\()|\s*(?P<filled>%)\s*(?=\S)")
_BEHIND = re.compile(
    r"(?P<moved>\.(?:sort|reverse|shuffle)\b(?:\((?:[^()]|\([^()]*\))*\))?)?"
    r"(?P<joined>\.join(?:\((?P<by>[^()]*)\))?)?(?:\.(?:inspect|to_json|toString\(\)))?\s*"
)
_LISTS, _OF_LIST = frozenset({"", "dict"}), frozenset({"list", "map", "tuple"})
_JOIN = frozenset({"implode", "join"})
_MOVE = frozenset({"frozenset", "reversed", "set", "sort", "sorted"})  # in what order isn't seen here
_FILL = frozenset({"format", "sprintf", "util.format"})
_AS_TEXT = frozenset({"JSON.stringify", "String", "json.dumps", "json_encode", "repr", "str"})
_BY_DEFAULT = {"node": ","}
_OPEN_ENDED = re.compile(r"\s*(?:\*|\.\.\.)|\bfor\b")  # nobody sees how many
_NAME = re.compile(
    r"""\s*(?:(?P<quote>["'])(?P<text>[^"']*)(?P=quote)|(?P<word>\w+)|(?P<code>[\w.]+\([^()]*\)))\s*(?::(?!:)|=>|=(?!=))"""
)


class Value(NamedTuple):
    """The code of a value."""

    code: str
    written: str = ""  # how: `02d`, `.1f`


class OneOf(NamedTuple):
    """The codes of several values of which one stands there: of those that are sorted nobody knows which."""

    codes: tuple[str, ...]


class Signs(NamedTuple):
    """The quotes, brackets and blanks that a language writes beside the values of a list."""


_Thing = Value | OneOf
Part = str | Value | OneOf | Signs


def arguments(code: str, start: int) -> tuple[list[str], int]:
    """The arguments of the call whose name ends before `start`, with or without brackets around them; and their end."""
    in_brackets = code.startswith("(", start)
    return _parted(code, start + in_brackets, ")}" if in_brackets else ")};\n")


def parts(code: str, language: str) -> list[Part]:
    """The texts and values of which code makes one text; none of any other code."""
    code = code.strip()
    if (string := STRING.match(code)) and (use := _OF_STRING.match(code, string.end())):
        return _of_string(string["text"], use["how"] or "filled", code[use.end() :])
    if code[:1] == "*":  # a list as several arguments
        return _joined(_things(code[1:]), " ")
    called = _CALLED.match(code)
    given, end = _in_brackets(code, called.end()) if called else ([], 0)
    behind = _BEHIND.fullmatch(code, end) if given else None
    if not (called and behind):
        return []
    if called[0] in _JOIN and (by := STRING.fullmatch(given[0].strip())):
        return _joined((_things(given[1]) if len(given) == 2 else ()) or _values(given[1:]), by["text"])
    if called[0] in _AS_TEXT:
        return parts(given[0], language)
    if called[0] in _FILL and (form := STRING.fullmatch(given[0].strip())):
        return _filled(form["text"], CONVERSION, given[1:])
    things = _things(code[: behind.start()])
    things = _moved(things) if behind["moved"] else things
    if behind["joined"]:
        by = STRING.fullmatch((behind["by"] or "").strip())
        return _joined(things, by["text"] if by else _BY_DEFAULT.get(language, ""))
    return list(_listed(things))


def _of_string(text: str, how: str, given: str) -> list[Part]:
    """What is made of a string by `",".join(…)`, `"{}".format(…)` or `"%d" % …`."""
    values, end = _in_brackets(given, 0)
    if end != len(given):
        values = [given] if how == "filled" else []
    if how == "join":
        return _joined(_things(values[0]) if len(values) == 1 else (), text)
    return _filled(text, CONVERSION if how == "filled" else _FIELD, values)


def _filled(text: str, fields: re.Pattern[str], values: Sequence[str]) -> list[Part]:
    """The texts of a form, and the values in its fields."""
    found: list[Part] = []
    end = 0
    for field, value in zip(fields.finditer(text), values, strict=False):
        found += [text[end : field.start()], Value(value, field[0].strip("{%:!}"))]
        end = field.end()
    return [*found, text[end:]] if len(fields.findall(text)) == len(values) else []


def _joined(things: Sequence[_Thing], by: str) -> list[Part]:
    found: list[Part] = [part for thing in things for part in (by, thing)]
    return found[1:]


def _listed(things: Sequence[_Thing]) -> Iterator[Part]:
    for number, thing in enumerate(things):
        yield from ("," if number else "", Signs())
        name = _NAME.match(thing.code) if isinstance(thing, Value) else None
        if name:
            yield from (Value(name["code"]) if name["code"] else name["text"] or name["word"] or "", Signs())
            thing = Value(name.string[name.end() :].strip())
        yield from (thing, Signs())


def _things(code: str) -> list[_Thing]:
    """Each thing in a list; none where the code doesn't say them one by one."""
    code = code.strip()
    called = _CALLED.match(code)
    given, end = _in_brackets(code, called.end()) if called else ([], 0)
    if not (called and given) or end != len(code) or any(map(_OPEN_ENDED.search, given)):
        return []
    if called[0] in _MOVE:
        return _moved(_things(given[0]) or (_values(given) if called[0] == "sort" else []))
    if called[0] in _OF_LIST:
        return _things(given[-1])
    if called[0] not in _LISTS:
        return []
    is_set = code[0] == "{" and not any(map(_NAME.match, given))
    return _moved(_values(given)) if is_set else _values(given)


def _values(given: Sequence[str]) -> list[_Thing]:
    return [Value(one) for one in given]


def _moved(things: Sequence[_Thing]) -> list[_Thing]:
    """So many things, each of which may be any of them."""
    codes = tuple(thing.code for thing in things if isinstance(thing, Value))
    return [OneOf(codes)] * len(codes) if len(codes) == len(things) else []


def _in_brackets(code: str, start: int) -> tuple[list[str], int]:
    """What stands between the commas of the brackets that open at `start`, and where those end."""
    if code[start : start + 1] not in ("(", "[", "{"):
        return [], start
    found, end = _parted(code, start + 1, ")]}")
    return [one for one in found if one.strip()], end + 1


def _parted(code: str, start: int, ends: str) -> tuple[list[str], int]:
    """What stands between commas from `start` on, and where one of `ends` comes that is in no other brackets."""
    found: list[str] = []
    at = begin = start
    depth = 0
    while at < len(code):
        if string := STRING.match(code, at):
            at = string.end()
            continue
        if not depth and code[at] in ends:
            break
        depth += (code[at] in "([{") - (code[at] in ")]}")
        if code[at] == "," and not depth:
            found.append(code[begin:at])
            begin = at + 1
        at += 1
    return [*found, code[begin:at]], at
