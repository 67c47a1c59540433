"""Finds misspelt words in prose, Korean and Latin apart, with hunspell and the words that the project adds to it."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lint.prose import Line

HERE = Path(__file__).parent


class SpellingError(Exception):
    """hunspell or its dictionary is not there; the message says what to install."""


@dataclass(frozen=True)
class Language:
    """A language of the prose: hunspell's dictionary, the project's own words, and what a word looks like."""

    dictionary: str
    own: Path
    word: re.Pattern[str]


# A particle right behind what it belongs to (`docker`는, 컨테이너(container)를, 3초마다) is no word.
KOREAN = Language("ko_KR", HERE / "words.ko.txt", re.compile(r"(?<![\w)\0’”%…+])(?<!\w[\"'])[가-힣]+"))
LATIN = Language(
    "en_US",
    HERE / "words.en.txt",
    re.compile(r"(?<![\w\0./:@~$=-])[A-Za-z]+(?:['’][a-z]+)?(?![A-Za-z\d_\0/:@=]|[.-]\w)"),
)


class Spelling:
    """The misspelt words of some lines; hunspell is asked once for all of them. Raises SpellingError."""

    def __init__(self, lines: Iterable[Line]) -> None:
        texts = [line.text for line in lines]
        self._wrong = {
            language: check({word for text in texts for word in language.word.findall(text)}, language)
            for language in (KOREAN, LATIN)
        }

    def wrong(self, lines: Iterable[Line]) -> Iterator[tuple[int, str, str]]:
        """(line, misspelt word, the way out) of some of those lines."""
        for line in lines:
            for language, wrong in self._wrong.items():
                found = (word for word in language.word.findall(line.text) if word in wrong)
                yield from ((line.number, word, _way_out(wrong[word], language)) for word in found)


def _way_out(meant: list[str], language: Language) -> str:
    add = f"or add it to tests/lint/{language.own.name}"
    return f"did you mean {', '.join(f'`{guess}`' for guess in meant[:3])}? {add}" if meant else f"correct it, {add}"


def check(words: Iterable[str], language: Language) -> dict[str, list[str]]:
    """The misspelt ones of `words`, each with what may have been meant. Raises SpellingError."""
    asked = sorted(words)
    command = ["hunspell", "-a", "-i", "utf-8", "-d", language.dictionary, "-p", str(language.own)]
    try:
        ran = subprocess.run(command, input="".join(f"^{word}\n" for word in asked), capture_output=True, text=True)
    except FileNotFoundError as error:
        raise SpellingError(f"hunspell is missing; {_INSTALL}") from error
    if ran.returncode:
        raise SpellingError(f"hunspell has no dictionary {language.dictionary}; {_INSTALL}")
    answers = [line for line in ran.stdout.split("\n")[1:] if line]
    return {
        word: [guess.strip() for guess in answer.partition(": ")[2].split(",") if guess]
        for answer in answers
        if answer[0] in "&#"
        for word in [answer.split(" ")[1]]
    }


_INSTALL = "install it (on Debian: apt-get install hunspell hunspell-ko hunspell-en-us)"
