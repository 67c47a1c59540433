"""What each made-up thing of a page's samples is called in this run: ids, names, addresses, ports.

One Bindings lives as long as the page. `resolve` uses it for the commands, `shapes.compare` checks and extends it
with every output, `restore` undoes it for recordings.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from harness.shapes import networks, shortened, spellings, typed_files
from harness.shapes.fixed import is_fixed
from harness.shapes.kinds import BOUND, COMMIT, IDS, KINDS, MEASURES, PORT
from harness.shapes.tokens import Token, tokens

ALIKE = "alike"  # in the place of a stem; none looks like it
_STEM = 12  # so many digits of a long id are its short id
_COMMIT_STEM = 7  # so many digits of a commit git shows at least
_MAY_BE_COMMIT = re.compile(r"(?<![0-9A-Za-z_])[0-9a-f]{7,40}(?![0-9A-Za-z_])")
_LIKE_COMMITS = frozenset({"", "commit", "large number", "short id"})  # what a commit is taken for by its form
_LONGEST = 20_000  # characters of a command, or of a script: nobody types more, and to read a megabyte takes minutes
_PADDING = 3  # blanks that part Docker's columns
_NUMBER = re.compile(r"(?<![\w.])\d{4,5}(?![\w.])")
_PORT = re.compile(rf"(?<![\w.])(?:{KINDS[PORT].form})(?![\w.])")  # such as an engine chooses: nothing else has it
_PREFIX = re.compile(r"(?<!\S)[0-9a-z]{2,63}(?!\S)")
_UNMISTAKABLE = 4  # digits of an id; fewer of them only count where docker takes ids
_SURE = 6  # digits that are typed for fewer: this run may have ids that the page doesn't show
_ID = re.compile(r"[0-9a-f]{64}|[0-9a-z]{12}|[0-9a-z]{25}")
_PIECES = tuple(  # of an id, of a MAC address; and of one that something stands beside
    re.compile(rf"(?<![0-9A-Za-z])(?:[0-9a-z]{between}[0-9a-z]|[0-9A-Z]{between.upper()}[0-9A-Z])(?![0-9A-Za-z])")
    for between in ("[-:0-9a-z]{2,62}", "[0-9a-z]{2,62}")
)


_ADDRESSES = frozenset({"IP address", "chosen address"})
_OF_NETWORKS = _ADDRESSES | {"IPv6 address", "MAC address"}
_OF_BRIDGE = "172.17."  # the network that every engine has and nobody removes


def stem(token: Token) -> str:
    """What makes the token the same thing as another: an id's first 12 digits, a commit's first 7, else all of it."""
    if token.kind == COMMIT:
        return token.text[:_COMMIT_STEM]
    return token.text.removeprefix("sha256:")[:_STEM] if token.kind in IDS else token.text


def _read(text: str) -> str:
    """What is known of a file: of a very long one only that it is there."""
    return text if len(text) <= _LONGEST else ""


def _place(token: Token) -> str:
    """The last part of an IPv4 address; nothing of anything else."""
    return token.text.rpartition(".")[2] if token.kind in _ADDRESSES else ""


class Bindings:
    """Pairs of a sample's made-up token and this run's, and what the reader has typed himself."""

    def __init__(self) -> None:
        self.typed: set[str] = set()
        self.commands: list[str] = []  # all that were typed; what is compared is the output of the last one
        self.files: dict[str, str] = {}  # that the page, or a command, has written, with what stands in them
        self._actual: dict[str, str] = {}  # stems and whole tokens, sample to actual
        self._sample: dict[str, str] = {}  # the same pairs, read the other way
        self._networks: dict[str, networks.Networks] = {}  # of the sample's addresses: in which of them it may be
        self._guessed: set[str] = set()  # of the sample's, those whose pair is a guess: of some, each may be each
        self._commits: frozenset[str] = frozenset()  # stems of those that are bound, the sample's and this run's
        self._names: set[str] = set()  # that the page's commands have given
        self._prefixes: dict[str, str] = {}  # ids as the author shortened them in a command
        self._versions: dict[str, str] = {}  # that commands and files give variables
        self._open_tags: set[str] = set()  # images in whose tag a variable stands
        self._cut: dict[str, tuple[Token, ...]] = {}  # texts of outputs that have been cut, until more is typed

    def copy(self) -> "Bindings":
        new = Bindings()
        new.typed, new.commands, new.files = set(self.typed), list(self.commands), dict(self.files)
        new._actual, new._sample = dict(self._actual), dict(self._sample)
        new._networks = dict(self._networks)
        new._guessed, new._prefixes = set(self._guessed), dict(self._prefixes)
        new._names = set(self._names)
        new._versions, new._open_tags = dict(self._versions), set(self._open_tags)
        new._cut, new._commits = self._cut, self._commits
        return new

    def take(self, other: "Bindings") -> None:
        """Become what `other` is."""
        self.typed, self._actual, self._sample = other.typed, other._actual, other._sample
        self._networks, self._guessed, self._prefixes = other._networks, other._guessed, other._prefixes
        self._cut, self._commits = other._cut, other._commits

    # Commands and files

    @property
    def command(self) -> str:
        """The command whose output is compared; empty where none is known."""
        return self.commands[-1] if self.commands else ""

    @property
    def is_output_fixed(self) -> bool:
        """Whether what the command prints follows from what was typed, so that nothing in it is made up."""
        return is_fixed(self.commands, self.files) and not self.is_used_in(self.command)

    def write_file(self, name: str, text: str) -> None:
        """The reader writes a file: what looks made up in it is literal from now on, as if typed."""
        self.files[name] = _read(text)
        self._names |= shortened.given_in(text)
        self._learn_typed(text)
        self.typed.update(_PORT.findall(text))
        self._cut = {}

    def resolve(self, command: str) -> str:
        """The command to type in this run: bound tokens replaced, an id's prefix by a prefix of that length.

        What else in it looks made up was typed by the author: from now on it is literal in every output.
        """
        self.commands.append(command[:_LONGEST])
        self._forget_addresses()
        if len(command) <= _LONGEST:
            self.files |= {name: _read(text) for name, text in typed_files.written(command, self.files).items()}
        self._names |= shortened.given(self.command)
        self._learn_typed(self.command)
        said = []
        for token in self._pieces(_PREFIX.sub(self._resolve_prefix, command)):
            said.append(self.actual(token) or token.text)
            self._guessed.discard(stem(token))  # this run goes by it now
        resolved = "".join(said)
        self.typed.update(number for number in _NUMBER.findall(resolved) if number not in self._sample)
        self._cut = {}
        return resolved

    def _forget_addresses(self) -> None:
        """A network that is gone has no address left: the next one may be given the same, in one run or the other."""
        commands = tuple(self.commands)
        for sample in [known for known, there in self._networks.items() if networks.are_removed(there, commands)]:
            if not sample.startswith(_OF_BRIDGE):
                del self._networks[sample]
                self._sample.pop(self._actual.pop(sample), None)
                self._guessed.discard(sample)

    def _learn_typed(self, text: str) -> None:
        """What looks made up in the text, and is nothing that the page has shown before, was typed by the author."""
        self.typed.update(word for word in _MAY_BE_COMMIT.findall(text) if not self._is_beginning(word))
        self._versions |= spellings.versions(text)
        self._open_tags |= {*spellings.open_tags(text)}
        tags = (spellings.closed(tag, self._versions) for tag in self._open_tags)
        for piece in {text, *spellings.pieces(text), *tags}:
            made_up = [token for token in tokens(piece) if token.kind]
            self.typed.update(token.text for token in made_up if self.actual(token) is None)
            self.typed.update(spellings.spellings(piece))
        self.typed.update(spellings.written(text))

    def _is_beginning(self, word: str) -> bool:
        """Whether a thing that the page has shown begins with it, or with what is a commit in it."""
        known = (stem(Token(COMMIT, word)) in self._commits, any(shown.startswith(word) for shown in self._actual))
        return any(known) or word[:_STEM] in self._actual

    def _resolve_prefix(self, match: re.Match[str]) -> str:
        word = match[0]
        known = [] if word in self._names else [sample for sample in self._actual if sample.startswith(word)]
        if not known or any(token.kind for token in tokens(word)):  # no id, or a whole one
            return word
        ids = {sample[:_STEM]: sample for sample in known if _ID.fullmatch(sample)}
        is_short = len(word) < _UNMISTAKABLE
        if not ids or (is_short and (len(ids) > 1 or word not in shortened.names(self.command))):
            return word
        sample = next(iter(ids.values()))
        self._guessed.discard(sample)
        self._prefixes[word] = self._actual[sample][: _SURE if is_short else len(word)]
        return self._prefixes[word]

    def in_sample(self, line: str) -> str:
        """A sample's text, with the prefixes of ids that were typed put in this run's terms.

        A very short one only alone on its line, where docker repeats it.
        """
        if not self._prefixes:
            return line
        known = "|".join(rf"(?<!\w){word}(?!\w)" for word in self._prefixes if len(word) >= _UNMISTAKABLE)
        alone = "|".join(rf"^{word}$" for word in self._prefixes if len(word) < _UNMISTAKABLE)
        form = "|".join(filter(None, [known, alone]))
        return re.sub(form, lambda match: self._prefixes[match[0]], line, flags=re.MULTILINE)

    def with_pieces_of(self, actual: str, sample: str) -> str:
        """The sample, with the pieces of what is bound put in this run's terms, where this run's output has those.

        So many digits are no chance: `${id:0:8}`, `cut -c5-` and `tr a-f A-F` need not be read.
        """
        there = {piece for form in _PIECES for piece in form.findall(actual)}
        pairs = [(ours, this_run) for ours, this_run in self._actual.items() if len(ours) == len(this_run)]
        ours, this_run = ("\n".join(side) for side in zip(*pairs, strict=True)) if pairs else ("", "")

        def piece(word: re.Match[str]) -> str:
            start = -1 if word[0] in there else ours.find(word[0].lower())
            found = this_run[start : start + len(word[0])] if start >= 0 else word[0]
            found = found.upper() if word[0].isupper() else found
            return found if found in there else word[0]

        def written(token: Token) -> str:  # what is bound itself is no piece
            return token.text if token.kind in BOUND else _PIECES[1].sub(piece, _PIECES[0].sub(piece, token.text))

        return "\n".join("".join(map(written, self.tokens(line))) for line in sample.split("\n")) if there else sample

    def typed_elsewhere(self, text: str) -> set[str]:
        """The sizes, durations and the like in a text that are spelled as something typed before the last command."""
        now = Bindings()
        now._learn_typed(self.command)
        elsewhere = self.typed - now.typed
        lines = {*text.split("\n")} if elsewhere else set[str]()
        found = (token for line in lines for token in tokens(line) if token.kind in MEASURES)
        return {token.text for token in found if token.text in elsewhere}

    @contextmanager
    def without_typed(self, words: set[str]) -> Iterator[None]:
        """For as long as it lasts, these words are as if nobody had typed them."""
        self.typed, self._cut = self.typed - words, {}
        try:
            yield
        finally:
            self.typed, self._cut = self.typed | words, {}

    # Recording

    def adopt(self, sample: str, actual: str) -> None:
        """Pairs what a sample that no longer fits has made up with what this run printed in its stead.

        Kind by kind, in the order of the texts: a guess, so that the new sample keeps the page's ids and names. An
        address stands for one of the same place in its network: for a gateway a gateway.
        """
        ours, theirs = self._loose(sample, self._actual), self._loose(actual, self._sample)
        for kind, found in ours.items():
            for left, right in zip(found, theirs.get(kind, []), strict=False):
                self.bind(left, right)

    def _loose(self, text: str, known: dict[str, str]) -> dict[tuple[str, str], list[Token]]:
        """The text's made-up tokens that are not `known`, each once, by kind and place in a network."""
        found: dict[tuple[str, str], dict[str, Token]] = {}
        for token in (token for line in text.split("\n") for token in tokens(line, self.typed)):
            if token.kind in BOUND and stem(token) not in known:
                found.setdefault((token.kind, _place(token)), {}).setdefault(stem(token), token)
        return {kind: list(by_stem.values()) for kind, by_stem in found.items()}

    def restore(self, text: str) -> str:
        """This run's text with the page's own tokens put back for all that is bound; columns stay in place."""
        repeated = {actual: word for word, actual in self._prefixes.items() if word in self.command.split()}
        return "\n".join(repeated.get(line) or "".join(self._restored(line)) for line in text.split("\n"))

    def _restored(self, line: str) -> Iterator[str]:
        longer = 0  # than it was, is the token before
        for token in self._pieces(line):
            restored = self._translate(token, self._sample) or token.text
            yield restored if token.kind else _pushed(restored, longer)
            longer = len(restored) - len(token.text)

    def is_used_in(self, text: str) -> bool:
        """Whether something in a text of the page is bound, and so another thing in each run."""
        return any(self.actual(token) for token in self._with_commits(tokens(text)))

    def has_shown(self, identity: str) -> bool:
        """Whether the page, or this run, has shown what has this id."""
        return identity[:_STEM] in self._actual or identity[:_STEM] in self._sample

    def actual(self, token: Token) -> str | None:
        """What this run calls the sample's token; None while it is not bound."""
        return self._translate(token, self._actual)

    @staticmethod
    def _translate(token: Token, table: dict[str, str]) -> str | None:
        if token.kind not in BOUND:
            return None
        plain = token.text.removeprefix("sha256:")
        lead = token.text[: len(token.text) - len(plain)]
        if plain in table:
            return lead + table[plain]
        known = table.get(stem(token))
        return None if known is None else lead + known + plain[len(known) :]

    # Outputs

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The pieces of a text that was printed, or shown. Each is cut once, however often its output is compared."""
        found = self._cut.get(text)
        if found is None:
            found = self._cut[text] = tuple(self._pieces(text))
        return found

    def _pieces(self, text: str) -> Iterator[Token]:
        found = tokens(text, self.typed)
        return self._with_commits(found) if self._commits else found

    def _with_commits(self, found: Iterable[Token]) -> Iterator[Token]:
        """The tokens, where the commits that are bound are such, whatever they look like."""
        for token in found:
            done = 0
            for word in _MAY_BE_COMMIT.finditer(token.text) if token.kind in _LIKE_COMMITS else ():
                if word[0][:_COMMIT_STEM] in self._commits:
                    if word.start() > done:
                        yield Token(token.kind, token.text[done : word.start()])
                    yield Token(COMMIT, word[0])
                    done = word.end()
            if done < len(token.text):
                yield Token(token.kind, token.text[done:])

    def expected(self, token: Token) -> str | None:
        """The stem that must stand in this run where the sample has `token`; None while it is not bound.

        ALIKE where any of those will do whose pair is a guess, see `alike`.
        """
        if token.kind not in BOUND:
            return None
        return ALIKE if stem(token) in self._guessed else self._actual.get(stem(token))

    def expected_beginning(self, digits: str) -> str | None:
        """The first digits that an id must have in this run where the sample has these; None while nobody knows.

        They may be in this run's terms already.
        """
        begin = {ours: there[: len(digits)] for ours, there in self._actual.items() if ours.startswith(digits)}
        possible = {*begin.values(), *(digits for there in self._sample if there.startswith(digits))}
        return possible.pop() if len(possible) == 1 and self._guessed.isdisjoint(begin) else None

    def alike(self) -> set[str]:
        """The stems of this run whose counterpart is a guess."""
        return {self._actual[sample] for sample in self._guessed}

    def is_another(self, actual: Token) -> bool:
        """Whether this run's token is the counterpart of a thing that the page has shown, for sure."""
        return stem(actual) in self._sample and self._sample[stem(actual)] not in self._guessed

    def bind(
        self, sample: Token, actual: Token, *, content: bool = False, guessed: bool = False
    ) -> tuple[str, str] | None:
        """Pair two tokens; None, or the known pair that stands in the way: a thing of the page, and this run's.

        A pair that is `guessed` (rows that look alike) gives way to one that is not.

        Two images of the samples may be one in this run (a tag and its double), so what is named by its
        `content`, a digest or an image's id, is only bound one way.
        """
        if not guessed:
            self._correct(sample, actual)
        contradicted = self.contradicted(sample, actual, content=content)
        if contradicted is None and sample.kind == COMMIT:
            self._commits |= {stem(sample), stem(actual)}
            self._cut = {}
        if contradicted is None:
            for left, right in _pairs(sample, actual):
                if guessed and left not in self._actual:
                    self._guessed.add(left)
                self._actual.setdefault(left, right)
                self._sample.setdefault(right, left)
            if sample.kind in _OF_NETWORKS:
                self._networks.setdefault(stem(sample), networks.shown(tuple(self.commands)))
        return contradicted

    def _correct(self, sample: Token, actual: Token) -> None:
        """Where guesses keep two tokens apart, let those that they were paired with change places."""
        for left, right in _pairs(sample, actual):
            was, other = self._actual.get(left), self._sample.get(right)
            if was == right:
                self._guessed.discard(left)
            elif was is not None and other is not None and {left, other} <= self._guessed:
                self._actual |= {left: right, other: was}
                self._sample |= {right: left, was: other}
                self._guessed.discard(left)

    def contradicted(self, sample: Token, actual: Token, *, content: bool = False) -> tuple[str, str] | None:
        """The known pair that keeps these two from being one thing; None where there is none."""
        for left, right in _pairs(sample, actual):
            if self._actual.get(left, right) != right:
                return sample.text, self._actual[left]
            if self._sample.get(right, left) != left and not (content or sample.kind == "digest"):
                return self._sample[right], actual.text
        return None


def _pairs(sample: Token, actual: Token) -> Iterator[tuple[str, str]]:
    yield stem(sample), stem(actual)
    if sample.kind in ("long id", "digest", COMMIT):
        yield sample.text.removeprefix("sha256:"), actual.text.removeprefix("sha256:")


def _pushed(text: str, longer: int) -> str:
    """What follows a token that has become longer, with its padding, if it has any, made up for that."""
    padding = len(text) - len(text.lstrip(" "))
    return text if padding < _PADDING else " " * max(padding - longer, _PADDING) + text.lstrip(" ")


def prompt_pattern(prompt: str, bindings: Bindings) -> re.Pattern[str]:
    """Matches this run's counterpart of a sample's prompt at the end of a text.

    An id in it that is not bound yet may be any id. `shapes.compare(prompt, match[0], bindings)` learns it.
    """
    pieces = tokens(bindings.in_sample(prompt), bindings.typed)
    return re.compile("".join(_prompt_part(token, bindings.actual(token)) for token in pieces) + r"\Z")


def _prompt_part(token: Token, actual: str | None) -> str:
    if actual is None and token.kind:
        return f"(?:{KINDS[token.kind].form})"
    return re.escape(actual or token.text)
