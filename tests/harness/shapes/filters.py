"""Turns the form of a line that a program prints into what a text tool makes of that line: for asked.

/web:(4242)        | cut -d: -f2                (4242)
/web (4242)        | awk '{print "pid", $2}'    pid (4242)
(4242)             | sed 's/^/> /'              > (4242)
(4242)             | xargs echo got             got (4242)

A tool that is not read here leaves the form as it is: head, sort, grep, tee and the like print lines as they come.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from harness.claims.commands import Command
from harness.shapes.line_patterns import LineForm, joined, joined_forms

_BLANKS = re.compile(r"\s+")
_NUMBERED = r"\d{1,9}"
_AWK = re.compile(r"[^{}]*\{\s*print\b\s*(?P<printed>[^{};]*?)\s*;?\s*(?:exit\s*;?\s*)?\}\s*")
_PRINTED = re.compile(
    r"\s*(?:\$(?P<field>\d{1,2}|NF)|\"(?P<text>[^\"\\]*)\""
    r"|substr\(\$(?P<of>\d{1,2}|NF),\s*(?P<start>\d{1,3}),\s*(?P<length>\d{1,3})\))\s*(?P<comma>,?)"
)
_WIDE = re.compile(r"(?P<one>\((?:\[[^\]]*\]|\\d))\{(?P<width>\d{1,3})\}\)")  # a form that is always as wide
_UPPER, _LOWER = re.compile(r"\[:upper:\]|A-Z"), re.compile(r"\[:lower:\]|a-z")
_RANGE = re.compile(r"(\d{1,3})?(-)?(\d{1,3})?")
_SUBSTITUTION = re.compile(r"s(?P<sign>[^\w\s\\])(?P<old>.*)(?P=sign)(?P<new>[^\\&]*)(?P=sign)[gIp]{0,3}")
_PLAIN = re.compile(r"(?P<before>\^? \*|\^?\.\*)?(?P<text>[^\\.*\[\]^$+?(){}|]+)")


def through(form: LineForm, tool: Command) -> LineForm:
    """What becomes of a line of this form; itself where the tool prints lines as they come, or is not known."""
    if tool.program == "awk":
        return _of_awk(form, tool)
    if tool.program == "cut":
        return _of_cut(form, tool)
    if tool.program == "head" and (octets := _given(tool, "-c", "--bytes")):
        return _columns(form, 0, int(octets[-1])) if octets[-1].isdigit() else form
    if tool.program == "sed":
        return _of_sed(form, tool)
    if tool.program == "tr":
        return _of_tr(form, tool)
    if tool.program == "nl" or (tool.program == "cat" and tool.has("-n", "--number")):
        return joined_forms([LineForm(("", "\t"), (_NUMBERED,)), form])
    if tool.program == "echo" and "xargs" in tool.within:
        return joined_forms([LineForm.of_text("".join(f"{word} " for word in tool.arguments)), form])
    return form


def read_into(names: Sequence[str], form: LineForm | None) -> Iterator[tuple[str, str]]:
    """The variables into which `read` puts the fields of a line, each with the form of what it holds, if made up."""
    fields = _fields(form, "") if form else []
    if len(fields) > len(names) > 0:
        fields[len(names) - 1 :] = [joined_forms(fields[len(names) - 1 :], " ")]
    for name, field in zip(names, fields, strict=False):
        if field.pattern.groups:
            yield name, joined(field.texts, field.between)


def _of_awk(form: LineForm, tool: Command) -> LineForm:
    program = _AWK.fullmatch(tool.arguments[0]) if tool.arguments else None
    if not program:
        return form
    [separator] = (_given(tool, "-F", "--field-separator") or [""])[-1:]
    fields = _fields(form, separator)
    parts, end = [], 0
    while found := _PRINTED.match(program["printed"], end):
        if found.end() == end:
            break
        if found["of"]:
            start = int(found["start"]) - 1
            parts.append(_columns(_field(fields, found["of"]), start, start + int(found["length"])))
        elif found["field"]:
            parts.append(_field(fields, found["field"]))
        else:
            parts.append(LineForm.of_text(found["text"]))
        parts += [LineForm.of_text(" ")] if found["comma"] else []
        end = found.end()
    return joined_forms(parts) if parts and end == len(program["printed"]) else form


def _field(fields: Sequence[LineForm], name: str) -> LineForm:
    number = len(fields) if name == "NF" else int(name)
    if number == 0:
        return joined_forms(fields, " ")
    return fields[number - 1] if number <= len(fields) else LineForm.of_text("")


def _of_cut(form: LineForm, tool: Command) -> LineForm:
    lists, separators = _given(tool, "-f", "--fields"), _given(tool, "-d", "--delimiter")
    separator = separators[-1] if separators else "\t"
    fields = _fields(form, separator)
    for value in _given(tool, "-b", "-c", "--bytes", "--characters"):
        found = _RANGE.fullmatch(value)
        if not found or not value.strip("-"):
            return form
        return _columns(form, int(found[1] or 1) - 1, int(found[3] or (0 if found[2] else found[1])))
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
    found = _SUBSTITUTION.fullmatch(tool.arguments[0]) if len(tool.arguments) == 1 else None
    if not found:
        return form
    if found["old"] == "^":
        return joined_forms([LineForm.of_text(found["new"]), form])
    if found["old"] == "$":
        return joined_forms([form, LineForm.of_text(found["new"])])
    old = _PLAIN.fullmatch(found["old"])
    if not old:
        return form
    if not old["before"]:
        return form._replace(texts=tuple(text.replace(old["text"], found["new"]) for text in form.texts))
    places = [index for index, text in enumerate(form.texts) if old["text"] in text]
    place = max(places, default=0) if "." in old["before"] else 0
    if place not in places:
        return form
    behind = form.texts[place].rpartition(old["text"])[2]
    return LineForm((found["new"] + behind, *form.texts[place + 1 :]), form.between[place:])


def _of_tr(form: LineForm, tool: Command) -> LineForm:
    deletes = tool.has("-d", "--delete")
    signs, *others = tool.arguments or [""]
    if deletes:
        texts = tuple(text.translate(dict.fromkeys(map(ord, signs))) for text in form.texts)
        return LineForm(texts, tuple("" if one.endswith("B)") and "B" in signs else one for one in form.between))
    if _LOWER.fullmatch(signs) and [bool(_UPPER.fullmatch(other)) for other in others] == [True]:
        upper = tuple(text.upper() for text in form.texts)
        return LineForm(upper, tuple(one.replace("[0-9a-f]", "[0-9A-F]") for one in form.between))
    if len(signs) == 1 and [*map(len, others)] == [1]:
        return form._replace(texts=tuple(text.replace(signs, others[0]) for text in form.texts))
    return form


def _given(tool: Command, *options: str) -> list[str]:
    return [value for option in options for value in tool.options.get(option, ())]


def _columns(form: LineForm, start: int, end: int) -> LineForm:
    """The characters from one to before another, to the end for 0; itself where their places are not known."""
    texts, between, place = [""], list[str](), 0
    for text, one in zip(form.texts, (*form.between, ""), strict=True):
        texts[-1] += text[max(start - place, 0) : max(end - place, 0) if end else None]
        place += len(text)
        if not one or (end and place >= end):
            continue
        wide = _WIDE.fullmatch(one)
        if not wide:
            return form
        width = int(wide["width"])
        first, last = max(start - place, 0), min(end - place, width) if end else width
        place += width
        if first < last:
            between.append(f"{wide['one']}{{{last - first}}})")
            texts.append("")
    return LineForm(tuple(texts), tuple(between))


def _fields(form: LineForm, separator: str) -> list[LineForm]:
    """The fields of a line; what stands between its texts is taken to be part of one."""
    cut = re.compile(re.escape(separator)) if separator.strip() or separator == "\t" else _BLANKS
    texts = form.texts if separator else (form.texts[0].lstrip(), *form.texts[1:])
    fields = [[""]]
    values: list[list[str]] = [[]]
    for index, text in enumerate(texts):
        first, *others = cut.split(text)
        fields[-1][-1] += first
        fields += [[other] for other in others]
        values += [[] for _ in others]
        if index < len(form.between):
            values[-1].append(form.between[index])
            fields[-1].append("")
    return [LineForm(tuple(some), tuple(others)) for some, others in zip(fields, values, strict=True)]
