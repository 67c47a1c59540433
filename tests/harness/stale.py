"""A page that a reader takes for stale -> the issue that says so, in Korean: half written, as the site's link opens it,
and whole, of a run on an engine of the reader's own version.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from harness.claims.characters import printable, visible
from harness.evidence.differences import step_side_by_side
from harness.evidence.facts import BlockFact, Lane, Outcome, PageFact, StepFact

TO_PASTE = '"이 페이지가 낡았나요?"를 눌러 여는 이슈에 아래 내용을 붙여 넣어 주세요. {}에도 있습니다.'
_TITLE = "낡은 페이지: {}"
_BODY = """\
페이지: {page}

어느 예제나 문장이 낡았습니까?

{which}

무엇을 실행했고, 무엇이 나왔습니까? (`docker version`의 출력도 함께 적어 주시면 좋습니다.)

{what}
"""
_SAME = "제 `docker version`: {yours}. 같은 버전대인 도커 {version}에서 이 페이지를 실행했습니다."
_NEAREST = (
    "제 `docker version`: {yours}. 같은 버전대는 여기서 준비할 수 없어, 가장 가까운 도커 {version}에서 이 페이지를 "
    "실행했습니다."
)
_STANDINS = "이미지는 Docker Hub의 것이 아니라 데비안 패키지로 만든 것입니다."
_FITS = "실행한 예제는 모두 페이지에 적힌 대로 나왔습니다. 제 컴퓨터에서 다르게 나온 명령과 그 출력은 이렇습니다."
_BLOCKED = "앞의 명령이 달라져서 실행하지 못한 명령: {}개"
_DIFFERS = "`-`는 페이지에 적힌 것이고 `+`는 실행해서 나온 것입니다."
_UNJUDGED = "확인하지 못했습니다: {}"


def address(page: str, repository: str) -> str:
    """Where the site's link leads: an issue of the project at `repository`, to be filled in by who has met it."""
    written = {"title": _TITLE.format(page), "body": _BODY.format(page=page, which="", what="")}
    return f"{repository}/issues/new?{urlencode(written)}"


def report(page: PageFact, yours: str, *, is_same: bool) -> str:
    """The same issue filled in: what differs on the engine that the page has run on, which is of the reader's release
    (`yours`) or the nearest to it."""
    steps = [(block, step) for block in page.blocks for step in block.steps]
    told = [(block, step) for block, step in steps if step.outcome in (Outcome.DIFFERS, Outcome.BROKEN)]
    blocked = sum(step.outcome is Outcome.BLOCKED for _, step in steps)
    which = [f"- {_where(block, step)} {_code(step.command.partition(chr(10))[0])}" for block, step in told]
    about = (_SAME if is_same else _NEAREST).format(yours=yours, version=page.version or page.engine)
    what = [
        f"{about} {_STANDINS}" if page.lane is not Lane.HUB else about,
        _DIFFERS if told else _FITS,
        *(text for block, step in told for text in _shown(block, step)),
        *([_BLOCKED.format(blocked)] if blocked else []),
    ]
    return _BODY.format(page=page.page, which="\n".join(which), what="\n\n".join(what))


def _where(block: BlockFact, step: StepFact) -> str:
    return _code(f"{block.file}:{step.line}")


def _shown(block: BlockFact, step: StepFact) -> Iterator[str]:
    yield _where(block, step)
    if step.outcome is Outcome.DIFFERS:
        yield _fence(f"  $ {visible(step.command)}\n{step_side_by_side(step, colour=False)}", "diff")
    else:
        yield _UNJUDGED.format(_code(step.reason))


def _code(text: str) -> str:
    """A code span that its text can't end, with nothing in it that a terminal would obey."""
    ticks = "`" * (_backticks(text) + 1)
    blank = " " if _backticks(text) else ""
    return f"{ticks}{blank}{printable(text)}{blank}{ticks}"


def _fence(text: str, language: str) -> str:
    ticks = "`" * max(3, _backticks(text) + 1)
    return f"{ticks}{language}\n{text}\n{ticks}"


def _backticks(text: str) -> int:
    """The most of them that stand together."""
    return max(map(len, re.findall("`+", text)), default=0)
