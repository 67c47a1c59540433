"""Turns the theme's style sheets into what of them the site's pages use, for a reader's first visit: Material styles
much that isn't here. A rule stays unless no page and no script has the class, the id or the value that it asks for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_TAG = re.compile(r'<[a-z][^>"]*(?:"[^"]*"[^>"]*)*>')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_WORD = re.compile(r"[\w-]+")
_STRING = r'"(?:\\.|[^"\\])*"|' r"'(?:\\.|[^'\\])*'"
_MARK = re.compile(rf"{_STRING}|[{{}};]")
_SELECTOR = re.compile(rf"(?:{_STRING}|\((?:[^()]|\([^()]*\))*\)|[^,])+")
_IN_BRACKETS = re.compile(r"\((?:[^()]|\([^()]*\))*\)")  # of :not() and the like
_VALUE = re.compile(r"""#([\w-]+)|\[[\w-]+=["']?([\w-]+)["']?\]""")  # an id, an attribute's
_CLASS = re.compile(r"\.([\w-]+)(?![^\[]*\])")
# What has the name of something else that is here, or only Material's script would make; and tabs beyond the sixth.
_ABSENT = re.compile(
    r":root>\*"  # where mermaid's colours are
    r"|\.(?:inline|js|result|success)(?![\w-])"
    r"|\[data-md-(?:copying|scrolllock)\]"
    r"|:nth-child\((?:[7-9]|\d\d)\)"
)
_PREFIXED = re.compile(r"-webkit-mask-[a-z]+:[^;}]*;?")  # for browsers that don't know the plain one: they are old
_VARIABLE = re.compile(rf"(?<=[{{;])(--[\w-]+):(?:{_STRING}|[^;}}'\"])*;?")
_NAMED = re.compile(r"var\(\s*(--[\w-]+)")
_NESTED = ("@media", "@supports", "@container")


class Used(NamedTuple):
    """What pages and scripts have; what a script says may become either."""

    classes: set[str]
    values: set[str]  # of their other attributes


def used_by(pages: Iterable[str], scripts: Iterable[str]) -> Used:
    tags = set[str]().union(*map(_TAG.findall, pages))  # pages share most of them
    attributes = set[tuple[str, str]]().union(*map(_ATTRIBUTE.findall, tags))
    classes = {word for name, value in attributes if name == "class" for word in value.split()}
    values = {value for name, value in attributes if name != "class"}
    said = set[str]().union(*map(_WORD.findall, scripts))
    return Used(classes | said, values | said)


def without_unused(sheets: Mapping[str, str], others: Iterable[str], used: Used) -> dict[str, str]:
    """The style sheets without the rules that ask for what isn't used, and without the variables that neither a script
    nor a rule names, of these sheets or of the `others`.
    """
    kept = {name: _rules(_PREFIXED.sub("", _COMMENT.sub("", css)), used) for name, css in sheets.items()}
    named = used.values.union(*(_NAMED.findall(css) for css in [*kept.values(), *others]))
    return {name: _VARIABLE.sub(lambda found: found[0] if found[1] in named else "", css) for name, css in kept.items()}


def _rules(css: str, used: Used) -> str:
    kept = []
    for head, body in _blocks(css):
        if head.startswith(_NESTED):
            body = _rules(body, used)
        elif not head.startswith("@"):
            head = ",".join(one for one in _SELECTOR.findall(head) if _is_used(one, used))
        if head and body:
            kept.append(f"{head}{{{body}}}")
    return "".join(kept)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """The rules of a style sheet: what stands before its braces, and what in them."""
    depth = start = opened = 0
    for found in _MARK.finditer(css):
        if found[0] == "{":
            depth += 1
            opened = opened if depth > 1 else found.end()
        elif found[0] == "}":
            depth -= 1
            if not depth:
                yield css[start : opened - 1], css[opened : found.start()]
                start = found.end()
        elif found[0] == ";" and not depth:
            start = found.end()  # @charset, which these pages say themselves


def _is_used(selector: str, used: Used) -> bool:
    if _ABSENT.search(selector):
        return False
    selector = _IN_BRACKETS.sub("", selector)
    values = {name or value for name, value in _VALUE.findall(selector)}
    return values <= used.values and {*_CLASS.findall(selector)} <= used.classes
