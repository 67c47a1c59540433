"""Turns the form of a line that a program prints into what a text tool makes of that line: for asked.

/web:(4242)        | cut -d: -f2                    (4242)
/web (4242)        | awk '{print "pid", $2}'        pid (4242)
(4242)             | sed 's/^/> /'                  > (4242)
(64 digits)        | grep -oE '^[0-9a-f]{6}'        (6 digits)
(4242)             | xargs echo got                 got (4242)

A tool that is not read here leaves the form as it is: head, sort, grep, tee and the like print lines as they come.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from harness.claims.commands import Command
from harness.shapes.line_patterns import CONVERSION, DECIMAL, LineForm, joined, joined_forms
from harness.shapes.line_pieces import (
    LOWER,
    UPPER,
    columns,
    example,
    expression,
    fields_of,
    in_order,
    mapped,
    matches,
    piece,
    signs,
)

_LINE_NUMBER = LineForm(("", ""), (r"\d{1,9}",))
_COMPUTED = LineForm(("", ""), (DECIMAL,))
_BEGIN = re.compile(r"\s*BEGIN\s*\{(?P<given>[^{}]*)\}")
_PARTED_BY = re.compile(r"\b(?P<name>O?FS)\s*=\s*\"?(?P<text>[^\";]{1,3})\"?")
_AWK = re.compile(r"[^{}]*\{\s*(?P<how>printf?)\b\s*(?P<printed>[^{};]*?)\s*;?\s*(?:exit\s*;?\s*)?\}\s*")
_PRINTED = re.compile(
    r"\s*(?:\"(?P<text>[^\"\\]*(?:\\[nt])?)\"|(?P<case>toupper|tolower)?\(?\$(?P<field>\d{1,2}|NF)(?(case)\))"
    r"(?P<sum> ?[-+*/] ?\d{1,9})?|(?P<number>NR)"
    r"|substr\(\$(?P<of>\d{1,2}|NF),\s*(?P<start>\d{1,3})(?:,\s*(?P<length>\d{1,3}))?\))\s*(?P<comma>,?)"
)
_OCTETS = re.compile(r"[0-9]{1,9}")
_RANGE = re.compile(r"(\d{1,3})?(-)?(\d{1,3})?")
_SUBSTITUTION = re.compile(
    r"\s*s(?P<sign>[^\w\s\\])(?P<old>(?:\\.|\[\^?\]?[^\]]*\]|(?!(?P=sign))[^\\\[])*)(?P=sign)"
    r"(?P<new>(?:\\.|(?!(?P=sign))[^\\])*)(?P=sign)(?P<flags>[gp]*)\s*(?:;|\Z)"
)
_REPLACED = re.compile(r"\\(?P<group>\d)|(?P<all>&)|\\(?P<escaped>[^\w])|(?P<text>[^\\&]+)")
_ONLY_MATCHES = re.compile(r"-[A-Za-z]*o[A-Za-z]*|--only-matching")
_EXTENDED = re.compile(r"-[a-zA-Z]*[EPr][a-zA-Z]*|--(?:regexp-extended|extended-regexp|perl-regexp)")


def through(form: LineForm, tool: Command) -> LineForm:
    """What becomes of a line of this form; itself where the tool prints lines as they come, or is not known."""
    if tool.program == "awk":
        return _of_awk(form, tool)
    if tool.program == "cut":
        return _of_cut(form, tool)
    if tool.program in ("head", "tail") and (octets := _given(tool, "-c", "--bytes")):
        return _of_octets(form, tool, octets[-1])
    if tool.program == "sed":
        return _of_sed(form, tool)
    if tool.program == "grep" and any(map(_ONLY_MATCHES.fullmatch, tool.options)):
        return _of_grep(form, tool)
    if tool.program == "tr":
        return _of_tr(form, tool)
    if tool.program == "rev":
        return _reversed(form)
    if tool.program == "bc" and form.between:
        return _COMPUTED
    if tool.program == "nl" or (tool.program == "cat" and tool.has("-n", "--number")):
        return joined_forms([_LINE_NUMBER, LineForm.of_text("\t"), form])
    if tool.program == "cat" and tool.has("-A", "-e", "-E", "-vet"):
        return joined_forms([form, LineForm.of_text("$")])
    if "xargs" in tool.within and tool.arguments:
        return _of_xargs(form, tool)
    return form


def split(form: LineForm, tool: Command) -> list[LineForm]:
    """The lines that `tr ' ' '\\n'` makes of one; none for any other tool."""
    is_split = tool.program == "tr" and tool.arguments[1:] in (("\\n",), ("\n",)) and not tool.options
    return fields_of(form, tool.arguments[0]) if is_split and len(tool.arguments[0]) == 1 else []


def read_into(names: Sequence[str], form: LineForm | None) -> Iterator[tuple[str, str]]:
    """The variables into which `read` puts the fields of a line, each with the form of what it holds, if made up."""
    fields = fields_of(form, "") if form else []
    if len(fields) > len(names) > 0:
        fields[len(names) - 1 :] = [joined_forms(fields[len(names) - 1 :], " ")]
    for name, field in zip(names, fields, strict=False):
        if field.pattern.groups:
            yield name, joined(field.texts, field.between)


def _of_awk(form: LineForm, tool: Command) -> LineForm:
    begin = _BEGIN.match(tool.arguments[0]) if tool.arguments else None
    program = _AWK.fullmatch(tool.arguments[0], begin.end() if begin else 0) if tool.arguments else None
    if not program:
        return form
    given = [*_given(tool, "-v", "--assign"), begin["given"] if begin else ""]
    parted_by = {found["name"]: found["text"] for one in given for found in _PARTED_BY.finditer(one)}
    fields = fields_of(form, _separator(tool, "-F", "--field-separator") or parted_by.get("FS", ""))
    parts, end = [], 0
    while found := _PRINTED.match(program["printed"], end):
        if found.end() == end:
            break
        parts += [(found["comma"], _printed_by_awk(found, fields))]
        end = found.end()
    if not parts or end != len(program["printed"]):
        return form
    if program["how"] == "printf":
        (_, written), *others = parts
        return _filled("".join(written.texts), [part for _, part in others]) or form
    return joined_forms(
        one for comma, part in parts for one in (part, LineForm.of_text(parted_by.get("OFS", " ") if comma else ""))
    )


def _printed_by_awk(found: re.Match[str], fields: Sequence[LineForm]) -> LineForm:
    if found["of"]:
        start = int(found["start"]) - 1
        return columns(_field(fields, found["of"]), start, start + int(found["length"]) if found["length"] else 0)
    if found["number"]:
        return _LINE_NUMBER
    if found["field"]:
        field = _field(fields, found["field"])
        if found["sum"] and field.between:
            return _COMPUTED
        return mapped(field, *(UPPER if found["case"] == "toupper" else LOWER)) if found["case"] else field
    return LineForm.of_text(found["text"])


def _field(fields: Sequence[LineForm], name: str) -> LineForm:
    number = len(fields) if name == "NF" else int(name)
    if number == 0:
        return joined_forms(fields, " ")
    return fields[number - 1] if number <= len(fields) else LineForm.of_text("")


def _filled(written: str, values: Sequence[LineForm]) -> LineForm | None:
    """What printf writes; None where it is not plain how a value is written."""
    texts, conversions = CONVERSION.split(written.replace("\\n", "").replace("\\t", "\t")), CONVERSION.findall(written)
    if len(conversions) != len(values) or not {"%d", "%i", "%s"}.issuperset(conversions):
        return None
    parts = (part for value, text in zip(values, texts[1:], strict=True) for part in (value, LineForm.of_text(text)))
    return joined_forms([LineForm.of_text(texts[0]), *parts])


def _of_xargs(form: LineForm, tool: Command) -> LineForm:
    """What a program prints that xargs gives the line."""
    words = [LineForm.of_text(word) for word in tool.arguments]
    if tool.program == "printf":
        return _filled(tool.arguments[0], [form]) or form
    if tool.program != "echo":
        return form
    behind = [] if "{}" in tool.arguments else [form]
    return joined_forms(
        [form if word == "{}" else given for word, given in zip(tool.arguments, words, strict=True)] + behind, " "
    )


def _of_octets(form: LineForm, tool: Command, number: str) -> LineForm:
    if not _OCTETS.fullmatch(number):
        return form
    return columns(form, 0, int(number)) if tool.program == "head" else columns(form, 1 - int(number), 0)


def _of_cut(form: LineForm, tool: Command) -> LineForm:
    lists, separator = _given(tool, "-f", "--fields"), _separator(tool, "-d", "--delimiter") or "\t"
    fields = fields_of(form, separator)
    for value in _given(tool, "-b", "-c", "--bytes", "--characters"):
        ranges = [_RANGE.fullmatch(part) for part in value.split(",") if part.strip("-")]
        pieces = [
            columns(form, int(found[1] or 1) - 1, int(found[3] or (0 if found[2] else found[1])))
            for found in ranges
            if found
        ]
        is_read = pieces and len(pieces) == len(ranges) and all(one is not form for one in pieces)
        return joined_forms(pieces) if is_read else form
    if not lists or len(fields) == 1:
        return form
    kept = (number for part in lists[-1].split(",") for number in _range(part, len(fields)))
    return joined_forms([fields[number - 1] for number in sorted({*kept})], separator)


def _range(text: str, last: int) -> Iterable[int]:
    found = _RANGE.fullmatch(text)
    if not found:
        return ()
    first = int(found[1] or 1)
    end = int(found[3]) if found[3] else last if found[2] else first
    return range(max(first, 1), min(end, last) + 1)


def _of_sed(form: LineForm, tool: Command) -> LineForm:
    words = zip(tool.words, tool.words[1:], strict=False)
    scripts = [word for option, word in words if option in ("-e", "--expression")] or list(tool.arguments[:1])
    is_extended, made = any(map(_EXTENDED.fullmatch, tool.options)), form
    for script in scripts:
        end = 0
        while end < len(script):
            found = _SUBSTITUTION.match(script, end)
            changed = _substituted(made, found, is_extended=is_extended) if found else None
            if not (found and changed):
                return form
            made, end = changed, found.end()
    return made


def _substituted(form: LineForm, command: re.Match[str], *, is_extended: bool) -> LineForm | None:
    """The line in which sed has put something in the place of another; None where nobody knows."""
    searched = expression(command["old"], is_extended=is_extended)
    places = matches(form, searched) if searched else None
    new = [*_REPLACED.finditer(command["new"])]
    if places is None or sum(len(part[0]) for part in new) != len(command["new"]):
        return None
    parts: list[LineForm | None] = []
    done = 0
    for whole, *groups in places if "g" in command["flags"] else places[:1]:
        parts.append(piece(form, done, whole[0]))
        for part in new:
            group = int(part["group"] or 0)
            if part["text"] or part["escaped"]:
                parts.append(LineForm.of_text(part["text"] or part["escaped"]))
            elif group > len(groups):
                return None
            else:
                parts.append(piece(form, *(whole, *groups)[group]))
        done = whole[1]
    parts.append(piece(form, done, len(example(form))))
    known = [part for part in parts if part]
    return joined_forms(known) if len(known) == len(parts) else None


def _of_grep(form: LineForm, tool: Command) -> LineForm:
    """What `grep -o` leaves of a line, where it finds one thing there."""
    searched = (
        expression(tool.arguments[0], is_extended=any(map(_EXTENDED.fullmatch, tool.options)))
        if tool.arguments
        else None
    )
    places = matches(form, searched) if searched else None
    if not places or len(places) != 1:
        return form
    start, end = places[0][searched.groupindex.get("kept", 0)] if searched else (0, 0)
    return piece(form, start, end) or form


def _of_tr(form: LineForm, tool: Command) -> LineForm:
    letters = "".join(option[1:] for option in tool.options if option[:2] != "--")
    given = [in_order(argument.replace("\\n", "\n").replace("\\t", "\t")) for argument in tool.arguments]
    if "d" in letters or tool.has("--delete"):
        is_others = not {"c", "C"}.isdisjoint(letters) or tool.has("--complement")
        return _without(form, frozenset("".join(given)), is_others=is_others)
    if len(given) != 2 or letters or not all(given):
        return form
    old, new = given
    return mapped(form, old, new.ljust(len(old), new[-1])[: len(old)])


def _without(form: LineForm, gone: frozenset[str], *, is_others: bool) -> LineForm:
    """The line without some signs, or without all others."""
    found = [LineForm.of_text("".join(sign for sign in form.texts[0] if (sign in gone) == is_others))]
    for one, behind in zip(form.between, form.texts[1:], strict=True):
        known = signs(one)
        left = frozenset(sign for sign in known.letters if (sign in gone) == is_others) if known else frozenset[str]()
        is_unit = one.endswith("B)") and "B" in gone
        if known and left and left != known.letters:
            one = known.of(left, is_wide=False).form
        if (known and left) or not (known or is_unit):
            found.append(LineForm(("", ""), (one,)))
        found.append(LineForm.of_text("".join(sign for sign in behind if (sign in gone) == is_others)))
    return joined_forms(found)


def _reversed(form: LineForm) -> LineForm:
    """The line from its end to its beginning, where what is made up in it is of plain signs."""
    is_plain = all(map(signs, form.between))
    return LineForm(tuple(text[::-1] for text in form.texts[::-1]), form.between[::-1]) if is_plain else form


def _separator(tool: Command, *options: str) -> str:
    """What parts the fields of a line; empty where nothing is given. `-d=` is read as an option without a value."""
    return next((given or "=" for given in reversed(_given(tool, *options))), "")


def _given(tool: Command, *options: str) -> list[str]:
    return [value for option in options for value in tool.options.get(option, ())]
