"""The text of a session on a page from elsewhere -> the same as a person reads it, for pages.

$<tab>docker<no-break space>ps      $ docker ps
…                                   ...
(중략)                              ...
"Id": "588ec8830392…"               "Id": "588ec8830392..."

What a command printed stays as it is, but for what says that lines were left out. No line comes or goes.
"""

import re

from harness.claims import sessions
from harness.claims.sessions import SessionError

_GAP = "..."
_WIDE_OR_FIXED = "\u00a0\u3000"
_BLANKS = f"\t{_WIDE_OR_FIXED}"
_BEHIND_PROMPT = re.compile(rf"^(\S{{0,80}}[$#>])[{_BLANKS}]+", re.MULTILINE)
_LEFT_OUT = re.compile(r"\s*(?:…+|⋮|\[(?:\.{3}|…)\]|[(\[<](?:중간 |이하 )?(?:생략|중략|후략|하략|snip|\.{3})[)\]>])\s*")

_CUT = re.compile(r"(?<![0-9A-Za-z])((?=[0-9a-f]*\d)[0-9a-f]{12,63})…")  # an id or a digest


def as_read(text: str) -> str:
    """The session with blanks where blanks are seen in commands, and `...` where lines are left out. A blank of
    another kind that the output has as well is meant."""
    text = _BEHIND_PROMPT.sub(r"\1 ", text)
    try:
        steps = sessions.parse(text).steps
    except SessionError:
        return text
    lines = text.split("\n")
    for step in steps:
        blanks = {ord(blank): " " for blank in _WIDE_OR_FIXED if blank not in step.sample}
        for index in range(step.line - 1, step.first_line - 1):
            lines[index] = lines[index].translate(blanks)
        for index in range(step.first_line - 1, step.last_line):
            lines[index] = _GAP if _LEFT_OUT.fullmatch(lines[index]) else _CUT.sub(rf"\1{_GAP}", lines[index])
    return "\n".join(lines)
