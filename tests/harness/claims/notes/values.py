"""Finds what a command of a note leaves for its reader to fill in, for claims.notes.reading.

docker rmi <이미지 ID>                      <이미지 ID>
docker run [OPTIONS] IMAGE[:TAG]            [OPTIONS]
docker stop 6f2e357b1082                    6f2e357b1082, where the note has shown no such id
docker run --rm busybox echo '<h1>'         nothing
"""

import re
from collections.abc import Iterator

from harness.claims.commands import parse

_THING = (
    r"(?:container|image|volume|network|service|tag|name|id|port|path|file(?:name)?|options?|command|cmd|host|user)"
)
_QUOTED = re.compile(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"")
# Between signs that people put around what is to be filled in.
_ENCLOSED = re.compile(
    r"<[A-Za-z가-힣](?:[\w가-힣 ./:|-]*[\w가-힣])?>"
    r"|\[(?::?[A-Z][A-Z_ .:=-]*(?:\.\.\.)?|[^\[\]]*[가-힣][^\[\]]*)\]"
    rf"|\[{_THING}(?:[ _-]?{_THING})*(?:\.\.\.)?\]"
    rf"|(?<![${{])\{{(?:[^{{}}$]*[가-힣][^{{}}]*|{_THING}(?:[ _-]?{_THING})*)\}}",
)
_HANGUL_ENCLOSED = re.compile(r"<[^<>]*[가-힣][^<>]*>(?!.*</)")
# Words that stand for a thing by its kind.
_KIND_WORD = re.compile(
    r"(?<![\w./:=-])(?:(?:YOUR_|MY_)?(?:CONTAINER|IMAGE|VOLUME|NETWORK|REPOSITORY|TAG)(?:[_-]?(?:ID|NAME|TAG))?"
    r"|(?:container|image)[_-]?(?:id|ID)|your[_-]?[\w/-]+|[xX]{3,}|\.\.\.|…)(?![\w.-])"
)
_KOREAN_KIND = re.compile(
    r"(?<!\S)[\w:/.-]*(?:컨테이너|이미지|이름|아이디|포트|경로|명령|태그|볼륨|네트워크|파일|폴더|번호|주소|계정|옵션)"
    r"[\w가-힣:/.-]*"
)
_REMARK = re.compile(r"(?<!\S)#.*")
_ID = re.compile(r"(?<![\w.:/-])(?=[0-9a-f]*\d)[0-9a-f]{12}(?:[0-9a-f]{52})?(?![\w.-])")
_SAYS_IT = {"echo", "printf", "git"}


def left_open(command: str, seen: str) -> str:
    """The first thing that the command leaves open; '' where it names all. `seen` is what the note has above it."""
    return next(_open_values(command, seen), "")


def _open_values(command: str, seen: str) -> Iterator[str]:
    if "<<" in command:
        command = command.partition("\n")[0]  # a here-document is a text
    unquoted = _REMARK.sub("", _QUOTED.sub(lambda quoted: " " * len(quoted[0]), command))
    for form, text in ((_ENCLOSED, unquoted), (_HANGUL_ENCLOSED, command), (_KIND_WORD, unquoted)):
        yield from (found[0] for found in form.finditer(text))
    if not any(one.program in _SAYS_IT or (one.inner and one.inner.program in _SAYS_IT) for one in parse(command)):
        yield from (found[0] for found in _KOREAN_KIND.finditer(unquoted))
    yield from (found[0] for found in _ID.finditer(unquoted) if found[0] not in seen)
