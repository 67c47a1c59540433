"""What `sort` and `ls` have sorted: where a made-up name comes among the others follows from the name."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice

from harness.claims.commands import Command, parse
from harness.claims.shell import simple_commands
from harness.shapes import growing
from harness.shapes.keys import Key, split
from harness.shapes.kinds import BOUND
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy
from harness.shapes.policies.runs import behind_the_others, guessed
from harness.shapes.policies.typed import CACHED
from harness.shapes.sort_order import order_of

_BETWEEN = re.compile(r"[ ,;|\t]+")
_KEEP_ORDER = frozenset({"cat", "column", "paste", "read", "tee", "tr", "uniq", "xargs"})
_OTHER_ORDER = ("-1", "-c", "-f", "-l", "-S", "-t", "-u", "-U", "-v", "-X", "--sort", "--full-time")  # or one a line
_LIST = "beacon\n{}\ntape1\n{}"
_SIZES = "2.07MB beacon\n{}\n{}"
_LOOP = "beacon: redis\n{}: nginx\ntape1: redis\n{}"


def is_of_sorted(commands: Sequence[str]) -> bool:
    """Whether the last command sorts, or may show what one before it has sorted into a file or a variable."""
    return any(_sorts(text) and (text is commands[-1] or _keeps(text)) for text in commands)


@lru_cache(maxsize=CACHED)
def _sorts(command: str) -> bool:
    return any(one.program == "sort" for one in parse(command))


@lru_cache(maxsize=CACHED)
def _keeps(command: str) -> bool:
    """Whether a command puts something into a file or a variable."""
    return any(not simple.program or any(growing.copies(simple)) for simple in simple_commands(command))


def _shows_sorted_file(commands: Sequence[str]) -> bool:
    """Whether the last command reads a file into which something was sorted."""
    files = {name for text in commands for name in _sorted_files(text)}
    if not files:
        return False
    words = (word for one in parse(commands[-1]) for word in one.words[1:])
    reads = (path for simple in simple_commands(commands[-1]) for path in simple.reads)
    return not files.isdisjoint(map(growing.name, (*words, *reads)))


@lru_cache(maxsize=CACHED)
def _sorted_files(command: str) -> frozenset[str]:
    steps = simple_commands(command) if _sorted(command) else ()
    return frozenset(growing.name(path) for simple in steps for path in growing.copies(simple))


def _sorted(command: str) -> tuple[Command, ...]:
    """From the last `sort` on all that a command runs, if that keeps the lines as they are; else none."""
    found = parse(command)
    places = [place for place, one in enumerate(found) if one.program == "sort" and not one.has("-k", "--key")]
    behind = found[places[-1] :] if places else ()
    is_kept = all(one.program in _KEEP_ORDER for one in behind[1:] if one.piped)
    return behind if is_kept else ()


@lru_cache(maxsize=CACHED)
def _is_sorted(command: str) -> bool:
    is_read = _is_joined(command) or _is_in_turn(command) or order_of(command)
    return bool(_sorted(command)) and not is_read


@lru_cache(maxsize=CACHED)
def _is_in_turn(command: str) -> bool:
    """Whether something else is done for each sorted name: `for name in $(docker ps | sort)`."""
    has_loop = any(simple.keyword in ("for", "while") for simple in simple_commands(command))
    return has_loop and bool(_sorted(command))


@lru_cache(maxsize=CACHED)
def _is_joined(command: str) -> bool:
    """Whether the sorted lines become the words of one: `| sort | xargs`, `echo $(docker ps | sort)`."""
    behind = _sorted(command)
    is_said = bool(behind) and parse(command)[0].program == "echo" and "$(" in command
    return is_said or any(map(_joins, behind[1:]))


def _joins(one: Command) -> bool:
    if one.program == "tr":
        return one.arguments[:1] in (("\\n",), ("\n",))
    return "xargs" in (one.program, *one.within) or (
        one.program == "paste" and any("s" in name for name in one.options)
    )


@lru_cache(maxsize=CACHED)
def _is_listed(command: str) -> bool:
    """Whether `ls` writes its names into columns."""
    found = [last.at_work[-1] for last in parse(command)[-1:]]
    return any(one.program == "ls" and not one.has(*_OTHER_ORDER) for one in found)


def _begins_made_up(line: Line) -> bool:
    return bool(line.key[0][:1] and line.key[0][0].kind)


def _names_made_up(line: Line) -> bool:
    return not line.titles and any(token.kind in BOUND for part in line.key for token in part)


def _words_in_order(is_name: Callable[[Key], bool]) -> Callable[[list[Line]], list[Line]]:
    """Puts the words of which nothing fixed says where they stand behind the others of a line.

    Which of several such words is which, nobody knows, nor on which line: `ls` may have put them into several.
    """

    def reduce(lines: list[Line]) -> list[Line]:
        is_sure = sum(len(line.made_up) for line in lines) == 1
        names = iter(sorted(word for line in lines if line.made_up for word in _words(line) if is_name(word)))

        def arranged(line: Line) -> Line:
            fixed = [word for word in _words(line) if not is_name(word)]
            mine = islice(names, len(_words(line)) - len(fixed))
            return (line if is_sure else guessed(line)).with_key((*fixed, *mine))

        return [arranged(line) if line.made_up else line for line in lines]

    return reduce


def _words(line: Line) -> list[Key]:
    return list(split(line.key[0], _BETWEEN))


def _is_name(word: Key) -> bool:
    return len(word) == 1 and word[0].kind in BOUND


def _begins_with_name(word: Key) -> bool:
    return word[:1] != () and word[0].kind in BOUND


ROWS = (
    Dialect(
        name="lines that sort has put into order, some by what is made up",
        policy=Policy.ORDERED,
        command=lambda command: order_of(command) is not None,
        seen=((_SIZES.format("118MB tape1", "1.2GB web"), _SIZES.format("98MB web", "119MB tape1")),),
        damaged=(
            ("98MB", "980MB"),
            ("2.07MB beacon\n98MB web", "98MB web\n2.07MB beacon"),
        ),
        typed="docker images --format '{{.Size}} {{.Repository}}' | sort -h",
    ),
    Dialect(
        name="sorted lines beside others, of which some begin with what is made up",
        policy=Policy.SORTED,
        command=_is_sorted,
        reduce=behind_the_others(_begins_made_up),
        seen=((_LIST.format("jolly_ellis", "web"), _LIST.replace("{}\n", "", 1).format("web\nwonderful_mayer")),),
        damaged=(("tape1", "tape2"), ("web\n", ""), ("beacon\ntape1", "tape1\nbeacon"), ("wonderful_", "wonderous_")),
        typed="docker ps -a --format '{{.Names}}' | sort; docker compose ls -q",
    ),
    Dialect(
        name="what is done for sorted names, of which some are made up",
        policy=Policy.SORTED,
        command=_is_in_turn,
        reduce=behind_the_others(_names_made_up),
        seen=(
            (
                _LOOP.format("jolly_ellis", "web: redis"),
                _LOOP.replace("{}: nginx\n", "").format("web: redis\nwonderful_mayer: nginx"),
            ),
        ),
        damaged=(("tape1", "tape2"), ("wonderful_mayer: nginx", "wonderful_mayer: redis"), ("web: redis\n", "")),
        typed="for n in $(docker ps --format {{.Names}} | sort); do echo $n: $(docker inspect -f {{.Image}} $n); done",
    ),
    Dialect(
        name="lines of a file that was sorted, of which some are made up",
        policy=Policy.SORTED,
        history=_shows_sorted_file,
        reduce=behind_the_others(_names_made_up),
        seen=(("- beacon\n- jolly_ellis\n- web", "- beacon\n- web\n- wonderful_mayer"),),
        damaged=(("web", "tape1"), ("- web\n", ""), ("beacon\n- web", "web\n- beacon"), ("wonderful_", "wonderous_")),
        typed="docker ps -a --format '{{.Names}}' | sort > names; sed 's/^/- /' names",
    ),
    Dialect(
        name="sorted words, of which some are made up",
        policy=Policy.SORTED,
        command=_is_joined,
        reduce=_words_in_order(_is_name),
        seen=(
            (
                "agitated_proskuriakova booth fuse tape1 tape2",
                "booth fuse tape1 tape2 wonderful_albattani",
            ),
        ),
        damaged=(("fuse", "fuze"), (" tape1", ""), ("tape1 tape2", "tape2 tape1"), (" wonderful_albattani", "")),
        typed="docker ps -a --format '{{.Names}}' | sort | xargs",
    ),
    Dialect(
        name="names that ls has put into columns, of which some are made up",
        policy=Policy.SORTED,
        command=_is_listed,
        reduce=_words_in_order(_begins_with_name),
        seen=(
            (
                f"{'2a90' * 16}.json  {'4662' * 16}  manifest.json  repositories",
                f"{'11e2' * 16}  {'e1d6' * 16}.json  manifest.json  repositories",
            ),
        ),
        damaged=((".json  manifest", "  manifest"), ("manifest", "manifests"), ("  repositories", "")),
        typed="ls image",
    ),
)
