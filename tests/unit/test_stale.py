"""What a reader of another version can say of a page, ready to be pasted."""

import re
from dataclasses import replace

from harness.evidence.facts import BlockFact, DifferenceFact, Lane, Outcome, PageFact, StepFact
from harness.shapes import Difference
from harness.stale import report

DIFFERENCE = Difference(1, "12.3MB", "13.1MB", "line", start=2, actual_line=1, actual_start=2)
DIFFERS = StepFact(
    3, "docker images\n| cat", Outcome.DIFFERS, sample="a 12.3MB", actual="a 13.1MB",
    differences=[DifferenceFact(4, DIFFERENCE)],
)  # fmt: skip
BROKEN = StepFact(9, "docker pull `x`", Outcome.BROKEN, reason="no stand-in for x\x1b[31m")
BLOCKED = StepFact(12, "docker run x", Outcome.BLOCKED, reason="`x` isn't there")
PASSED = StepFact(14, "docker ps", Outcome.PASSED)
YOURS = "클라이언트 27.3.1, 엔진 27.3.1 (containerd)"


def page(*steps: StepFact, lane: Lane = Lane.STANDIN) -> PageFact:
    file = "snippets/images/ls@until-28.console"
    block = BlockFact(20, "session", "images/ls.console", file, "0" * 64, list(steps), steps[0].outcome)
    shown = PageFact("docs/images.md", "28", "28.5.2", lane, "2026-11-24T00:00:00+00:00")
    return replace(shown, blocks=[block])


def test_what_differs_answers_the_questions_of_the_issue() -> None:
    assert (
        report(page(PASSED, DIFFERS), YOURS, is_same=False)
        == """\
페이지: docs/images.md

어느 예제나 문장이 낡았습니까?

- `snippets/images/ls@until-28.console:3` `docker images`

무엇을 실행했고, 무엇이 나왔습니까? (`docker version`의 출력도 함께 적어 주시면 좋습니다.)

제 `docker version`: 클라이언트 27.3.1, 엔진 27.3.1 (containerd). 같은 버전대는 여기서 준비할 수 없어, 가장 \
가까운 도커 28.5.2에서 이 페이지를 실행했습니다. 이미지는 Docker Hub의 것이 아니라 데비안 패키지로 만든 것입니다.

`-`는 페이지에 적힌 것이고 `+`는 실행해서 나온 것입니다.

`snippets/images/ls@until-28.console:3`

```diff
  $ docker images
| cat
- a [-12.3MB-]
+ a {+13.1MB+}
```
"""
    )


def test_what_could_not_be_judged_or_run_is_said_too_and_no_terminal_obeys_it() -> None:
    told = report(page(BROKEN, BLOCKED), YOURS, is_same=True)
    assert "- `snippets/images/ls@until-28.console:9` `` docker pull `x` ``" in told
    assert "확인하지 못했습니다: `no stand-in for x␛[31m`" in told
    assert "앞의 명령이 달라져서 실행하지 못한 명령: 1개" in told
    assert "같은 버전대인 도커 28.5.2에서 이 페이지를 실행했습니다." in told
    assert "\x1b" not in told


def test_where_all_is_as_the_page_says_the_reader_is_asked_for_what_was_not() -> None:
    told = report(page(PASSED, lane=Lane.HUB), YOURS, is_same=True)
    assert "실행한 예제는 모두 페이지에 적힌 대로 나왔습니다." in told
    assert "데비안 패키지" not in told


def test_a_fence_cannot_be_ended_by_what_stands_in_it() -> None:
    other = DifferenceFact(5, Difference(2, "1", "2", "line", actual_line=2))
    told = report(page(replace(DIFFERS, sample="````\n1", actual="````\n2", differences=[other])), YOURS, is_same=True)
    [opening] = re.findall("^(`{3,})diff$", told, re.MULTILINE)
    assert len(opening) == 5
