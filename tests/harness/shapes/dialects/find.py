"""find, du and grep -rl: a folder's entries come in the order in which its file system keeps them."""

from harness.claims.commands import Command, parse
from harness.shapes.policies import Dialect, Policy


def _lists_folders(command: str) -> bool:
    found = parse(command)[-1:]
    return any(_walks(one) for last in found for one in (last.inner.unwrapped[-1:] if last.inner else (last,)))


def _walks(one: Command) -> bool:
    is_grep = one.program == "grep" and any(word[:1] == "-" and {"r", "l"} <= {*word} for word in one.words)
    return not one.piped and (one.program in ("find", "du") or is_grep)


ROWS = (
    Dialect(
        name="files in the order of their folder",
        policy=Policy.SET,
        command=_lists_folders,
        seen=(("/w/app.py\n/w/test.py", "/w/test.py\n/w/app.py"),),
        damaged=(("app.py", "map.py"), ("/w/test.py\n", ""), ("test.py", "app.py")),
        typed="find /w -name '*.py'",
    ),
)
