"""Goes through the tokens of a command, and says where bash would refuse one or ask for more: for shell_grammar."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from harness.claims.shell_tokens import Token, tokens

_DEEPEST = 40  # constructs within each other: nobody types more, and Python's own stack ends


class Refused(Exception):
    """Bash says a syntax error."""


class Unfinished(Exception):
    """Bash asks for more: the message says after what."""


class Cursor:
    """Stands at a token of a text: before the first one until `take`. Each method may raise Refused and Unfinished."""

    def __init__(self, text: str) -> None:
        self._tokens = iter(tokens(text))
        self._open: list[str] = []  # what nobody has closed yet, in a contributor's words
        self._token: Token | None = None  # the next one; None at the end

    def take(self) -> None:
        """Goes on to the next token."""
        self._token = next(self._tokens, None)
        if self._token and self._token.sign != "((":
            self.check_closed(self._token)

    @property
    def is_at_end(self) -> bool:
        return self._token is None

    @staticmethod
    def check_closed(token: Token) -> None:
        if token.open:
            raise Unfinished(token.open)

    def next(self) -> Token:
        """The token that has to come here."""
        if not self._token:
            raise Unfinished(self._open[-1])
        return self._token

    def sees(self, *signs: str) -> bool:
        return self.next().sign in signs

    def sees_word(self, *words: str) -> bool:
        """Whether one of the shell's own words comes."""
        token = self.next()
        return token.is_word and token.word.bare and token.word.text in words

    def expect(self, sign_or_word: str) -> None:
        if not (self.sees(sign_or_word) or self.sees_word(sign_or_word)):
            raise Refused
        self.take()

    def expect_any_word(self) -> None:
        if not self.next().is_word:
            raise Refused
        self.take()

    def expect_redirection(self) -> None:
        target = self.next().word
        if target.bare and not target.text:
            raise Refused
        self.take()

    def skip_line_ends(self) -> None:
        while self.sees("\n"):
            self.take()

    @contextmanager
    def within(self, what: str) -> Iterator[None]:
        if len(self._open) == _DEEPEST:
            raise Refused
        self._open.append(what)
        yield
        self._open.pop()

    def joined(self, signs: Sequence[str], read: Callable[[], None]) -> None:
        """What `read` reads, again behind each of these signs."""
        read()
        while self.sees(*signs):
            with self.within(f"`{self.next().sign}`"):
                self.take()
                self.skip_line_ends()
                read()
