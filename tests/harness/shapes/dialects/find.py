"""find, du and grep -rl: a folder's entries come in the order in which its file system keeps them."""

from harness.claims.commands import parse
from harness.shapes.policies import Dialect, Policy
from harness.shapes.policies.typed import walks


def _lists_folders(command: str) -> bool:
    found = parse(command)[-1:]
    return any(walks(one) for last in found for one in (last.inner.unwrapped[-1:] if last.inner else (last,)))


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
