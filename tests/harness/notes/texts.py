"""What is said of notes, in Korean and in English: one table, and which of both a terminal asks for."""

import re
from collections.abc import Mapping

from harness.claims.notes.note import Said

# What is said -> in Korean, in English. `{}` is what it is about.
_TEXTS = {
    "fits": ("맞음", "fits"),
    "differs": ("다름", "differs"),
    "refused": ("실행 못 함", "not run"),
    "open": ("빈칸 있음", "value open"),
    "no command": ("명령 아님", "no command"),
    "file": ("파일", "file"),
    "output": ("출력", "output"),
    "guess": ("추측", "guess"),
    "printed": ("오늘의 출력", "prints today"),
    "more": ("외 {}개", "and {} more"),
    "status": ("종료 상태 {}", "exit status {}"),
    "written": ("{} 를 썼습니다. 추측은 그 안에 주석(<!-- notes: … -->)으로 표시했습니다",
                "wrote {}; guesses are marked there as comments (<!-- notes: … -->)"),
    "verified": ("새 환경에서 다시 확인했고 모두 맞습니다: {}", "verified in a fresh lab, all of it fits: {}"),
    "fails": ("아직 다 맞지는 않습니다. 고친 뒤: {}", "not all of it fits yet; correct it, then: {}"),
    "in-the-way": ("{} 가 이미 있어 쓰지 않았습니다. 다른 폴더를 쓰거나 지우세요",
                   "{} is there already: nothing was written; name another folder, or remove it"),
    # why, and how
    "status-only": ("노트에 출력이 없어 종료 상태만 보았습니다", "no output to compare: only the exit status"),
    "text-says": ("실패하지만 본문에 적힌 대로입니다: {}", "fails, as the text beside it says: {}"),
    "value": ("노트가 값을 정하지 않았습니다: {}", "the note leaves a value open: {}"),
    "windows": ("Windows의 셸({})입니다. 여기서는 bash로 실행합니다", "a shell of Windows ({}); notes are run in bash"),
    "unfinished": ("명령이 끝나지 않습니다: {}", "the command is unfinished: {}"),
    "watched": ("`{}`은(는) 화면을 지켜볼 사람이 있어야 합니다", "`{}` needs somebody at the screen"),
    "ends": ("`{}`을(를) 하면 이 컴퓨터나 셸이 끝납니다", "`{}` would end this machine or its shell"),
    "elsewhere": ("`{}`은(는) 다른 운영체제의 프로그램입니다", "`{}` is a program of another system"),
    "absent": ("이 컴퓨터에 `{}`이(가) 없습니다", "`{}` is not on this machine"),
    "unreadable": ("블록을 읽을 수 없습니다: {}", "the block can't be read: {}"),
    "not-run": ("실행되지 않았습니다", "it was not run"),
    "hangs": ("앞에서 실패한 것에 달려 있습니다: {}", "hangs on what failed before: {}"),
    "broken": ("판정할 수 없습니다: {}", "could not be judged: {}"),
    "no-systemd": ("systemd가 있어야 하는데 여기는 컨테이너 안입니다", "this needs systemd, and a lab is a container"),
    "hidden": ("`{}`이(가) 실패했는지 파이프에 가려 알 수 없습니다", "the pipe hides whether `{}` failed"),
    "no-command": ("알아볼 수 있는 명령이 없습니다", "nothing in it is recognised as a command"),
    "unclosed": ("닫히지 않은 블록입니다. 아래에 {} 를 쓰세요", "this fence is never closed; write {} below it"),
    "empty": ("비어 있습니다", "it is empty"),
    "output-of": ("{}행의 명령이 출력한 것으로 보았습니다", "taken for the output of line {}"),
    # guesses
    "unprompted": ("프롬프트가 없어 첫 낱말로 명령을 골랐습니다", "no prompts: commands are known by their first word"),
    "example": ("`{}` 뒤를 명령으로 보았습니다", "what follows `{}` is taken for the command"),
    "remark": ("명령 옆의 설명으로 보고 뺐습니다: {}", "taken for a remark and left out: {}"),
    "prose": ("출력이 아니라 설명으로 보았습니다: {}", "taken for a remark among the output: {}"),
    "inline-output": ("여기부터 출력으로 보았습니다: {}", "taken for output from here on: {}"),
    "next-fence": ("{}행의 블록을 출력으로 보았습니다", "the fence of line {} is taken for the output"),
    "file-guess": ("파일 `{}`로 저장했습니다", "saved as the file `{}`"),
    "second-terminal": (
        "컨테이너의 셸({})이 열려 있어 다른 터미널에서 실행했습니다",
        "run on a second terminal, as a container's shell ({}) is open",
    ),
    "same-id": ("같은 컨테이너로 보았습니다: {}", "taken for the same container: {}"),
    "inside": ("컨테이너 안({})에서 입력한 것으로 보았습니다", "taken for typed inside the container ({})"),
    "left": ("셸에서 나오는 명령을 더했습니다: {}", "left the shell, which the note leaves open: {}"),
    "stopped": ("끝나지 않는 명령이라 Ctrl+C로 멈췄습니다", "it doesn't end by itself: stopped with Ctrl+C"),
    "misspelt": ("태그를 잘못 적었습니다: `{}`. 그런 이미지가 없어 latest로 실행했습니다",
                 "a misspelt tag: `{}`. There is no such image; run with latest"),
    # what the harness says of a step that could not be judged
    "no-standin": ("{} 이미지가 여기 없습니다(Docker Hub가 필요합니다)", "the image {} isn't here (Docker Hub has it)"),
    "no-internet": ("인터넷이 필요합니다: {}", "this needs the internet: {}"),
    "timed-out": ("시간 안에 끝나지 않았습니다({})", "did not end within its time ({})"),
    "not-opened": ("명령을 입력할 셸이 열리지 않았습니다", "the shell that it is typed into was not opened"),
    "of": ("{}", "{}"),
}  # fmt: skip
# The harness's own words -> what is said for them.
_REASONS = (
    (re.compile(r"no stand-in for (\S+);.*"), "no-standin"),
    (re.compile(r"the name (\S+) does not resolve here.*"), "no-internet"),
    (re.compile(r".*did not end within its time \(([^)]*)\).*"), "timed-out"),
    (re.compile(r"(the shell that it is typed into was not opened)"), "not-opened"),
)
_KEYS = {"open": "value", "file": "file-guess"}


class Texts:
    """The words for one terminal."""

    def __init__(self, *, korean: bool) -> None:
        self._column = 0 if korean else 1

    def word(self, key: str, about: object = "") -> str:
        return _TEXTS[key][self._column].format(about)

    def said(self, said: Said) -> str:
        """A reason or a guess, in a sentence."""
        about = said.about
        for form, key in _REASONS:
            if said.key in ("broken", "hangs") and (found := form.search(about)):
                about = self.word(key, found[1])
                break
        return self.word(_KEYS.get(said.key, said.key), about)


def asks_for_korean(environment: Mapping[str, str]) -> bool:
    """Whether the terminal's language is Korean."""
    named = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in named if name), "").startswith("ko")
