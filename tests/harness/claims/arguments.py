"""Tells the pages that a command line names from pytest's options, for the tasks (noxfile.py) and the night."""

from collections.abc import Sequence
from pathlib import Path

# The options of pytest, of its plugins here and of the harness that take the next word for their value, as
# `pytest --help` has them; tests/unit/test_arguments.py compares.
_WITH_VALUE = (
    "-W -c -k -m -n -o -p -r --assert --basetemp --capture --code-highlight --color --confcutdir --config-file "
    "--cov-config --cov-context --cov-fail-under --cov-precision --cov-report --hypothesis-profile --hypothesis-seed "
    "--hypothesis-verbosity "
    "--deselect --dist --doctest-glob --doctest-report --durations --durations-min --durations-path --engine --group "
    "--ignore --ignore-glob --import-mode --junit-prefix --junit-xml --lab-image --lane --last-failed-no-failures "
    "--lfnf --log-auto-indent --log-cli-date-format --log-cli-format --log-cli-level --log-date-format "
    "--log-disable --log-file --log-file-date-format --log-file-format --log-file-level --log-file-mode --log-format "
    "--log-level --max-warnings --max-worker-restart --maxfail --maxprocesses --maxschedchunk --numprocesses "
    "--override-ini --pastebin --pdbcls --px --pythonwarnings --repeat --report-chars --rootdir --rsyncdir "
    "--rsyncignore --script-launch-mode --seed --show-capture --splits --splitting-algorithm --tb --testrunuid --tx "
    "--verbosity"
)
OPTIONS_WITH_VALUE = frozenset(_WITH_VALUE.split())


def pages_and_options(arguments: Sequence[str], root: Path) -> tuple[list[str], list[str]]:
    """The pages among `arguments`, and the other ones, each in their order.

    A page is an argument that names a file or a folder (`docs/images.md`, `docs/images.md::28`), from `root` on, and
    is no option's value: `-k build` names no page, whatever is called `build`.
    """
    pages: list[str] = []
    options: list[str] = []
    before = ""
    for argument in arguments:
        is_page = before not in OPTIONS_WITH_VALUE and (root / argument.partition("::")[0]).exists()
        (pages if is_page else options).append(argument)
        before = argument
    return pages, options
