"""Turns a Go template into patterns of the lines that it prints, where it asks for what nobody knows before: for asked.

{{.State.Pid}} {{.State.ExitCode}}      (4242) 0
{{slice .ID 0 8}}                       (588ec883), the beginning of an id
{{.State.ExitCode}}                     a line without anything that was asked for
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from harness.shapes.line_patterns import (
    ANYTHING,
    ARCHITECTURE,
    CONVERSION,
    EVERY_NUMBER,
    KERNEL,
    NUMBER,
    PROCESS,
    LineForm,
    joined_forms,
    line_pattern,
)
from harness.shapes.line_pieces import LOWER, UPPER, columns, fields_of, mapped

FIELDS = (
    ".Pid",
    ".SizeRootFs",
    ".SizeRw",
    ".NCPU",
    ".MemTotal",
    ".NFd",
    ".NGoroutines",
    ".PIDs",
    ".StarCount",
    ".Index",
)
OF_MACHINE = {  # fields of docker info, docker version and docker node ls
    ".KernelVersion": KERNEL, ".OperatingSystem": r"(\S.*?)", ".OSVersion": r"(\S*?)", ".Name": r"(\S+?)",
    ".Hostname": r"(\S+?)", ".Architecture": ARCHITECTURE, ".Arch": ARCHITECTURE,
    ".CgroupDriver": "(cgroupfs|systemd)", ".CgroupVersion": "([12])",
}  # fmt: skip
# An id of a swarm's, of twelve signs; one of Docker's, and a whole one, are known by their form.
OF_SWARM = {".ID": r'"?(?:[0-9a-f]{12}|([0-9a-z]{12})|[0-9a-z]{25}|[0-9a-f]{64})"?'}
OF_TASKS = {**OF_SWARM, ".Node": r"(\S+?)", ".Hostname": r"(\S+?)"}  # of docker service ps and the like
OF_RECORDS = {".TotalCount": NUMBER, ".Active": NUMBER}  # docker system df, of the build cache
_PAIRS, _PAIR = (".MemUsage", ".NetIO", ".BlockIO"), r"\S+ / \S+"
_NO_OTHERS: Mapping[str, str] = MappingProxyType({})
_ACTION = re.compile(r"\{\{-?(.*?)-?\}\}", re.DOTALL)
_CONTROL = re.compile(r"\s*(?:range|if|else|with|end|block|define|template)\b")
_OPENS, _WITH = re.compile(r"(?:range|if|block|define)\b"), re.compile(r"with\b")
_NEW_LINE = re.compile(r"\\n|\n|\{\{-?\s*println\s*-?\}\}")
_PRINTF = re.compile(
    r'\{\{\s*(?:(?P<piped>[^{}|"\s]+)\s*\|\s*)?printf\s+"(?P<form>[^"]*)"(?:\s+(?P<values>[^{}|]*?))?\s*\}\}'
)
PRECISION = re.compile(r"%\.(\d{1,2})s")
_SLICED = re.compile(r"\s*(?:slice|truncate)\s+\$?\.I[dD]\s+(?:(?P<start>\d{1,2})\s+)?(?P<end>\d{1,2})\s*")
_STATE = rf"&?\{{\w+(?: (?:true|false)){{5}} {PROCESS} .*?"  # of a container, as Go writes it
_SAID = re.compile(r"(?P<json>json)|print(?:ln)?|html|js")  # a function that writes a value
_TEXT = re.compile(r'\{\{-?\s*"(?P<text>[^"]*)"\s*-?\}\}')  # an action that is nothing else
_SAID_BEHIND = re.compile(
    rf"\{{\{{\s*(?P<value>[^{{}}|\"]+?)\s*\|\s*(?P<by>{_SAID.pattern.replace('?P<json>', '')})\s*\}}\}}"
)
_CALLED = re.compile(rf"\s*(?P<by>{_SAID.pattern})\s*\((?P<value>[^()]*)\)\s*")  # `json (slice .ID 0 6)`
_PIPED = re.compile(rf"(?P<value>[^|]*)\|\s*(?P<by>{_SAID.pattern})\s*")  # `slice .ID 0 6 | json`
_RANGE = re.compile(
    r"\{\{-?\s*range\s+(?:\$\w+(?:,\s*\$\w+)?\s*:=\s*)?(?P<of>[.\w]+)\s*-?\}\}"
    r"(?P<body>(?:(?!\{\{-?\s*(?:if|range|with|else|end)\b).)*)\{\{-?\s*end\s*-?\}\}"
)
_ITSELF = re.compile(r"\{\{-?\s*(?P<line>println\s+)?\.\s*-?\}\}")
_INDEXED = re.compile(r"index ([.\w]+) \d+")
_CHANGED = re.compile(
    r"(?:(?P<case>upper|lower)|(?P<how>slice|truncate)|index \(split(?= [^ ()]+ \"))\s+\(?(?P<of>\$?\.[\w.]+)\)?"
    r"(?(how)\s+(?P<start>\d{1,2})(?:\s+(?P<end>\d{1,2}))?|(?(case)|\s+\"(?P<separator>[^\"]{1,3})\"\)\s+(?P<field>\d)))"
    r"|(?P<piped>\$?\.[\w.]+)\s*\|\s*(?P<piped_case>upper|lower)"
)
_NAMED = re.compile(r"\{\{-?\s*(\$\w+)\s*:=\s*([^{}|]*?)\s*-?\}\}")
_MOST_NAMES = _MOST_BRANCHES = 4
_IF = re.compile(r"\{\{-?\s*if\b")
_BRANCH = re.compile(  # without blocks in it
    r"\{\{-?\s*if\b[^{}]*\}\}(?P<then>(?:(?!\{\{-?\s*(?:if|range|with|else|end)\b).)*)"
    r"(?:\{\{-?\s*else\s*-?\}\}(?P<else>(?:(?!\{\{-?\s*(?:if|range|with|else|end)\b).)*))?\{\{-?\s*end\s*-?\}\}"
)
_HASH, SHORT = "sha256:", 12  # so many digits has a short id
_NAMES = "|".join(field.removeprefix(".") for field in FIELDS if field != ".Pid")  # that is known wherever it stands
IN_JSON = re.compile(rf'"(?:{_NAMES})": ?"?(\d{{1,20}})\b')


def of_template(template: str, fields: Mapping[str, str] = _NO_OTHERS) -> Iterator[LineForm | re.Pattern[str]]:
    """The lines with numbers that were asked for, as groups, and between them those without, in order.

    `fields`: the forms of others that nobody knows before, where it is this command's.
    """
    template = _in_plain_words(template)
    branch = _BRANCH.search(template)
    if branch and len(_IF.findall(template)) <= _MOST_BRANCHES:
        for taken in filter(None, (branch["then"], branch["else"])):
            yield from of_template(template[: branch.start()] + taken + template[branch.end() :], fields)
        return
    if any(map(_CONTROL.match, _ACTION.findall(template))):
        values = [action for action in _ACTION.findall(template) if not _CONTROL.match(action)]
        if values and all(map(_asks, values)):
            yield EVERY_NUMBER
            return
        template = _without_blocks(template)
    for line in _NEW_LINE.split(template):
        actions = _ACTION.findall(line)
        if actions:
            texts = tuple(_ACTION.sub("\0", line).split("\0"))
            yield LineForm(texts, tuple(_value(action, fields) for action in actions))


def of_things(template: str, things: Mapping[str, LineForm]) -> Iterator[tuple[LineForm, bool]]:
    """The lines with all that is made up, as groups, and whether a function of the template has changed some of it.

    `things`: the forms of others, by their fields.
    """
    template = _in_plain_words(_RANGE.sub(_of_one, template))
    if any(map(_CONTROL.match, _ACTION.findall(template))):
        template = _without_blocks(template)
    for line in _NEW_LINE.split(template):
        first, *others = _ACTION.sub("\0", line).split("\0")
        values = [_thing(action.strip(), things) for action in _ACTION.findall(line)]
        pairs = (form for value, text in zip(values, others, strict=True) for form in (value, LineForm.of_text(text)))
        is_changed = any(map(_CHANGED.fullmatch, map(str.strip, _ACTION.findall(line))))
        yield joined_forms([LineForm.of_text(first), *pairs]), is_changed


def _of_one(block: re.Match[str]) -> str:
    """What `{{range .RootFS.Layers}}{{println .}}{{end}}` prints of one of them."""
    return _ITSELF.sub(lambda action: f"{{{{{block['of']}}}}}" + "\n" * bool(action["line"]), block["body"])


def _thing(action: str, things: Mapping[str, LineForm]) -> LineForm:
    if changed := _CHANGED.fullmatch(action):
        return _changed(_thing(changed["of"] or changed["piped"], things), changed)
    indexed = _INDEXED.fullmatch(action)
    known = things.get("." + (indexed[1] if indexed else action).rpartition(".")[2])
    return known or LineForm(("", ""), (_value(action, _NO_OTHERS),))


def _changed(form: LineForm, by: re.Match[str]) -> LineForm:
    """What a function of the template makes of it: upper, lower, slice, truncate, or split and index."""
    if by["case"] or by["piped_case"]:
        return mapped(form, *(UPPER if "upper" in (by["case"], by["piped_case"]) else LOWER))
    if by["field"]:
        found = fields_of(form, by["separator"])
        return found[int(by["field"])] if int(by["field"]) < len(found) else form
    start, end = (int(by["start"]), int(by["end"] or 0)) if by["end"] or by["how"] == "slice" else (0, int(by["start"]))
    return columns(form, start, end)


def _in_plain_words(template: str) -> str:
    """`{{$id := .Id}}{{printf "%s\\n" $id}}{{"\\n"}}{{.Id | json}}` -> `{{.Id}}\\n\\n{{json .Id}}`"""
    for named in _NAMED.findall(template)[:_MOST_NAMES]:
        template = _NAMED.sub("", template, count=1).replace(named[0], named[1])
    template = _TEXT.sub(lambda action: action["text"], _PRINTF.sub(_without_printf, template))
    return _SAID_BEHIND.sub(r"{{\g<by> \g<value>}}", template)


def of_cut_ids(template: str) -> Iterator[re.Pattern[str]]:
    """The lines with ids that the template cuts: `{{slice .ID 0 8}}`, `{{printf "%.8s" .ID}}`."""
    for line in _NEW_LINE.split(_PRINTF.sub(_without_printf, template)):
        actions = _ACTION.findall(line)
        cut = [_cut_id(action) for action in actions]
        if any(cut) and not any(map(_CONTROL.match, actions)):
            yield line_pattern(_ACTION.sub("\0", line).split("\0"), [form or ANYTHING for form in cut])


def names_id(template: str) -> bool:
    """Whether an id is all that a template asks for."""
    return [action.strip() for action in _ACTION.findall(template)] in ([".ID"], [".Id"])


def _without_printf(action: re.Match[str]) -> str:
    """`{{printf "%d/%d" .State.Pid .State.ExitCode}}` -> `{{.State.Pid}}/{{.State.ExitCode}}`"""
    values = iter([*(action["values"] or "").split(), action["piped"] or "."])

    def written(conversion: re.Match[str]) -> str:
        value, length = next(values, "."), PRECISION.fullmatch(conversion[0])
        return f"{{{{slice {value} 0 {length[1]}}}}}" if length else f"{{{{{value}}}}}"

    return CONVERSION.sub(written, action["form"])


def _without_blocks(template: str) -> str:
    """The template with an action in the place of each `{{range}}` or `{{if}}`; empty where one asks, or has lines.

    `{{with .State}}{{.Pid}}{{end}}` is `{{.Pid}}`, `{{with .State.Pid}}{{.}}{{end}}` is `{{.State.Pid}}`.
    """
    written, done = "", 0
    is_open: list[str] = []  # the blocks around: what each is with; empty where it is not read
    for action in _ACTION.finditer(template):
        word = action[1].strip()
        is_block, is_with = not all(is_open), bool(_WITH.match(word))
        has_lines = word.startswith("println") or _NEW_LINE.search(template, done, action.end())
        if is_block and (_asks(word) or has_lines):
            return ""
        written += "" if is_block else template[done : action.start()]
        if is_with or _OPENS.match(word):
            is_open.append(_WITH.sub("", word).strip() if is_with else "")
            written += "" if is_block or is_with else "{{block}}"
        elif word == "end" and is_open:
            is_open.pop()
        elif not is_block:
            written += f"{{{{{is_open[-1]}}}}}" if word == "." and is_open else action[0]
        done = action.end()
    return written + template[done:]


def _cut_id(action: str) -> str:
    """The form of a piece of an id, which may begin with the name of its hash; empty where that is a short id."""
    if said := _CALLED.fullmatch(action) or _PIPED.fullmatch(action):
        form = _cut_id(said["value"])
        return f'"{form}"' if form and said["json"] else form
    cut = _SLICED.fullmatch(action)
    start, end = (int(cut["start"] or 0), int(cut["end"])) if cut else (0, 0)
    digits, behind = end - start, end - len(_HASH)
    if not cut or digits < 1 or SHORT in (digits, behind):
        return ""
    plain = rf"([0-9a-f]{{{digits}}})"
    return plain if start or behind < 1 else rf"(?:{plain}|{_HASH}([0-9a-f]{{{behind}}}))"


def _asks(action: str) -> bool:
    return action.strip().endswith(FIELDS)


def _value(action: str, fields: Mapping[str, str]) -> str:
    """The form of what a template puts there."""
    if form := fields.get("." + action.strip().rpartition(".")[2]):
        return form
    if action.strip().endswith(".Pid"):
        return PROCESS
    if action.strip().endswith(".FailingStreak"):
        return r"(?:0|([1-9]\d{0,5}))"  # how often it failed; none is none
    if action.strip().endswith(".State"):
        return ANYTHING if action.strip().startswith("json ") else _STATE
    if action.strip().endswith(_PAIRS):
        return _PAIR
    if not _asks(action):
        return ANYTHING
    return f'"?{NUMBER}"?' if action.strip().startswith("json ") else NUMBER
