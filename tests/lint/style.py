"""PHRASES: how a page doesn't speak Korean, one row each, with what it says instead; for the check of pages as texts.

A row stands for what an editor has corrected before. `seen` is such a phrase, and in `not_this` nothing is wrong.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lint.prose import Line


@dataclass(frozen=True)
class Phrase:
    """A form of words, what to write instead, and why where that isn't plain."""

    form: str
    instead: str
    seen: str
    not_this: str


PHRASES = (
    Phrase("암호(?!화)", "비밀번호", "관리자 암호를 정합니다", "암호화된 연결"),
    Phrase("저마다", "각각", "저마다 따로 실행합니다", "각각 따로 실행합니다"),
    Phrase("까닭", "이유 (of an explanation) or 원인 (of a fault)", "까닭은 로그에 있습니다", "원인은 로그에 있습니다"),
    Phrase("거절당", "거부되다, or 오류가 납니다", "이렇게 거절당합니다", "연결이 거부됩니다"),
    Phrase("뒤에서 실행", "백그라운드에서 실행", "뒤에서 실행합니다", "백그라운드에서 실행합니다"),
    Phrase("[앞뒤]의 것", "the name again", "앞의 것은 새 컨테이너를 만듭니다", "앞의 명령은 새 컨테이너를 만듭니다"),
    Phrase(
        "마치면.*게 됩니다", "마치면 … -ㄹ 수 있습니다",
        "이 페이지를 마치면 이미지를 내려받게 됩니다", "Docker Hub에 로그인하게 됩니다",
    ),
    Phrase("시기 바랍니다|십시오", "-ㅂ니다", "차례로 따라 하시기 바랍니다", "차례로 따라 합니다"),
    Phrase("때에(?!야)", "때", "실행할 때에는", "실행할 때는"),
    Phrase("일이 흔", "-ㄹ 때가 많다", "잊는 일이 흔합니다", "잊을 때가 많습니다"),
    Phrase("[가-힣][이가] 이깁니다", "-이/가 우선합니다", "나중에 적은 값이 이깁니다", "나중에 적은 값이 우선합니다"),
    Phrase("견주", "비교하다", "둘을 견주어 봅니다", "둘을 비교해 봅니다"),
    Phrase("에 의해", "the one that does it as subject", "도커에 의해 만들어집니다", "도커가 만듭니다"),
    Phrase(
        "되어[지진집]|보여[지진집]|쓰여[지진집]|불려[지진집]|나뉘어[지진집]|잊혀[지진집]",
        "되다, 보이다, 쓰이다, 불리다, 나뉘다, 잊히다: one passive is enough",
        "두 단계로 나뉘어집니다", "두 단계로 나뉩니다",
    ),
    Phrase("(?:것|기)[이가] 가능", "-ㄹ 수 있습니다", "접속하는 것이 가능합니다", "접속할 수 있습니다"),
    Phrase("[을를] 가지고 있", "있다, or 이루어지다", "레이어를 가지고 있습니다", "레이어로 이루어집니다"),
    Phrase("되풀이", "반복", "안에서 되풀이해 실행합니다", "안에서 반복해 실행합니다"),
    Phrase("저절로", "자동으로", "종료되면 저절로 지워집니다", "종료되면 자동으로 지워집니다"),
    Phrase("주인(?!공)", "소유자", "파일의 주인을 바꿉니다", "이야기의 주인공"),
    Phrase(
        "(?<![가-힣‘])(?:둘|셋|넷|다섯|여섯)째 ", "두 번째, 세 번째",
        "둘째 줄은 기다립니다", "둘째, 커널의 설정은 바꾸지 못합니다",
    ),
    Phrase("가운데 (?:하나|둘|어느)", "중", "세 가지 가운데 하나", "가운데에 점을 찍습니다"),
    Phrase(
        "이것을 .*라고 (?:합|부릅)니다", "what it is: 이런 볼륨을 …라고 합니다",
        "이것을 익명 볼륨이라고 합니다", "이런 볼륨을 익명 볼륨이라고 합니다",
    ),
    Phrase(
        r"(?:볼륨|디렉터리|소켓)(?:\([a-z ]+\))?[을를] (?:처음 )?붙(?!여 넣)", "연결하다, or 마운트하다",
        "빈 볼륨(volume)을 처음 붙일 때", "이름을 붙인 볼륨은 남습니다",
    ),
    Phrase(
        "(?:서버|엔진|Redis)[가이] (?:제대로 )?답(?:할|하|합)", "응답하다",
        "서버가 답할 때까지 기다립니다", "서버가 응답할 때까지 기다립니다",
    ),
)  # fmt: skip

_QUESTION = re.compile(r"#+ .*(?:\?|까|[가까나]요)")


def clumsy(lines: Iterable[Line]) -> Iterator[tuple[int, str, str]]:
    """(line, phrase as written, what to write instead)."""
    patterns = [(re.compile(phrase.form), phrase.instead) for phrase in PHRASES]
    for line in lines:
        for pattern, instead in patterns:
            yield from ((line.number, found[0].strip(), instead) for found in pattern.finditer(line.text))


def questions(lines: Iterable[Line]) -> Iterator[int]:
    """The lines of headings that are questions."""
    yield from (line.number for line in lines if _QUESTION.fullmatch(line.text.rstrip()))
