"""What has changed since main says which pages have to be run again."""

import subprocess
from pathlib import Path

import pytest

from harness.changed import since_main, to_run

FILES = {
    "mkdocs.yml": "nav:\n  - b.md\n  - a.md\n  - c.md\n",
    "docs/a.md": '``` console\n--8<-- "a/list.console"\n```\n',
    "docs/b.md": '``` console\n--8<-- "a/list.console"\n--8<-- "b/run.console"\n```\n',
    "docs/c.md": "text\n",
    "snippets/a/list.console": "$ docker ps\n",
    "snippets/a/list@until-28.console": "$ docker ps\n",
    "snippets/b/run.console": "$ docker run busybox\n",
    "tests/test_x.py": "",
}


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def git(root: Path, *arguments: str) -> None:
    own = ["-c", "user.name=x", "-c", "user.email=x@x", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *own, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        write(tmp_path, name, text)
    git(tmp_path, "init", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--message=first")
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "pages"),
    [
        (["docs/c.md"], ["c.md"]),
        (["snippets/a/list.console"], ["b.md", "a.md"]),
        (["snippets/a/list@until-28.console"], ["b.md", "a.md"]),
        (["docs/c.md", "snippets/b/run.console"], ["b.md", "c.md"]),
        (["tests/test_x.py"], []),
        (["docs/gone.md", "snippets/gone/x.console"], []),
    ],
)
def test_a_page_is_run_again_that_changed_or_shows_what_did(root: Path, changed: list[str], pages: list[str]) -> None:
    assert to_run([root / name for name in changed], root) == [root / "docs" / name for name in pages]


def test_what_has_changed_is_committed_on_this_branch_or_in_the_folder_or_new(root: Path) -> None:
    git(root, "switch", "--create=work")
    write(root, "docs/a.md", "committed")
    git(root, "commit", "--all", "--message=second")
    write(root, "docs/b.md", "in the folder")
    write(root, "docs/새 글.md", "new")
    git(root, "switch", "main")
    write(root, "docs/c.md", "on main meanwhile")
    git(root, "commit", "--message=third", "docs/c.md")
    git(root, "switch", "work")
    assert since_main(root) == [root / "docs" / name for name in ("a.md", "b.md", "새 글.md")]


def test_without_git_or_a_branch_main_it_can_not_be_told(tmp_path: Path, root: Path) -> None:
    git(root, "branch", "--move", "other")
    assert since_main(root) is None
    assert since_main(tmp_path / "nowhere") is None
