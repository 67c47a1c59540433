"""The plain script that the bench writes for a page."""

from pathlib import Path

import pytest

from bench import floor
from harness.claims import sessions
from harness.claims.pages import Block, Page

ID = "588ec8830392"


def shown(text: str, title: str = "") -> Block:
    return Block(1, "console", title, text, snippet="a.console")


def script(*blocks: Block, unchecked: str = "") -> list[str]:
    """The script's own lines of a page of these blocks."""
    page = Page(Path("page.md"), blocks, unchecked={unchecked: "reason"} if unchecked else {})
    parsed = [sessions.parse(block.text) if block.is_session else None for block in blocks]
    lines = floor.script(page, parsed).splitlines()
    return lines[lines.index("}") + 1 :]


def test_a_command_is_a_line_and_another_status_than_the_pages_is_told() -> None:
    assert script(shown("$ docker ps\nCONTAINER ID\n$ false\n[1]\n")) == [
        "docker ps",
        "[ $? = 0 ] || echo 'unlike: a.console:1' >&2",
        "false",
        "[ $? = 1 ] || echo 'unlike: a.console:3' >&2",
    ]


def test_a_file_is_written_where_the_script_is_as_the_page_writes_it() -> None:
    assert script(shown("$ cd site\n"), Block(1, "html", "web/a b.html", "<h1>$HOME</h1>\n", snippet="a.html"))[2:] == [
        "mkdir -p \"$(dirname 'web/a b.html')\"; cat > 'web/a b.html' <<'FILE1'",
        "<h1>$HOME</h1>",
        "FILE1",
    ]


def test_a_containers_shell_reads_what_the_terminals_later_blocks_type_into_it_without_a_terminal() -> None:
    first = shown(f"$ docker run -it centos bash\n[root@{ID} /]#\n")
    other = shown("$ docker ps\n", "터미널 2")
    last = shown(f"[root@{ID} /]# echo $$\n1\n[root@{ID} /]# exit\nexit\n$ docker ps\n")
    found = [line for line in script(first, other, last) if not line.startswith("[ $?")]
    assert found == ["docker run -i centos bash <<'KEYS0'", "echo $$", "exit", "KEYS0", "docker ps", "docker ps"]


def test_a_shell_of_the_readers_own_reads_the_rest_of_the_page_or_until_its_exit() -> None:
    rest = [line for line in script(shown("$ sudo su - $USER\n$ id\n"), shown("$ ls\n")) if not line.startswith("[ $?")]
    assert rest == ["sudo su - $USER <<'SHELL0'", "id", "ls", "SHELL0"]
    until = [line for line in script(shown("$ sudo -i\n# id\n# exit\n$ ls\n")) if not line.startswith("[ $?")]
    assert until == ["sudo -i <<'SHELL0'", "id", "SHELL0", "ls"]


def test_ctrl_c_is_pressed_after_as_many_lines_as_the_page_shows() -> None:
    assert script(shown("$ docker logs -f clock\none\ntwo\n^C\n[130]\n"))[0] == "interrupted 2 'docker logs -f clock'"


@pytest.mark.parametrize(
    "made",
    [
        f"$ docker run -d nginx\n{ID}{'0' * 52}\n",
        f"$ docker run -it centos bash\n[root@{ID} /]# exit\nexit\n",
        f"$ docker run centos\n$ docker ps -a\nCONTAINER ID   IMAGE\n{ID}   centos\n",
    ],
)
def test_a_containers_id_in_a_command_comes_from_the_run_that_made_it(made: str) -> None:
    found = script(shown(made), shown(f"$ docker restart {ID}\n{ID}\n$ docker rm {ID[:4]}\n{ID[:4]}\n"))
    assert found[0].startswith(f"docker run --cidfile /tmp/{ID} ")
    assert f"docker restart $(cat /tmp/{ID})" in found
    assert f"docker rm $(cat /tmp/{ID})" in found


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (f"$ docker images -q\n{ID}\n$ docker rmi {ID}\n", ID),
        ("$ docker ps\nNAMES\npriceless_swartz\n$ docker rm priceless_swartz\n", "priceless_swartz"),
    ],
)
def test_what_else_the_engine_made_up_cannot_be_in_a_plain_script(text: str, known: str) -> None:
    with pytest.raises(floor.Inexpressible, match=f"`{known}` is known only from an output above"):
        script(shown(text))


def test_what_is_declared_unchecked_is_in_no_script() -> None:
    assert script(shown("$ docker ps\n"), unchecked="a.console") == []
