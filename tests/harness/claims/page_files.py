"""The files that a page is made of, itself and its snippets -> their texts, and what is wrong with each: for pages."""

import difflib
from collections.abc import Sequence
from pathlib import Path

from harness.claims import sessions
from harness.claims.characters import hidden
from harness.claims.markdown import lines_of
from harness.claims.mistakes import mistakes
from harness.claims.problems import Problems, relative
from harness.claims.snippets import engines_of
from harness.claims.unseen import printed_lines, unseen


class PageFiles:
    """The files of one page in the project at `root`; what is wrong with them goes to `problems`."""

    def __init__(self, page: Path, root: Path, problems: Problems) -> None:
        self.snippets = root / "snippets"
        self._resolved = self.snippets.resolve()
        self._page, self._root, self._problems = page, root, problems

    def shown(self, path: Path) -> Path:
        """A file's path as people are shown it."""
        return relative(path, self._root)

    def text(self, path: Path) -> str | None:
        """What a file says; None where it can't be read as it has to be."""
        data = path.read_bytes()
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            found = f"found the byte 0x{data[error.start]:02x}, which is not UTF-8; save the file as UTF-8"
            self._problems.add(data.count(b"\n", 0, error.start) + 1, found, self.shown(path))
            return None
        if path != self._page and text.startswith("\ufeff"):
            found = "begins with a byte order mark, which readers would see; save the file without it"
            self._problems.add(1, found, self.shown(path))
            return None
        return "\n".join(lines_of(text))

    def included(self, name: str, line: int) -> str | None:
        """The text of the snippet that the page includes at that line; None where there is none."""
        file = self.snippets / name
        if self._is_snippet(file):
            return self.text(file)
        have = [path.relative_to(self.snippets).as_posix() for path in self.snippets.rglob("*") if path.is_file()]
        near = difflib.get_close_matches(name, have, n=1)
        way_out = f"did you mean `{near[0]}`?" if near else f"write the file snippets/{name}"
        self._problems.add(line, f"the include names no file: `{name}`; {way_out}")
        return None

    def check_characters(self, path: Path, text: str, *, is_session: bool) -> None:
        """Nothing in the snippet at `path` is hidden from readers, but in what a command printed."""
        if not any(hidden(text)):
            return  # as in nearly all: its lines need not be told apart
        for line, message in unseen(text.split("\n"), printed_lines(text) if is_session else ()):
            self._problems.add(line, message, self.shown(path))

    def check_variant(self, path: Path, engines: Sequence[str]) -> None:
        """A variant is of an engine that there is, and can be read as a session."""
        engine = engines_of(path).removeprefix("until-")
        if engine not in engines:
            known = ", ".join(engines)
            message = f"unknown engine `{engine}` in the file's name; known, oldest first: {known}"
            self._problems.add(1, message, self.shown(path))
        if (text := self.text(path)) is None:
            return
        self.check_characters(path, text, is_session=True)
        try:
            found = list(mistakes(sessions.parse(text)))
        except sessions.SessionError as error:
            found = [error]
        for mistake in found:
            self._problems.add(mistake.line, str(mistake), self.shown(path))

    def _is_snippet(self, path: Path) -> bool:
        try:
            return path.is_file() and path.resolve().is_relative_to(self._resolved)
        except OSError:  # a name that is too long for any file
            return False
