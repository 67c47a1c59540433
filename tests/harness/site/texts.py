"""What the site's code says to readers, in Korean, in the one place where it can be read and corrected.

The pages' own words are in docs/, the theme's in theme/. A word that is data (a heading that is looked for, the
particles of a noun) stands where it is used.
"""

from harness.evidence.facts import Lane, Outcome

GUIDE = "도커 노트"

# An outcome and what it means; None: nothing is known of the text.
OUTCOMES = {
    Outcome.PASSED: ("확인됨", "이 명령을 실제로 실행해 같은 꼴의 출력을 얻었습니다."),
    Outcome.DIFFERS: ("달라짐", "실제로 실행했더니 출력의 꼴이 여기와 달랐습니다."),
    Outcome.BROKEN: ("확인하지 않음", "실행했지만 엔진이나 네트워크 문제로 판정하지 못했습니다."),
    Outcome.BLOCKED: ("확인하지 않음", "앞의 명령이 실패해서 실행하지 못했습니다."),
    Outcome.UNCHECKED: ("확인하지 않음", "검증 환경에서 실행할 수 없는 명령입니다."),
    None: ("확인하지 않음", "이 내용 그대로 실행한 기록이 아직 없습니다."),
}
# Where the images came from, and what that means.
LANES = {
    Lane.STANDIN: ("대체 이미지", "Docker Hub의 이미지 대신 같은 이름으로 만든 대체 이미지로 실행했습니다."),
    Lane.HUB: ("실제 이미지", "Docker Hub의 이미지로 실행했습니다."),
}

# An engine, or several of which readers see one text.
ENDED = "지원 종료"
ALL_ENDED = f"모두 {ENDED}"
AND_OLDER = "{} 이하"
AND_NEWER = "{} 이상"

# A console block.
EXIT_STATUS = "종료 상태 {}"
COPY_ALL = "모두 복사"
YOURS = "자기 화면에 나온 값으로 바꾸어 입력합니다"

# A proof.
RUNS_LABEL = "엔진별 결과"
ENGINE, RESULT, STARTED, IMAGES = "엔진", "결과", "실행한 때(한국 시각)", "이미지"
EXIT_STATUSES, RECORDING = "종료 상태", "녹화"
NO_IMAGES = "쓰지 않음"
REPLAY, REPLAY_LABEL = "재생", "Docker {}에서 실행한 녹화 재생"
SIGNS = "‘-’로 시작하는 줄은 본문, ‘+’로 시작하는 줄은 실제로 실행해 얻은 출력입니다."
SAME_OUTPUT = "Docker {}의 실제 출력은 본문과 글자까지 같습니다."
ACTUAL = "Docker {}의 실제 출력"

# Earlier nights. What the shapes of a strip are called stands by the names that its style sheet has for them.
SINCE = "{}부터"
NIGHTS, ALL_PASSED = "밤 실행 {}번:", "모두 확인됨"
SHAPES = {"low": "확인됨 {}번", "high": "달라짐 {}번", "dots": "판정하지 못함 {}번"}

# What a page says of its examples at its top.
ONE_EXAMPLE = "예제 1개 {proof}"
ALL_EXAMPLES = "예제 {all}개 모두 {proof}"
SOME_EXAMPLES = "예제 {all}개 가운데 {some}개 {proof}. 나머지는 예제 아래에 따로 적었습니다."
PAGE_UNCHECKED = "예제 {}개를 실행해 확인한 기록이 아직 없습니다."
MEANING, MEANING_ADDRESS = "무슨 뜻인가요?", "index.html#확인-결과-읽는-법"

# A lesson's practice. Its scripts, docs/assets/practice/, have their own words.
PRACTICE = "연습"
PRACTISED = "연습할 수 있는 명령은 모두 {}개입니다."
PRACTICE_RUN = "Docker {} · {} 실행 기록"
PRACTICE_STANDIN = "Docker {} · {} 실행 기록 · 대체 이미지"
PRACTICE_SAMPLE = "본문의 예시 · 실행 기록 없음"

# The page of all examples.
EXAMPLE, LAST_RUN, ALL = "예제", "마지막 실행", "모두"
TOTALS_LABEL = "엔진별 합계"
TOTALS = (
    "예제 {examples}개를 엔진 {engines}가지에서 실행하는 경우는 모두 {runs}건이며, 그 가운데 "
    "<strong>{passed}건을 확인했습니다</strong>. 달라진 것은 {differs}건, 확인하지 않은 것은 {unchecked}건입니다."
)
NOTHING_RUN = "예제 {}개를 아직 어떤 엔진에서도 실행하지 않았습니다."
LAST_DAY = "마지막으로 실행한 날은 {}입니다."
NEVER_RUN = "실행 기록 없음"
UNREADABLE = "읽을 수 없는 페이지입니다."

# The page of the nights up to now.
NO_NIGHTS = (
    "아직 기록이 없습니다. 모든 예제를 밤마다 실행하는데, 그 첫 밤이 지나면 예제마다 언제부터 그대로인지가 "
    "이곳에 나타납니다."
)
REACH = "기록은 {}부터 {}까지 밤 {}번의 것이며, 그 전의 일은 알 수 없습니다."
EXAMPLE_AND_TIME = "예제와 걸린 시간"
HISTORY_COLUMNS = ("언제부터", "최근의 밤들", "흔들린 비율")
WHOLE_PAGE, DIFFERING, NOT_KNOWN_OF = "페이지 전체", "예제 {}개 달라짐", "예제 {}개 기록 없음"
SINCE_UNKNOWN, NOT_KNOWN, FLAKY = "(언제부터인지 알 수 없음)", "기록 없음", "들쭉날쭉함"
SECONDS, BEFORE = "{:.1f}초", "{} 전에는 {:.1f}초"

# The list of commands.
COMMAND, RUN_IN = "명령", "하는 일과 실행하는 곳"
OTHER_PAGES = "다른 페이지 {}개"
FILTER = "골라 보기"

# Under a page's title. The button's script, docs/assets/page.js, has its own words.
COPY_MARKDOWN, MARKDOWN = "Markdown 복사", "Markdown 보기"

# The whole guide as one document.
BOOK, BOOK_CONTENTS, BOOK_HOME = "한 권으로", "차례", f"{GUIDE} 사이트로"

# The end of a page.
CHANGED, SOURCE, STALE = "마지막 변경", "원본", "이 페이지가 낡았나요?"

# The feed.
FEED = f"{GUIDE}: 달라진 예제와 바로잡은 예제"
DRIFTED, REPAIRED = "달라짐", "바로잡음"
ENTRY = "{page}의 예제입니다. 엔진: {engines}"
FIRST_ENTRY = "예제가 달라지거나 바로잡히면 여기에 알립니다"
FIRST_SUMMARY = "이 글만 있으면 지난밤에는 알릴 것이 없었습니다. 예제마다 언제부터 그대로인지는 검증 기록에 있습니다."

# The index for language models.
LLMS = (
    "모든 페이지는 한국어 Markdown입니다. 콘솔 예제는 실제 도커 엔진에서 실행해 확인하며, 예제마다의 결과는 "
    "{status}에 있습니다. 모든 페이지를 한 파일로 묶은 것은 {full}입니다."
)
NOTATION = (
    "출력 아래에 `[1]`처럼 수만 있는 줄은 그 명령의 종료 상태이고, 한 줄을 차지한 `...`은 생략한 출력입니다. "
    "예제 아래의 인용문은 그 예제를 어떤 엔진에서 언제 실행해 확인했는지를 알립니다."
)
ON_THE_SITE = "이 표는 웹 페이지에 있습니다"
FEED_LINK = "달라진 예제 알림"
PAGES = "페이지"
